#include "counterexamples/snapshot_json.hpp"

#include "text/json_reader.hpp"

#include <string>
#include <type_traits>
#include <variant>

namespace bwcheck::counterexamples {

namespace {

/// One for each kind of value.
struct content_writer {
    nlohmann::ordered_json operator()(bool value) const { return value; }
    nlohmann::ordered_json operator()(std::int64_t value) const { return value; }
    nlohmann::ordered_json operator()(std::uint64_t value) const {
        return value == model::runtime_inf ? nlohmann::ordered_json(unlimited_text) : nlohmann::ordered_json(value);
    }
    nlohmann::ordered_json operator()(const cpu_list& list) const {
        auto cpus = nlohmann::ordered_json::array();
        for (int position = 0; position < list.size(); ++position)
            cpus.push_back(list[position]);
        return cpus;
    }
};

/// Reads a value of the type that `content` has.
struct content_reader {
    const text::json_reader& in;
    int nr_cpus;

    void operator()(bool& value) const { value = in.boolean(); }
    void operator()(std::int64_t& value) const { value = in.signed_number(); }
    void operator()(std::uint64_t& value) const {
        if (in.is_string() && in.text() == unlimited_text)
            value = model::runtime_inf;
        else
            value = in.number();
    }
    void operator()(cpu_list& value) const {
        value.clear();
        const std::size_t size = in.size(static_cast<std::size_t>(nr_cpus));
        for (std::size_t position = 0; position < size; ++position)
            value.push_back(
                static_cast<model::cpu_id>(in[position].number(0, static_cast<std::uint64_t>(nr_cpus) - 1)));
    }
};

/// Sets a value to a number that stands for it.
struct content_setter {
    std::int64_t number;

    template <class Value>
    void operator()(Value& value) const {
        if constexpr (std::is_arithmetic_v<Value>)
            value = static_cast<Value>(number);
    }
};

/// The fields of a machine of that size, each with some value of its type.
snapshot fields_of_machine(int nr_cpus, bool runtime_expires) {
    model::task_group<model::plain> tg;
    tg.runtime_expires = runtime_expires;
    tg.nr_cpus = static_cast<model::cpu_id>(nr_cpus);
    return take_snapshot(tg);
}

} // namespace

nlohmann::ordered_json snapshot_to_json(const snapshot& state) {
    auto group = nlohmann::ordered_json::object();
    auto cpus = nlohmann::ordered_json::array();
    for (const field_value& one : state) {
        const std::string name(model::to_string(one.which));
        if (one.cpu == model::no_cpu)
            group[name] = std::visit(content_writer{}, one.content);
        else
            cpus[static_cast<std::size_t>(one.cpu)][name] = std::visit(content_writer{}, one.content);
    }
    return {{"group", group}, {"cpus", cpus}};
}

snapshot snapshot_from_json(const text::json_reader& in, int nr_cpus) {
    in.only_members({"group", "cpus"});
    const text::json_reader group = in["group"];
    const text::json_reader cpus = in["cpus"];
    if (cpus.size() != static_cast<std::size_t>(nr_cpus))
        cpus.fail("must have as many elements as the part has CPUs");
    const bool runtime_expires = group.raw().contains(model::to_string(model::field::runtime_expires));
    snapshot state = fields_of_machine(nr_cpus, runtime_expires);
    std::size_t group_fields = 0;
    std::size_t fields_of_cpus = 0;
    for (field_value& one : state) {
        const text::json_reader owner = one.cpu == model::no_cpu ? group : cpus[static_cast<std::size_t>(one.cpu)];
        const auto in_old_traces = model::info_of(one.which).in_old_traces;
        if (in_old_traces && !owner.raw().contains(model::to_string(one.which))) {
            std::visit(content_setter{*in_old_traces}, one.content);
            continue;
        }
        std::visit(content_reader{owner[model::to_string(one.which)], nr_cpus}, one.content);
        ++(one.cpu == model::no_cpu ? group_fields : fields_of_cpus);
    }
    // All are there; so if there are others too, there are too many.
    const std::size_t cpu_fields = fields_of_cpus / static_cast<std::size_t>(nr_cpus);
    if (group.raw().size() != group_fields)
        group.fail("has fields that no machine has");
    for (std::size_t cpu = 0; cpu < static_cast<std::size_t>(nr_cpus); ++cpu)
        if (cpus[cpu].raw().size() != cpu_fields)
            cpus[cpu].fail("has fields that no CPU has");
    return state;
}

} // namespace bwcheck::counterexamples
