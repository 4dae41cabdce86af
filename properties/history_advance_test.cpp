#include "model/revisions/registry.hpp"
#include "properties/judged_machine.hpp"

#include <gtest/gtest.h>

namespace bwcheck::properties {
namespace {

/// A run of the posted series at a small scale: quota 4 of 6, burst 2, slice 3; two CPUs.
class history_test : public testing::Test {
protected:
    using machine = judged_machine<>;

    static model::scope_part part() {
        model::scope_part p;
        p.name = "history";
        p.nr_cpus = 2;
        p.constants.nsec_per_usec = 1;
        p.constants.sched_cfs_bandwidth_slice = 3;
        p.constants.min_cfs_rq_runtime = 1;
        p.constants.min_bandwidth_expiration = 1;
        p.constants.cfs_bandwidth_slack_period = 2;
        p.constants.default_cfs_period = 6;
        p.constants.min_cfs_quota_period = 2;
        p.constants.max_cfs_quota_period = 16;
        p.constants.max_bw_runtime_us = 40;
        p.constants.max_usec = model::runtime_inf;
        p.environment.max_lateness = 1;
        p.environment.max_in_kernel = 1;
        p.longest_period = 6;
        p.setup = {{model::file::cpu_max, "4 6"}, {model::file::cpu_max_burst, "2"}};
        p.writes = {{model::file::cpu_max_runtime, "0"},
                    {model::file::cpu_max_runtime, "3"},
                    {model::file::cpu_max_burst, "5"}};
        p.histories = {"burst", "throttle", "latency", "credit", "departed", "overuse", "drain"};
        return p;
    }

    history_test()
        : machine_(*model::revision_named("cpu-max-runtime-v1").over_plain, part()), now_(machine_.initial(log_)) {}

    const history& after(const model::event& event) {
        EXPECT_TRUE(machine_.enabled(now_, event)) << to_string(event.kind) << " cannot happen here";
        const auto before = now_;
        static_cast<void>(machine_.apply(before, event, now_));
        return now_.past;
    }
    const history& after_write(std::uint16_t number) {
        return after({.kind = model::event_kind::write, .index = number});
    }
    const history& after_tick() { return after({.kind = model::event_kind::tick, .amount = 1}); }
    const history& after_cpu(model::event_kind kind, model::cpu_id cpu) { return after({.kind = kind, .cpu = cpu}); }

    /// cpu0 runs with an empty pool until it is throttled and parked.
    void throttle_cpu0() {
        after_write(0);
        after_cpu(model::event_kind::wake, 0);
        after_tick();
        after_cpu(model::event_kind::charge, 0);
        if (now_.tg.cfs_rq(0).sched_throttle_work)
            after_cpu(model::event_kind::exit_to_user, 0);
        ASSERT_TRUE(now_.tg.cfs_rq(0).throttled);
    }

    machine machine_;
    model::step_log<model::plain> log_;
    machine::state now_;
};

TEST_F(history_test, burst_is_what_cpus_took_since_the_refill) {
    EXPECT_EQ(after_cpu(model::event_kind::wake, 0).taken, 0) << "a CPU starts with the 1 ns that a write leaves it";
    after_tick();
    EXPECT_EQ(after_cpu(model::event_kind::charge, 0).taken, 3) << "a slice";
    EXPECT_EQ(after_cpu(model::event_kind::sleep, 0).taken, 1) << "and its slack comes back";
    EXPECT_EQ(after_write(1).taken, 1) << "what a write does to the pool is not taken by anybody";
    EXPECT_EQ(after_write(2).taken, 0) << "a configuration write refills";
}

TEST_F(history_test, throttle_remembers_the_period) {
    throttle_cpu0();
    EXPECT_TRUE(now_.past.throttled_this_period);
    while (now_.tg.cfs_bandwidth.period_timer > 0)
        after_tick();
    EXPECT_FALSE(after({.kind = model::event_kind::period_timer}).throttled_this_period)
        << "nobody is throttled any more";
}

TEST_F(history_test, latency_counts_from_the_write_that_left_runtime) {
    throttle_cpu0();
    EXPECT_EQ(now_.past.kept_waiting[0], 0) << "the pool is empty: nobody is kept waiting";
    EXPECT_EQ(after_write(1).write_waits_for, 1) << "cpu0";
    EXPECT_EQ(after_tick().write_wait, 1);
    EXPECT_EQ(now_.past.kept_waiting[0], 1);
    while (now_.tg.cfs_bandwidth.period_timer > 0)
        after_tick();
    EXPECT_EQ(now_.past.write_wait, 5);
    const history& released = after({.kind = model::event_kind::period_timer});
    EXPECT_EQ(released.write_waits_for, 0);
    EXPECT_EQ(released.write_wait, 0);
    EXPECT_EQ(released.kept_waiting[0], 0);
}

TEST_F(history_test, latency_begins_anew_with_the_next_write) {
    throttle_cpu0();
    after_write(1);
    after_tick();
    EXPECT_EQ(after_tick().write_wait, 2);
    EXPECT_EQ(after_write(1).write_wait, 0) << "as the statement of write-latency says";
    EXPECT_NE(write_latency::info.statement.find("or the next accepted write"), std::string_view::npos);
}

TEST_F(history_test, credit_ends_when_the_pool_is_empty) {
    EXPECT_FALSE(now_.past.credited);
    EXPECT_TRUE(after_write(1).credited);
    after_cpu(model::event_kind::wake, 0);
    after_tick();
    EXPECT_FALSE(after_cpu(model::event_kind::charge, 0).credited) << "the slice took all three";
}

TEST_F(history_test, departs_with_a_write_to_the_new_file_or_a_large_burst) {
    EXPECT_FALSE(now_.past.departed);
    EXPECT_TRUE(after_write(2).departed) << "burst 5 is more than quota 4";
}

TEST_F(history_test, overuse_and_drain_count_consumption_between_writes) {
    after_cpu(model::event_kind::wake, 0);
    after_tick();
    EXPECT_EQ(after_cpu(model::event_kind::charge, 0).excess, 1);
    EXPECT_LT(now_.past.excess_since_empty, 0) << "the pool was not empty yet";
    EXPECT_EQ(after_write(0).excess, 0) << "a write begins a new window";
    EXPECT_EQ(now_.past.excess_since_empty, -10) << "which is as far below as CPUs can have: (3 + 1 + 1) * 2";
}

// A callback's steps do not say with which quota they refilled.
TEST_F(history_test, overuse_takes_a_doubled_quota_for_that_of_the_whole_callback) {
    machine::state before = now_;
    machine::state after = now_;
    after.tg.cfs_bandwidth.quota *= 2;
    log_.clear();
    model::step_record<model::plain> four_passes;
    four_passes.function = model::step::do_sched_cfs_period_timer;
    four_passes.refills = 4;
    log_.push(four_passes);
    after.past.excess = 100;
    advance_history<model::plain>(after.past, machine_.kept(), before.tg,
                                  {.kind = model::event_kind::period_timer, .amount = 3}, nullptr, model::status::ok,
                                  after.tg, machine_.part());
    EXPECT_EQ(after.past.excess, 100 - 4 * 8) << "8 is the doubled quota";
    for (const std::string_view statement : {bounded_overuse::info.statement, drains_to_quota::info.statement})
        EXPECT_NE(statement.find("doubles Q counts with the doubled one in all its passes"), std::string_view::npos);
}

} // namespace
} // namespace bwcheck::properties
