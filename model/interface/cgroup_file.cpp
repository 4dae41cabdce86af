#include "model/interface/cgroup_file.hpp"

#include "model/interface/read_format.hpp"
#include "model/task_group.hpp"

#include <array>
#include <cstddef>

namespace bwcheck::model {

namespace {

using group = const task_group<plain>&;

constexpr std::array file_rows{
    file_info{.which = file::cpu_max,
              .name = "cpu.max",
              .content = [](runtime_interface) { return file_content::limits; },
              .read = [](group tg) { return read_cpu_max(tg.cfs_bandwidth.quota, tg.cfs_bandwidth.period); }},
    file_info{.which = file::cpu_max_burst,
              .name = "cpu.max.burst",
              .content = [](runtime_interface) { return file_content::usec; },
              .read = [](group tg) { return read_cpu_max_burst(tg.cfs_bandwidth.burst); }},
    file_info{.which = file::cpu_max_runtime,
              .name = "cpu.max.runtime",
              .content =
                  [](runtime_interface kind) {
                      if (kind == runtime_interface::none)
                          return file_content::absent;
                      return kind == runtime_interface::delta ? file_content::signed_usec : file_content::usec;
                  },
              .read = [](group tg) { return read_cpu_max_runtime(tg.cfs_bandwidth.runtime); }},
};

static_assert(
    [] {
        for (std::size_t number = 0; number < file_rows.size(); ++number)
            if (static_cast<std::size_t>(file_rows[number].which) != number)
                return false;
        return true;
    }(),
    "file_rows are in the order of the enumeration");

} // namespace

std::span<const file_info> file_infos() { return file_rows; }

std::optional<file> file_from_string(std::string_view name) {
    for (const file_info& row : file_rows)
        if (row.name == name)
            return row.which;
    return std::nullopt;
}

} // namespace bwcheck::model
