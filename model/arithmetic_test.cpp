// That the kernel functions keep to the vocabulary of arithmetic.hpp, and compute the same over every family of
// numbers.
//
// The stand-in below is to plain numbers what a symbolic one is: a type of its own for each width and sign, which
// converts to nothing else, remembers how it came about, and answers comparisons with a truth value instead of a bool.
// If the functions of a revision compile and run over it, they will over Z3 terms.
#include "model/arithmetic.hpp"
#include "model/checked.hpp"
#include "model/fields.hpp"
#include "model/revisions/cpu_max_runtime_delta.hpp"
#include "model/revisions/cpu_max_runtime_v1.hpp"
#include "model/revisions/cpu_max_runtime_v2.hpp"
#include "model/scope.hpp"
#include "testing/test_machine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <random>
#include <set>
#include <type_traits>
#include <vector>

namespace bwcheck::model {
namespace {

/// What a comparison of stand-ins yields. Its conversion to bool is where a symbolic one would choose a path.
class truth {
public:
    explicit truth(bool value) : value_(value) {}
    operator bool() const { // NOLINT(google-explicit-constructor): conditions convert it
        ++choices;
        return value_;
    }
    static inline int choices = 0;

private:
    bool value_;
};

template <class Integer>
class stand_in_number {
public:
    stand_in_number() = default;
    template <std::integral Value>
    stand_in_number(Value constant) // NOLINT(google-explicit-constructor): constants stand in bodies as in C
        : value_(static_cast<Integer>(constant)) {}

    [[nodiscard]] Integer value() const { return value_; }
    /// How many operations the number came about by.
    [[nodiscard]] std::uint64_t depth() const { return depth_; }

    friend stand_in_number operator+(const stand_in_number& a, const stand_in_number& b) {
        return {a, b, a.value_ + b.value_};
    }
    friend stand_in_number operator-(const stand_in_number& a, const stand_in_number& b) {
        return {a, b, a.value_ - b.value_};
    }
    friend stand_in_number operator*(const stand_in_number& a, const stand_in_number& b) {
        return {a, b, a.value_ * b.value_};
    }
    friend stand_in_number operator/(const stand_in_number& a, const stand_in_number& b) {
        return {a, b, a.value_ / b.value_};
    }
    friend stand_in_number operator%(const stand_in_number& a, const stand_in_number& b) {
        return {a, b, a.value_ % b.value_};
    }
    friend stand_in_number operator<<(const stand_in_number& a, unsigned bits) { return {a, a, a.value_ << bits}; }
    friend stand_in_number operator-(const stand_in_number& a) { return {a, a, -a.value_}; }
    friend stand_in_number& operator+=(stand_in_number& a, const stand_in_number& b) { return a = a + b; }
    friend stand_in_number& operator-=(stand_in_number& a, const stand_in_number& b) { return a = a - b; }
    friend stand_in_number& operator*=(stand_in_number& a, const stand_in_number& b) { return a = a * b; }

    friend truth operator==(const stand_in_number& a, const stand_in_number& b) { return truth(a.value_ == b.value_); }
    friend truth operator!=(const stand_in_number& a, const stand_in_number& b) { return truth(a.value_ != b.value_); }
    friend truth operator<(const stand_in_number& a, const stand_in_number& b) { return truth(a.value_ < b.value_); }
    friend truth operator<=(const stand_in_number& a, const stand_in_number& b) { return truth(a.value_ <= b.value_); }
    friend truth operator>(const stand_in_number& a, const stand_in_number& b) { return truth(a.value_ > b.value_); }
    friend truth operator>=(const stand_in_number& a, const stand_in_number& b) { return truth(a.value_ >= b.value_); }

    template <class From>
    static stand_in_number converted(const stand_in_number<From>& from) {
        stand_in_number number(from.value());
        number.depth_ = from.depth() + 1;
        return number;
    }

private:
    // The tests stay away from wraps, so that the signed ones are defined.
    stand_in_number(const stand_in_number& a, const stand_in_number& b, Integer result)
        : value_(result), depth_(std::max(a.depth_, b.depth_) + 1) {}

    Integer value_{};
    std::uint64_t depth_ = 0;
};

struct stand_in {
    using u64 = stand_in_number<std::uint64_t>;
    using s64 = stand_in_number<std::int64_t>;
    using s32 = stand_in_number<std::int32_t>;
    using flag = bool;
    static constexpr int max_cpus = 4;
};

stand_in::s64 as_s64(const stand_in::u64& number) { return stand_in::s64::converted(number); }
stand_in::u64 as_u64(const stand_in::s64& number) { return stand_in::u64::converted(number); }
stand_in::s32 as_s32(const stand_in::u64& number) { return stand_in::s32::converted(number); }
stand_in::u64 wrapping_sub(const stand_in::u64& a, const stand_in::u64& b) { return a - b; }
template <class Integer>
stand_in_number<int128> wide(const stand_in_number<Integer>& number) {
    return stand_in_number<int128>::converted(number);
}

static_assert(arithmetic<stand_in>);
static_assert(!std::convertible_to<stand_in::u64, stand_in::s64>);
static_assert(!std::convertible_to<stand_in::u64, std::uint64_t>);

/// The values of a machine's fields in one order, whatever numbers it computes with.
template <class Num>
std::vector<int128> values_of(task_group<Num>& tg) {
    std::vector<int128> values;
    const auto take = [&](field /*which*/, cpu_id /*cpu*/, const auto& member) {
        using member_type = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_same_v<member_type, throttled_list<Num::max_cpus>>)
            for (int position = 0; position < member.size(); ++position)
                values.push_back(member[position] + 1000);
        else if constexpr (std::integral<member_type>)
            values.push_back(member);
        else
            values.push_back(member.value());
    };
    visit_fields(take, tg);
    visit_statistics(take, tg);
    return values;
}

/// One revision over three families of numbers, side by side.
template <class Revision>
class families {
public:
    test_machine<Revision, plain> over_plain;
    test_machine<Revision, checked> over_checked;
    test_machine<Revision, stand_in> over_stand_in;

    explicit families(int nr_cpus, const constants<plain>& given = {})
        : over_plain(nr_cpus, given), over_checked(nr_cpus, given), over_stand_in(nr_cpus, given) {}

    /// Lets the same happen to all of them, and compares.
    void apply(const event& event, const write_request<plain>& request) {
        const auto checked_request = request_over<checked>(request);
        const auto stand_in_request = request_over<stand_in>(request);
        const status answer = over_plain.apply(event, &request);
        ASSERT_EQ(over_checked.apply(event, &checked_request), answer);
        ASSERT_EQ(over_stand_in.apply(event, &stand_in_request), answer);
        compare(over_checked, event);
        compare(over_stand_in, event);
        happened.insert(event.kind);
    }

    /// A random walk hardly finds what starts it.
    void arm_slack_timer() {
        arm(over_plain.cfs_b());
        arm(over_checked.cfs_b());
        arm(over_stand_in.cfs_b());
    }

    std::set<event_kind> happened;

private:
    template <class Bandwidth>
    static void arm(Bandwidth& cfs_b) {
        cfs_b.slack_started = true;
        cfs_b.slack_timer = 5'000'000;
    }
    template <class Other>
    void compare(Other& other, const event& event) {
        ASSERT_TRUE(values_of(over_plain.tg) == values_of(other.tg)) << "after " << to_string(event.kind);
        ASSERT_EQ(over_plain.log.branches(), other.log.branches()) << "in " << to_string(event.kind);
        ASSERT_EQ(over_plain.log.asked(), other.log.asked());
        ASSERT_EQ(over_plain.log.rejected_by(), other.log.rejected_by());
        ASSERT_EQ(over_plain.log.records().size(), other.log.records().size());
    }
};

template <class Revision>
class arithmetic_families : public testing::Test {
public:
    /// `length` random events, of which those of the environment are as likely as writes and the passing of time.
    void run(families<Revision>& all, const std::vector<scope_write>& writes, std::uint64_t longest_tick, int length,
             unsigned seed) {
        std::mt19937_64 random(seed);
        const auto below = [&](std::uint64_t limit) { return random() % limit; };
        auto& guide = all.over_plain;
        for (int step = 0; step < length; ++step) {
            std::vector<event> possible;
            model::for_each_event(guide.tg, guide.environment, [&](const event& one) { possible.push_back(one); });
            for (int copies = 0; copies < 3; ++copies) {
                const event tick{.kind = event_kind::tick, .amount = 1 + below(longest_tick)};
                if (model::enabled(guide.tg, guide.environment, tick))
                    possible.push_back(tick);
            }
            if (guide.cfs_b().period_active && guide.cfs_b().period_timer > 0) {
                const event until_due{.kind = event_kind::tick,
                                      .amount = static_cast<std::uint64_t>(guide.cfs_b().period_timer)};
                if (model::enabled(guide.tg, guide.environment, until_due))
                    possible.push_back(until_due);
            }
            const auto number = static_cast<std::uint16_t>(below(writes.size()));
            if (below(4) == 0)
                possible.push_back({.kind = event_kind::write, .index = number});
            possible.push_back({.kind = event_kind::read, .index = 0});
            possible.push_back({.kind = event_kind::walk});
            all.apply(possible[below(possible.size())],
                      parse_write(writes[number].file, kernel<Revision, plain>::cpu_max_runtime, writes[number].text));
            if (testing::Test::HasFatalFailure()) {
                ADD_FAILURE() << "at event " << step << " of seed " << seed;
                return;
            }
        }
    }
};

using arithmetic_revisions =
    testing::Types<linux_6_1, mainline, cpu_max_runtime_v1, cpu_max_runtime_v2, cpu_max_runtime_delta>;
TYPED_TEST_SUITE(arithmetic_families, arithmetic_revisions);

TYPED_TEST(arithmetic_families, agree_at_the_kernels_constants_on_every_kind_of_event) {
    const std::vector<scope_write> writes{
        {file::cpu_max, "20000 100000"},      {file::cpu_max, "2000 10000"},
        {file::cpu_max, "max 50000"},         {file::cpu_max, "1000"},
        {file::cpu_max_burst, "500"},         {file::cpu_max_burst, "0"},
        {file::cpu_max_burst, "99999999999"}, {file::cpu_max_runtime, "1500"},
        {file::cpu_max_runtime, "0"},         {file::cpu_max_runtime, "-300"},
        {file::cpu_max, "nonsense"},          {file::cpu_max, "5000 1000001"},
    };
    std::set<event_kind> happened;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        families<TypeParam> all(3);
        // Three passes of a callback do not scale yet; scaling a group without a limit wraps, in the kernel too.
        all.over_plain.environment.max_stalls = seed <= 2 ? 2 : 4;
        all.arm_slack_timer();
        static_cast<void>(take_first_wrap());
        this->run(all, writes, 4 * msec, 1500, seed);
        if (const auto wrapped = take_first_wrap(); seed <= 2)
            EXPECT_FALSE(wrapped) << to_string(*wrapped);
        happened.merge(all.happened);
    }
    for (int kind = 0; kind < static_cast<int>(event_kind::count); ++kind) {
        const auto expected = static_cast<event_kind>(kind);
        if (expected == event_kind::exit_to_user && std::is_same_v<TypeParam, linux_6_1>)
            continue; // nothing parks itself there
        EXPECT_TRUE(happened.contains(expected)) << to_string(expected);
    }
}

TYPED_TEST(arithmetic_families, agree_at_small_constants) {
    const scope_part part = parse_scope(named_scope_text("smoke"), "smoke").parts.at(0);
    for (unsigned seed = 1; seed <= 4; ++seed) {
        families<TypeParam> all(part.nr_cpus, part.constants);
        all.over_plain.environment = part.environment;
        this->run(all, part.writes, part.environment.tick, 1500, seed);
    }
}

TEST(stand_in, is_asked_to_choose_wherever_the_functions_branch) {
    test_machine<linux_6_1, stand_in> m;
    truth::choices = 0;
    ASSERT_EQ(m.write_max("20000 100000"), status::ok);
    EXPECT_GT(truth::choices, 10);
    EXPECT_GT(m.cfs_b().runtime.depth(), 0U);
}

} // namespace
} // namespace bwcheck::model
