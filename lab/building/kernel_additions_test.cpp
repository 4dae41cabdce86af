#include "lab/building/kernel_additions.hpp"
#include "lab/virtual_time.hpp"
#include "testing/fake_tree.hpp"

#include <gmock/gmock.h>

namespace bwcheck::lab {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class kernel_additions_test : public with_fake_tree {};

TEST_F(kernel_additions_test, need_a_kernel_that_travels_in_time) {
    EXPECT_FALSE(can_have_virtual_time(open_source_tree(path("tree"))));
}

TEST_F(kernel_additions_test, leave_the_tree_alone) {
    write("tree/arch/um/kernel/time.c", "int mode = TT_MODE_INFCPU;\n");
    write("tree/arch/um/include/asm/delay.h", "int delay;\n");
    write("tree/kernel/sched/Makefile", "obj-y += core.o\n");
    const source_tree tree = open_source_tree(path("tree"));
    ASSERT_TRUE(can_have_virtual_time(tree));
    share_files(tree, path("copy"));
    add_virtual_time(path("copy"));
    EXPECT_EQ(read("tree/arch/um/kernel/time.c"), "int mode = TT_MODE_INFCPU;\n");
    EXPECT_EQ(read("tree/kernel/sched/Makefile"), "obj-y += core.o\n");
    EXPECT_THAT(read("copy/arch/um/kernel/time.c"), StartsWith("int mode = TT_MODE_INFCPU;\n"));
    EXPECT_THAT(read("copy/arch/um/kernel/time.c"), EndsWith("#include \"bwcheck_clock.c\"\n"));
    EXPECT_THAT(read("copy/kernel/sched/Makefile"), HasSubstr("bwcheck_lab.o"));
    EXPECT_THAT(read("copy/kernel/sched/bwcheck_lab.c"), HasSubstr("bandwidth_state"));
    // By this, lab run knows such a kernel.
    EXPECT_THAT(read("copy/arch/um/kernel/bwcheck_clock.c"), HasSubstr(virtual_clock_mark));
    // And by this file, the guest asks it.
    EXPECT_EQ(bandwidth_state_file, "cpu.bandwidth_state");
}

} // namespace
} // namespace bwcheck::lab
