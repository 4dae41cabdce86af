#include "symbolic/open_flags.hpp"
#include "symbolic/path_enumerator.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace bwcheck::symbolic {
namespace {

/// What `body` returns on each path.
template <class Body>
std::multiset<std::vector<bool>> on_each_path(Body&& body) {
    std::multiset<std::vector<bool>> all;
    std::vector<bool> last;
    path_enumerator enumerator({});
    const enumeration result = enumerator.for_each_path([&] { last = body(); },
                                                        [&](const path&) {
                                                            all.insert(last);
                                                            return true;
                                                        });
    EXPECT_TRUE(result.complete) << result.reason;
    return all;
}

TEST(open_flags, those_that_nobody_reads_cost_no_paths) {
    const auto seen = on_each_path([] {
        open_flags flags;
        static_cast<void>(flags.add("unread"));
        const symbolic_flag read(flags, flags.add("read"));
        const symbolic_flag copied = read;
        return std::vector<bool>{read, copied};
    });
    EXPECT_EQ(seen, (std::multiset<std::vector<bool>>{{false, false}, {true, true}}));
}

TEST(open_flags, keep_implications_in_whichever_order_they_are_read) {
    const auto make = [](open_flags& flags) {
        const auto throttled = flags.add("throttled");
        const auto enabled = flags.add("enabled");
        const auto online = flags.add("online");
        const auto parked = flags.add("parked");
        flags.implies(throttled, enabled);
        flags.implies(enabled, online);
        flags.implies(parked, throttled, false);
        return std::vector{throttled, enabled, online, parked};
    };
    const auto read = [&](const std::vector<std::size_t>& order) {
        return on_each_path([&] {
            open_flags flags;
            const auto all = make(flags);
            std::vector<bool> values(all.size());
            for (const std::size_t each : order)
                values[each] = flags.read(all[each]);
            return values;
        });
    };
    std::multiset<std::vector<bool>> expected;
    for (unsigned bits = 0; bits < 16; ++bits) {
        const bool throttled = (bits & 1U) != 0;
        const bool enabled = (bits & 2U) != 0;
        const bool online = (bits & 4U) != 0;
        const bool parked = (bits & 8U) != 0;
        if ((!throttled || enabled) && (!enabled || online) && (!parked || !throttled))
            expected.insert({throttled, enabled, online, parked});
    }
    EXPECT_EQ(read({0, 1, 2, 3}), expected);
    EXPECT_EQ(read({3, 2, 1, 0}), expected);
    EXPECT_EQ(read({1, 3, 0, 2}), expected);
}

TEST(open_flags, are_identical_only_to_their_copies_and_known_values_to_each_other) {
    open_flags flags;
    const symbolic_flag one(flags, flags.add("one"));
    const symbolic_flag other(flags, flags.add("other"));
    EXPECT_TRUE(identical(one, symbolic_flag(one)));
    EXPECT_FALSE(identical(one, other));
    EXPECT_FALSE(identical(one, symbolic_flag(false)));
    EXPECT_TRUE(identical(symbolic_flag(true), symbolic_flag(true)));
    EXPECT_FALSE(identical(symbolic_flag(true), symbolic_flag(false)));
}

} // namespace
} // namespace bwcheck::symbolic
