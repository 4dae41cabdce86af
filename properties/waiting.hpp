// How long throttled CPUs wait although there is runtime, in particular after a write that provided it.
#pragma once

#include "properties/property.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

/// The longest time until the next refill, ns.
[[nodiscard]] inline std::int64_t time_to_next_refill(const model::scope_part& part) {
    return static_cast<std::int64_t>(part.longest_period + part.environment.max_lateness);
}

struct throttle_latency {
    static constexpr property_info info{
        .id = "throttle-latency",
        .statement =
            "The longest time a runnable CPU stays throttled although R > 0 (ns); at most until the next refill.",
        .kind = property_kind::number,
        .claim = property_claim::measure,
        .why = "Runtime that nobody may use is latency that nobody asked for.",
        .source = "Segall: \"immediately let throttled tasks start running again\"",
        .trigger = "a runnable CPU throttled while the pool is not empty",
        .needs = history_latency,
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        verdict_here verdict;
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu) {
            const auto& cfs_rq = here.tg.cfs_rq(cpu);
            if (!(cfs_rq.throttled && cfs_rq.runnable() && here.tg.cfs_bandwidth.runtime > 0))
                continue;
            const auto waited = here.past.kept_waiting[static_cast<std::size_t>(cpu)];
            if (!verdict.has_number || waited > verdict.number)
                verdict = verdict_here::measured(waited, time_to_next_refill(here.part));
        }
        return verdict;
    }
};

struct write_latency {
    static constexpr property_info info{
        .id = "write-latency",
        .statement =
            "The longest time from an accepted write that leaves R > 0 until every CPU that was throttled and runnable "
            "then may run, or the next accepted write (ns); at most until the next refill.",
        .kind = property_kind::number,
        .claim = property_claim::measure,
        .why = "An orchestrator that injects credits expects its tasks to run.",
        .source = "Segall: \"that will be delayed until the period timer runs\"",
        .trigger = "an accepted write that leaves R > 0",
        .needs = history_latency,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (t.accepted() && t.after.cfs_bandwidth.runtime > 0)
            return verdict_here::measured(0, time_to_next_refill(t.part));
        if (t.now.write_waits_for == 0)
            return verdict_here::silent();
        return verdict_here::measured(t.now.write_wait, time_to_next_refill(t.part));
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        return fmt::format(
            "{} ns after the write, a CPU that was throttled then is throttled still; the next refill is at "
            "most {} ns away from any moment.",
            t.now.write_wait, time_to_next_refill(t.part));
    }
};

struct write_unthrottles_now {
    static constexpr property_info info{
        .id = "write-unthrottles-now",
        .statement = "When a write that leaves R > 0 has returned, no runnable CPU is still throttled.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why =
            "Otherwise CPUs that wake up just then run at once, while those that waited go on waiting for the timer.",
        .source = "Segall: \"it should definitely call distribute_cfs_runtime (or an equivalent)\"",
        .trigger = "an accepted write that leaves R > 0, made while a runnable CPU is throttled",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.accepted() || !(t.after.cfs_bandwidth.runtime > 0) || !somebody_waits(t.before))
            return verdict_here::silent();
        return verdict_here::of(!somebody_waits(t.after));
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        std::string cpus;
        for (const auto cpu : waiting(t.after))
            cpus += fmt::format("{}cpu{}", cpus.empty() ? "" : " and ", cpu);
        return fmt::format(
            "The write has returned and the pool holds {} ns, but {} {} still throttled. {} will wait until the "
            "period timer runs, which may be {} ns from now.",
            t.after.cfs_bandwidth.runtime, cpus, waiting(t.after).size() == 1 ? "is" : "are",
            waiting(t.after).size() == 1 ? "It" : "They", t.after.cfs_bandwidth.period_timer);
    }

private:
    template <class Num>
    [[nodiscard]] static bool somebody_waits(const model::task_group<Num>& tg) {
        for (model::cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
            if (tg.cfs_rq(cpu).throttled && tg.cfs_rq(cpu).runnable())
                return true;
        return false;
    }
    template <class Num>
    [[nodiscard]] static std::vector<int> waiting(const model::task_group<Num>& tg) {
        std::vector<int> cpus;
        for (model::cpu_id cpu = 0; cpu < tg.nr_cpus; ++cpu)
            if (tg.cfs_rq(cpu).throttled && tg.cfs_rq(cpu).runnable())
                cpus.push_back(cpu);
        return cpus;
    }
};

struct full_speed_while_credits {
    static constexpr property_info info{
        .id = "full-speed-while-credits",
        .statement = "With Q + B >= P and enough credit, a busy CPU is not throttled until the credit is used up.",
        .kind = property_kind::invariant,
        .claim = property_claim::requirement,
        .why = "It is what the series promises: 100 % utilization while credits last.",
        .source = "PATCH 1/2: \"enabling 100% utilization while credits last\"",
        .trigger = "written credits that are not used up, in a group whose cap is at least a period",
        .needs = history_credit,
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        if (!here.past.credited || !limited(here.tg) || cap_of(here.tg) < wide(here.tg.cfs_bandwidth.period))
            return verdict_here::silent();
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu)
            if (here.tg.cfs_rq(cpu).throttled && here.tg.cfs_rq(cpu).runnable())
                return verdict_here::of(false);
        return verdict_here::of(true);
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        return fmt::format(
            "Since credits were written the pool has not been empty, and it holds {} ns now; yet a CPU with a "
            "runnable task is throttled.",
            here.tg.cfs_bandwidth.runtime);
    }
};

} // namespace bwcheck::properties
