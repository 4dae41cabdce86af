#include "solver/second_opinion.hpp"

#include "solver/cvc5.hpp"

#include <fmt/format.h>

#include <string_view>

namespace bwcheck::solver {

using namespace symbolic;

namespace {

// Long sums are hard for bit-vectors even when they are decided as integers.
constexpr unsigned most_resources_as_bits = 500'000;
constexpr unsigned most_resources = 2'000'000;

/// The name of an obligation, from the first line of its text: a comment that ends with the function it stands in.
std::string name_of(const std::string& text) {
    constexpr std::string_view comment = "; ";
    const std::string line = text.substr(comment.size(), text.find('\n') - comment.size());
    return line.substr(0, line.find(", in "));
}

} // namespace

verdicts::second_opinion hear_cvc5(std::span<const std::string> texts, std::span<const std::string> integers,
                                   const text::deadline& until) {
    verdicts::second_opinion heard;
    heard.asked = true;
    for (std::size_t number = 0; number < texts.size(); ++number) {
        verdicts::second_opinion opinion;
        opinion.asked = true;
        if (until.passed()) {
            opinion.unknown = texts.size() - number;
            opinion.problem = name_of(texts[number]) + ": the time was over";
            heard.add(opinion);
            break;
        }
        reply said = ask_cvc5(texts[number], most_resources_as_bits, until);
        if (said.value == answer::unknown)
            said = ask_cvc5(integers[number], most_resources, until);
        switch (said.value) {
        case answer::unsatisfiable:
            opinion.agreed = 1;
            break;
        case answer::satisfiable:
            opinion.disagreed = 1;
            opinion.problem = fmt::format("Z3 says unsat, cvc5 says sat: {}", name_of(texts[number]));
            break;
        case answer::unknown:
            opinion.unknown = 1;
            opinion.problem = fmt::format("{}: {}", name_of(texts[number]), said.reason);
            break;
        }
        heard.add(opinion);
    }
    return heard;
}

std::string why_no_second_opinion() {
    const reply said = ask_cvc5("(set-logic QF_LIA)\n(assert false)\n(check-sat)\n", most_resources, {});
    return said.value == answer::unsatisfiable
               ? ""
               : fmt::format("cvc5 does not work here ({}); it is in Debian's package cvc5", said.reason);
}

} // namespace bwcheck::solver
