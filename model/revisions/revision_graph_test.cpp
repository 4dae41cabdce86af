#include "model/revisions/registry.hpp"
#include "model/revisions/revision_graph.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace bwcheck::model {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal_of(std::span<const revision_info> infos) {
    try {
        static_cast<void>(in_order_of_need(infos));
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "";
}

constexpr std::array<revision_info, 3> patch_first{
    {{.id = "patch", .base = "kernel", .summary = "", .source = "", .posted_on = "fixed"},
     {.id = "fixed", .base = "kernel", .summary = "", .source = ""},
     {.id = "kernel", .base = "", .summary = "", .source = ""}}};

TEST(in_order_of_need, puts_each_revision_after_those_that_it_needs) {
    EXPECT_THAT(in_order_of_need(patch_first), ElementsAre(2, 1, 0));
    EXPECT_THAT(in_order_of_need({}), ElementsAre());
}

TEST(in_order_of_need, names_what_is_not_there) {
    EXPECT_EQ(refusal_of(std::span(patch_first).first(2)), "patch changes kernel, which is no revision");
    auto other = patch_first;
    other[0].posted_on = "nothing";
    EXPECT_EQ(refusal_of(other), "patch is posted on nothing, which is no revision");
}

TEST(in_order_of_need, names_those_in_a_circle) {
    auto circle = patch_first;
    circle[1].base = "patch";
    EXPECT_EQ(refusal_of(circle), "these revisions need each other in a circle: patch, fixed");
    circle[1].base = "fixed";
    EXPECT_EQ(refusal_of(circle), "these revisions need each other in a circle: fixed");
}

TEST(revisions_as_dot, has_every_base_and_what_patches_are_posted_on) {
    EXPECT_THAT(revisions_as_dot(patch_first),
                AllOf(HasSubstr("label=\"patch\""), HasSubstr("2->0 ;"), HasSubstr("2->1 ;"),
                      HasSubstr("1->0 [style=dashed, label=\"posted on\"];")));
}

TEST(revisions_as_dot, has_summaries_with_quotes) {
    constexpr std::array<revision_info, 1> quoting{{{.id = "a", .base = "", .summary = R"(says "no")", .source = ""}}};
    EXPECT_THAT(revisions_as_dot(quoting), HasSubstr(R"(tooltip="says \"no\""])"));
}

TEST(revisions, come_in_the_order_of_the_list_whatever_they_need) {
    const auto ids = revision_ids();
    ASSERT_FALSE(ids.empty());
    EXPECT_EQ(ids.front(), "linux-6.1");
    for (const revision& each : revisions())
        EXPECT_EQ(each.posted_on == nullptr ? "" : each.posted_on->info.id, each.info.posted_on) << each.info.id;
}

TEST(add_revision, refuses_an_id_that_is_taken_and_a_base_that_is_not_there) {
    revision more = revision_named("mainline");
    EXPECT_THROW(add_revision(more), std::invalid_argument);
    for (const char* const odd : {"", "../x", "-x", "a b"}) {
        more.info.id = odd;
        EXPECT_THROW(add_revision(more), std::invalid_argument) << odd;
    }
    more.info.id = "my-patch";
    more.info.base = "nothing";
    EXPECT_THROW(add_revision(more), std::invalid_argument);
    more.info.base = "mainline";
    const revision& added = add_revision(more);
    EXPECT_EQ(&added, find_revision("my-patch"));
    EXPECT_THROW(add_revision(more), std::invalid_argument);
}

} // namespace
} // namespace bwcheck::model
