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

TEST(MutantList, EqualMistakesAreToldApart) {
    const auto all = listed({dropped("f();"), dropped("g();"), dropped("f();")});
    EXPECT_EQ(all[0].key, "x.hpp work: f(); -> (dropped)");
    EXPECT_EQ(all[2].key, "x.hpp work: f(); -> (dropped) #2");
    EXPECT_EQ(all[2].number, 3U);
    EXPECT_NE(all[0].id, all[2].id);
}

TEST(MutantList, AnIdFollowsFromTheKeyAlone) {
    EXPECT_EQ(listed({dropped("g();"), dropped("f();")})[1].id, listed({dropped("f();")})[0].id);
}

TEST(Explanations, AreReadForOneMutantOrSeveral) {
    EXPECT_THAT(
        read_explanations(file_with("# why\nkey one\n    because\n    of this\n\nkey two\nkey three\n    for both\n")),
        ElementsAre(Pair("key one", "because of this"), Pair("key three", "for both"), Pair("key two", "for both")));
}

TEST(Explanations, AMistakeInTheFileIsSaidWithItsLine) {
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
