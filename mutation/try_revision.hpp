// The engines for one mutated revision. A template, instantiated once for each (try_revision.cpp.in), so that they
// compile side by side.
#pragma once

#include "explorer/bandwidth_system.hpp"
#include "explorer/breadth_first.hpp"
#include "mutation/active_mutant.hpp"
#include "mutation/trial.hpp"
#include "random/random_revision.hpp"

#include <fmt/format.h>

namespace bwcheck::mutation {

template <class Revision>
class revision_trials {
    using bandwidth_system = explorer::bandwidth_system<Revision>;
    using kernel = typename bandwidth_system::machine::kernel;

    /// Thrown out of an exploration that has seen enough.
    struct enough {
        std::uint64_t violated;
    };

    /// The machine, for those who want to know no more than whether something is broken.
    class impatient_system : public bandwidth_system {
    public:
        using bandwidth_system::bandwidth_system;
        using typename bandwidth_system::state;
        using typename bandwidth_system::tally;

        template <class Visit>
        void successors(const state& from, tally& counts, Visit&& visit) const {
            bandwidth_system::successors(from, counts, [&](const model::event& by, const state& to, auto found) {
                turns = 0;
                stop_if(found);
                visit(by, to, found);
            });
        }
        [[nodiscard]] explorer::findings judge(const state& here, tally& counts) const {
            const explorer::findings found = bandwidth_system::judge(here, counts);
            stop_if(found);
            return found;
        }

    private:
        static void stop_if(const explorer::findings& found) {
            if (found.violated != 0 && active_mutant != 0)
                throw enough{found.violated};
        }
    };

    /// The machine without mistakes, next to which the mutant tries everything.
    class compared_system : public bandwidth_system {
    public:
        using typename bandwidth_system::state;
        using typename bandwidth_system::tally;

        compared_system(const model::scope_part& part, std::uint32_t mutant)
            : bandwidth_system(part, 0), mutant_(mutant) {}

        template <class Visit>
        void successors(const state& from, tally& counts, Visit&& visit) const {
            bandwidth_system::successors(from, counts, [&](const model::event& by, const state& to, auto found) {
                compare(from, by, to);
                visit(by, to, found);
            });
        }

    private:
        struct difference {
            std::string what;
        };
        void compare(const state& from, const model::event& by, const state& to) const {
            turns = 0;
            model::step_log<model::plain> log;
            state other = from;
            other.tg.log = &log;
            active_mutant = mutant_;
            static_cast<void>(this->judged().apply(from, by, other));
            active_mutant = 0;
            std::string found;
            const auto look = [&](model::field which, model::cpu_id cpu, const auto& is, const auto& was) {
                if (found.empty() && !(is == was))
                    found = cpu == model::no_cpu ? std::string(to_string(which))
                                                 : fmt::format("{} of a CPU", to_string(which));
            };
            model::visit_fields(look, other.tg, to.tg);
            if (found.empty())
                found = statistics_differ(other, to);
            if (!found.empty())
                throw std::runtime_error(fmt::format("{} after {}", found, to_string(by.kind)));
        }
        [[nodiscard]] static std::string statistics_differ(state& one, const state& other) {
            std::vector<std::pair<std::string_view, std::int64_t>> values;
            model::visit_statistics(
                [&](model::field which, model::cpu_id, const auto& member) {
                    values.emplace_back(to_string(which), static_cast<std::int64_t>(member));
                },
                other.tg);
            std::string found;
            std::size_t number = 0;
            model::visit_statistics(
                [&](model::field, model::cpu_id, const auto& member) {
                    if (found.empty() && values[number].second != static_cast<std::int64_t>(member))
                        found = values[number].first;
                    ++number;
                },
                one.tg);
            return found;
        }

        std::uint32_t mutant_;
    };

    [[nodiscard]] static explorer::options limits() {
        explorer::options how;
        how.budget_seconds = 20;
        how.memory_limit = std::uint64_t{1} << 30U;
        return how;
    }

public:
    [[nodiscard]] static answer explore(const model::scope_part& part, std::uint64_t selected) {
        answer all;
        try {
            const auto result = explorer::explore(impatient_system(part, selected), limits());
            all.violated = result.violated;
            all.fired = result.triggered;
            all.numbers = result.tally.numbers;
            all.states = result.states;
            all.transitions = result.transitions;
            all.escaped = result.escaped != 0;
            all.complete = result.complete;
        } catch (const enough& found) {
            all.violated = found.violated;
        }
        return all;
    }

    [[nodiscard]] static answer survey(const model::scope_part& part, std::uint64_t selected) {
        answer all;
        all.complete = true;
        properties::for_each_property([&]<class Property>(std::size_t property) {
            if constexpr (requires { Property::template on_scope<kernel>(part); }) {
                if (((selected >> property) & 1U) == 0)
                    return;
                turns = 0;
                const auto says = Property::template on_scope<kernel>(part).verdict;
                all.fired |= std::uint64_t{says.fired()} << property;
                all.violated |= std::uint64_t{says.broken()} << property;
                if (says.has_number)
                    all.numbers[property] = says.number;
            }
        });
        return all;
    }

    [[nodiscard]] static answer random(std::uint64_t cases, std::uint64_t selected) {
        constexpr std::uint64_t at_once = 12;
        answer all;
        all.complete = true;
        for (std::uint64_t seed = 1; seed <= cases && (all.violated == 0 || active_mutant == 0); seed += at_once) {
            random::run_options how;
            how.seed = seed;
            how.cases = std::min(at_once, cases - seed + 1);
            how.longest_case = 1000;
            how.selected = selected;
            how.shrink = false;
            const random::run_progress keep_going = [](std::uint64_t, std::uint64_t) { turns = 0; };
            // How often a property fired says nothing here: a mistake sends random runs elsewhere.
            for (const auto& result : random::revision_runs<Revision>(how, keep_going).run().properties)
                if (result.verdict == explorer::verdict::violated)
                    all.violated |= std::uint64_t{1} << properties::property_number(result.property).value();
        }
        return all;
    }

    [[nodiscard]] static std::string difference(const model::scope_part& part) {
        const std::uint32_t mutant = active_mutant;
        active_mutant = 0;
        try {
            static_cast<void>(explorer::explore(compared_system(part, mutant), limits()));
        } catch (const std::runtime_error& found) {
            active_mutant = mutant;
            return found.what();
        }
        active_mutant = mutant;
        return "";
    }
};

template <class Revision>
inline constexpr mutated_revision trials_of{
    .id = Revision::info.id,
    .runtime_file = model::kernel<Revision, model::plain>::cpu_max_runtime != model::runtime_interface::none,
    .explore = &revision_trials<Revision>::explore,
    .survey = &revision_trials<Revision>::survey,
    .random = &revision_trials<Revision>::random,
    .difference = &revision_trials<Revision>::difference,
};

} // namespace bwcheck::mutation
