// The events of a machine as commands of RapidCheck's stateful testing, and how the next one is chosen.
//
// Choosing looks at the state: only what can happen is offered, time stops where something interesting begins (a timer
// that is due, a local runtime that is used up) or one short of it, and users write the values that they have just
// read.
#pragma once

#include "model/environment.hpp"
#include "model/kernel_table.hpp"
#include "model/scope.hpp"
#include "random/interesting.hpp"

#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <array>
#include <memory>
#include <optional>
#include <ostream>
#include <vector>

namespace bwcheck::random {

/// What commands are chosen by: the machine, and what surrounds it. Copies share what does not change.
struct command_state {
    using num = model::plain_many_cpus;

    struct surroundings {
        model::environment<num> environment;
        model::constants<num> constants;
        model::constants<model::plain> limits;
        std::vector<model::scope_write> writes; ///< if not empty, users write these and nothing else
        std::uint64_t tick = 0;                 ///< if not 0, time passes in these steps only, ns
        model::step_log<num> log;
    };

    model::task_group<num> tg;
    std::shared_ptr<surroundings> around;
};

/// RapidCheck runs commands against a second system; here the commands themselves are what is wanted.
struct no_system {};

class event_command : public rc::state::Command<command_state, no_system> {
public:
    using state = command_state;
    using num = state::num;

    /// `kernel`: whose file cpu.max.runtime it is that a write may be to.
    event_command(const model::kernel_table<num>& kernel, const model::event& event,
                  std::optional<model::scope_write> written)
        : what_(event), written_(std::move(written)) {
        if (written_)
            request_ = model::request_of(kernel, written_->file, written_->text);
    }

    [[nodiscard]] const model::event& what() const { return what_; }
    [[nodiscard]] const std::optional<model::scope_write>& written() const { return written_; }

    void checkPreconditions(const state& before) const override {
        RC_PRE(model::enabled(before.tg, before.around->environment, what_));
    }
    void apply(state& now) const override { static_cast<void>(now.tg.kernel->apply(now.tg, what_, &request_)); }
    void show(std::ostream& out) const override {
        out << model::to_string(what_.kind) << ' ' << (written_ ? model::to_string(*written_) : "");
    }

private:
    model::event what_;
    std::optional<model::scope_write> written_;
    model::write_request<num> request_;
};

/// Chooses the next command.
class command_choice {
public:
    using state = command_state;
    using command = std::shared_ptr<const event_command::CommandType>;

    command_choice(const state& here, rc::Random& random) : here_(here), random_(random) {}

    [[nodiscard]] command choose() {
        const auto weights = weights_of_kinds();
        std::uint64_t sum = 0;
        for (const auto& weight : weights)
            sum += weight;
        std::uint64_t thrown = dice(random_, sum);
        std::size_t kind = 0;
        while (thrown >= weights[kind])
            thrown -= weights[kind++];
        return make(static_cast<model::event_kind>(kind));
    }

private:
    using kinds = std::array<std::uint64_t, static_cast<std::size_t>(model::event_kind::count)>;

    /// How often each kind of event is chosen among those that can happen; 0 if it cannot.
    [[nodiscard]] kinds weights_of_kinds() {
        kinds weights{};
        const auto weight_of = [&](model::event_kind kind) -> std::uint64_t& {
            return weights[static_cast<std::size_t>(kind)];
        };
        const auto offer = [&](model::event_kind kind) { weight_of(kind) = model::info_of(kind).weight; };
        candidates_ = {};
        model::for_each_event(here_.tg, here_.around->environment, [&](const model::event& event) {
            candidates_[static_cast<std::size_t>(event.kind)].push_back(event);
        });
        for (const model::event_info& each : model::event_infos)
            if (!candidates_[static_cast<std::size_t>(each.kind)].empty())
                offer(each.kind);
        // Slack is worth something where somebody is throttled.
        constexpr std::uint64_t keen = 20;
        if (!here_.tg.cfs_bandwidth.throttled_cfs_rq.empty() && weight_of(model::event_kind::sleep) > 0)
            weight_of(model::event_kind::sleep) = keen;
        longest_ = longest_tick();
        if (longest_ > 0)
            offer(model::event_kind::tick);
        if (!here_.around->writes.empty() || here_.around->tick == 0)
            offer(model::event_kind::write);
        // The explorer, with whose scopes ticks have a size, has no other groups.
        if (here_.around->tick == 0 && here_.tg.cfs_bandwidth.quota != model::runtime_inf)
            offer(model::event_kind::walk);
        return weights;
    }

    [[nodiscard]] command make(model::event_kind kind) {
        if (kind == model::event_kind::tick)
            return made({.kind = kind, .amount = tick()}, std::nullopt);
        if (kind == model::event_kind::write)
            return made({.kind = kind}, write());
        const auto& events = candidates_[static_cast<std::size_t>(kind)];
        if (events.empty()) // there is nothing to choose about it
            return made({.kind = kind}, std::nullopt);
        return made(events[dice(random_, events.size())], std::nullopt);
    }
    [[nodiscard]] command made(const model::event& event, std::optional<model::scope_write> written) const {
        return std::make_shared<const event_command>(*here_.tg.kernel, event, std::move(written));
    }

    /// How long time may pass at once, ns; 0 if it may not.
    [[nodiscard]] std::uint64_t longest_tick() const {
        const auto& env = here_.around->environment;
        const auto& cfs_b = here_.tg.cfs_bandwidth;
        std::int64_t longest = 2 * static_cast<std::int64_t>(cfs_b.period);
        const auto at_most = [&](std::int64_t limit) { longest = std::min(longest, limit); };
        if (cfs_b.period_active)
            at_most(cfs_b.period_timer + static_cast<std::int64_t>(env.max_lateness));
        if (cfs_b.slack_started)
            at_most(cfs_b.slack_timer + static_cast<std::int64_t>(env.max_lateness));
        for (model::cpu_id cpu = 0; cpu < here_.tg.nr_cpus; ++cpu) {
            const auto& cfs_rq = here_.tg.cfs_rq(cpu);
            if (cfs_rq.curr)
                at_most(static_cast<std::int64_t>(env.max_unaccounted) - static_cast<std::int64_t>(cfs_rq.unaccounted));
            if (cfs_rq.curr && cfs_rq.throttled)
                at_most(static_cast<std::int64_t>(env.max_in_kernel) - static_cast<std::int64_t>(cfs_rq.in_kernel));
        }
        const std::uint64_t step = here_.around->tick;
        if (longest <= 0 || (step != 0 && longest < static_cast<std::int64_t>(step)))
            return 0;
        return step != 0 ? step : static_cast<std::uint64_t>(longest);
    }

    [[nodiscard]] std::uint64_t tick() {
        if (here_.around->tick != 0)
            return longest_;
        const auto& cfs_b = here_.tg.cfs_bandwidth;
        std::int64_t until = 0;
        switch (dice(random_, 6)) {
        case 0:
            until = cfs_b.period_timer;
            break;
        case 1:
            until = cfs_b.slack_started ? cfs_b.slack_timer : cfs_b.period_timer - 1;
            break;
        case 2: {
            const auto& cfs_rq = here_.tg.cfs_rq(
                static_cast<model::cpu_id>(dice(random_, static_cast<std::uint64_t>(here_.tg.nr_cpus))));
            until = cfs_rq.runtime_remaining - static_cast<std::int64_t>(cfs_rq.unaccounted) +
                    static_cast<std::int64_t>(dice(random_, 3)) - 1;
            break;
        }
        case 3:
            return 1 + dice(random_, longest_);
        default:
            return longest_;
        }
        return until > 0 ? std::min(static_cast<std::uint64_t>(until), longest_) : longest_;
    }

    [[nodiscard]] model::scope_write write() {
        const auto& around = *here_.around;
        if (!around.writes.empty())
            return around.writes[dice(random_, around.writes.size())];
        const auto& cfs_b = here_.tg.cfs_bandwidth;
        const std::uint64_t unit = around.limits.nsec_per_usec;
        const shown_values shown{.quota_us =
                                     cfs_b.quota == model::runtime_inf ? model::runtime_inf : cfs_b.quota / unit,
                                 .period_us = cfs_b.period / unit,
                                 .burst_us = cfs_b.burst / unit,
                                 .runtime_us = here_.tg.kernel->cpu_runtime_read_u64(here_.tg),
                                 .runtime_file = here_.tg.kernel->cpu_max_runtime};
        auto where = static_cast<model::file>(dice(random_, model::file_infos().size()));
        if (!model::file_exists(*here_.tg.kernel, where))
            where = model::file::cpu_max;
        return {where, interesting_text(random_, where, around.limits, shown)};
    }

    const state& here_;
    rc::Random& random_;
    std::array<std::vector<model::event>, static_cast<std::size_t>(model::event_kind::count)> candidates_;
    std::uint64_t longest_ = 0;
};

/// RapidCheck's generator of the next command in a state.
[[nodiscard]] inline auto next_command(const command_state& here) {
    return rc::Gen<command_choice::command>([&here](const rc::Random& seed, int /*size*/) {
        rc::Random random(seed);
        return rc::shrinkable::just(command_choice(here, random).choose());
    });
}

} // namespace bwcheck::random
