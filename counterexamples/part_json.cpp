#include "counterexamples/part_json.hpp"

#include "properties/history.hpp"
#include "text/did_you_mean.hpp"
#include "text/json_reader.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <tuple>

namespace bwcheck::counterexamples {

namespace {

using constants = model::constants<model::plain>;
using environment = model::environment<model::plain>;

/// As for scopes (model/scope.cpp): sums of a few times must fit a signed 64-bit number.
constexpr std::uint64_t longest_time = 1'000'000'000'000'000;
/// What to_ratio() can shift without losing bits.
constexpr std::uint64_t largest_ratio_operand = (std::uint64_t{1} << (64U - model::bw_shift)) - 1;

template <class Owner>
struct bounded {
    std::string_view name;
    std::uint64_t Owner::*member;
    std::uint64_t least;
    std::uint64_t most;
};

// What the machine divides by must not be 0.
constexpr std::array constant_list{
    bounded<constants>{"nsec_per_usec", &constants::nsec_per_usec, 1, 1'000'000},
    bounded<constants>{"sched_cfs_bandwidth_slice", &constants::sched_cfs_bandwidth_slice, 0, longest_time},
    bounded<constants>{"min_cfs_rq_runtime", &constants::min_cfs_rq_runtime, 0, longest_time},
    bounded<constants>{"min_bandwidth_expiration", &constants::min_bandwidth_expiration, 0, longest_time},
    bounded<constants>{"cfs_bandwidth_slack_period", &constants::cfs_bandwidth_slack_period, 0, longest_time},
    bounded<constants>{"default_cfs_period", &constants::default_cfs_period, 1, longest_time},
    bounded<constants>{"min_cfs_quota_period", &constants::min_cfs_quota_period, 1, longest_time},
    bounded<constants>{"max_cfs_quota_period", &constants::max_cfs_quota_period, 1, longest_time},
    bounded<constants>{"max_bw_runtime_us", &constants::max_bw_runtime_us, 1, largest_ratio_operand},
    bounded<constants>{"max_usec", &constants::max_usec, 1, model::runtime_inf},
};

constexpr std::array environment_list{
    bounded<environment>{"tick", &environment::tick, 1, longest_time},
    bounded<environment>{"max_unaccounted", &environment::max_unaccounted, 0, longest_time},
    bounded<environment>{"max_in_kernel", &environment::max_in_kernel, 0, longest_time},
    bounded<environment>{"max_lateness", &environment::max_lateness, 0, longest_time},
};

template <class Owner, std::size_t Size>
void read_bounded(const text::json_reader& in, Owner& into, const std::array<bounded<Owner>, Size>& list) {
    for (const auto& one : list)
        into.*one.member = in[one.name].number(one.least, one.most);
}

nlohmann::ordered_json writes_to_json(const std::vector<model::scope_write>& writes) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& write : writes)
        list.push_back(write_to_json(write));
    return list;
}

std::vector<model::scope_write> writes_from_json(const text::json_reader& in) {
    std::vector<model::scope_write> writes;
    const std::size_t size = in.size(most_writes);
    for (std::size_t number = 0; number < size; ++number)
        writes.push_back(write_from_json(in[number]));
    return writes;
}

constants constants_from_json(const text::json_reader& in) {
    in.only_members({"nsec_per_usec", "sched_cfs_bandwidth_slice", "min_cfs_rq_runtime", "min_bandwidth_expiration",
                     "cfs_bandwidth_slack_period", "default_cfs_period", "min_cfs_quota_period", "max_cfs_quota_period",
                     "max_bw_runtime_us", "max_usec"});
    constants read;
    read_bounded(in, read, constant_list);
    if (read.max_usec > model::runtime_inf / read.nsec_per_usec)
        in["max_usec"].fail("times nsec_per_usec it does not fit 64 bits");
    if (read.max_bw_runtime_us > read.max_usec)
        in["max_bw_runtime_us"].fail("must be at most max_usec");
    // A period of 0 us could be written otherwise, and the timers divide by the period.
    if (read.min_cfs_quota_period < read.nsec_per_usec)
        in["min_cfs_quota_period"].fail("must be at least nsec_per_usec");
    return read;
}

environment environment_from_json(const text::json_reader& in) {
    in.only_members({"tick", "max_unaccounted", "max_in_kernel", "max_lateness", "max_stalls", "hotplug"});
    environment read;
    read_bounded(in, read, environment_list);
    read.max_stalls = static_cast<int>(in["max_stalls"].number(0, most_stalls));
    read.hotplug = in["hotplug"].boolean();
    return read;
}

} // namespace

nlohmann::ordered_json write_to_json(const model::scope_write& write) {
    return {{"file", model::to_string(write.file)}, {"text", write.text}};
}

model::file file_from_json(const text::json_reader& in) {
    const std::string name = in.text();
    const auto found = model::file_from_string(name);
    if (!found) {
        const std::vector names{model::to_string(model::file::cpu_max), model::to_string(model::file::cpu_max_burst),
                                model::to_string(model::file::cpu_max_runtime)};
        in.fail(text::no_such("file", name, names));
    }
    return *found;
}

model::scope_write write_from_json(const text::json_reader& in) {
    in.only_members({"file", "text"});
    return {.file = file_from_json(in["file"]), .text = in["text"].text()};
}

nlohmann::ordered_json part_to_json(const model::scope_part& part) {
    nlohmann::ordered_json constants;
    for (const auto& one : constant_list)
        constants[std::string(one.name)] = part.constants.*one.member;
    nlohmann::ordered_json environment;
    for (const auto& one : environment_list)
        environment[std::string(one.name)] = part.environment.*one.member;
    environment["max_stalls"] = part.environment.max_stalls;
    environment["hotplug"] = part.environment.hotplug;
    return {
        {"name", part.name},
        {"nr_cpus", part.nr_cpus},
        {"constants", constants},
        {"environment", environment},
        {"first_phase", part.first_phase},
        {"longest_period", part.longest_period},
        {"setup", writes_to_json(part.setup)},
        {"writes", writes_to_json(part.writes)},
        {"histories", part.histories},
    };
}

model::scope_part part_from_json(const text::json_reader& in) {
    in.only_members({"name", "nr_cpus", "constants", "environment", "first_phase", "longest_period", "setup", "writes",
                     "histories"});
    model::scope_part part;
    part.name = in["name"].text();
    part.nr_cpus = static_cast<int>(in["nr_cpus"].number(1, model::plain::max_cpus));
    part.constants = constants_from_json(in["constants"]);
    part.environment = environment_from_json(in["environment"]);
    part.first_phase = in["first_phase"].number(0, longest_time);
    part.longest_period = in["longest_period"].number(0, longest_time);
    part.setup = writes_from_json(in["setup"]);
    part.writes = writes_from_json(in["writes"]);
    const text::json_reader histories = in["histories"];
    constexpr std::size_t most_histories = 100;
    const std::size_t size = histories.size(most_histories);
    for (std::size_t number = 0; number < size; ++number) {
        std::string name = histories[number].text();
        if (!properties::history_from_string(name))
            histories[number].fail(fmt::format("there is no history \"{}\"", text::printable(name, 40)));
        part.histories.push_back(std::move(name));
    }
    return part;
}

} // namespace bwcheck::counterexamples
