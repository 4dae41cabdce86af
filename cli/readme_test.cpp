// The counterexample in README.md is what the program prints, to the letter.
#include "testing/run_bwcheck.hpp"

#include <gtest/gtest.h>

namespace bwcheck::cli {
namespace {

class readme : public in_empty_directory {};

TEST_F(readme, shows_the_counterexample_as_it_is_printed) {
    const std::string page = contents(BWCHECK_SOURCE_DIR "/README.md");
    const std::string marker = "a test keeps it true -->\n```\n";
    const auto begin = page.find(marker);
    ASSERT_NE(begin, std::string::npos) << "README.md has no counterexample any more";
    const auto first = begin + marker.size();
    const std::string shown = page.substr(first, page.find("```", first) - first);

    EXPECT_EQ(bwcheck("check cpu-max-runtime-v1 --property write-unthrottles-now --quiet").status, 10);
    const outcome done = bwcheck("show bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json --color never");
    EXPECT_EQ(shown, done.out) << "put this into README.md";
}

} // namespace
} // namespace bwcheck::cli
