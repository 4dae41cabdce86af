#include "counterexamples/interchange.hpp"

#include "counterexamples/field_text.hpp"
#include "properties/catalogue.hpp"
#include "text/columns.hpp"
#include "text/printable.hpp"
#include "text/style.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace bwcheck::counterexamples {

namespace {

std::string dumped(const nlohmann::ordered_json& all) {
    return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string statement_of(const trace& trace) {
    const auto property = properties::property_number(trace.property);
    return property ? std::string(properties::catalogue_infos[*property].statement) : "";
}

std::string answer_of(const trace_step& step) { return step.result ? std::string(model::name(*step.result)) : ""; }

/// An integer, which JavaScript would round beyond 2^53.
template <class Integer>
nlohmann::ordered_json itf_number(Integer value) {
    constexpr std::int64_t exact = std::int64_t{1} << 53U;
    const bool small = std::is_signed_v<Integer>
                           ? static_cast<std::int64_t>(value) <= exact && static_cast<std::int64_t>(value) >= -exact
                           : static_cast<std::uint64_t>(value) <= static_cast<std::uint64_t>(exact);
    if (small)
        return value;
    return {{"#bigint", std::to_string(value)}};
}

nlohmann::ordered_json itf_value(const field_content& content) {
    if (const auto* const flag = std::get_if<bool>(&content))
        return *flag;
    if (const auto* const number = std::get_if<std::uint64_t>(&content))
        return itf_number(*number);
    if (const auto* const number = std::get_if<std::int64_t>(&content))
        return itf_number(*number);
    nlohmann::ordered_json cpus = nlohmann::ordered_json::array();
    const auto& list = std::get<cpu_list>(content);
    for (int position = 0; position < list.size(); ++position)
        cpus.push_back(int{list[position]});
    return cpus;
}

constexpr std::string_view of_cpus = "cfs_rqs";

nlohmann::ordered_json itf_state(const snapshot& state, std::size_t index, const std::string& happened,
                                 const std::string& answered) {
    nlohmann::ordered_json all{{"#meta", {{"index", index}}}, {"happened", happened}, {"answered", answered}};
    nlohmann::ordered_json cpus = nlohmann::ordered_json::array();
    for (const field_value& one : state) {
        const std::string name(model::to_string(one.which));
        if (one.cpu == model::no_cpu) {
            all[name] = itf_value(one.content);
            continue;
        }
        while (cpus.size() <= static_cast<std::size_t>(one.cpu))
            cpus.push_back(nlohmann::ordered_json::object());
        cpus[static_cast<std::size_t>(one.cpu)][name] = itf_value(one.content);
    }
    all[std::string(of_cpus)] = std::move(cpus);
    return all;
}

/// What a CPU's task does, or why it does not.
std::string_view doing(const snapshot& state, model::cpu_id cpu) {
    const auto is = [&](model::field which) {
        const field_content* const content = find_field(state, which, cpu);
        return content != nullptr && *content == field_content(true);
    };
    if (!is(model::field::online))
        return "offline";
    if (is(model::field::throttled))
        return is(model::field::curr) ? "runs in the kernel, throttled" : "throttled";
    if (is(model::field::curr))
        return "runs";
    return is(model::field::nr_queued) ? "queued" : "";
}

/// Builds the list of events.
class trace_events {
public:
    explicit trace_events(const trace& trace) : trace_(trace), doing_(static_cast<std::size_t>(trace.part.nr_cpus)) {}

    [[nodiscard]] std::string text() {
        name("process_name", 0, fmt::format("{}: {}", trace_.revision, trace_.property));
        for (int cpu = 0; cpu < trace_.part.nr_cpus; ++cpu)
            name("thread_name", cpu, fmt::format("cpu{}", cpu));
        name("thread_name", timers(), "timers");
        name("thread_name", users(), "users");
        show(trace_.initial);
        for (const trace_step& step : trace_.steps) {
            if (step.event.kind == model::event_kind::tick)
                now_ += step.event.amount;
            else
                instant(step);
            show(step.state);
        }
        ++now_; // what goes on at the end is seen for as long as a ns
        for (std::size_t cpu = 0; cpu < doing_.size(); ++cpu)
            end(static_cast<int>(cpu));
        return dumped({{"displayTimeUnit", "ns"},
                       {"otherData",
                        {{"tool", "bwcheck " + trace_.tool_version},
                         {"revision", trace_.revision},
                         {"property", trace_.property},
                         {"explanation", trace_.explanation}}},
                       {"traceEvents", events_}});
    }

private:
    [[nodiscard]] int timers() const { return trace_.part.nr_cpus; }
    [[nodiscard]] int users() const { return trace_.part.nr_cpus + 1; }

    /// Times there are in µs.
    [[nodiscard]] double stamp() const {
        constexpr double ns_per_us = 1000;
        return static_cast<double>(now_) / ns_per_us;
    }
    void name(std::string_view kind, int track, const std::string& words) {
        events_.push_back({{"ph", "M"}, {"name", kind}, {"pid", 1}, {"tid", track}, {"args", {{"name", words}}}});
    }
    void end(int cpu) {
        std::string& before = doing_[static_cast<std::size_t>(cpu)];
        if (!before.empty())
            events_.push_back({{"ph", "E"}, {"name", before}, {"pid", 1}, {"tid", cpu}, {"ts", stamp()}});
        before.clear();
    }
    void show(const snapshot& state) {
        for (int cpu = 0; cpu < trace_.part.nr_cpus; ++cpu) {
            const std::string_view does = doing(state, static_cast<model::cpu_id>(cpu));
            if (does == doing_[static_cast<std::size_t>(cpu)])
                continue;
            end(cpu);
            doing_[static_cast<std::size_t>(cpu)] = does;
            if (!does.empty())
                events_.push_back({{"ph", "B"}, {"name", does}, {"pid", 1}, {"tid", cpu}, {"ts", stamp()}});
        }
        if (const field_content* const pool = find_field(state, model::field::runtime))
            events_.push_back({{"ph", "C"},
                               {"name", "pool"},
                               {"pid", 1},
                               {"ts", stamp()},
                               {"args", {{"runtime", std::get<std::uint64_t>(*pool)}}}});
    }
    void instant(const trace_step& step) {
        const model::event& event = step.event;
        const int track = event.cpu != model::no_cpu                                  ? int{event.cpu}
                          : model::info_of(event.kind).by == model::event_actor::user ? users()
                                                                                      : timers();
        std::vector<std::string> functions;
        for (const source_step& each : step.source)
            functions.emplace_back(model::to_string(each.function));
        events_.push_back({{"ph", "i"},
                           {"s", "t"},
                           {"name", event_words(event, trace_.part)},
                           {"pid", 1},
                           {"tid", track},
                           {"ts", stamp()},
                           {"args", {{"answered", answer_of(step)}, {"steps", functions}}}});
    }

    const trace& trace_;
    std::vector<std::string> doing_; // on each CPU
    std::uint64_t now_ = 0;          // ns
    nlohmann::ordered_json events_ = nlohmann::ordered_json::array();
};

constexpr std::size_t mail_width = 75;

std::string mail_paragraph(std::string_view text, std::size_t indent = 0) {
    std::string all;
    for (const std::string& line : text::wrap(text, mail_width - indent))
        all += std::string(indent, ' ') + line + '\n';
    return all;
}

std::string mail_table(const trace& trace) {
    const std::vector<std::size_t> widths{4, 6, 26, 33}; // with two spaces between them, mail_width
    const text::style plain(false);
    const auto line = [&](const std::string& step, const std::string& time, const std::string& event,
                          const std::string& then) {
        const auto cell = [](const std::string& words) { return text::cell{{words, text::emphasis::none}}; };
        return text::columns({cell(step), cell(time), cell(event), cell(then)}, widths, plain, 2);
    };
    std::string all = line("step", "time", "what happens", "what changes");
    std::uint64_t now = 0;
    for (const setup_result& each : trace.setup)
        all +=
            line("", "0",
                 fmt::format("echo {} > {}", text::printable(each.written.text), model::to_string(each.written.file)),
                 each.result == model::status::ok ? "" : std::string(model::name(each.result)));
    const snapshot* shown = &trace.initial;
    for (std::size_t number = 0; number < trace.steps.size(); ++number) {
        const trace_step& step = trace.steps[number];
        if (step.event.kind == model::event_kind::tick) {
            now += step.event.amount;
            if (number + 1 != trace.steps.size())
                continue;
        }
        std::string then =
            step.result && *step.result != model::status::ok ? std::string(model::name(*step.result)) : "";
        if (const std::string changes = changes_words(*shown, step.state); !changes.empty())
            then += (then.empty() ? "" : ", ") + changes;
        all += line(std::to_string(number + 1), std::to_string(now), event_words(step.event, trace.part), then);
        shown = &step.state;
    }
    return all;
}

} // namespace

std::string as_itf(const trace& trace) {
    nlohmann::ordered_json vars{"happened", "answered"};
    for (const field_value& one : trace.initial)
        if (one.cpu == model::no_cpu)
            vars.push_back(model::to_string(one.which));
    vars.push_back(of_cpus);
    nlohmann::ordered_json states = nlohmann::ordered_json::array();
    states.push_back(itf_state(trace.initial, 0, "", ""));
    for (const trace_step& step : trace.steps)
        states.push_back(itf_state(step.state, states.size(), event_words(step.event, trace.part), answer_of(step)));
    return dumped(
        {{"#meta",
          {{"format", "ITF"},
           {"format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html"},
           {"source", trace.revision},
           {"description", fmt::format("{} violates {}. {}", trace.revision, trace.property, trace.explanation)},
           {"tool", "bwcheck " + trace.tool_version}}},
         {"vars", std::move(vars)},
         {"states", std::move(states)}});
}

std::string as_trace_events(const trace& trace) { return trace_events(trace).text(); }

std::string as_mail(const trace& trace, const std::string& replay_command) {
    const std::string statement = statement_of(trace);
    std::string why = trace.explanation;
    if (!statement.empty() && why.starts_with(statement))
        why.erase(0, statement.size() + (why.size() > statement.size() ? 1 : 0));
    std::string text =
        mail_paragraph(fmt::format("bwcheck, a model checker for CFS bandwidth control, finds that {} does "
                                   "not have this property ({}):",
                                   text::printable(trace.revision), text::printable(trace.property)));
    text += '\n' + mail_paragraph(statement, 2) + '\n';
    const model::scope_part& part = trace.part;
    text += mail_paragraph(fmt::format(
        "It was checked with the engine {}{}, in the part {} of the scope {}: {} CPU{}, a slice of {} ns, {} ns to the "
        "us, ticks "
        "of {} ns, tasks that execute for up to {} ns before they are charged, timers that are up to {} ns late{}. ",
        text::printable(trace.engine), trace.seed ? fmt::format(", seed {}", *trace.seed) : "",
        text::printable(part.name), text::printable(trace.scope), part.nr_cpus, part.nr_cpus == 1 ? "" : "s",
        part.constants.sched_cfs_bandwidth_slice, part.constants.nsec_per_usec, part.environment.tick,
        part.environment.max_unaccounted, part.environment.max_lateness,
        part.environment.hotplug ? ", CPUs that go offline and come back" : ""));
    text += '\n' + mail_table(trace) + '\n';
    if (!why.empty())
        text += mail_paragraph(text::printable(why)) + '\n';
    text += mail_paragraph(letters_text()) + '\n';
    text += "To see it again:\n\n  " + replay_command + '\n';
    return text;
}

} // namespace bwcheck::counterexamples
