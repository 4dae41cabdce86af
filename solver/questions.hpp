// The questions that decide the arithmetic properties: from which state, what happens, and what must then be true.
//
// A question's body is written once and runs on symbolic numbers for a proof, and on plain and checked ones when a
// refutation is replayed. What must be true is said by the catalogue's own definition of each property; for "no
// operation wraps" it is said by the numbers, while a question watches them.
#pragma once

#include "model/scope.hpp"
#include "properties/arithmetic.hpp"
#include "properties/catalogue.hpp"
#include "properties/pool.hpp"
#include "properties/property.hpp"
#include "properties/strengthening.hpp"
#include "properties/throttling.hpp"
#include "properties/validation.hpp"
#include "properties/writes.hpp"
#include "solver/scene.hpp"

#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace bwcheck::solver {

using properties::verdict_here;

/// What one property says of one path, or of one replay.
struct finding {
    std::size_t property; ///< its number in the catalogue
    verdict_here verdict;
    std::string explanation; ///< in a replay: the property's own words
};
using findings = std::vector<finding>;

namespace detail {

inline const model::scope_part& kernel_part() {
    static const model::scope_part part; // kernel constants; the properties that are asked here read nothing else of it
    return part;
}

template <class Num>
[[nodiscard]] const auto& no_history() {
    static const properties::history_over<Num> none;
    return none;
}

/// What a definition says of a transition.
template <class Property, class Num>
[[nodiscard]] finding said_of(const properties::transition<Num>& seen) {
    finding finding{properties::number_of<Property>, Property::template on_transition<Num>(seen), {}};
    if constexpr (std::is_same_v<Num, model::plain> && requires { Property::template explain<Num>(seen); })
        if (finding.verdict.broken())
            finding.explanation = Property::template explain<Num>(seen);
    return finding;
}

/// What a definition says of a state.
template <class Property, class Num>
[[nodiscard]] finding said_of(const properties::situation<Num>& here) {
    finding finding{properties::number_of<Property>, Property::template on_state<Num>(here), {}};
    if constexpr (std::is_same_v<Num, model::plain> && requires { Property::template explain<Num>(here); })
        if (finding.verdict.broken())
            finding.explanation = Property::template explain<Num>(here);
    return finding;
}

template <class Property, class... Listed>
[[nodiscard]] consteval bool lists(const std::tuple<Listed...>* /*types*/) {
    return (std::is_same_v<Property, Listed> || ...);
}

/// Adds what one of the properties that a question is about says of a transition or a state. A question that speaks
/// about others than it lists does not compile: nobody would put that together with what other questions say.
template <class About, class Property, class Seen>
void say(findings& all, const Seen& seen) {
    static_assert(lists<Property>(static_cast<const About*>(nullptr)), "a question lists what it is about");
    all.push_back(said_of<Property>(seen));
}

/// What all properties that a question is about say of a transition or a state, in their order.
template <class About, class Seen>
[[nodiscard]] findings say_all(const Seen& seen) {
    return [&seen]<class... Property>(const std::tuple<Property...>* /*types*/) {
        return findings{said_of<Property>(seen)...};
    }(static_cast<const About*>(nullptr));
}

/// What they say of an event that is not a write.
template <class About, class Num>
[[nodiscard]] findings judge_event(const model::task_group<Num>& before, model::event_kind kind,
                                   const model::task_group<Num>& after) {
    const model::event event{.kind = kind};
    const auto& none = no_history<Num>();
    return say_all<About>(
        properties::transition<Num>{before, event, nullptr, model::status::ok, after, none, none, kernel_part()});
}

/// What they say of a write.
template <class About, class Num>
[[nodiscard]] findings judge_write(const model::task_group<Num>& before, const model::write_request<Num>& request,
                                   model::status result, const model::task_group<Num>& after) {
    const model::event event{.kind = model::event_kind::write};
    const auto& none = no_history<Num>();
    return say_all<About>(
        properties::transition<Num>{before, event, &request, result, after, none, none, kernel_part()});
}

} // namespace detail

/// Any write, to a group in any state.
struct question_write {
    static constexpr std::string_view name = "write";
    using wraps = properties::validation_no_wrap;
    using about = std::tuple<properties::conversion_no_wrap, properties::accepted_cap_fits,
                             properties::runtime_write_bound, properties::read_back_exact,
                             properties::write_sets_runtime, properties::rejected_write_changes_nothing>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        const auto before = at.tg;
        const auto request = at.any_request("the write");
        const model::status result = at.write(request);
        in.watch_wraps(false);
        return detail::judge_write<about>(before, request, result, at.tg);
    }
};

/// A write to cpu.max.runtime, to a group whose configuration was doubled before.
struct question_write_when_doubled {
    static constexpr std::string_view name = "runtime write when doubled";
    using wraps = properties::validation_no_wrap;
    using about = std::tuple<>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        at.maybe_double(beginning, true);
        if (in.kernel().has_runtime_file())
            static_cast<void>(at.write(at.any_runtime_request("the write")));
        return {};
    }
};

/// The same write: whether it is accepted.
struct question_write_bound_when_doubled {
    static constexpr std::string_view name = "runtime write's bound when doubled";
    using about = std::tuple<properties::runtime_write_bound>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        at.maybe_double(beginning, true);
        if (!in.kernel().has_runtime_file())
            return {};
        const auto before = at.tg;
        const auto request = at.any_runtime_request("the write");
        const model::status result = at.write(request);
        in.watch_wraps(false);
        return detail::judge_write<about>(before, request, result, at.tg);
    }
};

/// A period callback that finds its timer due, however late.
struct question_refill {
    static constexpr std::string_view name = "refill";
    using wraps = properties::refill_no_wrap;
    using about = std::tuple<properties::refill_exact, properties::runtime_capped_at_refill>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        at.maybe_double(beginning, false);
        auto& cfs_b = at.tg.cfs_bandwidth;
        if (beginning.anything()) {
            cfs_b.period_active = true;
            cfs_b.period_timer = 0;
            cfs_b.idle = in.flip("idle");
        }
        const auto before = at.tg;
        at.period_callback(0);
        in.watch_wraps(false);
        return detail::judge_event<about>(before, model::event_kind::period_timer, at.tg);
    }
};

/// The refill of a group whose missing limit may have been doubled into a number. In a run, all of it happens in one
/// callback: one that finds no limit stops the timer.
struct question_refill_when_doubled {
    static constexpr std::string_view name = "refill when doubled";
    using wraps = properties::refill_no_wrap;
    using about = std::tuple<>;
    static constexpr bool own_functions_only = true; // the doubling itself is scaling-no-wrap's
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        if (!beginning.anything()) {
            // Whoever has a limit when the callback begins is the subject of the other question.
            if (at.tg.cfs_bandwidth.quota != model::runtime_inf)
                in.abandon();
            at.period_callback(4);
            return {};
        }
        at.maybe_double(beginning, true);
        const model::step_scope step(at.tg, model::step::do_sched_cfs_period_timer);
        in.kernel().refill_cfs_bandwidth_runtime(at.tg);
        return {};
    }
};

/// The same refill: how much is in the pool after it.
struct question_refill_exact_when_doubled {
    static constexpr std::string_view name = "refill exact when doubled";
    using about = std::tuple<properties::refill_exact, properties::runtime_capped_at_refill>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        if (beginning.anything())
            at.maybe_double(beginning, true);
        else if (at.tg.cfs_bandwidth.quota != model::runtime_inf)
            in.abandon();
        const auto before = at.tg;
        if (beginning.anything()) {
            const model::step_scope step(at.tg, model::step::do_sched_cfs_period_timer);
            in.kernel().refill_cfs_bandwidth_runtime(at.tg);
        } else {
            at.period_callback(4);
        }
        in.watch_wraps(false);
        return detail::judge_event<about>(before, model::event_kind::period_timer, at.tg);
    }
};

/// A doubling of the period, and the refill after it.
struct question_scaling {
    static constexpr std::string_view name = "scaling";
    using wraps = properties::scaling_no_wrap;
    using about = std::tuple<properties::scaling_keeps_ratio>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        if (beginning.anything())
            at.maybe_double(beginning, false);
        const auto before = at.tg;
        if (beginning.anything()) {
            at.double_period(true);
        } else {
            at.period_callback(3 + in.choose("passes after that", 2));
            if (!at.log.was_reached(model::branch::period_scaled))
                in.abandon();
        }
        in.watch_wraps(false);
        findings all = detail::judge_event<about>(before, model::event_kind::period_timer, at.tg);
        in.watch_wraps(true);
        if (beginning.anything()) {
            const model::step_scope step(at.tg, model::step::do_sched_cfs_period_timer);
            in.kernel().refill_cfs_bandwidth_runtime(at.tg);
        }
        return all;
    }
};

/// What is stored, after a write and doublings.
struct question_stored {
    static constexpr std::string_view name = "stored";
    using about = std::tuple<properties::stored_config_valid, properties::configuration_in_range>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        if (beginning.anything())
            at.maybe_double(beginning, true);
        else if (in.flip("doubled"))
            at.period_callback(3);
        return detail::say_all<about>(properties::situation<typename Inputs::num>{
            at.tg, detail::no_history<typename Inputs::num>(), detail::kernel_part()});
    }
};

/// What the walk over the tree computes for a group.
struct question_ratio {
    static constexpr std::string_view name = "ratio";
    using wraps = properties::ratio_no_wrap;
    using about = std::tuple<>;
    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        at.begin(beginning);
        at.maybe_double(beginning, false);
        at.happen({.kind = model::event_kind::walk});
        return {};
    }
};

/// A CPU that is charged, wakes up, goes to sleep, or gets a grant; whatever the pool and its own runtime are.
struct question_distribute {
    static constexpr std::string_view name = "distribute";
    using wraps = properties::distribute_no_wrap;
    using about = std::tuple<properties::conservation, properties::append_leaves_pool_empty>;
    /// Nobody has executed for longer without being charged, nor is in deeper debt, ns: 73 years.
    static constexpr std::int64_t most_debt = std::int64_t{1} << 61U;

    template <class Inputs>
    static findings ask(Inputs& in, const beginning& beginning) {
        scene<Inputs> at(in);
        if (!beginning.anything())
            in.abandon(); // a run of events; the explorer finds those
        auto& cfs_b = at.tg.cfs_bandwidth;
        auto& cfs_rq = at.tg.cfs_rq(0);
        in.watch_wraps(false);
        cfs_b.period_active = true;
        cfs_b.runtime = in.u64("pool ns");
        in.assume(cfs_b.runtime <= largest_pool);
        if (in.flip("limited"))
            cfs_b.quota = at.constants.min_cfs_quota_period;
        cfs_rq.runtime_remaining = in.s64("local runtime ns");
        if (in.kernel().runtime_expires) {
            cfs_b.runtime_expires = in.s64("runtime expires in ns");
            cfs_rq.expires_equal = in.flip("expires with the pool");
        }
        in.assume(cfs_rq.runtime_remaining >= -most_debt);
        in.assume(cfs_rq.runtime_remaining <= as_s64(at.constants.sched_cfs_bandwidth_slice));
        cfs_rq.runtime_enabled = true;
        at.tg.cfs_bandwidth_used = true;
        const unsigned kind = in.choose("what happens", 4);
        if (kind != 0) {
            cfs_rq.unaccounted = in.u64("executed ns");
            in.assume(cfs_rq.unaccounted <= static_cast<std::uint64_t>(most_debt));
        }
        cfs_rq.throttled = kind == 3;
        if (cfs_rq.throttled) {
            in.assume(cfs_rq.runtime_remaining <= 0); // throttled-in-debt
            cfs_b.throttled_cfs_rq.push_back(0);
        }
        cfs_rq.nr_queued = kind != 0;
        cfs_rq.curr = kind == 1 || kind == 2;
        in.watch_wraps(true);

        const auto before = at.tg;
        static constexpr std::array<model::event_kind, 4> kinds{model::event_kind::wake, model::event_kind::charge,
                                                                model::event_kind::sleep,
                                                                model::event_kind::period_timer};
        if (kind == 3) {
            at.log.clear();
            auto walk = in.kernel().distribute_begin(at.tg);
            in.kernel().distribute_step(at.tg, walk);
        } else {
            static_cast<void>(in.kernel().apply(at.tg, {.kind = kinds[kind], .cpu = 0}, nullptr));
        }
        in.watch_wraps(false);
        return detail::judge_event<about>(before, kinds[kind], at.tg);
    }
};

} // namespace bwcheck::solver
