#include "counterexamples/replay/shrink.hpp"

#include "counterexamples/replay/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace bwcheck::counterexamples {

namespace {

using events_type = std::vector<model::event>;

class shrinking {
public:
    shrinking(failing_run start, const attempt& fails, const shrink_options& options)
        : best_(std::move(start)), fails_(fails), how_(options) {}

    [[nodiscard]] shrunk_run run() {
        static_cast<void>(better({best_.part, best_.events}));
        bool changed = true;
        while (changed && !spent()) {
            changed = !how_.keep_events && shorter_events();
            if (how_.keep_part)
                continue;
            changed = drop_writes() || changed;
            changed = fewer_cpus() || changed;
            changed = (!how_.keep_events && merge_ticks()) || changed;
            changed = simpler_part() || changed;
            changed = (!how_.keep_events && rounder_ticks()) || changed;
            changed = rounder_writes(&model::scope_part::setup) || changed;
            changed = rounder_writes(&model::scope_part::writes) || changed;
        }
        shrunk_run done{best_, {}, 0};
        if (!how_.keep_part && !spent())
            done.did_not_matter = what_did_not_matter();
        done.runs = runs_;
        return done;
    }

private:
    [[nodiscard]] bool spent() const { return runs_ >= how_.most_runs; }

    [[nodiscard]] std::optional<events_type> tried(const failing_run& candidate) {
        ++runs_;
        return fails_(candidate.part, candidate.events);
    }

    /// Takes the candidate if it fails, and says whether it does.
    bool better(failing_run candidate) {
        if (spent())
            return false;
        auto left = tried(candidate);
        if (!left || left->size() > best_.events.size())
            return false;
        best_ = {std::move(candidate.part), std::move(*left)};
        return true;
    }
    bool better(events_type events) { return better(failing_run{best_.part, std::move(events)}); }

    bool shorter_events() {
        const bool dropped = drop_events();
        return move_to_first_cpus() || dropped;
    }

    /// Delta debugging: leaves out ever smaller pieces.
    bool drop_events() {
        const std::size_t before = best_.events.size();
        for (std::size_t piece = std::max<std::size_t>(best_.events.size() / 2, 1);; piece /= 2) {
            for (std::size_t at = 0; at < best_.events.size() && !spent();) {
                events_type without = best_.events;
                const auto first = without.begin() + static_cast<std::ptrdiff_t>(at);
                without.erase(first, first + static_cast<std::ptrdiff_t>(std::min(piece, without.size() - at)));
                if (!better(std::move(without)))
                    at += piece;
            }
            if (piece <= 1)
                break;
        }
        // Two that only make sense together, such as falling asleep and waking up.
        constexpr std::size_t short_enough = 60;
        for (std::size_t i = 0; best_.events.size() <= short_enough && i < best_.events.size(); ++i) {
            for (std::size_t j = i + 1; j < best_.events.size(); ++j) {
                events_type without = best_.events;
                without.erase(without.begin() + static_cast<std::ptrdiff_t>(j));
                without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
                if (better(std::move(without)))
                    j = i;
            }
        }
        return best_.events.size() < before;
    }

    /// Renames CPUs in the order in which they come up, where that does no harm.
    bool move_to_first_cpus() {
        std::vector<model::cpu_id> order;
        for (const model::event& one : best_.events)
            if (one.cpu != model::no_cpu && std::find(order.begin(), order.end(), one.cpu) == order.end())
                order.push_back(one.cpu);
        events_type renamed = best_.events;
        for (model::event& one : renamed)
            if (one.cpu != model::no_cpu)
                one.cpu = static_cast<model::cpu_id>(std::find(order.begin(), order.end(), one.cpu) - order.begin());
        return renamed != best_.events && better(std::move(renamed));
    }

    bool fewer_cpus() {
        bool changed = false;
        model::cpu_id used = -1;
        for (const model::event& one : best_.events)
            used = std::max(used, one.cpu);
        for (int cpus = std::max(used + 1, 1); cpus < best_.part.nr_cpus; ++cpus) {
            failing_run smaller = best_;
            smaller.part.nr_cpus = cpus;
            if (better(std::move(smaller)))
                return true;
        }
        // All that a CPU does may as well be done by another one, or not at all.
        for (int cpu = best_.part.nr_cpus - 1; cpu > 0; --cpu) {
            failing_run smaller = best_;
            std::erase_if(smaller.events, [&](const model::event& one) { return one.cpu == cpu; });
            for (model::event& one : smaller.events)
                one.cpu = static_cast<model::cpu_id>(one.cpu > cpu ? one.cpu - 1 : one.cpu);
            smaller.part.nr_cpus -= 1;
            changed = better(std::move(smaller)) || changed;
        }
        return changed;
    }

    bool drop_writes() {
        bool changed = drop_unused_writes();
        for (std::size_t number = 0; number < best_.part.writes.size();)
            if ((how_.keep_events || !is_made(number)) && drop_write(number))
                changed = true;
            else
                ++number;
        return changed;
    }

    [[nodiscard]] bool is_made(std::size_t number) const {
        return std::any_of(best_.events.begin(), best_.events.end(), [&](const model::event& one) {
            return one.kind == model::event_kind::write && one.index == number;
        });
    }
    /// One that no event makes; a property may ask what it would have done. Or, if they follow from the part, any.
    bool drop_write(std::size_t number) {
        failing_run smaller = best_;
        smaller.part.writes.erase(smaller.part.writes.begin() + static_cast<std::ptrdiff_t>(number));
        for (model::event& one : smaller.events)
            if (one.kind == model::event_kind::write && one.index > number && !how_.keep_events)
                --one.index;
        smaller.part.longest_period = model::longest_period_of(smaller.part);
        return better(std::move(smaller));
    }

    /// Those that no event makes.
    bool drop_unused_writes() {
        failing_run smaller = best_;
        std::vector<model::scope_write> used;
        for (model::event& one : smaller.events) {
            if (one.kind != model::event_kind::write)
                continue;
            const model::scope_write& written = best_.part.writes.at(one.index);
            const auto known = std::find(used.begin(), used.end(), written);
            one.index = static_cast<std::uint16_t>(known - used.begin());
            if (known == used.end())
                used.push_back(written);
        }
        if (used.size() == best_.part.writes.size())
            return false;
        smaller.part.writes = used;
        return better(std::move(smaller));
    }

    /// One longer tick instead of two.
    bool merge_ticks() {
        bool changed = false;
        for (std::size_t i = 0; i < best_.events.size() && !spent(); ++i) {
            if (best_.events[i].kind != model::event_kind::tick)
                continue;
            for (std::size_t j = i + 1; j < best_.events.size(); ++j) {
                if (best_.events[j].kind != model::event_kind::tick)
                    continue;
                events_type merged = best_.events;
                merged[i].amount += merged[j].amount;
                merged.erase(merged.begin() + static_cast<std::ptrdiff_t>(j));
                const std::size_t before = best_.events.size();
                if (better(std::move(merged)) && best_.events.size() < before) {
                    changed = true;
                    break;
                }
            }
        }
        return changed;
    }

    /// Applies a change to the part if the run still fails with it, and it is one.
    template <class Change>
    bool change_part(Change&& change) {
        failing_run candidate = best_;
        if (!change(candidate.part))
            return false;
        candidate.part.longest_period = model::longest_period_of(candidate.part);
        return better(std::move(candidate));
    }

    bool simpler_part() {
        bool changed = false;
        const auto set = [](auto& member, auto value) {
            const bool different = member != value;
            member = value;
            return different;
        };
        for (std::size_t number = 0; number < best_.part.setup.size();)
            if (change_part([&](model::scope_part& part) {
                    part.setup.erase(part.setup.begin() + static_cast<std::ptrdiff_t>(number));
                    return true;
                }))
                changed = true;
            else
                ++number;
        changed = change_part([&](auto& part) { return set(part.environment.hotplug, false); }) || changed;
        changed = change_part([&](auto& part) { return set(part.first_phase, std::uint64_t{0}); }) || changed;
        for (int stalls = 0; stalls < best_.part.environment.max_stalls; ++stalls)
            if (change_part([&](auto& part) { return set(part.environment.max_stalls, stalls); }))
                changed = true;
        for (std::size_t number = 0; number < best_.part.histories.size();)
            if (change_part([&](auto& part) {
                    part.histories.erase(part.histories.begin() + static_cast<std::ptrdiff_t>(number));
                    return true;
                }))
                changed = true;
            else
                ++number;
        for (auto member :
             {&environment_type::max_unaccounted, &environment_type::max_in_kernel, &environment_type::max_lateness})
            for (const std::uint64_t value : {std::uint64_t{1000}, std::uint64_t{1'000'000}, std::uint64_t{4'000'000}})
                if (value < best_.part.environment.*member &&
                    change_part([&](auto& part) { return set(part.environment.*member, value); })) {
                    changed = true;
                    break;
                }
        return changed;
    }

    bool rounder_ticks() {
        bool changed = false;
        for (std::size_t number = 0; number < best_.events.size() && !spent(); ++number) {
            if (best_.events[number].kind != model::event_kind::tick)
                continue;
            for (const std::uint64_t amount : rounder_than(best_.events[number].amount)) {
                events_type rounder = best_.events;
                rounder[number].amount = amount;
                if (amount > 0 && better(std::move(rounder))) {
                    changed = true;
                    break;
                }
            }
            if (number >= best_.events.size())
                break;
        }
        return changed;
    }

    bool rounder_writes(std::vector<model::scope_write> model::scope_part::*list) {
        bool changed = false;
        for (std::size_t number = 0; number < (best_.part.*list).size() && !spent(); ++number) {
            for (const std::string& text : simpler_texts((best_.part.*list)[number].text)) {
                if (change_part([&](model::scope_part& part) {
                        (part.*list)[number].text = text;
                        return true;
                    })) {
                    changed = true;
                    break;
                }
            }
        }
        return changed;
    }

    /// Numbers that could be quite different ones without anything else changing.
    [[nodiscard]] std::vector<std::string> what_did_not_matter() {
        std::vector<std::string> sentences;
        for (const auto list : {&model::scope_part::setup, &model::scope_part::writes}) {
            for (std::size_t number = 0; number < (best_.part.*list).size(); ++number) {
                const model::scope_write written = (best_.part.*list)[number];
                for (const text_number& place : numbers_in(written.text)) {
                    const auto others = other_numbers(place.value);
                    const bool any = std::all_of(others.begin(), others.end(), [&](std::uint64_t other) {
                        failing_run candidate = best_;
                        (candidate.part.*list)[number].text = replaced(written.text, place, other);
                        candidate.part.longest_period = model::longest_period_of(candidate.part);
                        return tried(candidate).has_value();
                    });
                    if (any)
                        sentences.push_back(fmt::format("\"{}\", or another number instead of {} ({} were tried)",
                                                        to_string(written), place.value, others.size()));
                }
            }
        }
        return sentences;
    }

    using environment_type = model::environment<model::plain>;

    failing_run best_;
    const attempt& fails_;
    const shrink_options& how_;
    std::uint64_t runs_ = 0;
};

} // namespace

shrunk_run shrink(failing_run start, const attempt& fails, const shrink_options& options) {
    return shrinking(std::move(start), fails, options).run();
}

} // namespace bwcheck::counterexamples
