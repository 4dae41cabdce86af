#include "mutation/mutant_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

namespace bwcheck::mutation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::ThrowsMessage;

std::filesystem::path file_with(std::string_view text) {
    const auto path = std::filesystem::path(testing::TempDir()) / "explanations.txt";
    std::ofstream(path) << text;
    return path;
}

mutant dropped(std::string before) {
    return {"model/fair/x.hpp", 3, "work", mutant_kind::dropped, std::move(before), ""};
}

TEST(mutant_list, equal_mistakes_are_told_apart) {
    const auto all = listed({dropped("f();"), dropped("g();"), dropped("f();")});
    EXPECT_EQ(all[0].key, "x.hpp work: f(); -> (dropped)");
    EXPECT_EQ(all[2].key, "x.hpp work: f(); -> (dropped) #2");
    EXPECT_EQ(all[2].number, 3U);
    EXPECT_NE(all[0].id, all[2].id);
}

TEST(mutant_list, an_id_follows_from_the_key_alone) {
    EXPECT_EQ(listed({dropped("g();"), dropped("f();")})[1].id, listed({dropped("f();")})[0].id);
}

TEST(explanations, are_read_for_one_mutant_or_several) {
    EXPECT_THAT(
        read_explanations(file_with("# why\nkey one\n    because\n    of this\n\nkey two\nkey three\n    for both\n")),
        ElementsAre(Pair("key one", "because of this"), Pair("key three", "for both"), Pair("key two", "for both")));
}

TEST(explanations, a_mistake_in_the_file_is_said_with_its_line) {
    const auto reading = [](std::string_view text) {
        return [path = file_with(text)] { static_cast<void>(read_explanations(path)); };
    };
    EXPECT_THAT(reading("key\n"), ThrowsMessage<std::runtime_error>(HasSubstr("is not explained")));
    EXPECT_THAT(reading("    why\n"),
                ThrowsMessage<std::runtime_error>(HasSubstr(":1: an explanation without a mutant")));
    EXPECT_THAT(reading("key\n  a\nkey\n  b\n"),
                ThrowsMessage<std::runtime_error>(HasSubstr(":3: \"key\" was there before")));
    EXPECT_THROW(static_cast<void>(read_explanations("/nowhere/at/all")), std::runtime_error);
}

} // namespace
} // namespace bwcheck::mutation
