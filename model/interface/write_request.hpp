// A write to one of the interface files, parsed: what the kernel function behind the file is handed.
#pragma once

#include "model/arithmetic.hpp"
#include "model/interface/cgroup_file.hpp"
#include "model/interface/status.hpp"

#include <string_view>

namespace bwcheck::model {

/// The parsed text of a write. Which members mean something depends on the file.
template <arithmetic Num>
struct write_request {
    model::file file = file::cpu_max;
    status parsed = status::ok;    ///< what the parser said; the rest means nothing unless ok
    bool unlimited = false;        ///< cpu.max: the quota is "max"
    bool has_period = false;       ///< cpu.max: a second number was given
    typename Num::u64 quota_us{};  ///< cpu.max
    typename Num::u64 period_us{}; ///< cpu.max
    typename Num::u64 value_us{};  ///< cpu.max.burst; cpu.max.runtime if absolute
    typename Num::s64 delta_us{};  ///< cpu.max.runtime if delta
};

/// The same request over another family of numbers.
template <arithmetic Num>
[[nodiscard]] write_request<Num> request_over(const write_request<plain>& request) {
    write_request<Num> converted;
    converted.file = request.file;
    converted.parsed = request.parsed;
    converted.unlimited = request.unlimited;
    converted.has_period = request.has_period;
    converted.quota_us = request.quota_us;
    converted.period_us = request.period_us;
    converted.value_us = request.value_us;
    converted.delta_us = request.delta_us;
    return converted;
}

/// Parses `text` as the kernel does for that file. Errors are in `parsed`: ENOENT for cpu.max.runtime where the
/// revision has no such file, and EINVAL for an empty text. (The kernel answers an empty write with 0 and does nothing,
/// before the file's own code sees it; for the state both are the same, and a request has no words for "accepted
/// without effect".)
[[nodiscard]] write_request<plain> parse_write(file where, runtime_interface kind, std::string_view text);

} // namespace bwcheck::model
