#include "mutation/mutation_run.hpp"

#include "model/revisions/registry.hpp"
#include "mutation/active_mutant.hpp"
#include "mutation/isolation.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

namespace bwcheck::mutation {

namespace {

constexpr std::string_view survey_part = "survey";
constexpr unsigned most_cpu_seconds = 10; // of one trial

/// Without a write to cpu.max.runtime, a revision that has the file does what the one does that it was posted on.
bool writes_runtime(const model::scope_part& part) {
    return part.name == survey_part || std::any_of(part.writes.begin(), part.writes.end(), [](const auto& write) {
               return write.file == model::file::cpu_max_runtime;
           });
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

mutation_run::mutation_run(const model::scope& scope, const run_options& options, progress say)
    : how_(options), say_(std::move(say)) {
    for (const model::scope_part& part : scope.parts)
        for (const model::revision& revision : model::revisions())
            if (revision.has_runtime_file() == writes_runtime(part) || !revision.has_runtime_file())
                trials_.push_back({&revision, part.name == survey_part ? engine::survey : engine::explore, &part, 0});
    for (const model::revision& revision : model::revisions())
        trials_.push_back({&revision, engine::random, nullptr, options.random_cases});
    run_without_mistakes();
}

void mutation_run::run_without_mistakes() {
    std::map<const model::revision*, properties::property_set> known;
    for (const trial& one : trials_) {
        const auto start = std::chrono::steady_clock::now();
        visited_.emplace_back(all_mutants().size() + 1, false);
        visited = &visited_.back();
        answer all = one.run(properties::all_properties);
        visited = nullptr;
        // Random runs do not find all there is to find: what other trials found of the revision counts as known.
        known[one.revision] |= all.violated;
        if (one.engine == engine::random)
            all.violated = known[one.revision];
        answers_.push_back(all);
        std::string broken;
        for (std::size_t property = 0; property < properties::catalogue_size; ++property)
            if (properties::contains(all.violated, property))
                broken += fmt::format(" {}", properties::catalogue_infos[property].id);
        say_(fmt::format("without mistakes: {}: {} states, {:.2f} s{}{}{}", one.name(), all.states,
                         seconds_since(start), all.complete ? "" : ", NOT COMPLETE", broken.empty() ? "" : "; violates",
                         broken));
    }
}

void mutation_run::try_mutant(const listed_mutant& mutant, std::uint32_t first, const teller& tell) const {
    active_mutant = mutant.number;
    for (std::uint32_t number = first; number < trials_.size(); ++number) {
        if (!visited_[number][mutant.number])
            continue;
        turns = 0;
        allow_cpu_time(most_cpu_seconds);
        message begins;
        begins.trial = number;
        tell(begins);
        const answer with = trials_[number].run(~answers_[number].violated);
        if (with.departs[0] != 0) {
            message departs = begins;
            departs.what = message::kind::departs;
            departs.text = with.departs;
            tell(departs);
        }
        message found = begins;
        found.what = message::kind::noticed;
        found.noticed = compare(answers_[number], with);
        if (found.noticed.how != notice::none)
            tell(found);
        if (found.noticed.how == notice::violated || found.noticed.how == notice::measured)
            return;
    }
}

void mutation_run::take(fate& of, const message& told) const {
    if (told.what == message::kind::departs && of.difference.empty())
        of.difference = fmt::format("{} ({})", told.text.data(), trials_[told.trial].name());
    if (told.what != message::kind::noticed || told.noticed.how >= of.how)
        return;
    of.how = told.noticed.how;
    of.property = told.noticed.property;
    of.noticed_in = &trials_[told.trial];
}

std::vector<fate> mutation_run::run() {
    struct job {
        fate of;
        child process;
        std::chrono::steady_clock::time_point start;
    };
    std::vector<fate> fates;
    std::map<pid_t, job> running;
    const auto begin = [&](fate of, std::uint32_t first) {
        const listed_mutant& mutant = *of.mutant;
        child process([&](const teller& tell) { try_mutant(mutant, first, tell); });
        running.emplace(process.id(), job{std::move(of), process, std::chrono::steady_clock::now()});
    };
    for (std::size_t next = 0; next < how_.mutants.size() || !running.empty();) {
        if (next < how_.mutants.size() && running.size() < how_.jobs) {
            fate fresh;
            fresh.mutant = how_.mutants[next++];
            begin(std::move(fresh), 0);
            continue;
        }
        int status = 0;
        const auto ended = running.find(wait(&status));
        if (ended == running.end())
            continue;
        job done = std::move(ended->second);
        running.erase(ended);
        done.of.seconds += seconds_since(done.start);
        std::optional<std::uint32_t> begun;
        for (const message& told : done.process.read_messages()) {
            begun = told.trial;
            done.of.reached = true;
            take(done.of, told);
        }
        const auto end = child::how_it_ended(status);
        if (end != child::end::normal && begun) {
            message last;
            last.what = message::kind::noticed;
            last.trial = *begun;
            last.noticed.how = end == child::end::endless   ? notice::endless
                               : end == child::end::crashed ? notice::crashed
                                                            : notice::unfinished;
            take(done.of, last);
            begin(std::move(done.of), *begun + 1); // perhaps a property notices it elsewhere
            continue;
        }
        say_(fmt::format("{} of {}: {} {}: {}{}{}", fates.size() + 1, how_.mutants.size(), done.of.mutant->id,
                         to_string(done.of.how), done.of.mutant->key,
                         done.of.survived() && !done.of.difference.empty() ? "; departs: " : "",
                         done.of.survived() ? done.of.difference : ""));
        fates.push_back(std::move(done.of));
    }
    return fates;
}

} // namespace bwcheck::mutation
