#include "text/quoted_text.hpp"

#include <gtest/gtest.h>

namespace bwcheck::text {
namespace {

TEST(quoted_text, is_one_line_of_ascii) {
    EXPECT_EQ(in_quotes("20000 100000\n"), R"("20000 100000\n")");
    EXPECT_EQ(in_quotes("a\"b\\\t"), R"("a\"b\\\t")");
    EXPECT_EQ(in_quotes(std::string_view("\0\xa0", 2)), R"("\x00\xa0")");
}

TEST(quoted_text, comes_back_whatever_the_bytes) {
    std::string bytes;
    for (unsigned byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    const std::string line = in_quotes(bytes) + " rest";
    std::string_view rest = line;
    EXPECT_EQ(take_quoted(rest), bytes);
    EXPECT_EQ(rest, " rest");
}

TEST(quoted_text, that_is_none_is_left_alone) {
    for (const char* const bad :
         {"", "x", "\"", "\"abc", R"("\)", R"("\q")", R"("\x")", R"("\x1")", R"("\x1g")", "\"\\x"}) {
        std::string_view rest = bad;
        EXPECT_EQ(take_quoted(rest), std::nullopt) << bad;
        EXPECT_EQ(rest, bad);
    }
}

} // namespace
} // namespace bwcheck::text
