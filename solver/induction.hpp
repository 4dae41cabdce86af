// Proofs by induction: an invariant holds in a new group, and each step that begins where it holds ends where it
// holds. With kernel constants, up to four CPUs, and any numbers.
//
// A step works on the group and on one CPU, here always CPU 0; which one it is makes no difference to the kernel. What
// the others can be to it is their place on the list of throttled CPUs and their local runtime. A step begins in any
// state of the invariant, not only between operations: other CPUs' steps, and other users' writes, may have come before
// it. The properties' own definitions say what is assumed and what has to follow. Of the world it is assumed that
// nobody has executed for 73 years (2^61 ns) without being charged, nor is in deeper debt, nor waits longer for a
// timer.
#pragma once

#include "properties/pool.hpp"
#include "properties/strengthening.hpp"
#include "properties/throttling.hpp"
#include "solver/questions.hpp"

#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bwcheck::solver {

/// Which part of the invariant has to follow.
enum class invariant {
    marks_and_list,  ///< who is throttled and listed, and in debt; it follows from itself
    numbers_bounded, ///< that a timer will come, and how far the pool can go; it follows from both parts
};

/// The properties that a part of the invariant consists of.
template <invariant Part>
using conjuncts_of = std::conditional_t<
    Part == invariant::marks_and_list,
    std::tuple<properties::marks_consistent, properties::throttled_iff_listed, properties::throttled_in_debt,
               properties::period_in_range, properties::locals_within_slice>,
    std::tuple<properties::configuration_in_range, properties::timer_runs_while_throttled,
               properties::pool_and_locals_bounded>>;

/// The property of steps that is proved along with it.
template <invariant Part>
using step_property_of = std::conditional_t<Part == invariant::marks_and_list, properties::append_leaves_pool_empty,
                                            properties::conservation>;

/// What a step of the proof of that part is about.
template <invariant Part>
using parts_of =
    decltype(std::tuple_cat(std::declval<conjuncts_of<Part>>(), std::declval<std::tuple<step_property_of<Part>>>()));

inline constexpr unsigned most_cpus = 4;

template <class Inputs>
class inductive_step {
public:
    using num = typename Inputs::num;
    scene<Inputs> at;

    inductive_step(Inputs& in, invariant assumed)
        : at(in, 1 + static_cast<int>(in.choose("CPUs besides CPU 0", most_cpus))), in_(in), assumed_(assumed) {
        in_.watch_wraps(false);
    }

    /// Any state of the invariant.
    void begin(const beginning& beginning) {
        if (!beginning.anything())
            in_.abandon(); // a state in the middle of a run; the explorer finds those
        auto& cfs_b = at.tg.cfs_bandwidth;
        cfs_b.period = in_.u64("period ns");
        cfs_b.quota = in_.u64("quota ns");
        cfs_b.burst = in_.u64("burst ns");
        cfs_b.runtime = in_.u64("pool ns");
        cfs_b.runtime_snap = cfs_b.runtime; // nothing but statistics depends on it (model/fields.hpp)
        cfs_b.idle = any_flag("idle");
        cfs_b.period_active = any_flag("period timer runs");
        cfs_b.slack_started = any_flag("slack timer runs");
        cfs_b.period_timer = in_.s62("period timer due in ns");
        cfs_b.slack_timer = in_.s62("slack timer due in ns");
        any_list();
        any_cpu();
        if (in_.kernel().runtime_expires) {
            cfs_b.runtime_expires = in_.s62("runtime expires in ns");
            at.tg.cfs_rq(0).expires_equal = any_flag("expires with the pool");
        }
        before_ = at.tg; // flags that nobody has looked at yet
        assume_all();
        at.log.clear();
    }

    /// What the invariant says of a new group.
    [[nodiscard]] findings initially() {
        at.tg.cfs_bandwidth.period_timer = in_.s62("phase ns");
        return judge_state(assumed_);
    }

    /// What the properties say of the step that was made since begin().
    [[nodiscard]] findings judge(model::event_kind kind) {
        using namespace properties;
        findings all = judge_state(assumed_);
        const model::event event{.kind = kind};
        const auto& none = detail::no_history<num>();
        const transition<num> seen{before_, event, nullptr, model::status::ok,
                                   at.tg,   none,  none,    detail::kernel_part()};
        if (assumed_ == invariant::marks_and_list)
            detail::say<parts_of<invariant::marks_and_list>, append_leaves_pool_empty>(all, seen);
        else if (!all.front().verdict.broken())
            detail::say<parts_of<invariant::numbers_bounded>, conservation>(all, seen);
        return all;
    }

    /// An event of CPU 0 that can happen.
    void happen(model::event_kind kind) {
        const model::event event{.kind = kind, .cpu = 0};
        model::environment<num> world;
        world.hotplug = true;
        if (!model::enabled(at.tg, world, event))
            in_.abandon();
        static_cast<void>(in_.kernel().operate(at.tg, event, nullptr));
    }

private:
    [[nodiscard]] typename num::s64 at_most_slice(const std::string& name) {
        return as_s64(at.constants.sched_cfs_bandwidth_slice) - as_s64(in_.u61(name));
    }

    [[nodiscard]] typename num::flag any_flag(const std::string& name) {
        last_flag_ = flags_.add(name);
        return in_.flag(flags_, last_flag_, name);
    }

    // Which CPUs are throttled, and in which order. The others differ in nothing but their place.
    void any_list() {
        const auto others = static_cast<unsigned>(at.tg.nr_cpus) - 1;
        const unsigned listed = in_.choose("others throttled", others + 1);
        auto& list = at.tg.cfs_bandwidth.throttled_cfs_rq;
        auto& cfs_rq = at.tg.cfs_rq(0);
        cfs_rq.throttled = in_.flip("throttled");
        const unsigned place = cfs_rq.throttled ? in_.choose("of them listed before CPU 0", listed + 1) : 0;
        for (unsigned other = 0; other <= listed; ++other) {
            if (cfs_rq.throttled && other == place)
                list.push_back(0);
            if (other < listed)
                list.push_back(static_cast<model::cpu_id>(other + 1));
        }
        for (unsigned other = 1; other <= others; ++other) {
            auto& its = at.tg.cfs_rq(static_cast<model::cpu_id>(other));
            its.throttled = other <= listed;
            if (its.throttled) {
                its.runtime_remaining = -as_s64(in_.u61(fmt::format("debt of CPU {} ns", other)));
            } else {
                its.runtime_remaining = at_most_slice(fmt::format("less than a slice on CPU {} by ns", other));
                // No step of CPU 0 looks at it, and in pool-and-locals-bounded anything less counts as 1 ns.
                in_.assume(its.runtime_remaining >= 1);
            }
            its.runtime_enabled = true;
            its.throttled_limbo = true;
        }
    }

    // The flags are tied to each other as marks-consistent says, instead of leaving out most of their combinations
    // afterwards; assume_all() would notice one that it does not allow.
    void any_cpu() {
        auto& cfs_rq = at.tg.cfs_rq(0);
        cfs_rq.runtime_remaining = at_most_slice("less than a slice on CPU 0 by ns");
        cfs_rq.unaccounted = in_.u61("executed ns");

        at.tg.cfs_bandwidth_used = true;
        if (at.tg.cfs_bandwidth.throttled_cfs_rq.empty())
            at.tg.cfs_bandwidth_used = any_flag("limits in use");
        if (cfs_rq.throttled) {
            cfs_rq.runtime_enabled = true;
            cfs_rq.throttled_csd = any_flag("IPI pending");
            any_task();
        } else {
            cfs_rq.online = any_flag("online");
            const auto online = last_flag_;
            cfs_rq.runtime_enabled = any_flag("limit applies");
            flags_.implies(last_flag_, online);
            const auto [queued, parked] = any_task();
            flags_.implies(queued, online);
            flags_.implies(parked, online);
        }
    }

    std::pair<open_flags::number, open_flags::number> any_task() {
        auto& cfs_rq = at.tg.cfs_rq(0);
        cfs_rq.nr_queued = any_flag("queued");
        const auto queued = last_flag_;
        cfs_rq.throttled_limbo = any_flag("parked");
        const auto parked = last_flag_;
        flags_.implies(parked, queued, false);
        cfs_rq.curr = any_flag("executing");
        flags_.implies(last_flag_, queued);
        cfs_rq.sched_throttle_work = any_flag("told to park");
        flags_.implies(last_flag_, queued);
        return {queued, parked};
    }

    void assume_all() {
        assume(invariant::marks_and_list);
        if (assumed_ == invariant::numbers_bounded)
            assume(invariant::numbers_bounded);
    }

    void assume(invariant part) {
        for (const finding& each : judge_state(part))
            if (each.verdict.broken())
                in_.abandon();
    }

    [[nodiscard]] findings judge_state(invariant part) {
        using namespace properties;
        findings all;
        const situation<num> here{at.tg, detail::no_history<num>(), detail::kernel_part()};
        if (part == invariant::marks_and_list) {
            using conjuncts = conjuncts_of<invariant::marks_and_list>;
            if (!same_marks())
                detail::say<conjuncts, marks_consistent>(all, here);
            detail::say<conjuncts, throttled_iff_listed>(all, here);
            detail::say<conjuncts, throttled_in_debt>(all, here);
            detail::say<conjuncts, period_in_range>(all, here);
            detail::say<conjuncts, locals_within_slice>(all, here);
            return all;
        }
        using conjuncts = conjuncts_of<invariant::numbers_bounded>;
        detail::say<conjuncts, configuration_in_range>(all, here);
        if (all.back().verdict.broken())
            return all; // the others rest on it
        detail::say<conjuncts, timer_runs_while_throttled>(all, here);
        detail::say<conjuncts, pool_and_locals_bounded>(all, here);
        return all;
    }

    // Whether the step has not touched what marks-consistent is about, so that it need not be looked at.
    [[nodiscard]] bool same_marks() const {
        if constexpr (std::is_same_v<num, symbolic::numbers>) {
            const auto& was = before_.cfs_rq(0);
            const auto& is = at.tg.cfs_rq(0);
            return identical(before_.cfs_bandwidth_used, at.tg.cfs_bandwidth_used) &&
                   identical(was.runtime_enabled, is.runtime_enabled) && identical(was.throttled, is.throttled) &&
                   identical(was.throttled_csd, is.throttled_csd) && identical(was.online, is.online) &&
                   identical(was.nr_queued, is.nr_queued) && identical(was.throttled_limbo, is.throttled_limbo) &&
                   identical(was.curr, is.curr) && identical(was.sched_throttle_work, is.sched_throttle_work);
        }
        return false;
    }

    Inputs& in_;
    invariant assumed_;
    open_flags flags_;
    open_flags::number last_flag_ = 0;
    model::task_group<num> before_;
};

} // namespace bwcheck::solver
