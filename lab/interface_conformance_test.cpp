#include "lab/interface_conformance.hpp"
#include "lab/shrink_writes.hpp"
#include "lab/text_forms.hpp"
#include "testing/fake_kernel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace bwcheck::lab {
namespace {

using model::file;

TEST(interface_conformance, agrees_with_a_kernel_that_is_the_model) {
    fake_kernel same("linux-6.1");
    const auto report = compare_interface("linux-6.1", choose_writes("linux-6.1", 1, 1), std::ref(same));
    EXPECT_GT(report.writes, 10'000U);
    EXPECT_EQ(report.agreed, report.writes);
    EXPECT_TRUE(report.disagreements.empty());
    EXPECT_GT(report.accepted, report.writes / 10);
    EXPECT_LT(report.accepted, report.writes * 9 / 10);
    EXPECT_EQ(same.boots, 1U);
}

TEST(interface_conformance, finds_and_shrinks_what_a_missing_check_lets_through) {
    fake_kernel broken("bug-d505b8af5891"); // has no upper bound of the quota
    const auto report = compare_interface("linux-6.1", choose_writes("linux-6.1", 1, 1), std::ref(broken));
    EXPECT_LT(report.agreed, report.writes);
    ASSERT_FALSE(report.disagreements.empty());
    const auto quota = std::find_if(report.disagreements.begin(), report.disagreements.end(), [](const auto& each) {
        return each.writes.size() == 1 && each.writes[0].file == file::cpu_max;
    });
    ASSERT_NE(quota, report.disagreements.end()) << "no disagreement was shrunk to one write to cpu.max";
    EXPECT_TRUE(quota->reproduced);
    EXPECT_EQ(quota->predicted.error, 22);
    EXPECT_EQ(quota->observed.error, 0);
    EXPECT_THAT(quota->writes[0].text, testing::MatchesRegex("1[0-9]{13}")); // 17592186044416 or a little more
}

TEST(interface_conformance, says_when_something_does_not_happen_again) {
    fake_kernel honest("linux-6.1");
    const auto once = [&](const std::vector<command>& script) {
        boot_result result = honest(script);
        if (honest.boots == 1)
            result.answers[1].error = 5;
        return result;
    };
    const auto report = compare_interface("linux-6.1", choose_writes("linux-6.1", 1, 1), once);
    ASSERT_EQ(report.disagreements.size(), 1U);
    EXPECT_FALSE(report.disagreements[0].reproduced);
    EXPECT_EQ(report.disagreements[0].observed.error, 5);
}

TEST(interface_writes, reach_every_check_that_decides) {
    const auto edges = find_guard_edges("linux-6.1").found;
    const auto of = [&](model::guard which) { return edges[static_cast<std::size_t>(which)]; };
    for (const auto which :
         {model::guard::burst_us_converts, model::guard::quota_at_least_min, model::guard::period_at_least_min,
          model::guard::period_at_most_max, model::guard::quota_within_limit, model::guard::burst_within_quota,
          model::guard::burst_and_quota_within_limit})
        EXPECT_GT(of(which), 0U) << to_string(which);
}

TEST(interface_writes, come_in_pairs_that_fare_differently) {
    const auto sequences = find_guard_edges("linux-6.1").sequences;
    std::size_t opposite = 0;
    for (std::size_t number = 0; number + 1 < sequences.size(); number += 2) {
        const auto low = predict("linux-6.1", sequences[number]).back();
        const auto high = predict("linux-6.1", sequences[number + 1]).back();
        EXPECT_FALSE(low.error == 0 && high.error == 0) << to_string(sequences[number]);
        opposite += (low.error == 0) != (high.error == 0) ? 1 : 0;
    }
    // The others lie between two checks that both refuse.
    EXPECT_GT(opposite, sequences.size() / 2 / 2);
}

TEST(interface_writes, are_the_same_for_the_same_seed) {
    EXPECT_EQ(choose_writes("linux-6.1", 15'000, 7).sequences, choose_writes("linux-6.1", 15'000, 7).sequences);
    EXPECT_NE(choose_writes("linux-6.1", 15'000, 7).sequences, choose_writes("linux-6.1", 15'000, 8).sequences);
}

TEST(write_sequence, is_predicted_as_the_kernel_shows_it) {
    const auto seen = predict("linux-6.1", {{file::cpu_max, ""},
                                            {file::cpu_max, "20000 50000\n"},
                                            {file::cpu_max_burst, "20001"},
                                            {file::cpu_max_burst, "0x10 "},
                                            {file::cpu_max_burst, "18446744073709551616"},
                                            {file::cpu_max, std::string(4097, ' ')}});
    EXPECT_EQ(seen[0], (observation{0, "0", "max 100000\n", "0\n", ""}));
    EXPECT_EQ(seen[1], (observation{0, "12", "20000 50000\n", "0\n", ""}));
    EXPECT_EQ(seen[2], (observation{22, "", "20000 50000\n", "0\n", ""}));
    EXPECT_EQ(seen[3].error, 22);
    EXPECT_EQ(seen[4].error, 34);
    EXPECT_EQ(seen[5].error, 7);
}

TEST(shrink_writes, offers_only_what_is_simpler_and_reaches_the_smallest) {
    write_sequence writes{{file::cpu_max, "20000 100000"}, {file::cpu_max_burst, "77"}, {file::cpu_max, "950"}};
    // "It differs" as long as the last write is to cpu.max and has a 9 in it.
    const auto differs = [](const write_sequence& candidate) {
        return candidate.back().file == file::cpu_max && candidate.back().text.find('9') != std::string::npos;
    };
    for (bool any = true; any;) {
        any = false;
        for (const write_sequence& candidate : shorter_writes(writes)) {
            EXPECT_TRUE(is_simpler(candidate, writes)) << to_string(candidate);
            if (differs(candidate) && is_simpler(candidate, writes)) {
                writes = candidate;
                any = true;
                break;
            }
        }
    }
    EXPECT_EQ(to_string(writes), "\"9\" > cpu.max");
}

} // namespace
} // namespace bwcheck::lab
