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
#include <type_traits>
#include <vector>

namespace bwcheck::counterexamples {

namespace {

using constants = model::constants<model::plain>;
using environment = model::environment<model::plain>;

/// The settings of a group, by their rows; nothing else may stand beside them.
template <class Group, class... Rows>
void read_settings(const text::json_reader& in, Group& into, const std::tuple<Rows...>& rows) {
    in.only_members(
        std::apply([](const auto&... row) { return std::array<std::string_view, sizeof...(row)>{row.name...}; }, rows));
    const auto read = [&](const auto& row) {
        auto& value = into.*row.member;
        using number = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<number, bool>)
            value = in[row.name].boolean();
        else
            value = static_cast<number>(in[row.name].number(row.in_traces.least, row.in_traces.most));
    };
    std::apply([&](const auto&... row) { (read(row), ...); }, rows);
}

template <class Group, class... Rows>
nlohmann::ordered_json settings_to_json(const Group& from, const std::tuple<Rows...>& rows) {
    nlohmann::ordered_json all;
    std::apply([&](const auto&... row) { ((all[std::string(row.name)] = from.*row.member), ...); }, rows);
    return all;
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
    constants read;
    read_settings(in, read, model::constant_rows<model::plain>);
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
    environment read;
    read_settings(in, read, model::environment_rows<model::plain>);
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
        std::vector<std::string_view> names;
        for (const model::file_info& row : model::file_infos())
            names.push_back(row.name);
        in.fail(text::no_such("file", name, names));
    }
    return *found;
}

model::scope_write write_from_json(const text::json_reader& in) {
    in.only_members({"file", "text"});
    return {.file = file_from_json(in["file"]), .text = in["text"].text()};
}

nlohmann::ordered_json part_to_json(const model::scope_part& part) {
    return {
        {"name", part.name},
        {"nr_cpus", part.nr_cpus},
        {"constants", settings_to_json(part.constants, model::constant_rows<model::plain>)},
        {"environment", settings_to_json(part.environment, model::environment_rows<model::plain>)},
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
    part.first_phase = in["first_phase"].number(0, model::longest_time);
    part.longest_period = in["longest_period"].number(0, model::longest_time);
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
