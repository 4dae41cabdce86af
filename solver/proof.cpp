#include "solver/proof.hpp"

#include "solver/induction.hpp"
#include "solver/inquiry.hpp"
#include "solver/revision_questions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace bwcheck::solver {

namespace {

counterexample counterexample_of(const refutation& found) {
    counterexample made;
    made.explanation = found.explanation;
    made.location = found.location;
    for (const auto& [name, value] : found.inputs)
        if (name.ends_with(" us") || name.ends_with(" ns"))
            made.values.emplace_back(name, decimal(value));
    made.writes = found.run.writes;
    made.events = found.run.events;
    made.first_phase = found.run.first_phase;
    return made;
}

/// Puts together what several questions say of one property: violated if one refutes it, proved if all prove it.
proof_result put_together(std::string_view property, const std::vector<inquiry>& inquiries) {
    proof_result result;
    result.property = property;
    bool all_proved = true;
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
            result.questions.emplace_back(each.question);
            result.paths += each.paths;
            result.obligations += each.obligations;
            result.only_integers += each.decided.only_integers;
            result.seconds += each.seconds;
            result.second.add(each.second);
            all_proved = all_proved && said.stands == standing::proved;
            if (said.stands == standing::refuted) {
                if (result.reason.empty())
                    result.reason = said.reason;
                result.verdict = verdict::violated;
                for (const refutation& found : said.refutations)
                    if (found.from_new_group)
                        result.counterexamples.push_back(counterexample_of(found));
            } else if (said.stands == standing::open && open.empty()) {
                open = said.reason;
            }
        }
    }
    if (result.verdict == verdict::violated)
        return result;
    if (result.questions.empty()) {
        result.reason = vacuous_somewhere ? "vacuous: nothing in this revision can make it say anything" : "not asked";
    } else if (all_proved) {
        result.verdict = verdict::holds;
        result.reason =
            fmt::format("for all 64-bit inputs: {} paths, {} obligations", result.paths, result.obligations);
    } else {
        result.reason = open;
    }
    if (result.second.disagreed > 0) {
        result.verdict = verdict::inconclusive;
        result.reason = result.second.problem;
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
    for (const std::string_view property : question.properties) {
        question_result open;
        open.property = property;
        open.reason = "the budget ended before this was asked";
        none.results.push_back(std::move(open));
    }
    return none;
}

properties::property_set bits_of(const inquirable& question) {
    properties::property_set bits = 0;
    for (const std::string_view id : question.properties)
        bits |= properties::only(id);
    return bits;
}

/// The properties and what their proofs rest on, as sets of bits.
properties::property_set with_what_they_rest_on(properties::property_set selected) {
    properties::property_set all = selected;
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (properties::contains(selected, property))
            for (const std::string_view id : rests_on(properties::catalogue_infos[property].id))
                all |= properties::only(id);
    return all;
}

/// A proof by induction is none unless all that it assumes is proved.
void check_what_it_rests_on(proof_result& result, const std::vector<proof_result>& all) {
    if (result.verdict != verdict::holds)
        return;
    for (const std::string_view id : rests_on(result.property)) {
        const auto other = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.property == id; });
        if (other == all.end() || other->verdict == verdict::holds)
            continue;
        result.verdict = verdict::inconclusive;
        result.reason = fmt::format("proved only for as long as {} holds, which is {}", id, to_string(other->verdict));
        return;
    }
}

} // namespace

std::string counterexample::story() const {
    std::string text;
    for (const model::event& event : events) {
        if (event.kind == model::event_kind::tick)
            continue;
        std::string one;
        if (event.kind == model::event_kind::write)
            one = to_string(writes.at(event.index));
        else if (event.kind == model::event_kind::period_timer && event.amount > 0)
            one = fmt::format("period timer, stalled {} times until it is due again", event.amount);
        else if (event.kind == model::event_kind::period_timer)
            one = "period timer";
        else if (event.kind == model::event_kind::walk)
            one = "cpu.max of another group is written";
        else
            one = to_string(event.kind);
        text += (text.empty() ? "" : "; ") + one;
    }
    return text;
}

const proof_result* proof::find(std::string_view property) const {
    const auto found = std::find_if(properties.begin(), properties.end(),
                                    [&](const proof_result& one) { return one.property == property; });
    return found == properties.end() ? nullptr : &*found;
}

properties::property_set provable_properties() {
    properties::property_set bits = 0;
    for (const inquirable& each : all_questions())
        bits |= bits_of(each);
    return bits;
}

proof prove_revision(const model::revision& revision, const proof_options& options, const proof_progress& on_progress) {
    const auto started = std::chrono::steady_clock::now();
    std::vector<inquirable> questions = all_questions();
    const properties::property_set wanted = options.selected & provable_properties();
    const properties::property_set asked = with_what_they_rest_on(wanted);
    std::erase_if(questions, [&](const inquirable& each) {
        return (bits_of(each) & asked) == 0 || (each.takes_runtime_file && !revision.has_runtime_file());
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
                        inquiry& one = inquiries[mine];
                        one = limits.each.until.passed() ? not_asked(questions[mine])
                                                         : questions[mine].ask(revision, limits);
                        if (options.second_opinion)
                            one.second = hear_cvc5(one.texts, one.integers, limits.each.until);
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

    proof all;
    all.revision = revision.info.id;
    std::vector<proof_result> results;
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (properties::contains(asked, property))
            results.push_back(put_together(properties::catalogue_infos[property].id, inquiries));
    for (const proof_result& each : results) {
        if ((wanted & properties::only(each.property)) == 0)
            continue;
        all.properties.push_back(each);
        check_what_it_rests_on(all.properties.back(), results);
    }
    for (const inquiry& each : inquiries) {
        all.second.add(each.second);
        all.questions.push_back({each.question, each.paths, each.decided.times, each.seconds});
    }
    if (!options.smt2_directory.empty())
        write_texts(options.smt2_directory, revision.info.id, inquiries);
    all.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return all;
}

} // namespace bwcheck::solver
