// Shards: together they are the whole, and no two have anything in common.
#include "cli/known_names.hpp"
#include "cli/shard.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace bwcheck::cli {
namespace {

using testing::HasSubstr;

check_options check_of(std::uint64_t cases) {
    check_options options;
    options.engines = {"random"};
    options.seed = 7;
    options.cases = cases;
    return options;
}
check_options exhaustive_check(std::vector<std::string> properties) {
    check_options options;
    options.engines = {"explore"};
    options.properties = std::move(properties);
    return options;
}
std::string refusal(const check_options& whole, std::string_view shard) {
    try {
        static_cast<void>(share_of(whole, shard));
    } catch (const text::input_error& error) {
        return error.what();
    }
    return "";
}

TEST(shard, of_random_cases_is_a_range_of_seeds) {
    for (const std::uint64_t cases : {10U, 11U, 12U, 3U}) {
        std::uint64_t next = 7;
        for (int number = 1; number <= 3; ++number) {
            const check_options share = share_of(check_of(cases), fmt::format("{}/3", number));
            EXPECT_EQ(share.seed, next) << number << " of 3, " << cases << " cases";
            EXPECT_LE(share.cases - cases / 3, 1U);
            next += share.cases;
        }
        EXPECT_EQ(next, 7 + cases);
    }
}

TEST(shard, of_other_engines_is_some_of_the_properties) {
    for (const auto& properties :
         {std::vector<std::string>{}, std::vector<std::string>{"refill-exact", "conservation", "read-back-exact",
                                                               "runtime-capped", "write-latency"}}) {
        std::multiset<std::string> all;
        for (int number = 1; number <= 4; ++number)
            for (const std::string& one :
                 share_of(exhaustive_check(properties), fmt::format("{}/4", number)).properties)
                all.insert(one);
        std::multiset<std::string> whole(properties.begin(), properties.end());
        if (whole.empty())
            for (const auto id : bwcheck::properties::catalogue_ids())
                whole.emplace(id);
        EXPECT_EQ(all, whole);
    }
}

TEST(shard, knows_the_whole_that_it_is_a_share_of) {
    const auto seeds = share_of(check_of(10), "2/3").shard;
    ASSERT_TRUE(seeds);
    EXPECT_EQ(seeds->number, 2U);
    EXPECT_EQ(seeds->of, 3U);
    EXPECT_EQ(seeds->first_seed, 7U);
    EXPECT_EQ(seeds->cases, 10U);
    EXPECT_EQ(seeds->properties, bwcheck::properties::all_properties);
    const auto properties = share_of(exhaustive_check({"refill-exact", "conservation"}), "2/2").shard;
    ASSERT_TRUE(properties);
    EXPECT_EQ(properties->properties,
              bwcheck::properties::only("refill-exact") | bwcheck::properties::only("conservation"));
    EXPECT_EQ(properties->cases, 0U);
}

TEST(shard, says_what_is_wrong) {
    EXPECT_EQ(refusal(check_of(10), "2"), "--shard: must be I/N, such as 2/8, not \"2\"");
    EXPECT_THAT(refusal(check_of(10), "4/3"), HasSubstr("--shard"));
    EXPECT_THAT(refusal(check_of(10), "0/3"), HasSubstr("--shard"));
    EXPECT_THAT(refusal(check_of(10), "1/x"), HasSubstr("--shard"));
    EXPECT_EQ(refusal(check_of(0), "1/2"), "--shard: takes --cases, the number of random cases of all shards together");
    EXPECT_EQ(refusal(check_of(2), "3/3"), "--shard: there are fewer cases than 3 shards");
    EXPECT_EQ(refusal(exhaustive_check({"refill-exact"}), "2/2"), "--shard: there are fewer properties than 2 shards");
    check_options both = check_of(10);
    both.engines = {"explore", "random"};
    EXPECT_THAT(refusal(both, "1/2"), HasSubstr("takes one --engine"));
}

} // namespace
} // namespace bwcheck::cli
