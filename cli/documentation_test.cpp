// Man page and completion know every option that --help tells, and no other.
#include "testing/run_bwcheck.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace bwcheck::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class documentation : public in_empty_directory {
protected:
    [[nodiscard]] static std::set<std::string> options_in(const std::string& text) {
        const std::regex option("--[a-z]+");
        return {std::sregex_token_iterator(text.begin(), text.end(), option), std::sregex_token_iterator()};
    }
    [[nodiscard]] std::set<std::string> options_of_help() const {
        std::string all = bwcheck("--help").out;
        for (const char* const command :
             {"list", "check", "merge", "diff", "ask", "reach", "export", "show", "replay", "lab", "lab run",
              "lab build", "lab delays", "lab selftest", "lab replay", "lab fuzz"})
            all += bwcheck(std::string(command) + " --help").out;
        return options_in(all);
    }
    /// What bash would offer for the last of these words.
    [[nodiscard]] std::string completed(const std::string& words) const {
        return shell("PATH=$(dirname '" BWCHECK_BINARY "'):$PATH bash -c 'source \"" BWCHECK_SOURCE_DIR
                     "/cli/bwcheck.bash\"; COMP_WORDS=(" +
                     words + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _bwcheck; echo \"${COMPREPLY[*]}\"'")
            .out;
    }
};

TEST_F(documentation, of_help_is_printed_to_stdout) {
    for (const char* const arguments : {"--help", "-h", "check --help", "check -h"}) {
        const outcome done = bwcheck(arguments);
        EXPECT_EQ(done.status, 0);
        EXPECT_THAT(done.out, HasSubstr("Usage: bwcheck"));
    }
    EXPECT_THAT(bwcheck("--version").out, testing::MatchesRegex("bwcheck [0-9.]+\n"));
}

TEST_F(documentation, of_the_man_page_is_complete) {
    std::string page = contents(BWCHECK_SOURCE_DIR "/docs/man/bwcheck.1");
    page = std::regex_replace(page, std::regex("\\\\-"), "-");
    EXPECT_EQ(options_in(page), options_of_help());
    for (const char* const status : {"0", "1", "5", "6", "10"})
        EXPECT_THAT(page, HasSubstr(std::string(".B ") + status + "\n"));
}

TEST_F(documentation, of_the_completion_is_complete) {
    EXPECT_EQ(options_in(contents(BWCHECK_SOURCE_DIR "/cli/bwcheck.bash")), options_of_help());
}

TEST_F(documentation, of_the_completion_works) {
    EXPECT_EQ(completed("bwcheck rep"), "replay\n");
    EXPECT_THAT(completed("bwcheck check cpu-max"), AllOf(HasSubstr("cpu-max-runtime-v1"), Not(HasSubstr("mainline"))));
    EXPECT_EQ(completed("bwcheck check mainline --scope smo"), "smoke\n");
    EXPECT_THAT(completed("bwcheck check mainline --property write-unth"), HasSubstr("write-unthrottles-now"));
    EXPECT_EQ(completed("bwcheck list pro"), "properties\n");
    EXPECT_EQ(completed("bwcheck check mainline --mem"), "--memory\n");
    EXPECT_EQ(completed("bwcheck lab ru"), "run\n");
    EXPECT_EQ(completed("bwcheck lab run --kernel debian-u"), "debian-uml\n");
    EXPECT_EQ(completed("bwcheck lab run --rep"), "--repeat\n");
    EXPECT_EQ(completed("bwcheck lab build --pa"), "--patch\n");
    EXPECT_EQ(completed("bwcheck lab delays --rep"), "\n");
    write_file("my.json", "");
    EXPECT_EQ(completed("bwcheck show my"), "my.json\n");
}

TEST_F(documentation, of_lists_is_json_too) {
    for (const char* const what : {"", "revisions", "properties", "scopes"})
        EXPECT_EQ(bwcheck(std::string("list ") + what + " --json").status, 0);
    EXPECT_THAT(bwcheck("list revisions --as dot").out, AllOf(HasSubstr("digraph"), HasSubstr("\"mainline\"")));
    EXPECT_THAT(bwcheck("list").out, AllOf(HasSubstr("revisions:\n"), HasSubstr("properties:\n"),
                                           HasSubstr("scopes:\n"), HasSubstr("  mainline ")));
    EXPECT_THAT(bwcheck("list properties --json").out,
                AllOf(HasSubstr("\"claim\": \"requirement\""), HasSubstr("\"claim\": \"question\""),
                      HasSubstr("\"claim\": \"measure\"")));
    EXPECT_THAT(bwcheck("list scopes").out, AllOf(HasSubstr("default "), Not(HasSubstr("scopes:"))));
}

} // namespace
} // namespace bwcheck::cli
