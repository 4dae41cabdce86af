#include "model/revisions/mainline.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

#include <array>

namespace bwcheck::model {
namespace {

/// Three CPUs throttled in the order 2, 0, 1, with debts of 30, 10 and 20 ns, and a task on each.
template <class Revision>
class distribute : public testing::Test {
public:
    using functions = typename test_machine<Revision>::functions;
    test_machine<Revision> m{3};

    void SetUp() override {
        ASSERT_EQ(m.write_max("20000 100000"), status::ok);
        m.cfs_b().runtime = 0;
        for (const int cpu : {2, 0, 1}) {
            auto& cfs_rq = m.cfs_rq(cpu);
            cfs_rq.runtime_remaining = cpu == 2 ? -30 : cpu == 0 ? -10 : -20;
            cfs_rq.throttled = true;
            cfs_rq.nr_queued = true;
            m.cfs_b().throttled_cfs_rq.push_back(static_cast<cpu_id>(cpu));
        }
    }
    /// One walk along the list, as the slack timer makes it.
    fair::distribute_walk<plain> walk() {
        m.log.clear();
        auto walk = functions::distribute_begin(m.tg);
        while (walk.next != no_cpu)
            functions::distribute_step(m.tg, walk);
        return walk;
    }
    [[nodiscard]] std::array<std::int64_t, 3> remaining() {
        return {m.cfs_rq(0).runtime_remaining, m.cfs_rq(1).runtime_remaining, m.cfs_rq(2).runtime_remaining};
    }
};

using on_6_1 = distribute<linux_6_1>;
using on_mainline = distribute<mainline>;

TEST_F(on_6_1, grants_the_debt_and_one_ns_in_the_order_of_the_list) {
    m.cfs_b().runtime = 100;
    walk();
    EXPECT_EQ(remaining(), (std::array<std::int64_t, 3>{1, 1, 1}));
    EXPECT_EQ(m.cfs_b().runtime, 100U - 31 - 11 - 21);
    ASSERT_EQ(m.log.records().size(), 3U);
    EXPECT_EQ(m.log.records()[0].cpu, 2);
    EXPECT_EQ(m.log.records()[1].cpu, 0);
    EXPECT_EQ(m.log.records()[2].cpu, 1);
}

TEST_F(on_6_1, unthrottles_within_the_step) {
    m.cfs_b().runtime = 31;
    walk();
    EXPECT_FALSE(m.cfs_rq(2).throttled);
    EXPECT_TRUE(m.cfs_rq(2).curr);
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq.front(), 0);
}

TEST_F(on_6_1, stops_once_the_pool_is_empty) {
    m.cfs_b().runtime = 31;
    walk();
    EXPECT_EQ(m.log.records().size(), 1U);
    EXPECT_EQ(remaining(), (std::array<std::int64_t, 3>{-10, -20, 1}));
}

TEST_F(on_6_1, gives_all_there_is_to_the_first_even_if_it_stays_throttled) {
    m.cfs_b().runtime = 30;
    walk();
    EXPECT_EQ(remaining(), (std::array<std::int64_t, 3>{-10, -20, 0}));
    EXPECT_EQ(m.cfs_b().runtime, 0U);
    EXPECT_TRUE(m.cfs_rq(2).throttled);
    EXPECT_TRUE(m.reached(branch::grant_partial));
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq.front(), 2);
}

TEST_F(on_6_1, skips_a_queue_that_is_not_throttled_any_more) {
    m.cfs_b().runtime = 100;
    m.cfs_rq(2).throttled = false;
    walk();
    EXPECT_EQ(remaining(), (std::array<std::int64_t, 3>{1, 1, -30}));
}

TEST_F(on_6_1, goes_by_the_list_when_asked_whether_somebody_is_left) {
    m.cfs_b().runtime = 31;
    EXPECT_TRUE(functions::still_throttled(m.tg, walk()));
    m.cfs_b().runtime = 100;
    EXPECT_FALSE(functions::still_throttled(m.tg, walk()));
}

TEST_F(on_mainline, leaves_the_unthrottle_to_an_ipi) {
    m.cfs_b().runtime = 100;
    const auto done = walk();
    for (const int cpu : {0, 1, 2}) {
        EXPECT_TRUE(m.cfs_rq(cpu).throttled);
        EXPECT_TRUE(m.cfs_rq(cpu).throttled_csd);
        EXPECT_EQ(m.cfs_rq(cpu).runtime_remaining, 1);
    }
    EXPECT_EQ(m.cfs_b().throttled_cfs_rq.size(), 3);
    EXPECT_FALSE(functions::still_throttled(m.tg, done)) << "or the callback would go round for ever";
}

TEST_F(on_mainline, skips_a_queue_that_waits_for_its_ipi) {
    m.cfs_b().runtime = 100;
    walk();
    m.cfs_b().runtime = 100;
    walk();
    EXPECT_EQ(m.cfs_b().runtime, 100U);
}

TEST_F(on_mainline, reports_those_that_it_did_not_reach) {
    m.cfs_b().runtime = 31;
    EXPECT_TRUE(functions::still_throttled(m.tg, walk()));
}

TEST_F(on_mainline, reports_one_that_it_could_not_pay_off) {
    m.cfs_b().throttled_cfs_rq.remove(0);
    m.cfs_b().throttled_cfs_rq.remove(1);
    m.cfs_b().runtime = 30;
    EXPECT_TRUE(functions::still_throttled(m.tg, walk()));
}

TEST_F(on_mainline, unthrottles_when_the_ipi_arrives) {
    m.cfs_b().runtime = 100;
    walk();
    functions::cfsb_csd_unthrottle(m.tg, 0);
    EXPECT_FALSE(m.cfs_rq(0).throttled_csd);
    EXPECT_FALSE(m.cfs_rq(0).throttled);
    EXPECT_FALSE(m.cfs_b().throttled_cfs_rq.contains(0));
}

TEST_F(on_mainline, delivers_ipis_at_the_end_of_an_operation) {
    m.next_period();
    for (const int cpu : {0, 1, 2}) {
        EXPECT_FALSE(m.cfs_rq(cpu).throttled);
        EXPECT_FALSE(m.cfs_rq(cpu).throttled_csd);
    }
}

TEST(throttled_list, keeps_its_order) {
    throttled_list<8> list;
    EXPECT_EQ(list.front(), no_cpu);
    for (const cpu_id cpu : {cpu_id{3}, cpu_id{1}, cpu_id{7}})
        list.push_back(cpu);
    EXPECT_EQ(list.after(3), 1);
    list.remove(1);
    list.remove(5);
    EXPECT_EQ(list.size(), 2);
    EXPECT_EQ(list.after(3), 7);
    EXPECT_EQ(list.after(7), no_cpu);
    EXPECT_EQ(list.after(1), no_cpu);
    EXPECT_FALSE(list.contains(1));
}

TEST(throttled_list, compares_what_is_in_it_only) {
    throttled_list<8> a;
    throttled_list<8> b;
    a.push_back(3);
    a.remove(3);
    EXPECT_EQ(a, b);
    b.push_back(0);
    EXPECT_FALSE(a == b);
}

} // namespace
} // namespace bwcheck::model
