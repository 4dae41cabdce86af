// Boots Debian's user-mode kernel, where it is installed (.ci/run lab sees to that).
#include "lab/boot.hpp"
#include "lab/lab_error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::lab {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class user_mode_boot : public testing::Test {
protected:
    void SetUp() override {
        try {
            kernel = find_kernel("debian-uml");
        } catch (const lab_error& error) {
            GTEST_SKIP() << error.what();
        }
    }
    [[nodiscard]] boot_result run(std::string_view script) const { return boot(kernel, parse_script(script, "test")); }

    kernel_image kernel;
};

TEST_F(user_mode_boot, answers_a_script) {
    const auto done = run("mkdir a\n"
                          "mkdir a\n"
                          "write a cpu.max \"20000 100000\\n\"\n"
                          "write a cpu.max \"20000 x\\x00y\"\n"
                          "write a cpu.max \"x\"\n"
                          "read a cpu.max\n"
                          "read a none\n"
                          "child a 0 burn 30000 sleep 1000\n"
                          "child a 99 busy 1\n"
                          "child none 0 busy 1\n"
                          "go\n"
                          "wait\n"
                          "sleep 1000\n"
                          "rmdir a\n");
    std::vector<int> errors;
    for (const answer& each : done.answers)
        errors.push_back(each.error);
    EXPECT_EQ(errors, (std::vector<int>{0, EEXIST, 0, 0, EINVAL, 0, ENOENT, 0, EINVAL, ENOENT, 0, 0, 0, 0}));
    EXPECT_EQ(done.answers[2].value, "13");
    EXPECT_EQ(done.answers[5].value, "20000 100000\n");
    EXPECT_GE(std::stoi(done.answers[11].value), 10'000); // its clock goes by ticks of 10 ms
    EXPECT_EQ(done.hello.nr_cpus, 1U);
    EXPECT_THAT(done.hello.release, testing::StartsWith("6.1"));
}

TEST_F(user_mode_boot, that_lasts_too_long_shows_the_last_lines) {
    boot_options hasty;
    hasty.limits = {.silence = programs::seconds(1e-9),
                    .total = programs::seconds(1e-9)}; // over as soon as it is looked at
    EXPECT_THAT([&] { static_cast<void>(boot(kernel, parse_script("go\n", "test"), hasty)); },
                ThrowsMessage<boot_error>(HasSubstr("after 0 of 1 answers")));
}

TEST_F(user_mode_boot, of_a_kernel_without_the_controller_says_what_is_missing) {
    boot_options without;
    without.machine.kernel_arguments = "cgroup_disable=cpu";
    EXPECT_THAT([&] { static_cast<void>(boot(kernel, parse_script("go\n", "test"), without)); },
                ThrowsMessage<lab_error>(HasSubstr("have no cpu controller")));
}

TEST_F(user_mode_boot, of_a_kernel_that_panics_shows_the_last_lines) {
    boot_options broken;
    broken.machine.kernel_arguments = "mem=20M panic=1"; // less than it needs to begin
    std::vector<std::string> said;
    broken.tell = [&](std::string_view message) { said.emplace_back(message); };
    try {
        static_cast<void>(boot(kernel, parse_script("go\n", "test"), broken));
        ADD_FAILURE() << "it came to its end";
    } catch (const boot_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("0 of 1 answers"));
        EXPECT_THAT(error.console(), HasSubstr("  | "));
    }
    EXPECT_THAT(said, testing::ElementsAre(testing::EndsWith("after 0 of 1 answers; booting it once more")));
}

TEST_F(user_mode_boot, that_finds_no_program_says_what_is_missing) {
    boot_options without;
    for (const char* const arguments : {"rdinit=/nothing root=/dev/nothing panic=1", "rdinit=/script panic=1"}) {
        without.machine.kernel_arguments = arguments;
        EXPECT_THAT([&] { static_cast<void>(boot(kernel, parse_script("go\n", "test"), without)); },
                    ThrowsMessage<lab_error>(HasSubstr("(CONFIG_BLK_DEV_INITRD, CONFIG_BINFMT_ELF)")));
    }
}

TEST_F(user_mode_boot, always_has_a_limit_somewhere) {
    const auto done = run("read bwcheck-limited cpu.max\nread bwcheck-limited cgroup.procs\n");
    EXPECT_EQ(done.answers[0].value, "1000000 1000000\n");
    EXPECT_EQ(done.answers[1].error, 0);
    EXPECT_EQ(done.answers[1].value, "");
}

TEST(boot, waits_as_long_as_its_script) {
    const auto waits = waits_of(
        parse_script("child a 0 busy 4000000\ngo\nuntil 1000000\nuntil 3000000\nwait\nsleep 500000\n", "test"));
    EXPECT_DOUBLE_EQ(waits.silence.count(), 4);
    EXPECT_DOUBLE_EQ(waits.total.count(), 7.5);
}

TEST(boot, shows_the_end_of_a_console_in_printable_lines) {
    std::string console;
    for (int line = 0; line < 20; ++line)
        console += "line " + std::to_string(line) + "\r\n\n";
    const std::string shown = last_lines(console + "\x1b[2J");
    EXPECT_THAT(shown, testing::StartsWith("  | line 11\n"));
    EXPECT_THAT(shown, testing::EndsWith("  | line 19\n  | \\x1b[2J\n"));
}

} // namespace
} // namespace bwcheck::lab
