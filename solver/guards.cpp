#include "solver/guards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace bwcheck::solver {

namespace {

template <class Inputs>
findings ask_guard(Inputs& in, const beginning& beginning, model::guard which, std::uint32_t left_out,
                   std::uint32_t& asked) {
    scene<Inputs> at(in);
    at.only_validate();
    at.begin_configured(beginning);
    const auto request = at.any_request("the write");
    model::step_log<typename Inputs::num> with_it;
    with_it.leave_out_all(left_out);
    auto checked = at.tg;
    checked.log = &with_it;
    at.log.leave_out_all(left_out | (std::uint32_t{1} << static_cast<unsigned>(which)));
    if (at.write(request) != model::status::ok)
        in.abandon();
    const model::status result = in.kernel().validate(checked, request);
    asked |= with_it.asked();
    return {{properties::number_of<properties::guard_decides>, verdict_here::of(result == model::status::ok), ""}};
}

/// "Is `which` the only one to reject some write, in a validation without `left_out`?" Refuting it is finding such a
/// write. Bits of checks are by model::guard; `asked` gets those that were come across.
asked_question guard_question(model::guard which, std::uint32_t left_out, std::uint32_t& asked) {
    const auto ask = [which, left_out, &asked](auto& in, const beginning& beginning) {
        return ask_guard(in, beginning, which, left_out, asked);
    };
    asked_question question{.name = "guards", .symbolic = ask, .plain = ask, .checked = ask};
    question.about = properties::only(properties::number_of<properties::guard_decides>);
    return question;
}

// After so many steps of the solver, checks that imply another are listed as far as they are known.
constexpr std::uint64_t most_steps = 3'000'000;

std::uint32_t bit(model::guard which) { return std::uint32_t{1} << static_cast<unsigned>(which); }

std::string names_of(std::uint32_t checks) {
    std::string names;
    for (unsigned number = 0; number < static_cast<unsigned>(model::guard::count); ++number)
        if (((checks >> number) & 1U) != 0)
            names += fmt::format("{}{}", names.empty() ? "" : ", ", to_string(static_cast<model::guard>(number)));
    return names;
}

/// The checks of the same number, and of what is added to it: the likeliest to imply one, to be tried together before
/// all others are left out one by one.
std::uint32_t about_the_same(model::guard which) {
    const auto word = [](std::string_view name) { return name.substr(0, name.find('_')); };
    const std::string_view about = word(to_string(which));
    const bool summed = about == "quota" || about == "burst";
    std::uint32_t same = 0;
    for (unsigned number = 0; number < static_cast<unsigned>(model::guard::count); ++number) {
        const std::string_view other = word(to_string(static_cast<model::guard>(number)));
        if (other == about || (summed && (other == "quota" || other == "burst")))
            same |= std::uint32_t{1} << number;
    }
    return same;
}

class asker {
public:
    asker(const model::revision& revision, const inquiry_limits& limits, inquiry& all)
        : revision_(revision), limits_(limits), all_(all) {}

    /// The result for one check: refuted means that it decides, with a write that it alone rejects.
    question_result ask(model::guard which, std::uint32_t left_out, std::uint32_t& asked) {
        inquiry inquiry = inquire_quickly(guard_question(which, left_out, asked), revision_, 1, limits_);
        all_.paths += inquiry.paths;
        all_.steps += inquiry.steps;
        all_.obligations += inquiry.obligations;
        all_.unknown += inquiry.unknown;
        all_.decided.only_integers += inquiry.decided.only_integers;
        for (auto& time : inquiry.decided.times)
            all_.decided.times.push_back(std::move(time));
        for (auto& text : inquiry.texts)
            all_.texts.push_back(std::move(text));
        for (auto& text : inquiry.integers)
            all_.integers.push_back(std::move(text));
        return inquiry.results.empty() ? question_result{} : std::move(inquiry.results.front());
    }

private:
    const model::revision& revision_;
    const inquiry_limits& limits_;
    inquiry& all_;
};

} // namespace

inquiry inquire_guards(const model::revision& revision, const inquiry_limits& limits) {
    const auto started = std::chrono::steady_clock::now();
    inquiry all;
    all.question = "guards";
    asker ask(revision, limits, all);
    // A validation that lacks most of its checks lets numbers through that wrap, which is hard to reason about. What
    // can't be decided soon stays among the checks that imply.
    inquiry_limits soon = limits;
    soon.proof_steps = 100'000;
    soon.search_steps = 50'000;
    asker ask_fewer(revision, soon, all);

    std::uint32_t asked = 0;
    std::uint32_t redundant = 0;
    std::uint32_t unclear = 0;
    for (unsigned number = 1; number < static_cast<unsigned>(model::guard::count); ++number) { // 0: parse
        const auto which = static_cast<model::guard>(number);
        if (asked != 0 && (asked & bit(which)) == 0)
            continue; // this revision does not have it
        const question_result said = ask.ask(which, 0, asked);
        if (said.stands == standing::proved)
            redundant |= bit(which);
        else if (said.stands == standing::open && !said.vacuous)
            unclear |= bit(which);
    }
    redundant &= asked;
    std::string reason;
    for (unsigned number = 1; number < static_cast<unsigned>(model::guard::count); ++number) {
        const auto which = static_cast<model::guard>(number);
        if ((redundant & bit(which)) == 0)
            continue;
        bool minimal = true;
        std::uint32_t implying = asked & ~bit(which) & ~bit(model::guard::parse);
        const auto still_redundant = [&](std::uint32_t with) {
            std::uint32_t ignored = 0;
            return ask_fewer.ask(which, asked & ~bit(which) & ~with, ignored).stands;
        };
        if (const std::uint32_t near = implying & about_the_same(which);
            near != implying && still_redundant(near) == standing::proved)
            implying = near;
        for (unsigned other = 1; other < static_cast<unsigned>(model::guard::count); ++other) {
            const std::uint32_t fewer = implying & ~(std::uint32_t{1} << other);
            if (fewer == implying)
                continue;
            if (all.steps > most_steps || limits.each.until.passed()) {
                minimal = false;
                continue;
            }
            const standing said = still_redundant(fewer);
            if (said == standing::proved)
                implying = fewer;
            minimal = minimal && said != standing::open;
        }
        reason += fmt::format("{}{} is redundant, {}", reason.empty() ? "" : "; ", to_string(which),
                              implying == 0 ? std::string("it never rejects anything")
                                            : fmt::format("implied by {}{}", names_of(implying),
                                                          minimal ? "" : " (or fewer: not all were decided in time)"));
    }
    question_result result;
    result.property = properties::number_of<properties::guard_decides>;
    if (redundant != 0)
        result.stands = standing::refuted;
    else if (unclear == 0)
        result.stands = standing::proved;
    result.reason = redundant != 0 ? reason
                    : unclear != 0
                        ? fmt::format("not decided for {}", names_of(unclear))
                        : fmt::format("each of {} is the only one to reject some write", names_of(asked & ~1U));
    all.results.push_back(std::move(result));
    all.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return all;
}

} // namespace bwcheck::solver
