#include "lab/building/build_error.hpp"
#include "lab/building/build_kernel.hpp"
#include "lab/building/kernel_config.hpp"
#include "programs/tool.hpp"
#include "testing/fake_tree.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace bwcheck::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class build_kernel_test : public with_fake_tree {
protected:
    [[nodiscard]] built_kernel build(const std::vector<std::filesystem::path>& patches = {}) const {
        return build_kernel({.tree = path("tree"), .patches = patches, .jobs = 1}, path("cache"));
    }
    /// What the kernel, which is a program that only returns a number, returns.
    static int answer_of(const built_kernel& kernel) {
        return programs::run_tool({kernel.path.string()}, "",
                                  {.silence = programs::seconds(600), .total = programs::seconds(600)})
            .outcome.status;
    }
    /// How many kernels are kept, and whatever else.
    [[nodiscard]] std::ptrdiff_t kept() const {
        return std::distance(std::filesystem::directory_iterator(path("cache/kernels")), {});
    }
};

TEST_F(build_kernel_test, builds_the_tree) {
    const built_kernel kernel = build();
    EXPECT_EQ(answer_of(kernel), 41);
    EXPECT_EQ(kernel.release, "6.1.99");
    EXPECT_FALSE(kernel.cached);
    EXPECT_EQ(kernel.path, path("cache/kernels") / kernel.key / "linux");
    EXPECT_THAT(read("cache/kernels/" + kernel.key + "/config"), HasSubstr("CONFIG_TINY=y\n"));
    EXPECT_EQ(kept(), 1);
}

TEST_F(build_kernel_test, patches_a_copy) {
    write_patch("p.patch");
    const std::string before = read("tree/kernel/sched/core.c");
    EXPECT_EQ(answer_of(build({path("p.patch")})), 42);
    EXPECT_EQ(read("tree/kernel/sched/core.c"), before);
    EXPECT_FALSE(std::filesystem::exists(path("tree/output")));
}

TEST_F(build_kernel_test, builds_the_same_once) {
    write_patch("p.patch");
    const built_kernel first = build({path("p.patch")});
    std::filesystem::copy_file(path("p.patch"), path("other-name.patch"));
    const built_kernel second = build({path("other-name.patch")});
    EXPECT_TRUE(second.cached);
    EXPECT_EQ(second.path, first.path);
    EXPECT_FALSE(build().cached);
    write("tree/kernel/sched/core.c", "int answer = 41;\nint main(void)\n{\n\treturn answer + 1;\n}\n");
    EXPECT_FALSE(build({path("p.patch")}).cached);
    EXPECT_EQ(kept(), 3);
}

TEST_F(build_kernel_test, that_does_not_compile_says_where_and_leaves_nothing) {
    write("p.patch", "--- a/kernel/sched/core.c\n+++ b/kernel/sched/core.c\n@@ -4 +4 @@\n-\treturn answer;\n"
                     "+\treturn question;\n");
    try {
        static_cast<void>(build({path("p.patch")}));
        FAIL() << "it compiled";
    } catch (const build_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("does not compile with the patches"));
        EXPECT_THAT(error.details(), StartsWith("kernel/sched/core.c:4:"));
        EXPECT_THAT(error.details(), HasSubstr("return question;"));
    }
    EXPECT_EQ(kept(), 0);
}

TEST_F(build_kernel_test, with_a_patch_that_does_not_apply_leaves_nothing) {
    write("p.patch",
          "--- a/kernel/sched/core.c\n+++ b/kernel/sched/core.c\n@@ -1 +1 @@\n-int question;\n+int answer;\n");
    EXPECT_THROW(static_cast<void>(build({path("p.patch")})), build_error);
    EXPECT_EQ(kept(), 0);
}

TEST_F(build_kernel_test, that_cannot_be_configured_says_with_what) {
    std::string makefile = read("tree/Makefile");
    makefile.replace(makefile.find("@test \"$(ARCH)\" = um"), 20, "@echo CONFIG_TINY=y >$(O)/.config");
    write("tree/Makefile", makefile);
    try {
        static_cast<void>(build());
        FAIL() << "it was configured";
    } catch (const text::input_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("cannot be configured with CONFIG_CFS_BANDWIDTH=y"));
    }
}

TEST(kernel_config, has_what_it_must_have) {
    EXPECT_THAT(missing_from(kernel_config()), ElementsAre());
    EXPECT_THAT(missing_from("# CONFIG_CFS_BANDWIDTH is not set\n").front(), "CONFIG_CFS_BANDWIDTH=y");
}

TEST(relevant_lines, are_those_of_errors) {
    const std::string text = relevant_lines("  CC      kernel/fork.o\n"
                                            "../kernel/sched/core.c: In function 'f':\n"
                                            "../kernel/sched/core.c:12:3: error: 'x' undeclared\n"
                                            "   12 |   x = 1;\n"
                                            "      |   ^\n"
                                            "  CC      kernel/exit.o\n"
                                            "make[2]: *** [core.o] Error 1\n");
    EXPECT_EQ(text, "kernel/sched/core.c:12:3: error: 'x' undeclared\n   12 |   x = 1;\n      |   ^\n");
}

TEST(relevant_lines, are_the_last_if_none_is_an_error) {
    std::string output;
    for (int number = 1; number <= 100; ++number)
        output += "line " + std::to_string(number) + "\n";
    const std::string text = relevant_lines(output);
    EXPECT_THAT(text, HasSubstr("line 100\n"));
    EXPECT_THAT(text, Not(HasSubstr("line 50\n")));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 12);
    EXPECT_EQ(relevant_lines(""), "");
}

} // namespace
} // namespace bwcheck::lab
