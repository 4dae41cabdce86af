// Revisions from headers outside the tree, as a user hands them to the commands.
#include "testing/run_bwcheck.hpp"

#include <gmock/gmock.h>

namespace bwcheck::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The posted series under another name.
const std::string my_v1 = "#include \"model/revisions/cpu_max_runtime_v1.hpp\"\n"
                          "struct my_v1 : bwcheck::model::cpu_max_runtime_v1 {\n"
                          "    static constexpr bwcheck::model::revision_info info{\n"
                          "        .id = \"my-v1\", .base = \"cpu-max-runtime-v1\", .summary = \"\", .source = \"\"};\n"
                          "};\n";

class header_command : public in_empty_directory {
protected:
    [[nodiscard]] outcome run(const std::string& arguments) const {
        return bwcheck(arguments, "XDG_CACHE_HOME='" + (directory / "cache").string() + "'");
    }
};

TEST_F(header_command, takes_the_patch_that_contributing_shows) {
    const std::string page = contents(BWCHECK_SOURCE_DIR "/CONTRIBUTING.md");
    const std::string mark = "```cpp\n";
    const std::size_t begin = page.find(mark) + mark.size();
    write_file("my_patch.hpp", page.substr(begin, page.find("```", begin) - begin));
    const std::string check = "check ./my_patch.hpp --property refill-exact " + explored_tiny_scope();
    const outcome first = run(check);
    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_THAT(first.out, HasSubstr("my-patch"));
    EXPECT_THAT(first.err, HasSubstr("bwcheck: compiling ./my_patch.hpp\n"));
    const outcome second = run(check);
    EXPECT_EQ(second.status, 0);
    EXPECT_THAT(second.err, Not(HasSubstr("compiling")));
}

TEST_F(header_command, runs_a_trace_again_if_the_header_is_there) {
    write_file("my_v1.hpp", my_v1);
    EXPECT_EQ(run("check my_v1.hpp --quiet --property write-unthrottles-now " + explored_tiny_scope()).status, 10);
    const std::string trace = "bwcheck-traces/my-v1/write-unthrottles-now.json";
    EXPECT_THAT(run("show " + trace).out, HasSubstr("my-v1 violates write-unthrottles-now"));
    expect_one_line(run("replay " + trace), "there is no revision \"my-v1\"");
    expect_one_line(run("replay " + trace), "if a header has it: bwcheck replay " + trace + " --revision ./HEADER.hpp");
    EXPECT_EQ(run("replay " + trace + " --revision ./my_v1.hpp").status, 10);
    EXPECT_EQ(run("replay " + trace + " --revision cpu-max-runtime-v2").status, 0);
}

TEST_F(header_command, results_are_merged_without_the_header) {
    write_file("my_v1.hpp", my_v1);
    const std::string check =
        "check my_v1.hpp --quiet --json --engine random --property write-unthrottles-now --cases 20 --shard ";
    write_file("1.json", run(check + "1/2").out);
    write_file("2.json", run(check + "2/2").out);
    const outcome merged = run("merge 1.json 2.json");
    EXPECT_EQ(merged.status, 10) << merged.err;
    EXPECT_THAT(merged.out, HasSubstr("my-v1: 0 hold, 1 violated"));
}

TEST_F(header_command, refuses_in_one_line) {
    expect_one_line(run("check ./none.hpp"), "./none.hpp: cannot be read: No such file or directory");
    expect_one_line(run("check none.so"), "none.so: cannot be loaded: ");
    write_file("empty.hpp", "");
    expect_one_line(run("check empty.hpp"), "empty.hpp: there is no revision in it; a revision is a struct");
    write_file("bad.hpp", "struct bad {\n    static constexpr revision_info info{};\n};\n");
    const outcome bad = run("check mainline ./bad.hpp --quiet");
    EXPECT_EQ(bad.status, 1);
    EXPECT_THAT(bad.out, IsEmpty());
    EXPECT_EQ(bad.err, "bwcheck: ./bad.hpp does not compile: ./bad.hpp:2:22: 'revision_info' does not name a type\n");
    expect_one_line(bwcheck("check ./bad.hpp", "XDG_CACHE_HOME=/dev/null"),
                    "/dev/null/bwcheck/plugins: cannot be written: Not a directory");
}

} // namespace
} // namespace bwcheck::cli
