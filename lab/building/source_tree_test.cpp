#include "lab/building/source_tree.hpp"
#include "lab/lab_error.hpp"
#include "testing/fake_tree.hpp"

#include <gmock/gmock.h>

namespace bwcheck::lab {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class source_tree_test : public with_fake_tree {
protected:
    [[nodiscard]] std::string hash() const {
        text::content_hash taken;
        add_contents(taken, open_source_tree(path("tree")));
        return taken.text();
    }
    [[nodiscard]] std::string trouble() const {
        try {
            static_cast<void>(open_source_tree(path("tree")));
        } catch (const lab_error& error) {
            return error.what();
        }
        return "";
    }
};

TEST_F(source_tree_test, knows_its_release_and_its_files) {
    const source_tree tree = open_source_tree(path("tree"));
    EXPECT_EQ(tree.release, "6.1.99");
    EXPECT_THAT(tree.files, Contains("kernel/sched/core.c"));
    EXPECT_EQ(tree.files.size(), 4U);
}

TEST_F(source_tree_test, leaves_out_what_a_build_made) {
    const std::string before = hash();
    for (const char* made :
         {".config", "include/config/auto.conf", "include/generated/autoconf.h", "linux", ".git/HEAD",
          "arch/um/include/generated/a.h", "kernel/sched/core.o", "kernel/sched/.core.o.cmd"})
        write(std::string("tree/") + made, "made");
    EXPECT_EQ(open_source_tree(path("tree")).files.size(), 4U);
    EXPECT_EQ(hash(), before);
}

TEST_F(source_tree_test, hash_tells_contents_and_names) {
    const std::string before = hash();
    write("tree/kernel/sched/core.c", "int answer;\n");
    const std::string changed = hash();
    EXPECT_NE(changed, before);
    std::filesystem::rename(path("tree/kernel/sched/core.c"), path("tree/kernel/sched/core2.c"));
    EXPECT_NE(hash(), changed);
}

TEST_F(source_tree_test, says_what_is_no_tree) {
    write("tree/init/Kconfig", "config SMP\n");
    EXPECT_THAT(trouble(), HasSubstr("has no CFS bandwidth control"));
    std::filesystem::remove_all(path("tree/arch/um"));
    EXPECT_THAT(trouble(), HasSubstr("has no user-mode Linux"));
    write("tree/Makefile", "all:\n");
    EXPECT_THAT(trouble(), HasSubstr("is not a kernel source tree"));
    std::filesystem::remove_all(path("tree"));
    EXPECT_THAT(trouble(), HasSubstr("there is no such directory"));
    write("tree", "a file");
    EXPECT_THAT(trouble(), HasSubstr("is not a directory"));
}

TEST_F(source_tree_test, shares_its_files_until_they_are_unshared) {
    write("tree/scripts/run.sh", "#!/bin/sh\n");
    std::filesystem::permissions(path("tree/scripts/run.sh"), std::filesystem::perms::owner_all);
    std::filesystem::create_symlink("run.sh", path("tree/scripts/link.sh"));
    const source_tree tree = open_source_tree(path("tree"));
    share_files(tree, path("copy"));
    for (const auto& file : tree.files)
        EXPECT_TRUE(std::filesystem::equivalent(path("tree") / file, path("copy") / file)) << file;
    EXPECT_TRUE(std::filesystem::is_symlink(path("copy/scripts/link.sh")));

    unshare_file(path("copy"), "scripts/run.sh");
    unshare_file(path("copy"), "is/not/there.c");
    EXPECT_EQ(read("copy/scripts/run.sh"), "#!/bin/sh\n");
    EXPECT_NE(std::filesystem::status(path("copy/scripts/run.sh")).permissions() & std::filesystem::perms::owner_exec,
              std::filesystem::perms::none);
    write("copy/scripts/run.sh", "changed\n");
    EXPECT_EQ(read("tree/scripts/run.sh"), "#!/bin/sh\n");
    EXPECT_THAT(open_source_tree(path("tree")).files, Not(Contains("scripts/run.sh.own")));
}

} // namespace
} // namespace bwcheck::lab
