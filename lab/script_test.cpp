#include "lab/script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::lab {
namespace {

using testing::HasSubstr;

std::string why_not(std::string_view text) {
    try {
        static_cast<void>(parse_script(text, "my.lab"));
    } catch (const script_error& error) {
        return error.what();
    }
    return "it can be read";
}

TEST(script, comes_back_as_it_was_written) {
    const std::string text = "mkdir a\n"
                             "write a cpu.max \"20000 100000\\n\"\n"
                             "write a/b cpu.max.burst \"\\x00\"\n"
                             "write . cgroup.subtree_control \"+cpu\"\n"
                             "read a cpu.stat\n"
                             "child a 1 busy 2000 sleep 0 burn 600000000 again\n"
                             "child a 0 busy 1\n"
                             "start 1\n"
                             "go\n"
                             "until 500000\n"
                             "at 86400000000\n"
                             "sleep 1\n"
                             "wait\n"
                             "kill\n"
                             "rmdir a\n";
    EXPECT_EQ(to_string(parse_script(text, "my.lab")), text);
}

TEST(script, may_have_comments_and_blanks) {
    EXPECT_EQ(to_string(parse_script("\n  # nothing\n\t go \r\n\nwait", "my.lab")), "go\nwait\n");
    EXPECT_TRUE(parse_script("", "my.lab").empty());
}

TEST(script, says_where_and_what_would_be_right) {
    EXPECT_THAT(why_not("go\nrun a\n"), HasSubstr("my.lab:2: a command must be one of mkdir, rmdir, write"));
    EXPECT_THAT(why_not("mkdir"), HasSubstr("my.lab:1: a group is missing"));
    for (const char* const bad : {"mkdir ..", "mkdir /a", "mkdir a/", "mkdir a/../b", "mkdir a//b", "mkdir a*"})
        EXPECT_THAT(why_not(bad), HasSubstr("a group must be made of")) << bad;
    EXPECT_THAT(why_not("read a ../cpu.max"), HasSubstr("a file must be made of"));
    EXPECT_THAT(why_not("write a cpu.max 20000"), HasSubstr("between quotation marks"));
    EXPECT_THAT(why_not("write a cpu.max \"1\" x"), HasSubstr("nothing may follow here, but there is \"x\""));
    EXPECT_THAT(why_not("write a cpu.max \"" + std::string(longest_text + 1, ' ') + '"'), HasSubstr("longer than"));
    EXPECT_THAT(why_not("sleep 1s"), HasSubstr("a time in µs must be a whole number up to 600000000, not \"1s\""));
    EXPECT_THAT(why_not("until 600000001"), HasSubstr("a time in µs"));
    EXPECT_THAT(why_not("at 86400000001"), HasSubstr("a whole number up to 86400000000"));
    EXPECT_THAT(why_not("start 4096"), HasSubstr("the number of a child must be a whole number up to 4095"));
    EXPECT_THAT(why_not("sleep -1"), HasSubstr("a time in µs"));
    EXPECT_THAT(why_not("child a x busy 1"), HasSubstr("a CPU must be"));
    EXPECT_THAT(why_not("child a 0"), HasSubstr("a child needs something to do"));
    EXPECT_THAT(why_not("child a 0 dance 1"), HasSubstr("an activity must be one of busy, burn, sleep"));
    EXPECT_THAT(why_not("child a 0 busy 0 again"), HasSubstr("must take some time"));
    EXPECT_THAT(why_not("go now"), HasSubstr("nothing may follow"));
}

} // namespace
} // namespace bwcheck::lab
