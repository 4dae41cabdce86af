// When a property says something, and when it does not: as its statement has it.
#include "model/revisions/registry.hpp"
#include "properties/judged_machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::properties {
namespace {

using testing::HasSubstr;

/// One CPU under a quota of 3 of 4, whose period callback may be stalled so often that it doubles both.
class judged_moments : public testing::Test {
protected:
    using machine = judged_machine<>;

    static model::scope_part part() {
        model::scope_part p;
        p.name = "stalls";
        p.nr_cpus = 1;
        p.constants.nsec_per_usec = 1;
        p.constants.sched_cfs_bandwidth_slice = 2;
        p.constants.min_cfs_rq_runtime = 1;
        p.constants.min_bandwidth_expiration = 1;
        p.constants.cfs_bandwidth_slack_period = 1;
        p.constants.default_cfs_period = 4;
        p.constants.min_cfs_quota_period = 2;
        p.constants.max_cfs_quota_period = 16;
        p.constants.max_bw_runtime_us = 40;
        p.constants.max_usec = model::runtime_inf;
        p.environment.max_stalls = 4;
        p.longest_period = 8;
        p.writes = {{model::file::cpu_max, "3 4"}};
        p.histories = {"burst", "throttle"};
        return p;
    }

    judged_moments() : machine_(*model::revision_named("mainline").over_plain, part()), now_(machine_.initial(log_)) {}

    /// What all say of an event.
    judgement after(const model::event& event) {
        EXPECT_TRUE(machine_.enabled(now_, event)) << to_string(event.kind) << " cannot happen here";
        const auto before = now_;
        const model::status result = machine_.apply(before, event, now_);
        measurements measured;
        return machine_.judge(machine_.transition_of(before, event, result, now_), measured);
    }
    /// The group is limited, its task has taken a slice, and the period timer is due.
    void until_the_period_ends() {
        after({.kind = model::event_kind::write, .index = 0});
        after({.kind = model::event_kind::wake, .cpu = 0});
        while (now_.tg.cfs_bandwidth.period_timer > 0) {
            after({.kind = model::event_kind::tick, .amount = 1});
            if (now_.tg.cfs_rq(0).curr && now_.tg.cfs_rq(0).unaccounted > 0)
                after({.kind = model::event_kind::charge, .cpu = 0});
            if (now_.tg.cfs_rq(0).sched_throttle_work)
                after({.kind = model::event_kind::exit_to_user, .cpu = 0});
        }
    }

    machine machine_;
    model::step_log<model::plain> log_;
    machine::state now_;
};

TEST_F(judged_moments, a_write_is_read_back_when_it_returns_and_not_for_ever) {
    const judgement written = after({.kind = model::event_kind::write, .index = 0});
    EXPECT_TRUE(contains(written.fired, number_of<read_back_exact>));
    until_the_period_ends();
    const judgement scaled = after({.kind = model::event_kind::period_timer, .amount = 3});
    EXPECT_EQ(now_.tg.cfs_bandwidth.quota, 6U) << "the file reads something else now, and nobody wrote";
    EXPECT_FALSE(contains(scaled.fired, number_of<read_back_exact>));
    EXPECT_THAT(std::string(read_back_exact::info.statement),
                HasSubstr("When a write to cpu.max or cpu.max.burst has returned"));
}

TEST_F(judged_moments, the_counters_of_a_callback_that_is_stalled_are_not_judged) {
    constexpr property_set counters = only(number_of<burst_statistics_true>) |
                                      only(number_of<throttle_statistics_true>) |
                                      only(number_of<throttled_periods_counted>);
    until_the_period_ends();
    const auto before = now_;
    EXPECT_TRUE((after({.kind = model::event_kind::period_timer}).fired & counters) == counters);
    now_ = before;
    EXPECT_TRUE((after({.kind = model::event_kind::period_timer, .amount = 1}).fired & counters) == 0);
    EXPECT_THAT(std::string(burst_statistics_true::info.statement), HasSubstr("the only one of its event"));
    EXPECT_THAT(std::string(throttle_statistics_true::info.statement),
                HasSubstr("A period callback that ends one period"));
    EXPECT_THAT(std::string(throttled_periods_counted::info.statement), HasSubstr("A period callback without stalls"));
}

} // namespace
} // namespace bwcheck::properties
