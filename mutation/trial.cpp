#include "mutation/trial.hpp"

#include "explorer/bandwidth_system.hpp"
#include "explorer/breadth_first.hpp"
#include "mutation/active_mutant.hpp"
#include "properties/survey.hpp"
#include "random/random_run.hpp"

#include <fmt/format.h>

namespace bwcheck::mutation {

namespace {

/// The engines for one revision.
class revision_trials {
    using bandwidth_system = explorer::bandwidth_system;

    /// Thrown out of an exploration that has seen enough.
    struct enough {
        properties::property_set violated;
    };

    /// The machine, for those who want to know no more than whether something is broken.
    class impatient_system : public bandwidth_system {
    public:
        using bandwidth_system::bandwidth_system;

        /// Judges as well: a mistake may begin with a number for which the layout has no room.
        template <class Visit>
        void initial_states(Visit&& visit) const {
            bandwidth_system::initial_states([&](const state& initial) {
                tally counts;
                static_cast<void>(judge(initial, counts));
                visit(initial);
            });
        }
        template <class Visit>
        void successors(const state& from, tally& counts, Visit&& visit) const {
            bandwidth_system::successors(from, counts, [&](const model::event& by, const state& to, auto found) {
                turns = 0;
                stop_if(found);
                visit(by, to, found);
            });
        }
        [[nodiscard]] explorer::findings judge(const state& here, tally& counts) const {
            const explorer::findings findings = bandwidth_system::judge(here, counts);
            stop_if(findings);
            return findings;
        }

    private:
        static void stop_if(const explorer::findings& findings) {
            if (findings.violated != 0 && active_mutant != 0)
                throw enough{findings.violated};
        }
    };

    /// The machine without mistakes, next to which the mutant tries everything, until it does something else. As long
    /// as it does not, both reach the same states, and what is judged in them is the mutant.
    class compared_system : public bandwidth_system {
    public:
        compared_system(const model::kernel_table<model::plain>& kernel, const model::scope_part& part,
                        properties::property_set selected, std::uint32_t mutant)
            : bandwidth_system(kernel, part, selected), mutant_(mutant) {}

        template <class Visit>
        void initial_states(Visit&& visit) const {
            const auto remember = [](state& where) { return [&](const state& initial) { where = initial; }; };
            state one;
            state other;
            active_mutant = 0;
            bandwidth_system::initial_states(remember(one));
            active_mutant = mutant_;
            bandwidth_system::initial_states(remember(other));
            if (const std::string_view found = difference(one.tg, other.tg); !found.empty())
                throw departure{fmt::format("{} at the beginning", found)};
            visit(one);
        }
        template <class Visit>
        void successors(const state& from, tally& counts, Visit&& visit) const {
            const auto& both = this->judged();
            both.for_each_event(from, [&](const model::event& by) {
                turns = 0;
                active_mutant = 0;
                state next = from;
                const model::status result = both.apply(from, by, next);
                active_mutant = mutant_;
                state other = from;
                other.tg.log = &log_;
                const model::status other_result = both.apply(from, by, other);
                compare(by, next, result, other, other_result);
                counts.count(by, log_);
                const auto says = both.judge(both.transition_of(from, by, result, other), counts.measured);
                if (says.broken != 0)
                    throw enough{says.broken};
                visit(by, next, explorer::findings{says.fired, says.broken});
            });
            active_mutant = mutant_;
        }
        [[nodiscard]] explorer::findings judge(const state& here, tally& counts) const {
            active_mutant = mutant_;
            const explorer::findings findings = bandwidth_system::judge(here, counts);
            if (findings.violated != 0)
                throw enough{findings.violated};
            return findings;
        }

    private:
        static void compare(const model::event& event, const state& one, model::status result, const state& other,
                            model::status other_result) {
            std::string_view found = result == other_result ? difference(one.tg, other.tg) : "the result";
            if (found.empty() && !same_log(*one.tg.log, *other.tg.log))
                found = "what happened inside";
            if (!found.empty())
                throw departure{fmt::format("{} after {}", found, to_string(event.kind))};
        }
        /// The first field in which the two differ; empty if they do not.
        [[nodiscard]] static std::string_view difference(const model::task_group<model::plain>& one,
                                                         const model::task_group<model::plain>& other) {
            std::string_view found;
            const auto look = [&](model::field which, model::cpu_id, const auto& is, const auto& was) {
                if (found.empty() && !(is == was))
                    found = to_string(which);
            };
            model::visit_fields(look, other, one);
            model::visit_statistics(look, other, one);
            return found;
        }
        [[nodiscard]] static bool same_log(const model::step_log<model::plain>& one,
                                           const model::step_log<model::plain>& other) {
            const auto same = [](const auto& a, const auto& b) {
                return a.function == b.function && a.cpu == b.cpu && a.runtime_before == b.runtime_before &&
                       a.runtime_after == b.runtime_after && a.remaining_before == b.remaining_before &&
                       a.remaining_after == b.remaining_after && a.consumed == b.consumed && a.appended == b.appended &&
                       a.refills == b.refills;
            };
            return one.rejected_by() == other.rejected_by() && one.asked() == other.asked() &&
                   one.has_run_away() == other.has_run_away() &&
                   std::equal(one.records().begin(), one.records().end(), other.records().begin(),
                              other.records().end(), same);
        }

        std::uint32_t mutant_;
        mutable model::step_log<model::plain> log_;
    };

    /// Thrown where the mutant does something else than the machine without mistakes.
    struct departure {
        std::string what;
    };

    /// Whether the active mutant ever departs from the machine without mistakes. If not, what `all` says of the
    /// properties that try things out is complete.
    [[nodiscard]] std::string departs(const model::scope_part& part, properties::property_set selected,
                                      answer& all) const {
        const std::uint32_t mutant = active_mutant;
        std::string difference;
        try {
            const auto result = explorer::explore(
                compared_system(kernel(), part, selected & properties::catalogue_trying_out, mutant), limits());
            take(all, result);
        } catch (const departure& found) {
            difference = found.what;
        } catch (const enough& found) {
            all.violated = found.violated;
        }
        active_mutant = mutant;
        return difference;
    }

    template <class Result>
    static void take(answer& all, const Result& result) {
        all.violated = result.violated;
        all.fired = result.triggered;
        all.measured = result.tally.measured;
        all.states = result.states;
        all.transitions = result.transitions;
        all.escaped = result.escaped != 0;
        all.complete = result.complete;
    }

    [[nodiscard]] static explorer::options limits() {
        explorer::options options;
        options.budget_seconds = 20;
        options.memory_limit = std::uint64_t{1} << 30U;
        return options;
    }

    [[nodiscard]] const model::kernel_table<model::plain>& kernel() const { return *revision_.over_plain; }

    const model::revision& revision_;

public:
    explicit revision_trials(const model::revision& revision) : revision_(revision) {}

    [[nodiscard]] answer explore(const model::scope_part& part, properties::property_set selected) const {
        answer all;
        if (active_mutant != 0) {
            const std::string difference = departs(part, selected, all);
            if (difference.empty()) {
                all.judged &= properties::catalogue_trying_out;
                return all;
            }
            difference.copy(all.departs.data(), all.departs.size() - 1);
        }
        try {
            take(all, explorer::explore(impatient_system(kernel(), part, selected), limits()));
        } catch (const enough& found) {
            all.violated = found.violated;
        }
        return all;
    }

    [[nodiscard]] answer survey(const model::scope_part& part, properties::property_set selected) const {
        answer all;
        all.complete = true;
        properties::for_each_of(selected & properties::catalogue_surveys, [&](std::size_t property) {
            turns = 0;
            const auto says = properties::ask_survey(property, kernel(), part).verdict;
            all.fired |= properties::property_set{says.fired()} << property;
            all.violated |= properties::property_set{says.broken()} << property;
            if (says.has_number)
                all.measured.add(property, says.number);
        });
        return all;
    }

    [[nodiscard]] answer random(std::uint64_t cases, properties::property_set selected) const {
        constexpr std::uint64_t at_once = 12;
        answer all;
        all.complete = true;
        for (std::uint64_t seed = 1; seed <= cases && (all.violated == 0 || active_mutant == 0); seed += at_once) {
            random::run_options options;
            options.seed = seed;
            options.cases = std::min(at_once, cases - seed + 1);
            options.longest_case = 1000;
            options.selected = selected;
            options.shrink = false;
            const random::run_progress keep_going = [](std::uint64_t, std::uint64_t) { turns = 0; };
            // How often a property fired says nothing here: a mistake sends random runs elsewhere.
            for (const auto& result : random::run_random(revision_, options, keep_going).findings)
                if (result.run)
                    all.violated |= properties::only(result.property);
        }
        return all;
    }
};

} // namespace

std::string_view to_string(engine value) {
    switch (value) {
    case engine::explore:
        return "explore";
    case engine::survey:
        return "survey";
    case engine::random:
        break;
    }
    return "random";
}

std::string_view to_string(notice value) {
    switch (value) {
    case notice::violated:
        return "violated";
    case notice::measured:
        return "measured";
    case notice::silent:
        return "silent";
    case notice::endless:
        return "endless";
    case notice::crashed:
        return "crashed";
    case notice::unfinished:
        return "unfinished";
    case notice::none:
        break;
    }
    return "not noticed";
}

std::string trial::name() const {
    if (engine == engine::random)
        return fmt::format("{} random", revision->info.id);
    return fmt::format("{} {} {}", revision->info.id, to_string(engine), part->name);
}

answer trial::run(properties::property_set selected) const {
    switch (engine) {
    case engine::explore:
        return revision_trials(*revision).explore(*part, selected);
    case engine::survey:
        return revision_trials(*revision).survey(*part, selected);
    case engine::random:
        break;
    }
    return revision_trials(*revision).random(cases, selected);
}

noticed compare(const answer& without, const answer& with) {
    using properties::first_of;
    if (const properties::property_set newly = with.violated & ~without.violated; newly != 0)
        return {notice::violated, first_of(newly)};
    if (!with.complete || (with.escaped && !without.escaped))
        return {notice::unfinished, 0};
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (!properties::contains(without.violated, property) && !with.measured.same(property, without.measured) &&
            properties::contains(with.fired, property))
            return {notice::measured, property};
    if (const properties::property_set silenced = without.fired & ~with.fired & ~without.violated & with.judged;
        silenced != 0)
        return {notice::silent, first_of(silenced)};
    return {};
}

} // namespace bwcheck::mutation
