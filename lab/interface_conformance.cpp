#include "lab/interface_conformance.hpp"

#include "lab/shrink_writes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace bwcheck::lab {

namespace {

/// The first write at which prediction and observation differ; what follows it may differ for the same reason.
std::optional<disagreement> first_difference(std::string_view revision, const write_sequence& writes,
                                             const std::vector<observation>& observed) {
    const auto predicted = predict(revision, writes);
    const auto [model, kernel] = std::mismatch(predicted.begin(), predicted.end(), observed.begin());
    if (model == predicted.end())
        return std::nullopt;
    disagreement disagreement;
    disagreement.writes = {writes.begin(), writes.begin() + (model - predicted.begin()) + 1};
    disagreement.predicted = *model;
    disagreement.observed = *kernel;
    disagreement.found_writes = disagreement.writes.size();
    return disagreement;
}

/// Runs sequences, in as few boots as the guest has memory for, and returns what was observed of each. `booted` is what
/// the first boot said, and the time of all.
std::vector<std::vector<observation>> observe_all(std::span<const write_sequence> sequences, const script_runner& run,
                                                  boot_result& booted) {
    constexpr std::size_t most_commands = 300'000; // in a boot
    std::vector<std::vector<observation>> all;
    while (!sequences.empty()) {
        std::vector<command> script;
        std::size_t count = 0;
        while (count < sequences.size() && script.size() < most_commands)
            append_experiment(script, sequences[count++]);
        boot_result here = run(script);
        std::span<const answer> rest(here.answers);
        for (const write_sequence& each : sequences.first(count)) {
            all.push_back(observe(rest.first(experiment_size(each)), each));
            rest = rest.subspan(experiment_size(each));
        }
        sequences = sequences.subspan(count);
        const programs::seconds before = booted.total;
        if (before.count() == 0)
            booted = std::move(here);
        else
            booted.total = before + here.total;
    }
    return all;
}

/// What tells kinds of disagreement apart: the file, what was answered, and which of the files then shows what it
/// should not.
std::string kind_of(const disagreement& one) {
    return fmt::format("{} {} {} {} {} {}", to_string(one.writes.back().file), one.predicted.error, one.observed.error,
                       one.predicted.cpu_max == one.observed.cpu_max,
                       one.predicted.cpu_max_burst == one.observed.cpu_max_burst,
                       one.predicted.cpu_max_runtime == one.observed.cpu_max_runtime);
}

/// Makes all disagreements short at once, as long as boots make any of them shorter.
void shrink(std::string_view revision, std::vector<disagreement>& all, const script_runner& run) {
    constexpr int most_rounds = 30;
    std::vector<write_sequence> tried;
    const auto try_all = [&](const std::vector<write_sequence>& sequences) {
        boot_result ignored;
        const auto observed = observe_all(sequences, run, ignored);
        std::vector<std::optional<disagreement>> found;
        found.reserve(sequences.size());
        for (std::size_t number = 0; number < sequences.size(); ++number)
            found.push_back(first_difference(revision, sequences[number], observed[number]));
        return found;
    };
    tried.reserve(tried.size() + all.size());
    for (const disagreement& each : all)
        tried.push_back(each.writes);
    const auto again = try_all(tried);
    for (std::size_t number = 0; number < all.size(); ++number)
        all[number].reproduced = again[number].has_value() && kind_of(*again[number]) == kind_of(all[number]);

    for (int round = 0; round < most_rounds; ++round) {
        std::vector<write_sequence> candidates;
        std::vector<std::size_t> of;
        for (std::size_t number = 0; number < all.size(); ++number) {
            if (!all[number].reproduced)
                continue;
            for (write_sequence& shorter : shorter_writes(all[number].writes)) {
                candidates.push_back(std::move(shorter));
                of.push_back(number);
            }
        }
        if (candidates.empty())
            return;
        const auto found = try_all(candidates);
        bool any = false;
        for (std::size_t number = 0; number < found.size(); ++number) {
            disagreement& known = all[of[number]];
            if (!found[number] || kind_of(*found[number]) != kind_of(known) ||
                !is_simpler(found[number]->writes, known.writes))
                continue;
            known.writes = found[number]->writes;
            known.predicted = found[number]->predicted;
            known.observed = found[number]->observed;
            any = true;
        }
        if (!any)
            return;
    }
}

} // namespace

interface_report compare_interface(std::string_view revision, const interface_writes& tried, const script_runner& run) {
    constexpr std::size_t most_kinds = 8;
    interface_report report;
    report.revision = revision;
    report.sources = tried.sources;
    report.edges = tried.edges;
    boot_result booted;
    const auto observed = observe_all(tried.sequences, run, booted);
    report.hello = booted.hello;
    report.boot = booted.boot;
    report.total = booted.total;
    std::map<std::string, std::size_t> kinds;
    for (std::size_t number = 0; number < tried.sequences.size(); ++number) {
        const write_sequence& writes = tried.sequences[number];
        report.writes += writes.size();
        for (const observation& each : observed[number])
            report.accepted += each.error == 0 ? 1 : 0;
        const auto found = first_difference(revision, writes, observed[number]);
        report.agreed += found ? found->writes.size() - 1 : writes.size();
        if (!found)
            continue;
        const auto [known, is_new] = kinds.emplace(kind_of(*found), report.disagreements.size());
        if (!is_new)
            ++report.disagreements[known->second].alike;
        else
            report.disagreements.push_back(*found);
    }
    if (report.disagreements.size() > most_kinds)
        report.disagreements.resize(most_kinds);
    if (!report.disagreements.empty())
        shrink(revision, report.disagreements, run);
    return report;
}

} // namespace bwcheck::lab
