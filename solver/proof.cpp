#include "solver/proof.hpp"

#include "model/revisions/registry.hpp"
#include "solver/cvc5.hpp"
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

// One for each revision, in files made from prove_revision.cpp.in.
#define BWCHECK_REVISION(name) std::vector<inquirable> questions_about_##name();
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION

namespace {

constexpr std::array askers{
#define BWCHECK_REVISION(name) &questions_about_##name,
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION
};

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
            result.seconds += each.seconds;
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
    return result;
}

void write_texts(const std::filesystem::path& directory, std::string_view revision,
                 const std::vector<inquiry>& inquiries) {
    std::filesystem::create_directories(directory);
    for (const inquiry& each : inquiries) {
        std::size_t number = 0;
        for (const std::string& text : each.texts) {
            std::string question(each.question);
            std::replace(question.begin(), question.end(), ' ', '-');
            const auto path = directory / fmt::format("{}-{}-{:03}.smt2", revision, question, ++number);
            std::ofstream file(path);
            file << text;
            if (!file.flush())
                throw std::runtime_error("can't write " + path.string());
        }
    }
}

/// Every obligation is expected to be unsatisfiable, which Z3 found it to be.
second_opinion hear_cvc5(const std::vector<inquiry>& inquiries, double seconds) {
    second_opinion heard;
    heard.asked = true;
    for (const inquiry& each : inquiries) {
        for (std::size_t number = 0; number < each.texts.size(); ++number) {
            reply said = ask_cvc5(each.texts[number], std::min(seconds, 2.0));
            if (said.value == answer::unknown)
                said = ask_cvc5(each.integers[number], seconds);
            heard.agreed += said.value == answer::unsatisfiable ? 1 : 0;
            heard.unknown += said.value == answer::unknown ? 1 : 0;
            if (said.value == answer::unknown && heard.problem.empty())
                heard.problem = said.reason;
            if (said.value == answer::satisfiable && heard.disagreed++ == 0)
                heard.first_disagreement = each.texts[number].substr(0, each.texts[number].find('\n'));
        }
    }
    return heard;
}

std::uint64_t bits_of(const inquirable& question) {
    std::uint64_t bits = 0;
    for (const std::string_view id : question.properties)
        if (const auto number = properties::property_number(id))
            bits |= std::uint64_t{1} << *number;
    return bits;
}

/// The properties and what their proofs rest on, as sets of bits.
std::uint64_t with_what_they_rest_on(std::uint64_t selected) {
    std::uint64_t all = selected;
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (((selected >> property) & 1U) != 0)
            for (const std::string_view id : rests_on(properties::catalogue_infos[property].id))
                all |= std::uint64_t{1} << properties::property_number(id).value();
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

std::string_view to_string(verdict value) {
    switch (value) {
    case verdict::holds:
        return "holds";
    case verdict::violated:
        return "violated";
    case verdict::inconclusive:
        break;
    }
    return "inconclusive";
}

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
        else
            one = to_string(event.kind);
        text += (text.empty() ? "" : "; ") + one;
    }
    return text;
}

std::uint64_t provable_properties() {
    std::uint64_t bits = 0;
    for (const auto& questions : askers)
        for (const inquirable& each : questions())
            bits |= bits_of(each);
    return bits;
}

proof prove_revision(std::string_view revision, const proof_options& options) {
    const auto number = model::revision_number(revision);
    if (!number)
        throw std::invalid_argument(fmt::format("there is no revision {}", revision));
    const auto started = std::chrono::steady_clock::now();
    std::vector<inquirable> questions = askers[*number]();
    const std::uint64_t wanted = options.selected & provable_properties();
    const std::uint64_t asked = with_what_they_rest_on(wanted);
    std::erase_if(questions, [&](const inquirable& each) { return (bits_of(each) & asked) == 0; });
    inquiry_limits limits;
    limits.each = {.seconds = options.seconds_per_obligation, .seed = options.seed};
    limits.keep_texts = !options.smt2_directory.empty() || options.second_opinion;

    // Each question has a solver of its own; threads share nothing but the next number.
    std::vector<inquiry> inquiries(questions.size());
    std::atomic<std::size_t> next{0};
    std::mutex failed;
    std::exception_ptr failure;
    {
        std::vector<std::jthread> workers;
        for (unsigned worker = 0; worker < std::max(1U, options.jobs); ++worker)
            workers.emplace_back([&] {
                for (std::size_t mine = next++; mine < questions.size(); mine = next++) {
                    try {
                        inquiries[mine] = questions[mine].ask(limits);
                    } catch (...) {
                        const std::lock_guard lock(failed);
                        failure = std::current_exception();
                    }
                }
            });
    }
    if (failure)
        std::rethrow_exception(failure);

    proof all;
    all.revision = revision;
    std::vector<proof_result> results;
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (((asked >> property) & 1U) != 0)
            results.push_back(put_together(properties::catalogue_infos[property].id, inquiries));
    for (const proof_result& each : results) {
        if (((wanted >> properties::property_number(each.property).value()) & 1U) == 0)
            continue;
        all.properties.push_back(each);
        check_what_it_rests_on(all.properties.back(), results);
    }
    if (!options.smt2_directory.empty())
        write_texts(options.smt2_directory, revision, inquiries);
    if (options.second_opinion)
        all.second = hear_cvc5(inquiries, options.seconds_per_obligation);
    all.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return all;
}

} // namespace bwcheck::solver
