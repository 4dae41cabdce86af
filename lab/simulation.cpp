#include "lab/simulation.hpp"

#include "lab/model_group.hpp"

#include <algorithm>
#include <limits>

namespace bwcheck::lab {

namespace {

using model::event_kind;

constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

class simulation {
public:
    simulation(std::string_view revision, const scenario& scenario, const phases& when)
        : what_(scenario), when_(when), group_(make_model_group(revision, static_cast<int>(scenario.nr_cpus()),
                                                                static_cast<std::int64_t>(when.first_period_ns))),
          next_tick_(when.first_tick_ns) {
        for (const scenario_child& each : scenario.children)
            children_.push_back({.child = &each});
    }

    [[nodiscard]] statistics run() {
        for (const model::scope_write& each : what_.setup)
            static_cast<void>(group_->write(each));
        run_until(what_.settle_us * nsec_per_usec);
        const statistics before = read();
        begin_ = now_;
        for (running_child& each : children_)
            start_activity(each, 0);
        for (const timed_write& each : what_.writes) {
            run_until(begin_ + each.at_us * nsec_per_usec);
            static_cast<void>(group_->write(each.write));
        }
        run_until(begin_ + what_.duration_us * nsec_per_usec);
        statistics after = read();
        for (const statistic& each : all_statistics())
            after.*each.value -= before.*each.value;
        return after;
    }

private:
    struct running_child {
        const scenario_child* child = nullptr;
        std::size_t position = 0;   ///< of its activity
        std::uint64_t end = never;  ///< of a busy or sleeping one
        std::uint64_t left = never; ///< of a burning one
        bool begun = false;
        bool ended = false;

        [[nodiscard]] activity::kind doing() const { return child->activities[position].what; }
        [[nodiscard]] bool sleeps() const { return doing() == activity::kind::sleep; }
        [[nodiscard]] model::cpu_id cpu() const { return static_cast<model::cpu_id>(child->cpu); }
    };

    [[nodiscard]] bool executes(const running_child& one) const { return group_->tg().cfs_rq(one.cpu()).curr; }

    void happen(event_kind happening, model::cpu_id cpu = model::no_cpu) {
        const model::event event{.kind = happening, .cpu = cpu};
        if (group_->enabled(event))
            group_->happen(event);
        // A task that is told to park does so at once: it is in user space.
        for (const running_child& each : children_) {
            const model::event parks{.kind = event_kind::exit_to_user, .cpu = each.cpu()};
            if (group_->enabled(parks))
                group_->happen(parks);
        }
    }

    void start_activity(running_child& one, std::size_t position) {
        one.begun = true;
        if (position == one.child->activities.size()) {
            if (!one.child->again) {
                one.ended = true;
                happen(event_kind::sleep, one.cpu());
                return;
            }
            position = 0;
        }
        one.position = position;
        const std::uint64_t duration = one.child->activities[position].us * nsec_per_usec;
        one.end = one.doing() == activity::kind::burn ? never : now_ + duration;
        one.left = one.doing() == activity::kind::burn ? duration : never;
        happen(one.sleeps() ? event_kind::sleep : event_kind::wake, one.cpu());
    }

    /// Children that execute notice that they have done enough; sleeping ones wake up.
    void move_on() {
        for (running_child& each : children_)
            while (each.begun && !each.ended && (each.end <= now_ || each.left == 0) &&
                   (each.sleeps() || executes(each)))
                start_activity(each, each.position + 1);
    }

    [[nodiscard]] std::uint64_t next_moment(std::uint64_t end) const {
        const auto& cfs_b = group_->tg().cfs_bandwidth;
        std::uint64_t next = std::min(end, next_tick_);
        const auto timer = [&](bool runs, std::int64_t in) {
            if (runs)
                next = std::min(next, now_ + static_cast<std::uint64_t>(std::max<std::int64_t>(in, 0)));
        };
        timer(cfs_b.period_active, cfs_b.period_timer);
        timer(cfs_b.slack_started, cfs_b.slack_timer);
        for (const running_child& each : children_) {
            if (!each.begun || each.ended)
                continue;
            if (each.end > now_)
                next = std::min(next, each.end);
            if (each.left != never && executes(each))
                next = std::min(next, now_ + each.left);
        }
        return next;
    }

    void run_until(std::uint64_t end) {
        while (now_ < end) {
            pass(next_moment(end) - now_);
            happen(event_kind::period_timer);
            happen(event_kind::slack_timer);
            if (now_ == next_tick_) {
                next_tick_ += when_.tick_ns;
                for (const running_child& each : children_)
                    happen(event_kind::charge, each.cpu());
            }
            move_on();
        }
    }

    void pass(std::uint64_t delta) {
        if (delta == 0)
            return;
        for (running_child& each : children_) {
            if (!executes(each))
                continue;
            usage_ns_ += delta;
            if (each.left != never)
                each.left -= std::min(each.left, delta);
        }
        group_->happen({.kind = event_kind::tick, .amount = delta});
        now_ += delta;
    }

    [[nodiscard]] statistics read() const {
        const auto& cfs_b = group_->tg().cfs_bandwidth;
        return {.usage_us = usage_ns_ / nsec_per_usec,
                .nr_periods = static_cast<std::uint64_t>(cfs_b.nr_periods),
                .nr_throttled = static_cast<std::uint64_t>(cfs_b.nr_throttled),
                .nr_bursts = static_cast<std::uint64_t>(cfs_b.nr_burst),
                .burst_us = cfs_b.burst_time / nsec_per_usec,
                .throttled_us = cfs_b.throttled_time / nsec_per_usec};
    }

    const scenario& what_;
    const phases& when_;
    std::unique_ptr<model_group> group_;
    std::vector<running_child> children_;
    std::uint64_t now_ = 0;
    std::uint64_t begin_ = 0;
    std::uint64_t next_tick_;
    std::uint64_t usage_ns_ = 0;
};

} // namespace

statistics simulate(std::string_view revision, const scenario& scenario, const phases& when) {
    return simulation(revision, scenario, when).run();
}

prediction predict_statistics(std::string_view revision, const scenario& scenario, std::uint64_t tick_ns) {
    constexpr std::uint64_t period_phases = 64;
    constexpr std::uint64_t tick_phases = 4;
    const auto group = make_model_group(revision);
    for (const model::scope_write& each : scenario.setup)
        static_cast<void>(group->write(each));
    const std::uint64_t period = group->tg().cfs_bandwidth.period;
    prediction prediction;
    for (std::uint64_t in_period = 1; in_period <= period_phases; ++in_period)
        for (std::uint64_t in_tick = 1; in_tick <= tick_phases; ++in_tick)
            prediction.simulations.push_back(simulate(revision, scenario,
                                                      {.tick_ns = tick_ns,
                                                       .first_tick_ns = tick_ns * in_tick / tick_phases,
                                                       .first_period_ns = period * in_period / period_phases}));
    prediction.least = prediction.most = prediction.simulations.front();
    for (const statistics& one : prediction.simulations)
        for (const statistic& each : all_statistics()) {
            prediction.least.*each.value = std::min(prediction.least.*each.value, one.*each.value);
            prediction.most.*each.value = std::max(prediction.most.*each.value, one.*each.value);
        }
    return prediction;
}

} // namespace bwcheck::lab
