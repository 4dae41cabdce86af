// bwcheck lab build, delays, selftest and replay as a whole: on a small tree that passes for a kernel's, and on a
// program that passes for a kernel (lab/fake_user_mode_kernel.cpp).
#include "lab/virtual_time.hpp"
#include "testing/fake_tree.hpp"
#include "testing/run_bwcheck.hpp"
#include "text/schema_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class lab_patch_commands : public in_empty_directory {
protected:
    /// What was printed, if it is as docs/schema/lab-NAME.schema.json says.
    static json by_the_schema(const std::string& name, const outcome& done) {
        const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/lab-" + name + ".schema.json");
        json report = json::parse(done.out, nullptr, false);
        EXPECT_THAT(schema.violation(report), IsEmpty()) << done.out << done.err;
        EXPECT_EQ(report.value("exit", -1), done.status);
        return report;
    }
    [[nodiscard]] static std::string corpus(const std::string& trace) {
        return "'" BWCHECK_SOURCE_DIR "/counterexamples/corpus/" + trace + ".json'";
    }

    std::string fake = "--kernel '" BWCHECK_FAKE_KERNEL "'";
};

class lab_build_command : public lab_patch_commands {
protected:
    void SetUp() override {
        lab_patch_commands::SetUp();
        lab::write_fake_tree(directory / "tree");
        write_file("p.patch", std::string(lab::fake_patch));
    }
    [[nodiscard]] outcome build(const std::string& arguments) const {
        return bwcheck("lab build " + arguments, "XDG_CACHE_HOME=\"$PWD/cache\"");
    }
};

TEST_F(lab_build_command, prints_json_by_the_schema) {
    const json first = by_the_schema("build", build("--tree tree --patch p.patch --json"));
    EXPECT_EQ(first["patches"], json::array({"p.patch"}));
    EXPECT_EQ(first["release"], "6.1.99");
    EXPECT_EQ(first["cached"], false);
    EXPECT_TRUE(std::filesystem::exists(first["path"].get<std::string>()));
    const json second = by_the_schema("build", build("--tree tree --patch p.patch --json"));
    EXPECT_EQ(second["cached"], true);
    EXPECT_EQ(second["path"], first["path"]);
}

TEST_F(lab_build_command, prints_the_path_of_the_kernel_only) {
    const outcome done = build("--tree tree --quiet");
    EXPECT_EQ(done.status, 0);
    EXPECT_THAT(done.out, testing::MatchesRegex(".*/cache/bwcheck/kernels/[0-9a-f]+/linux\n"));
    EXPECT_THAT(done.err, IsEmpty());
}

TEST_F(lab_build_command, says_why_a_patch_does_not_apply) {
    write_file("tree/kernel/sched/core.c", "int answer = 43;\n");
    const outcome done = build("--tree tree --patch p.patch --quiet");
    EXPECT_EQ(done.status, 1);
    EXPECT_THAT(done.out, IsEmpty());
    EXPECT_THAT(done.err, AllOf(StartsWith("bwcheck: p.patch: does not apply\n"), HasSubstr("Hunk #1 FAILED at 1")));
    EXPECT_TRUE(std::filesystem::is_empty(directory / "cache/bwcheck/kernels"));
}

TEST_F(lab_build_command, refuses_what_is_no_patch_or_tree_in_one_line) {
    write_file("mail", "Dear all,\n");
    expect_one_line(build("--tree tree --patch none.patch"), "none.patch: there is no such file; a patch is what");
    expect_one_line(build("--tree tree --patch mail"), "mail: has no change in it; a patch is what");
    expect_one_line(build("--tree tree --patch ''"), "--patch: must be the name of a file");
    expect_one_line(build("--tree none"), "none: there is no such directory; a kernel source tree is");
    expect_one_line(build("--tree mail"), "mail: is not a directory; a kernel source tree is");
    expect_one_line(build("--tree ."), ".: is not a kernel source tree; a kernel source tree is");
    std::filesystem::remove(directory / "tree/arch/um/Kconfig");
    expect_one_line(build("--tree tree"), "tree: has no user-mode Linux (arch/um), which is what is built");
}

TEST_F(lab_build_command, names_the_package_that_is_missing) {
    const outcome done = bwcheck("lab build --tree tree --quiet", "XDG_CACHE_HOME=\"$PWD/cache\" PATH=/nowhere");
    expect_one_line(done, "there is no gcc in PATH; on Debian: apt-get install gcc");
}

TEST_F(lab_patch_commands, tell_when_a_throttled_task_executes) {
    const outcome at_once = bwcheck("lab delays " + fake + " --json");
    EXPECT_EQ(at_once.status, 0) << at_once.err;
    const json report = by_the_schema("delays", at_once);
    EXPECT_EQ(report["kernels"][0]["executes"], "at once");
    EXPECT_EQ(report["kernels"][0]["delays_us"].size(), 200U);
    EXPECT_EQ(report["kernels"][0]["kernel"]["release"], "6.1.0-fake");

    const outcome late = bwcheck("lab delays " + fake + " --json", "BWCHECK_FAKE=late");
    EXPECT_EQ(late.status, 10) << late.err;
    EXPECT_EQ(by_the_schema("delays", late)["kernels"][0]["executes"], "at the next refill");

    const outcome few = bwcheck("lab delays --injections 10 --seed 7 " + fake + " " + fake + " --svg my.svg --json");
    EXPECT_EQ(few.status, 5) << few.err;
    const json both = by_the_schema("delays", few);
    ASSERT_EQ(both["kernels"].size(), 2U);
    EXPECT_EQ(both["kernels"][1]["executes"], "unclear");
    EXPECT_EQ(both["seed"], 7);
    EXPECT_THAT(contents(directory / "my.svg"), StartsWith("<svg"));
}

TEST_F(lab_patch_commands, run_the_posted_selftest) {
    const outcome done = bwcheck("lab selftest " + fake + " --json");
    EXPECT_EQ(done.status, 0) << done.err;
    const json report = by_the_schema("selftest", done);
    EXPECT_EQ(report["passed"], true);
    EXPECT_EQ(report["usage_us"], 2'500'000);
    EXPECT_THAT(bwcheck("lab selftest " + fake).out, HasSubstr("scenario passes: usage 2500000 us"));
}

TEST_F(lab_patch_commands, try_counterexamples) {
    const std::string reachable = corpus("cpu-max-runtime-v1/read-back-writable");
    const std::string unreachable = corpus("linux-6.1/stored-config-valid");
    const outcome tried = bwcheck("lab replay --json " + fake + " " + reachable);
    EXPECT_EQ(tried.status, 0) << tried.err;
    EXPECT_EQ(by_the_schema("replay", tried)["traces"][0]["verdict"], "not reproduced");

    const outcome both = bwcheck("lab replay --json " + fake + " " + reachable + " " + unreachable);
    EXPECT_EQ(both.status, 5) << both.err;
    const json traces = by_the_schema("replay", both)["traces"];
    ASSERT_EQ(traces.size(), 2U);
    EXPECT_EQ(traces[1]["verdict"], "not reachable");
    EXPECT_THAT(traces[1]["reason"].get<std::string>(), HasSubstr("the period timer's callback is stalled"));
    EXPECT_EQ(traces[1]["tries"], 0);

    const outcome text = bwcheck("lab replay " + fake + " " + unreachable);
    EXPECT_EQ(text.status, 5);
    EXPECT_THAT(text.out, AllOf(HasSubstr("Linux 6.1.0-fake, 1 CPU"),
                                HasSubstr("stored-config-valid of linux-6.1: not reachable from user space\n  step")));
}

TEST_F(lab_patch_commands, refuse_a_kernel_that_cannot_be_used_in_one_line) {
    write_file("my.lab", "go\n");
    const std::string trace = corpus("cpu-max-runtime-v1/read-back-writable");
    for (const std::string& command :
         std::vector<std::string>{"run --script my.lab ", "run ", "delays ", "selftest ", "replay " + trace + " "}) {
        SCOPED_TRACE(command);
        expect_one_line(bwcheck("lab " + command + fake, "BWCHECK_FAKE=no-bandwidth"),
                        "(Linux 6.1.0-fake) cannot be used: it has no bandwidth");
        expect_one_line(bwcheck("lab " + command + fake, "BWCHECK_FAKE=no-initramfs"),
                        "cannot be used: it does not start the program that it is given in an initramfs "
                        "(CONFIG_BLK_DEV_INITRD, CONFIG_BINFMT_ELF)");
    }
}

TEST_F(lab_patch_commands, try_a_boot_that_breaks_off_once_more) {
    const outcome done = bwcheck("lab selftest " + fake, "BWCHECK_FAKE=dies-once");
    EXPECT_EQ(done.status, 0);
    EXPECT_EQ(done.err, "bwcheck: " BWCHECK_FAKE_KERNEL
                        " ended early, with status 1 after 5 of 10 answers; booting it once more\n");
    std::filesystem::remove(directory / "died");
    EXPECT_THAT(bwcheck("lab selftest --quiet " + fake, "BWCHECK_FAKE=dies-once").err, IsEmpty());

    const outcome twice = bwcheck("lab selftest " + fake, "BWCHECK_FAKE=dies");
    EXPECT_EQ(twice.status, 5);
    EXPECT_THAT(twice.out, IsEmpty());
    EXPECT_THAT(twice.err, AllOf(HasSubstr("after 5 of 10 answers; booting it once more\n"),
                                 HasSubstr("ended early, with status 1 after 5 of 10 answers\n  | ")));

    write_file("my.lab", "go\nkill\n");
    const outcome silent = bwcheck("lab run --script my.lab --timeout 0.2 " + fake, "BWCHECK_FAKE=hangs");
    EXPECT_EQ(silent.status, 5);
    // How far it came by then is a matter of the machine.
    EXPECT_THAT(silent.err, AllOf(ContainsRegex("after [01] of 2 answers; booting it once more\n"),
                                  ContainsRegex("said nothing for 0 s after [01] of 2 answers\n")));
}

TEST_F(lab_patch_commands, boot_virtual_machines_with_what_is_asked_for) {
    std::string image(0x300, '\0');
    image.replace(0x202, 4, "HdrS");
    write_file("bzImage", image);
    write_file("my.lab", "go\n");
    std::filesystem::create_directory(directory / "bin");
    write_file("bin/qemu-system-x86_64", "#!/bin/sh\n"
                                         "echo \"$@\" >arguments\n"
                                         "while [ \"$1\" != -initrd ]; do shift; done\n"
                                         "exec '" BWCHECK_FAKE_KERNEL "' initrd=\"$2\"\n");
    std::filesystem::permissions(directory / "bin/qemu-system-x86_64", std::filesystem::perms::owner_all);
    const std::string path = "PATH=\"$PWD/bin:$PATH\"";
    const std::string run = "lab run --kernel bzImage --script my.lab --cpus 3 ";

    const outcome emulated = bwcheck(run, path);
    EXPECT_EQ(emulated.status, 0) << emulated.err;
    EXPECT_THAT(contents(directory / "arguments"), AllOf(HasSubstr("-accel tcg"), HasSubstr("-smp 3")));
    const outcome supported = bwcheck(run + "--accel kvm", path);
    if (::access("/dev/kvm", R_OK | W_OK) == 0) {
        EXPECT_EQ(supported.status, 0) << supported.err;
        EXPECT_THAT(contents(directory / "arguments"), HasSubstr("-accel kvm"));
    } else {
        expect_one_line(supported, "; --accel tcg does without it");
    }
    expect_one_line(bwcheck(run, "PATH=/nowhere"),
                    "there is no qemu-system-x86_64 in PATH; on Debian: apt-get install qemu-system-x86");
}

TEST_F(lab_patch_commands, mutants_of_a_kernel_are_patches_that_apply) {
    std::filesystem::create_directories(directory / "tree/kernel/sched");
    write_file("tree/kernel/sched/fair.c",
               "static bool check_cfs_rq_runtime(struct cfs_rq *cfs_rq)\n{\n\tif (cfs_rq->runtime_remaining > 0)\n"
               "\t\treturn false;\n\treturn 1 + 2;\n}\n\nint other(int a)\n{\n\treturn a > 0;\n}\n");
    write_file("tree/kernel/sched/core.c", "int nothing;\n");
    const std::string mutants = "'" BWCHECK_SOURCE_DIR "/.ci/kernel_mutants' \"$PWD/tree\" \"$PWD/mutants\" ";
    const outcome made = shell(mutants + "9 && ls mutants");
    EXPECT_EQ(made.out, "01.patch\n02.patch\n03.patch\nall\n") << made.err;
    EXPECT_EQ(shell("cat mutants/*.patch | grep '^check'").out, "check_cfs_rq_runtime: > -> >=\n"
                                                                "check_cfs_rq_runtime: false; -> true;\n"
                                                                "check_cfs_rq_runtime: + -> -\n");
    for (const char* const number : {"01", "02", "03"})
        EXPECT_EQ(shell(std::string("patch -p1 --dry-run -d tree < mutants/") + number + ".patch").status, 0);
    EXPECT_EQ(shell("'" BWCHECK_SOURCE_DIR "/.ci/kernel_mutants'").status, 1);
}

/// A program that says of itself that it can run on virtual time, and answers like no kernel.
class lab_on_virtual_time : public lab_patch_commands {
protected:
    void SetUp() override {
        lab_patch_commands::SetUp();
        std::filesystem::copy_file(BWCHECK_FAKE_KERNEL, directory / "virtual");
        std::ofstream(directory / "virtual", std::ios::binary | std::ios::app) << lab::virtual_clock_mark;
    }
};

TEST_F(lab_on_virtual_time, fuzz_prints_json_by_the_schema) {
    const json report = by_the_schema("fuzz", bwcheck("lab fuzz --kernel ./virtual --scenarios 2 --first 7 --json"));
    EXPECT_EQ(report["exit"], 10);
    EXPECT_EQ(report["first"], 7);
    EXPECT_EQ(report["seed"], 1);
    ASSERT_FALSE(report["differences"].empty());
    EXPECT_EQ(report["differences"][0]["reproduced"], true);
    EXPECT_FALSE(report["differences"][0]["script"].empty());
}

TEST_F(lab_on_virtual_time, fuzz_prints_a_script_that_lab_runs) {
    const outcome done = bwcheck("lab fuzz --kernel ./virtual --scenarios 1");
    EXPECT_EQ(done.status, 10);
    EXPECT_THAT(done.out, HasSubstr("scenario 0 of seed 1 differs from linux-6.1"));
    EXPECT_THAT(done.out, HasSubstr("\n    mkdir g0\n"));
    EXPECT_THAT(done.out, HasSubstr("the model says"));
}

TEST_F(lab_on_virtual_time, behaviour_is_compared_exactly) {
    const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/lab.schema.json");
    const outcome done = bwcheck("lab run --only behaviour --kernel ./virtual --json");
    const json report = json::parse(done.out, nullptr, false);
    EXPECT_THAT(schema.violation(report), IsEmpty()) << done.err;
    EXPECT_EQ(done.status, 10);
    EXPECT_TRUE(report["behaviour"].is_null());
    EXPECT_EQ(report["exact"]["scenarios"][0]["agrees"], false);
}

} // namespace
} // namespace bwcheck::cli
