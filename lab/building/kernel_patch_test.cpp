#include "lab/building/build_error.hpp"
#include "lab/building/kernel_patch.hpp"
#include "testing/fake_tree.hpp"

#include <gmock/gmock.h>

namespace bwcheck::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class kernel_patch_test : public with_fake_tree {
protected:
    [[nodiscard]] std::string trouble(std::string_view patch) const {
        try {
            static_cast<void>(read_patch(path(patch)));
        } catch (const text::input_error& error) {
            return error.what();
        }
        return "";
    }
};

TEST_F(kernel_patch_test, knows_the_files_that_it_changes) {
    write("p", "From: somebody\n\n--- a/init/main.c\t2026-05-25\n+++ b/init/main.c\t2026-05-26\n@@ -1 +1 @@\n-a\n+b\n"
               "--- /dev/null\n+++ b/kernel/new.c\n@@ -0,0 +1 @@\n+int a;\n"
               "diff --git a/old.c b/moved.c\nrename from old.c\nrename to moved.c\n");
    EXPECT_THAT(read_patch(path("p")).files, ElementsAre("init/main.c", "kernel/new.c", "old.c", "moved.c"));
}

TEST_F(kernel_patch_test, is_refused_if_it_is_none) {
    EXPECT_THAT(trouble("missing"), HasSubstr("there is no such file"));
    EXPECT_THAT(trouble("tree"), HasSubstr("cannot be read"));
    write("empty", "");
    EXPECT_THAT(trouble("empty"), HasSubstr("has no change in it"));
    write("mail", "Dear all,\n--- so far\n+++ and more\n");
    EXPECT_THAT(trouble("mail"), HasSubstr("has no change in it"));
    write("outside", "--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-a\n+b\n");
    EXPECT_THAT(trouble("outside"), HasSubstr("outside the tree"));
}

TEST_F(kernel_patch_test, is_applied) {
    write_patch("p");
    std::vector<std::string> said;
    const message_listener tell = [&](std::string_view line) { said.emplace_back(line); };
    apply_patch(read_patch(path("p")), path("tree"), tell);
    EXPECT_THAT(read("tree/kernel/sched/core.c"), HasSubstr("answer = 42"));
    EXPECT_THAT(said, IsEmpty());
}

TEST_F(kernel_patch_test, says_when_it_had_to_look_for_the_place) {
    write_patch("p");
    write("tree/kernel/sched/core.c", "\n\nint answer = 41;\n");
    std::vector<std::string> said;
    apply_patch(read_patch(path("p")), path("tree"), [&](std::string_view line) { said.emplace_back(line); });
    EXPECT_THAT(said, ElementsAre(HasSubstr("offset 2 lines")));
}

TEST_F(kernel_patch_test, that_does_not_apply_says_where) {
    write_patch("p");
    write("tree/kernel/sched/core.c", "int answer = 43;\n");
    try {
        apply_patch(read_patch(path("p")), path("tree"), {});
        FAIL() << "it applied";
    } catch (const build_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("p: does not apply"));
        EXPECT_THAT(error.details(), HasSubstr("patching file kernel/sched/core.c"));
        EXPECT_THAT(error.details(), HasSubstr("Hunk #1 FAILED at 1"));
    }
    EXPECT_EQ(read("tree/kernel/sched/core.c"), "int answer = 43;\n");
}

TEST_F(kernel_patch_test, is_not_applied_backwards) {
    write_patch("p");
    apply_patch(read_patch(path("p")), path("tree"), {});
    EXPECT_THROW(apply_patch(read_patch(path("p")), path("tree"), {}), build_error);
    EXPECT_THAT(read("tree/kernel/sched/core.c"), HasSubstr("answer = 42"));
}

TEST_F(kernel_patch_test, of_a_file_that_is_not_there_says_so) {
    write_patch("p");
    std::filesystem::remove(path("tree/kernel/sched/core.c"));
    try {
        apply_patch(read_patch(path("p")), path("tree"), {});
        FAIL() << "it applied";
    } catch (const build_error& error) {
        EXPECT_THAT(error.details(), HasSubstr("can't find file to patch"));
    }
}

} // namespace
} // namespace bwcheck::lab
