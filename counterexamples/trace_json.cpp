#include "counterexamples/trace_json.hpp"

#include "counterexamples/part_json.hpp"
#include "counterexamples/snapshot_json.hpp"
#include "text/did_you_mean.hpp"
#include "text/input_error.hpp"
#include "text/json_reader.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bwcheck::counterexamples {

namespace {

using json = nlohmann::ordered_json;

/// Nobody reads a longer one, and a damaged file could claim anything.
constexpr std::size_t most_steps = 100'000;
constexpr std::size_t shown_of_a_name = 60;
constexpr std::size_t most_sentences = 1000;

/// A member of the whole, and the schema version that brought it.
struct top_member {
    std::string_view name;
    std::uint64_t since = 1;
};
constexpr std::array top_members{
    top_member{"schema_version"},
    top_member{"tool"},
    top_member{"revision"},
    top_member{"property"},
    top_member{"engine"},
    top_member{"scope"},
    top_member{"seed"},
    top_member{"explanation"},
    top_member{"did_not_matter", 2},
    top_member{"unavoidable_from"},
    top_member{"part"},
    top_member{"setup"},
    top_member{"initial"},
    top_member{"steps"},
};

/// Whether a trace of that version says it.
constexpr bool has_member(std::uint64_t version, std::string_view name) {
    return std::any_of(top_members.begin(), top_members.end(),
                       [&](const top_member& each) { return each.name == name && each.since <= version; });
}

constexpr std::array all_statuses{model::status::ok, model::status::einval, model::status::erange, model::status::e2big,
                                  model::status::enoent};

model::status status_from_json(const text::json_reader& in) {
    const std::string name = in.text();
    for (const model::status one : all_statuses)
        if (model::name(one) == name)
            return one;
    in.reject("OK or the name of an error");
}

model::step step_function_from_json(const text::json_reader& in) {
    const std::string name = in.text();
    std::vector<std::string_view> names;
    for (unsigned number = 0; number < static_cast<unsigned>(model::step::count); ++number) {
        names.push_back(model::to_string(static_cast<model::step>(number)));
        if (names.back() == name)
            return static_cast<model::step>(number);
    }
    in.fail(text::no_such("model step", name, names));
}

model::event_kind event_kind_from_json(const text::json_reader& in) {
    const std::string name = in.text();
    if (const auto kind = model::event_kind_from_string(name))
        return *kind;
    std::vector<std::string_view> names;
    names.reserve(model::event_infos.size());
    for (const model::event_info& each : model::event_infos)
        names.push_back(each.name);
    in.fail(text::no_such("event", name, names));
}

json cpu_to_json(model::cpu_id cpu) { return cpu == model::no_cpu ? json(nullptr) : json(cpu); }

model::cpu_id cpu_from_json(const text::json_reader& in, int nr_cpus) {
    return in.is_null() ? model::no_cpu
                        : static_cast<model::cpu_id>(in.number(0, static_cast<std::uint64_t>(nr_cpus) - 1));
}

json step_to_json(const trace_step& step, const model::scope_part& part) {
    const model::event& event = step.event;
    const model::event_info& kind = model::info_of(event.kind);
    json source = json::array();
    for (const source_step& one : step.source)
        source.push_back({{"function", model::to_string(one.function)}, {"cpu", cpu_to_json(one.cpu)}});
    json file = nullptr;
    json text = nullptr;
    if (kind.index == model::event_index::write) {
        file = model::to_string(part.writes.at(event.index).file);
        text = part.writes.at(event.index).text;
    } else if (kind.index == model::event_index::file) {
        file = model::to_string(static_cast<model::file>(event.index));
    }
    return {
        {"event", kind.name},
        {"cpu", cpu_to_json(event.cpu)},
        {"file", file},
        {"text", text},
        {"amount_ns", kind.amount == model::event_amount::ns ? json(event.amount) : json(nullptr)},
        {"stalls", kind.amount == model::event_amount::stalls ? json(event.amount) : json(nullptr)},
        {"result", step.result ? json(model::name(*step.result)) : json(nullptr)},
        {"source", source},
        {"state", snapshot_to_json(step.state)},
    };
}

std::uint16_t write_number(const text::json_reader& step, const model::scope_part& part) {
    const model::scope_write written{.file = file_from_json(step["file"]), .text = step["text"].text()};
    const auto found = std::find(part.writes.begin(), part.writes.end(), written);
    if (found == part.writes.end())
        step["text"].fail("the part has no such write");
    return static_cast<std::uint16_t>(found - part.writes.begin());
}

void must_be_null(const text::json_reader& step, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        if (!step[name].is_null())
            step[name].reject("null for this event");
}

model::event event_from_json(const text::json_reader& in, const model::scope_part& part) {
    model::event event;
    event.kind = event_kind_from_json(in["event"]);
    const model::event_info& kind = model::info_of(event.kind);
    if (kind.by == model::event_actor::cpu)
        event.cpu = static_cast<model::cpu_id>(in["cpu"].number(0, static_cast<std::uint64_t>(part.nr_cpus) - 1));
    else
        must_be_null(in, {"cpu"});
    if (kind.amount == model::event_amount::ns)
        event.amount = in["amount_ns"].number(0, model::longest_time);
    else
        must_be_null(in, {"amount_ns"});
    if (kind.amount == model::event_amount::stalls)
        event.amount = in["stalls"].number(0, model::most_stalls);
    else
        must_be_null(in, {"stalls"});
    if (kind.index == model::event_index::write) {
        event.index = write_number(in, part);
        return event;
    }
    must_be_null(in, {"text"});
    if (kind.index == model::event_index::file)
        event.index = static_cast<std::uint16_t>(file_from_json(in["file"]));
    else
        must_be_null(in, {"file"});
    return event;
}

trace_step step_from_json(const text::json_reader& in, const model::scope_part& part) {
    in.only_members({"event", "cpu", "file", "text", "amount_ns", "stalls", "result", "source", "state"});
    trace_step step;
    step.event = event_from_json(in, part);
    if (step.event.kind == model::event_kind::write)
        step.result = status_from_json(in["result"]);
    else
        must_be_null(in, {"result"});
    const text::json_reader source = in["source"];
    const std::size_t size = source.size(most_steps);
    for (std::size_t number = 0; number < size; ++number) {
        source[number].only_members({"function", "cpu"});
        step.source.push_back({.function = step_function_from_json(source[number]["function"]),
                               .cpu = cpu_from_json(source[number]["cpu"], part.nr_cpus)});
    }
    step.state = snapshot_from_json(in["state"], part.nr_cpus);
    return step;
}

std::vector<setup_result> setup_from_json(const text::json_reader& in) {
    std::vector<setup_result> setup;
    const std::size_t size = in.size(most_writes);
    for (std::size_t number = 0; number < size; ++number) {
        in[number].only_members({"file", "text", "result"});
        setup.push_back({.written = {.file = file_from_json(in[number]["file"]), .text = in[number]["text"].text()},
                         .result = status_from_json(in[number]["result"])});
    }
    return setup;
}

/// Returns the schema version.
std::uint64_t check_that_it_is_a_trace(const text::json_reader& in) {
    const auto& root = in.raw();
    if (!root.is_object() || !root.contains("schema_version") || !root.contains("steps"))
        throw text::input_error("JSON, but not a trace of bwcheck");
    const auto& version = root["schema_version"];
    if (!version.is_number_unsigned() || version.get<std::uint64_t>() < oldest_trace_schema_version() ||
        version.get<std::uint64_t>() > trace_schema_version())
        throw text::input_error(fmt::format("a trace of schema version {}; this bwcheck reads versions {} to {}",
                                            text::printable(version.dump(-1, ' ', true), shown_of_a_name),
                                            oldest_trace_schema_version(), trace_schema_version()));
    return version.get<std::uint64_t>();
}

void only_members_of(std::uint64_t version, const text::json_reader& in) {
    std::vector<std::string_view> names;
    for (const top_member& each : top_members)
        if (each.since <= version)
            names.push_back(each.name);
    in.only_members(names);
}

std::vector<std::string> sentences_from_json(const text::json_reader& in) {
    std::vector<std::string> sentences;
    const std::size_t size = in.size(most_sentences);
    for (std::size_t number = 0; number < size; ++number)
        sentences.push_back(in[number].text());
    return sentences;
}

} // namespace

std::uint64_t oldest_trace_schema_version() { return 1; }
std::uint64_t trace_schema_version() {
    return std::max_element(top_members.begin(), top_members.end(),
                            [](const auto& a, const auto& b) { return a.since < b.since; })
        ->since;
}

std::string trace_to_json(const trace& trace) {
    json setup = json::array();
    for (const setup_result& one : trace.setup) {
        json written = write_to_json(one.written);
        written["result"] = model::name(one.result);
        setup.push_back(written);
    }
    json steps = json::array();
    for (const trace_step& step : trace.steps)
        steps.push_back(step_to_json(step, trace.part));
    const json all = {
        {"schema_version", trace_schema_version()},
        {"tool", {{"name", "bwcheck"}, {"version", trace.tool_version}}},
        {"revision", trace.revision},
        {"property", trace.property},
        {"engine", trace.engine},
        {"scope", trace.scope},
        {"seed", trace.seed ? json(*trace.seed) : json(nullptr)},
        {"explanation", trace.explanation},
        {"did_not_matter", trace.did_not_matter},
        {"unavoidable_from", trace.unavoidable_from ? json(*trace.unavoidable_from) : json(nullptr)},
        {"part", part_to_json(trace.part)},
        {"setup", setup},
        {"initial", snapshot_to_json(trace.initial)},
        {"steps", steps},
    };
    return all.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

trace trace_from_json(std::string_view text) {
    const nlohmann::json root = text::parse_json(text);
    const text::json_reader in(root);
    const std::uint64_t version = check_that_it_is_a_trace(in);
    only_members_of(version, in);
    trace read;
    const text::json_reader tool = in["tool"];
    tool.only_members({"name", "version"});
    if (tool["name"].text() != "bwcheck")
        tool["name"].reject("\"bwcheck\"");
    read.tool_version = tool["version"].text();
    read.revision = in["revision"].text();
    read.property = in["property"].text();
    read.engine = in["engine"].text();
    read.scope = in["scope"].text();
    if (!in["seed"].is_null())
        read.seed = in["seed"].number();
    read.explanation = in["explanation"].text();
    if (has_member(version, "did_not_matter"))
        read.did_not_matter = sentences_from_json(in["did_not_matter"]);
    read.part = part_from_json(in["part"]);
    read.setup = setup_from_json(in["setup"]);
    read.initial = snapshot_from_json(in["initial"], read.part.nr_cpus);
    const text::json_reader steps = in["steps"];
    const std::size_t size = steps.size(most_steps);
    for (std::size_t number = 0; number < size; ++number)
        read.steps.push_back(step_from_json(steps[number], read.part));
    if (!in["unavoidable_from"].is_null())
        read.unavoidable_from = in["unavoidable_from"].number(0, std::max<std::size_t>(size, 1) - 1);
    return read;
}

} // namespace bwcheck::counterexamples
