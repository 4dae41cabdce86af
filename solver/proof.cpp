#include "solver/proof.hpp"

#include "solver/induction.hpp"
#include "solver/inquiry.hpp"
#include "solver/premises.hpp"
#include "solver/revision_questions.hpp"
#include "solver/second_opinion.hpp"
#include "verdicts/judged.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace bwcheck::solver {

namespace {

/// The machine on which a refutation runs: one CPU, the kernel's constants.
model::scope_part part_of(const run_record& record) {
    model::scope_part part;
    part.name = "kernel constants";
    part.first_phase = record.first_phase;
    part.writes = record.writes;
    for (const model::event& event : record.events)
        if (event.kind == model::event_kind::period_timer)
            part.environment.max_stalls = std::max(part.environment.max_stalls, static_cast<int>(event.amount));
    part.longest_period = model::longest_period_of(part);
    return part;
}

verdicts::refutation shown_refutation(const refutation& refutation) {
    verdicts::refutation made;
    made.explanation = refutation.explanation;
    made.location = refutation.location;
    for (const auto& [name, value] : refutation.inputs)
        if (name.ends_with(" us") || name.ends_with(" ns"))
            made.values.emplace_back(name, decimal(value));
    made.run.part = part_of(refutation.run);
    made.run.events = refutation.run.events;
    made.run.found_events = refutation.run.events.size();
    return made;
}

/// Puts together what several questions say of one property: broken if one refutes it, proved if all prove it.
verdicts::finding put_together(std::size_t property, const std::vector<inquiry>& inquiries) {
    const properties::property_info& info = properties::catalogue_infos[property];
    verdicts::finding result;
    result.property = info.id;
    verdicts::proof_grounds& grounds = result.proof.emplace();
    bool all_proved = true;
    bool refuted = false;
    bool vacuous_somewhere = false;
    std::string open;
    for (const inquiry& each : inquiries) {
        for (const question_result& said : each.results) {
            if (said.property != property)
                continue;
            if (said.vacuous) {
                vacuous_somewhere = true;
                continue;
            }
            grounds.questions.emplace_back(each.question);
            grounds.paths += each.paths;
            grounds.obligations += each.obligations;
            grounds.only_integers += each.decided.only_integers;
            grounds.second.add(each.second);
            result.seconds += each.seconds;
            all_proved = all_proved && said.stands == standing::proved;
            if (said.stands == standing::refuted) {
                if (result.reason.empty())
                    result.reason = said.reason;
                refuted = true;
                for (const refutation& refutation : said.refutations)
                    if (refutation.from_new_group)
                        grounds.refutations.push_back(shown_refutation(refutation));
            } else if (said.stands == standing::open && open.empty()) {
                open = said.reason;
            }
        }
    }
    if (refuted) {
        result.verdict = verdicts::judged(info, true);
        if (!grounds.refutations.empty())
            result.run = grounds.refutations.front().run;
        return result;
    }
    if (grounds.questions.empty()) {
        result.reason = vacuous_somewhere ? "vacuous: nothing in this revision can make it say anything" : "not asked";
    } else if (all_proved) {
        result.verdict = verdicts::judged(info, false);
        result.reason = fmt::format("{} paths, {} obligations", grounds.paths, grounds.obligations);
    } else {
        result.reason = open;
    }
    if (grounds.second.disagreed > 0) {
        result.verdict = verdicts::verdict::inconclusive;
        result.reason = grounds.second.problem;
    }
    return result;
}

void write_texts(const std::filesystem::path& directory, std::string_view revision,
                 const std::vector<inquiry>& inquiries) {
    std::filesystem::create_directories(directory);
    const auto write = [&](const std::string& name, const std::string& text) {
        std::ofstream file(directory / name);
        file << text;
        if (!file.flush())
            throw std::runtime_error("can't write " + (directory / name).string());
    };
    std::size_t question = 0;
    for (const inquiry& each : inquiries) {
        std::string name(each.question);
        std::replace(name.begin(), name.end(), ' ', '-');
        name = fmt::format("{}-{:02}-{}", revision, ++question, name); // two questions may have the same name
        for (std::size_t number = 0; number < each.texts.size(); ++number) {
            write(fmt::format("{}-{:03}-bits.smt2", name, number + 1), each.texts[number]);
            write(fmt::format("{}-{:03}-integers.smt2", name, number + 1), each.integers[number]);
        }
    }
}

/// For a question that there was no time for.
inquiry not_asked(const inquirable& question) {
    inquiry none;
    properties::for_each_of(question.about, [&none](std::size_t property) {
        question_result open;
        open.property = property;
        open.reason = "the budget ended before this was asked";
        none.results.push_back(std::move(open));
    });
    return none;
}

/// The properties and what their proofs rest on, as sets of bits.
properties::property_set with_what_they_rest_on(properties::property_set selected) {
    properties::property_set all = selected;
    properties::for_each_of(selected, [&all](std::size_t property) {
        for (const std::size_t other : rests_on(property))
            all |= properties::only(other);
    });
    return all;
}

/// Says on what a proof rests. One by induction is none unless all of the invariant is proved.
void check_what_it_rests_on(std::size_t property, verdicts::finding& result,
                            const std::map<std::size_t, verdicts::finding>& all) {
    using verdicts::verdict;
    const auto proved = [](verdict value) { return value == verdict::holds || value == verdict::yes; };
    if (result.verdict == verdict::inconclusive || result.run)
        return;
    for (const std::string_view assumed : assumed_for(property))
        result.assumptions.push_back({.text = std::string(assumed)});
    for (const std::size_t premise : rests_on(property)) {
        const auto other = all.find(premise);
        if (other == all.end() || proved(other->second.verdict)) {
            result.assumptions.push_back(
                {.text = std::string(properties::catalogue_infos[premise].id), .proved = true});
            continue;
        }
        result.assumptions.clear();
        result.verdict = verdict::inconclusive;
        result.reason = fmt::format("proved only for as long as {} holds, which is {}", other->second.property,
                                    to_string(other->second.verdict));
        return;
    }
}

class engine final : public verdicts::engine {
public:
    [[nodiscard]] std::string_view name() const override { return "prove"; }
    [[nodiscard]] properties::property_set judges() const override { return provable_properties(); }
    [[nodiscard]] int strength() const override { return 3; }
    [[nodiscard]] bool proves() const override { return true; }

    [[nodiscard]] std::string obstacle(const verdicts::request& asked) const override {
        if (asked.second_opinion)
            if (const std::string why = why_no_second_opinion(); !why.empty())
                return "--second-opinion: " + why;
        if (asked.smt2.empty())
            return "";
        std::error_code error;
        std::filesystem::create_directories(asked.smt2, error);
        if (!error && std::filesystem::is_directory(asked.smt2))
            return "";
        return fmt::format("--smt2: {} cannot be made a directory: {}", asked.smt2.string(),
                           error ? error.message() : "something else has that name");
    }

    [[nodiscard]] verdicts::report check(const model::revision& revision, const verdicts::request& asked,
                                         const verdicts::progress_text& on_progress) const override {
        proof_options options;
        options.jobs = asked.jobs;
        options.selected = asked.selected;
        options.budget_seconds = asked.budget_seconds;
        options.smt2_directory = asked.smt2;
        options.second_opinion = asked.second_opinion;
        return prove_revision(revision, options, [&](std::size_t answered, std::size_t questions) {
            if (on_progress)
                on_progress(fmt::format("{} of {} questions", answered, questions));
        });
    }

    [[nodiscard]] std::string grounds(const verdicts::finding& about, const verdicts::report& /*of*/) const override {
        if (about.run)
            return fmt::format("refuted, and a run of {} event{} shows it", about.run->events.size(),
                               about.run->events.size() == 1 ? "" : "s");
        return "proved"; // and what it assumes
    }
    /// Proofs are about the kernel's constants.
    [[nodiscard]] bool covers(const verdicts::report& /*of*/, const model::scope_part& part) const override {
        return part.constants == model::constants<model::plain>{} && part.nr_cpus <= static_cast<int>(most_cpus);
    }
};

} // namespace

properties::property_set provable_properties() {
    properties::property_set bits = 0;
    for (const inquirable& each : all_questions())
        bits |= each.about;
    return bits;
}

verdicts::report prove_revision(const model::revision& revision, const proof_options& options,
                                const proof_progress& on_progress) {
    const auto started = std::chrono::steady_clock::now();
    std::vector<inquirable> questions = all_questions();
    const properties::property_set wanted = options.selected & provable_properties();
    const properties::property_set asked = with_what_they_rest_on(wanted);
    std::erase_if(questions, [&](const inquirable& each) {
        return (each.about & asked) == 0 || (each.takes_runtime_file && !revision.has_runtime_file());
    });
    inquiry_limits limits;
    limits.each = {.steps = options.steps_per_obligation, .seed = options.seed};
    limits.keep_texts = !options.smt2_directory.empty() || options.second_opinion;
    if (options.budget_seconds > 0)
        limits.each.until = {.now = options.now, .at = options.now() + options.budget_seconds};

    // Each question has a solver of its own; threads share nothing but the next number.
    std::vector<inquiry> inquiries(questions.size());
    std::atomic<std::size_t> next{0};
    std::mutex mutex; // of the two below, and of on_progress
    std::exception_ptr failure;
    std::size_t answered = 0;
    {
        std::vector<std::jthread> workers;
        for (unsigned worker = 0; worker < std::max(1U, options.jobs); ++worker)
            workers.emplace_back([&] {
                for (std::size_t mine = next++; mine < questions.size(); mine = next++) {
                    try {
                        inquiry& inquiry = inquiries[mine];
                        inquiry = limits.each.until.passed() ? not_asked(questions[mine])
                                                             : questions[mine].ask(revision, limits);
                        if (options.second_opinion)
                            inquiry.second = hear_cvc5(inquiry.texts, inquiry.integers, limits.each.until);
                        const std::lock_guard lock(mutex);
                        if (on_progress)
                            on_progress(++answered, questions.size());
                    } catch (...) {
                        const std::lock_guard lock(mutex);
                        failure = std::current_exception();
                    }
                }
            });
    }
    if (failure)
        std::rethrow_exception(failure);

    verdicts::report all;
    all.revision = revision.info.id;
    all.engine = prove_engine().name();
    all.scope = "all 64-bit inputs";
    std::map<std::size_t, verdicts::finding> results;
    properties::for_each_of(
        asked, [&](std::size_t property) { results.emplace(property, put_together(property, inquiries)); });
    for (const auto& [property, result] : results) {
        if (!properties::contains(wanted, property))
            continue;
        all.findings.push_back(result);
        check_what_it_rests_on(property, all.findings.back(), results);
    }
    verdicts::proof_report& proof = all.proof.emplace();
    for (const inquiry& each : inquiries) {
        proof.second.add(each.second);
        proof.questions.push_back({std::string(each.question), each.paths, each.decided.times, each.seconds});
    }
    if (!options.smt2_directory.empty())
        write_texts(options.smt2_directory, revision.info.id, inquiries);
    all.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return all;
}

const verdicts::engine& prove_engine() {
    static const engine door;
    return door;
}

} // namespace bwcheck::solver
