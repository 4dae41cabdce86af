// The steps of which an inductive proof consists, a question each.
#pragma once

#include "solver/induction.hpp"

namespace bwcheck::solver {

/// A new group satisfies the invariant.
template <invariant Inv>
struct question_initial {
    static constexpr std::string_view name = "initial state";
    using about = parts_of<Inv>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        inductive_step<Inputs> step(in, Inv);
        if (!beginning.anything())
            in.abandon();
        return step.initially();
    }
};

/// What a task, or hot-plug, does on a CPU.
template <invariant Inv, model::event_kind Kind>
struct question_cpu_step {
    static constexpr std::string_view name = "a CPU's step";
    using about = parts_of<Inv>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        inductive_step<Inputs> step(in, Inv);
        step.begin(beginning);
        step.happen(Kind);
        return step.judge(Kind);
    }
};

/// One throttled CPU gets its grant, in whichever operation.
template <invariant Inv>
struct question_distribute_step {
    static constexpr std::string_view name = "distribute_cfs_runtime";
    using about = parts_of<Inv>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        inductive_step<Inputs> step(in, Inv);
        step.begin(beginning);
        model::fair::distribute_walk<typename Inputs::num> walk;
        walk.next = 0;
        in.kernel().distribute_step(step.at.tg, walk);
        return step.judge(model::event_kind::period_timer);
    }
};

/// The IPI that unthrottles a CPU.
template <invariant Inv>
struct question_ipi_step {
    static constexpr std::string_view name = "cfsb_csd_unthrottle";
    using about = parts_of<Inv>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        inductive_step<Inputs> step(in, Inv);
        step.begin(beginning);
        if (!step.at.tg.cfs_rq(0).throttled_csd)
            in.abandon();
        in.kernel().cfsb_csd_unthrottle(step.at.tg, 0);
        return step.judge(model::event_kind::period_timer);
    }
};

/// One pass of the period timer's callback: forward, refill, perhaps scaling, up to its first distribution or its end.
/// A callback that is stalled makes several passes; each begins in a state of the invariant.
template <invariant Inv>
struct question_period_step {
    static constexpr std::string_view name = "sched_cfs_period_timer";
    using about = parts_of<Inv>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        inductive_step<Inputs> step(in, Inv);
        step.begin(beginning);
        auto& tg = step.at.tg;
        if (!tg.cfs_bandwidth.period_active)
            in.abandon();
        in.assume(tg.cfs_bandwidth.period_timer <= 0);
        model::fair::period_timer_frame<typename Inputs::num> frame;
        frame.count = in.flip("fourth pass") ? 3 : 0; // another number of passes does what none does
        in.kernel().sched_cfs_period_timer(tg, frame);
        return step.judge(model::event_kind::period_timer);
    }
};

/// The slack timer looks whether there is something to distribute.
template <invariant Inv>
struct question_slack_step {
    static constexpr std::string_view name = "do_sched_cfs_slack_timer";
    using about = parts_of<Inv>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        inductive_step<Inputs> step(in, Inv);
        step.begin(beginning);
        auto& tg = step.at.tg;
        if (!tg.cfs_bandwidth.slack_started)
            in.abandon();
        model::fair::slack_timer_frame<typename Inputs::num> frame;
        in.kernel().sched_cfs_slack_timer(tg, frame);
        return step.judge(model::event_kind::slack_timer);
    }
};

/// The first step of a write of any numbers to any file: validation, and the change to the group.
template <invariant Inv>
struct question_write_step {
    static constexpr std::string_view name = "cgroup_file_write";
    using about = parts_of<Inv>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        inductive_step<Inputs> step(in, Inv);
        step.begin(beginning);
        model::interface::write_frame<typename Inputs::num> frame;
        frame.request = step.at.any_request("the write");
        in.kernel().cgroup_file_write(step.at.tg, frame);
        return step.judge(model::event_kind::write);
    }
};

/// A write's new configuration reaches a CPU; or, after the last of them, the write ends.
template <invariant Inv>
struct question_write_cpu_step {
    static constexpr std::string_view name = "tg_set_cfs_bandwidth";
    using about = parts_of<Inv>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        inductive_step<Inputs> step(in, Inv);
        step.begin(beginning);
        auto& tg = step.at.tg;
        model::interface::write_frame<typename Inputs::num> frame;
        frame.next = model::interface::write_frame<typename Inputs::num>::at::cpus;
        frame.enabled = tg.cfs_bandwidth.quota != model::runtime_inf;
        frame.was_enabled = in.flip("was limited");
        if (in.flip("all CPUs reached")) {
            frame.cpu = tg.nr_cpus;
            if (tg.cfs_rq(0).online && tg.cfs_rq(0).runtime_enabled != frame.enabled)
                in.abandon();
            for (model::cpu_id other = 1; other < tg.nr_cpus; ++other) {
                if (tg.cfs_rq(other).throttled && !frame.enabled)
                    in.abandon();
                tg.cfs_rq(other).runtime_enabled = frame.enabled;
            }
        } else {
            if (!tg.cfs_rq(0).online)
                in.abandon(); // passed over
        }
        in.kernel().cgroup_file_write(tg, frame);
        return step.judge(model::event_kind::write);
    }
};

} // namespace bwcheck::solver
