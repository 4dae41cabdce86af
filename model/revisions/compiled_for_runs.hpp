// The same for machines that run and about which nothing is proved: mutants, whose mistakes are made one at a time, at
// run time. It spares them the symbolic numbers.
#pragma once

#include "model/checked.hpp"
#include "model/make_table.hpp"
#include "model/revisions/revision.hpp"

#include <fmt/format.h>

#include <span>
#include <stdexcept>

namespace bwcheck::model {

namespace detail {

template <class Revision, class Num>
[[nodiscard]] const kernel_table<Num>* table_of(const revision* posted_on) {
    static const kernel_table<Num> made =
        make_table<Revision, Num>(posted_on == nullptr ? nullptr : &posted_on->over<Num>());
    return &made;
}

} // namespace detail

/// As compiled(), but `over_symbolic` is null: the prover must not be asked about it.
template <revision_type Revision>
[[nodiscard]] revision compiled_for_runs(std::span<const revision> known) {
    constexpr const revision_info& info = revision_info_of<Revision>;
    const revision* posted_on = nullptr;
    for (const revision& each : known)
        if (each.over_plain != nullptr && each.info.id == info.posted_on)
            posted_on = &each;
    if (posted_on == nullptr && !info.posted_on.empty())
        throw std::invalid_argument(
            fmt::format("{} is posted on {}, which is no revision that comes before it", info.id, info.posted_on));
    return {.info = info,
            .posted_on = posted_on,
            .over_plain = detail::table_of<Revision, plain>(posted_on),
            .over_plain_many_cpus = detail::table_of<Revision, plain_many_cpus>(posted_on),
            .over_checked = detail::table_of<Revision, checked>(posted_on),
            .over_symbolic = nullptr};
}

} // namespace bwcheck::model
