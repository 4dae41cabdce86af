#include "cli/fuzzed_parsers.hpp"

#include "cli/engines.hpp"
#include "cli/reports/expectation.hpp"
#include "cli/reports/printed_report.hpp"
#include "cli/version.hpp"
#include "counterexamples/part_json.hpp"
#include "counterexamples/replay/replay.hpp"
#include "counterexamples/trace_json.hpp"
#include "model/interface/write_request.hpp"
#include "model/scope.hpp"
#include "plugin/revision_type.hpp"
#include "properties/catalogue.hpp"
#include "testing/known_trace.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace bwcheck::cli {

namespace {

/// What must be so, whatever the input.
void require(bool so, const char* message) {
    if (!so)
        throw std::logic_error(message);
}

template <class Refused, class Read>
bool reads_or_refuses(Read&& read) {
    try {
        read();
        return true;
    } catch (const Refused& refused) {
        const std::string_view said = refused.what();
        require(!said.empty() && said.find('\n') == std::string_view::npos, "a refusal is one line");
        return false;
    }
}

std::string valid_trace() { return counterexamples::trace_to_json(counterexamples::known_trace()); }

bool reads_trace(std::string_view text) {
    return reads_or_refuses<text::input_error>([&] {
        const auto read = counterexamples::trace_from_json(text);
        const std::string again = counterexamples::trace_to_json(read);
        require(counterexamples::trace_to_json(counterexamples::trace_from_json(again)) == again,
                "a trace is the same when it is written and read again");
        // What was read can be run: to its end, or to where it stops.
        constexpr std::size_t most_steps = 200;
        auto events = counterexamples::events_of(read);
        events.resize(std::min(events.size(), most_steps));
        const auto property = properties::property_number("write-unthrottles-now").value();
        const auto report = counterexamples::replay("cpu-max-runtime-v1", property, read.part, events);
        require(report.steps.size() <= events.size(), "a replay has no more steps than the trace");
    });
}

std::string valid_scope() { return std::string(model::named_scope_text("smoke")); }

bool reads_scope(std::string_view text) {
    return reads_or_refuses<text::input_error>([&] {
        const model::scope read = model::parse_scope(text, "damaged");
        require(!read.parts.empty(), "a scope has a part");
        for (const auto& part : read.parts)
            require(part.nr_cpus >= 1, "a part has a CPU");
    });
}

std::string valid_expectations() {
    return "# known\n"
           "mainline explore runtime-capped violated\n"
           "linux-6.1 explore conservation holds\n"
           "cpu-max-runtime-v2 random write-latency inconclusive\n";
}

bool reads_expectations(std::string_view text) {
    return reads_or_refuses<text::input_error>(
        [&] { require(!parse_expectations(text, "damaged").empty(), "a file of verdicts has one"); });
}

std::string valid_results() {
    const std::string part = counterexamples::part_to_json(counterexamples::known_part()).dump();
    return fmt::format(R"({{
  "tool": {{"name": "bwcheck", "version": "{0}"}},
  "revision": "mainline",
  "asked": ["guard-decides", "refill-exact", "refill-no-wrap"],
  "missing": [],
  "explored": [{{"engine": "explore", "parts": [
      {{"part": "other", "refused_setup": [], "states": 3, "transitions": 4, "depth": 2, "complete": false,
       "stopped_by": "budget", "cut": 1, "escaped": 2, "escape": "runtime = 37, outside 0 to 31", "deadlocks": 0,
       "standstills": 0, "standstill": "",
       "bits_per_state": 60, "memory_bytes": 4096, "seconds": 0.1}}],
      "exhausted": [{1}]}}],
  "results": [
    {{
      "property": "guard-decides", "engine": "random", "verdict": "inconclusive", "scope": "kernel constants",
      "scope_hash": null,
      "bounds": {{"measured": null, "checks": {{"asked": ["quota_within_limit"], "decided": []}}, "fired": 9,
                 "parts": [], "cases": 20, "wanted_cases": 20, "events": 123, "seed": 1, "proof": null,
                 "shard": {{"number": 2, "of": 3, "first_seed": 1, "cases": 60}}}},
      "grounds": "", "assumptions": [],
      "reason": "no write was rejected by one of these checks alone: quota_within_limit",
      "location": null, "trace": null, "machine": null, "seconds": 0.5
    }},
    {{
      "property": "refill-exact", "engine": "explore", "verdict": "violated", "scope": "smoke",
      "scope_hash": "0123456789abcdef0123456789abcdef",
      "bounds": {{"measured": -3, "checks": null, "fired": 7, "parts": [
          {{"part": "smoke", "refused_setup": ["cpu.max 1: EINVAL"], "states": 3, "transitions": 4, "depth": 2,
           "complete": true, "stopped_by": "exhausted", "cut": 0, "escaped": 0, "escape": "", "deadlocks": 0,
           "standstills": 0, "standstill": "",
           "bits_per_state": 60, "memory_bytes": 4096, "seconds": 0.1}}],
          "cases": null, "wanted_cases": null, "events": null, "seed": null, "proof": null, "shard": null}},
      "grounds": "3 events in smoke", "assumptions": [],
      "reason": "", "location": "update_curr", "trace": "bwcheck-traces/mainline/refill-exact.json",
      "machine": {1}, "seconds": 1
    }},
    {{
      "property": "refill-no-wrap", "engine": "prove", "verdict": "violated", "scope": "all 64-bit inputs",
      "scope_hash": null,
      "bounds": {{"measured": null, "checks": null, "fired": 0, "parts": [], "cases": null, "wanted_cases": null,
                 "events": null, "seed": null, "shard": null,
                 "proof": {{"questions": ["refill"], "paths": 2, "obligations": 3, "only_integers": 1,
                           "values": {{"pool ns": "7"}},
                           "refutations": [{{"explanation": "it wraps", "location": "refill.hpp:19:23",
                                            "run": "cpu.max 1 1"}}],
                           "second_opinion": {{"agreed": 2, "unknown": 1, "disagreed": 0,
                                              "problem": "it took too long"}}}}}},
      "grounds": "refuted, and a run of 2 events shows it",
      "assumptions": [{{"text": "conservation", "proved": true}}, {{"text": "up to 4 CPUs", "proved": false}}],
      "reason": "it wraps", "location": "refill.hpp:19:23", "trace": null, "machine": null, "seconds": 2.5
    }}
  ],
  "contradictions": [{{"property": "refill-exact", "reason": "explore says that it holds"}}],
  "errors": ["mainline refill-exact: the engines contradict each other"], "exit": 10
}})",
                       version, part);
}

bool reads_results(std::string_view text) {
    return reads_or_refuses<text::input_error>([&] {
        const auto read = parse_printed_reports(text, "damaged");
        require(!read.empty(), "a report has a result");
        for (const printed_result& one : read)
            require(one.property < properties::catalogue_size &&
                        one.random.has_value() == (engine_named(one.engine).shares_seeds()),
                    "a result is about a property, and about random cases if the engine is random");
    });
}

/// First the file, then what is written to it.
std::string valid_write() { return "05000 100000"; }

bool reads_write(std::string_view text) {
    if (text.empty())
        return false;
    const auto where = static_cast<model::file>(static_cast<unsigned char>(text.front()) % model::file_infos().size());
    model::write_request<model::plain> last;
    for (const auto interface :
         {model::runtime_interface::none, model::runtime_interface::absolute, model::runtime_interface::delta})
        last = model::parse_write(where, interface, text.substr(1));
    return last.parsed == model::status::ok;
}

std::string valid_revision() {
    return "// A patch.\n"
           "#include \"model/revisions/mainline.hpp\"\n"
           "namespace bwcheck::model {\n"
           "struct my_patch { static constexpr revision_info info{.id = \"my-patch\"};\n"
           "    template <arithmetic Num, class Kernel> struct functions : mainline::functions<Num, Kernel> {};\n"
           "};\n"
           "} // namespace bwcheck::model\n";
}

bool reads_revision(std::string_view text) {
    return reads_or_refuses<text::input_error>(
        [&] { require(!plugin::revision_type_in(text).empty(), "a revision has a name"); });
}

constexpr std::array parsers{
    fuzzed_parser{"trace", valid_trace, reads_trace},
    fuzzed_parser{"scope", valid_scope, reads_scope},
    fuzzed_parser{"expectations", valid_expectations, reads_expectations},
    fuzzed_parser{"results", valid_results, reads_results},
    fuzzed_parser{"revision", valid_revision, reads_revision},
    fuzzed_parser{"write", valid_write, reads_write},
};

} // namespace

std::span<const fuzzed_parser> fuzzed_parsers() { return parsers; }

const fuzzed_parser& fuzzed_parser_named(std::string_view name) {
    for (const fuzzed_parser& one : parsers)
        if (one.name == name)
            return one;
    throw std::out_of_range("there is no parser of that name");
}

} // namespace bwcheck::cli
