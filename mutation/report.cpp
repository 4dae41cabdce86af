#include "mutation/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace bwcheck::mutation {

namespace {

bool by_property(notice notice) {
    return notice == notice::violated || notice == notice::measured || notice == notice::silent;
}

std::string noticed_by(const fate& of) {
    if (of.how == notice::none)
        return of.reached ? "not noticed" : "never executed";
    const std::string_view noticed =
        by_property(of.how) ? properties::catalogue_infos[of.property].id : to_string(of.how);
    return fmt::format("{} ({}{})", noticed, of.noticed_in->name(),
                       of.how == notice::measured || of.how == notice::silent ? fmt::format(", {}", to_string(of.how))
                                                                              : "");
}

struct counts {
    int all = 0;
    int noticed = 0;
    int explained = 0;
};

std::string percent(const counts& of) {
    const int countable = of.all - of.explained;
    return countable == 0 ? "-" : fmt::format("{:.1f} %", 100.0 * of.noticed / countable);
}

} // namespace

complaints complaints_of(const std::vector<fate>& fates, const std::map<std::string, std::string>& explanations) {
    complaints all;
    for (const fate& one : fates) {
        const bool explained = explanations.contains(one.mutant->key);
        if (one.survived() && !explained)
            all.unexplained.push_back(
                fmt::format("{}:{} {} [{}] {}{}", one.mutant->what.file, one.mutant->what.line, one.mutant->key,
                            one.mutant->id, noticed_by(one),
                            one.difference.empty() ? ", acts alike in all trials" : ", differs in " + one.difference));
        if (!one.survived() && explained)
            all.stale.push_back(fmt::format("{}: noticed by {}", one.mutant->key, noticed_by(one)));
    }
    for (const auto& explained : explanations) {
        const std::string& key = explained.first;
        if (std::none_of(all_mutants().begin(), all_mutants().end(), [&](const auto& one) { return one.key == key; }))
            all.unknown.push_back(key);
    }
    return all;
}

std::string summary_of(const std::vector<fate>& fates, const std::map<std::string, std::string>& explanations) {
    std::array<counts, static_cast<std::size_t>(mutant_kind::count)> kinds{};
    counts sum;
    std::map<std::string, int> killers;
    std::map<std::string, int> engines;
    double seconds = 0;
    for (const fate& one : fates) {
        auto& kind = kinds.at(static_cast<std::size_t>(one.mutant->what.kind));
        const bool explained = one.survived() && explanations.contains(one.mutant->key);
        for (counts* count : {&kind, &sum}) {
            ++count->all;
            count->noticed += one.survived() ? 0 : 1;
            count->explained += explained ? 1 : 0;
        }
        seconds += one.seconds;
        if (one.survived())
            continue;
        ++killers[by_property(one.how) ? std::string(properties::catalogue_infos[one.property].id)
                                       : fmt::format("({})", to_string(one.how))];
        ++engines[std::string(to_string(one.noticed_in->engine))];
    }
    std::string text = fmt::format("{:<14} {:>7} {:>7} {:>10} {:>11} {:>8}\n", "kind", "mutants", "noticed",
                                   "explained", "unexplained", "score");
    const auto row = [&](std::string_view name, const counts& of) {
        text += fmt::format("{:<14} {:>7} {:>7} {:>10} {:>11} {:>8}\n", name, of.all, of.noticed, of.explained,
                            of.all - of.noticed - of.explained, percent(of));
    };
    for (std::size_t kind = 0; kind < kinds.size(); ++kind)
        row(to_string(static_cast<mutant_kind>(kind)), kinds.at(kind));
    row("all", sum);
    text += fmt::format("\n{:<32} {:>7}\n", "noticed first by", "mutants");
    std::vector<std::pair<std::string, int>> sorted(killers.begin(), killers.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [name, count] : sorted)
        text += fmt::format("{:<32} {:>7}\n", name, count);
    text += fmt::format("\n{:<32} {:>7}\n", "engine", "mutants");
    for (const auto& [name, count] : engines)
        text += fmt::format("{:<32} {:>7}\n", name, count);
    return text + fmt::format("\n{:.1f} s of processes, {:.2f} s a mutant\n", seconds,
                              fates.empty() ? 0 : seconds / static_cast<double>(fates.size()));
}

std::string table_of(const std::vector<fate>& fates, const std::map<std::string, std::string>& explanations) {
    std::vector<const fate*> sorted;
    sorted.reserve(fates.size());
    for (const fate& one : fates)
        sorted.push_back(&one);
    std::sort(sorted.begin(), sorted.end(), [](const fate* a, const fate* b) { return a->mutant < b->mutant; });
    std::string text;
    for (const fate* one : sorted) {
        const auto why = explanations.find(one->mutant->key);
        text += fmt::format(
            "{} {:<10} {}:{} {}: {} -> {}\n    {}{}{} [{:.2f} s]\n", one->mutant->id, to_string(one->mutant->what.kind),
            one->mutant->what.file, one->mutant->what.line, one->mutant->what.function, one->mutant->what.before,
            one->mutant->what.after.empty() ? "(dropped)" : one->mutant->what.after, noticed_by(*one),
            one->survived() ? one->difference.empty() ? "; acts alike in all trials" : "; differs in " + one->difference
                            : "",
            why == explanations.end() ? "" : "; " + why->second, one->seconds);
    }
    return text;
}

} // namespace bwcheck::mutation
