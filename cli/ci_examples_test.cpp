// The examples of docs/ci.md do what they say: their commands, taken from the page, run here as the two services would
// run them, with fewer cases.
#include "testing/run_bwcheck.hpp"

#include <fmt/format.h>

#include <functional>
#include <regex>
#include <string>

namespace bwcheck::cli {
namespace {

using testing::HasSubstr;

class ci_example : public in_empty_directory {
protected:
    /// The part of the page below a heading, with single spaces instead of its lines: where YAML folds them.
    [[nodiscard]] static std::string section(const std::string& heading) {
        const std::string page = contents(BWCHECK_SOURCE_DIR "/docs/ci.md");
        const std::size_t begin = page.find("\n## " + heading + "\n");
        EXPECT_NE(begin, std::string::npos) << heading;
        const std::string text = page.substr(begin, page.find("\n## ", begin + 1) - begin);
        return std::regex_replace(text, std::regex("\\s+"), " ");
    }
    /// What the first group of `pattern` matches there, ready to be run.
    [[nodiscard]] static std::string command(const std::string& text, const std::string& pattern) {
        std::smatch match;
        if (!std::regex_search(text, match, std::regex(pattern)))
            ADD_FAILURE() << "docs/ci.md has no " << pattern;
        const std::string fewer = std::regex_replace(match.str(1), std::regex("--cases 20000"), "--cases 80");
        return std::regex_replace(fewer, std::regex("\\./bwcheck"), "'" BWCHECK_BINARY "'");
    }
    /// Runs the shards, then the job that puts them together, against known verdicts and against wrong ones.
    void run(const std::function<std::string(int)>& shard, const std::string& merge) const {
        ASSERT_EQ(shell("mkdir ci").status, 0);
        const outcome whole =
            bwcheck("check cpu-max-runtime-v2 --engine random --cases 80 --write-expect ci/random.txt");
        ASSERT_EQ(whole.status, 10) << whole.err;
        for (int number = 1; number <= 4; ++number) {
            const outcome done = shell(shard(number));
            ASSERT_EQ(done.status, 0) << done.err << "\nA step that fails ends the job before anybody has the results.";
        }
        const outcome together = shell(merge);
        EXPECT_EQ(together.status, 0) << together.err;
        EXPECT_THAT(contents(directory / "report.xml"), HasSubstr("<testsuite"));

        const std::string known = contents(directory / "ci" / "random.txt");
        ASSERT_THAT(known, HasSubstr(" violated"));
        write_file("ci/random.txt", std::regex_replace(known, std::regex(" violated"), " holds"));
        EXPECT_EQ(shell(merge).status, 10) << "what differs from the known verdicts must fail";
    }
};

TEST_F(ci_example, of_github_runs) {
    const std::string page = section("GitHub");
    const std::string check = command(page, "run: > (\\./bwcheck check .*?) - uses:");
    run(
        [&](int number) {
            return std::regex_replace(check, std::regex(R"(\$\{\{ matrix\.shard \}\})"), std::to_string(number));
        },
        command(page, "run: (\\./bwcheck merge .*?) ?$"));
}

TEST_F(ci_example, of_gitlab_runs) {
    const std::string page = section("GitLab");
    const std::string check = command(page, "script: - (\\./bwcheck check .*?) artifacts:");
    run([&](int number) { return fmt::format("CI_NODE_INDEX={} CI_NODE_TOTAL=4; {}", number, check); },
        command(page, "script: \\[(\\./bwcheck merge [^\\]]*)\\]"));
}

} // namespace
} // namespace bwcheck::cli
