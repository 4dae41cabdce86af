#include "symbolic/obligation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace bwcheck::symbolic {

namespace {

std::string_view meaning(obligation::kind kind) {
    switch (kind) {
    case obligation::kind::cut:
        return "the comparison turns out only one way";
    case obligation::kind::no_wrap:
        return "the result stays within its type";
    case obligation::kind::divisor:
        break;
    }
    return "the divisor is not 0";
}

} // namespace

std::string to_string(const model::source_place& place) {
    return fmt::format("{}:{}:{}", std::filesystem::path(place.file_name()).filename().string(), place.line(),
                       place.column());
}

std::string describe(const obligation& what, std::string_view name) {
    return fmt::format("{}: {} at {}, in {}", name, meaning(what.what), to_string(what.where),
                       what.where.function_name());
}

std::string question(expression_table& table, const obligation& what, encoding how, std::string_view name) {
    std::vector<literal> statements = what.premise;
    statements.push_back(table.negation(what.goal));
    return to_smt2(table, statements, how, describe(what, name) + "\nexpected: unsat");
}

obligation_report decide(expression_table& table, const std::vector<obligation>& obligations,
                         const solver_limits& limits, unsigned bits_steps) {
    solver_limits for_bits = limits;
    for_bits.steps = bits_steps;
    z3_solver bits(for_bits);
    z3_solver integers(limits);
    obligation_report report;
    for (std::size_t number = 0; number < obligations.size(); ++number) {
        const obligation& each = obligations[number];
        if (limits.until.passed()) {
            report.unknown += obligations.size() - number;
            if (report.problem.empty())
                report.problem = describe(each, "obligation") + ": the time was over";
            break;
        }
        reply said = bits.decide(question(table, each, encoding::bit_vectors, ""));
        obligation_time time{.where = to_string(each.where), .only_integers = false, .seconds = said.seconds};
        if (said.value == answer::unknown) {
            said = integers.decide(question(table, each, encoding::integers, ""));
            time.only_integers = said.value == answer::unsatisfiable;
            time.seconds += said.seconds;
            report.only_integers += time.only_integers ? 1 : 0;
        }
        report.times.push_back(std::move(time));
        switch (said.value) {
        case answer::unsatisfiable:
            ++report.proved;
            break;
        case answer::satisfiable:
            ++report.refuted;
            break;
        case answer::unknown:
            ++report.unknown;
            break;
        }
        if (said.value != answer::unsatisfiable && report.problem.empty())
            report.problem = fmt::format("{}: {} {}", describe(each, "obligation"), to_string(said.value), said.reason);

        const auto satisfied = [&](const literal& l) { return table.evaluate(l, each.witness) == true; };
        if (!each.has_witness || !std::all_of(each.premise.begin(), each.premise.end(), satisfied) ||
            !satisfied(each.goal))
            ++report.vacuous;
    }
    return report;
}

} // namespace bwcheck::symbolic
