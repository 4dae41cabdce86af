#include "properties/catalogue.hpp"
#include "properties/catalogue_page.hpp"
#include "text/input_error.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace bwcheck::properties {
namespace {

TEST(catalogue_page, is_what_the_definitions_say) {
    std::ifstream file(BWCHECK_PROPERTIES_PAGE);
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_TRUE(text.str() == catalogue_page())
        << "docs/properties.md is not up to date; make it again with: build/release/properties/write_catalogue_page > "
           "docs/properties.md";
}

TEST(catalogue, says_everything_that_a_person_asks) {
    std::set<std::string_view> ids;
    for (const property_info& info : catalogue_infos) {
        EXPECT_TRUE(ids.insert(info.id).second) << info.id << " is there twice";
        for (const std::string_view text : {info.id, info.statement, info.why, info.source, info.trigger})
            EXPECT_FALSE(text.empty()) << info.id << " leaves something unsaid";
        EXPECT_EQ(property_number(info.id).has_value(), true);
    }
    EXPECT_FALSE(property_number("no-such-property").has_value());
}

TEST(catalogue, claims_what_its_kind_can_answer) {
    std::map<property_claim, int> claimed;
    for (const property_info& info : catalogue_infos) {
        ++claimed[info.claim];
        const bool is_number = info.kind == property_kind::number;
        const bool has_number = is_number || info.kind == property_kind::survey;
        EXPECT_TRUE(info.claim != property_claim::measure || has_number) << info.id << " measures nothing";
        EXPECT_FALSE(info.claim == property_claim::question && is_number) << info.id << " asks for a number";
        EXPECT_TRUE(info.kind != property_kind::operation || info.claim == property_claim::requirement) << info.id;
    }
    for (const property_claim each : {property_claim::requirement, property_claim::question, property_claim::measure})
        EXPECT_GT(claimed[each], 0) << to_string(each);
}

TEST(catalogue, gives_attributes_to_those_who_can_have_them) {
    for (const property_info& info : catalogue_infos) {
        EXPECT_TRUE(info.kind != property_kind::probe || info.tries_out) << info.id;
        EXPECT_FALSE(info.tries_out && info.kind == property_kind::operation) << info.id;
        EXPECT_FALSE(info.brings_its_own_part && info.kind != property_kind::survey) << info.id;
        EXPECT_FALSE(info.brings_its_own_part && info.needs != history_none) << info.id;
    }
}

TEST(catalogue, is_judged_only_where_its_histories_are_kept) {
    for (std::size_t number = 0; number < catalogue_size; ++number) {
        const property_info& info = catalogue_infos[number];
        const property_set bit = only(number);
        const bool observable = info.kind != property_kind::operation; // those of single operations are for the prover
        EXPECT_EQ((catalogue_judgeable_with(history_none) & bit) != 0, observable && info.needs == history_none)
            << info.id;
        EXPECT_EQ((catalogue_judgeable_with(~0U) & bit) != 0, observable) << info.id;
    }
}

TEST(history, has_a_name_in_scope_files) {
    for (const auto one : {history_burst, history_throttle, history_latency, history_credit, history_departed,
                           history_overuse, history_drain, history_hierarchy})
        EXPECT_EQ(history_from_string(to_string(one)), one);
    EXPECT_FALSE(history_from_string("bursts").has_value());
}

TEST(history, unknown_name_is_an_error_that_lists_the_known) {
    model::scope_part part;
    part.name = "pool";
    part.histories = {"bursts"};
    try {
        static_cast<void>(histories_of(part));
        FAIL() << "\"bursts\" was accepted";
    } catch (const text::input_error& error) {
        EXPECT_STREQ(error.what(),
                     "part pool: there is no history \"bursts\"; there are burst, throttle, latency, credit, "
                     "departed, overuse, drain and hierarchy");
    }
}

} // namespace
} // namespace bwcheck::properties
