// Whatever is wrong with the command line or the input: one line on stderr, nothing on stdout, status 1.
#include "testing/run_bwcheck.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace bwcheck::cli {
namespace {

class wrong_usage : public in_empty_directory {
protected:
    void expect_refused(const std::string& arguments, const std::string& says) const {
        SCOPED_TRACE(arguments);
        expect_one_line(bwcheck(arguments), says);
        EXPECT_TRUE(std::filesystem::is_empty(directory));
    }
};

TEST_F(wrong_usage, of_commands) {
    expect_refused("", "One of: list, check, merge, diff, ask, reach, show, replay, export, lab");
    expect_refused("chek mainline", "there is no command \"chek\"; the nearest is check");
    for (const char* const later : {"simulate a", "tree x", "report mainline"})
        expect_refused(later, "there is no command");
    expect_refused("--frob", "");
    expect_refused("\"$(printf 'a\\nb')\"", "there is no command \"a\\nb\"");
}

TEST_F(wrong_usage, of_names) {
    expect_refused("check", "REVISION is required");
    expect_refused("check mainlin", "there is no revision \"mainlin\"; the nearest is mainline");
    expect_refused("check mainline v2", "there is no revision \"v2\"; the nearest is cpu-max-runtime-v2");
    expect_refused("check mainline --property runtime-caped", "the nearest is runtime-capped");
    expect_refused("check mainline --engine guess", "there is no engine \"guess\"; known are explore, random");
    expect_refused("check mainline --engine explore,guess",
                   "there is no engine \"guess\"; known are explore, random, prove");
    expect_refused("check mainline --scope smok", "there is no scope \"smok\"; the nearest is smoke");
    expect_refused("check mainline --color mauve", "--color: must be auto, always or never, not \"mauve\"");
    expect_refused("list revs", "there is no list of \"revs\"");
    expect_refused("list revisions --as png", "--as: must be dot, not \"png\"");
    expect_refused("list --as dot", "--as dot: is for bwcheck list revisions");
}

TEST_F(wrong_usage, of_options) {
    expect_refused("check mainline --jbs 1", "has no option --jbs; the nearest is --jobs");
    expect_refused("check mainline --expect none.txt", "none.txt: cannot be read");
    expect_refused("check mainline --junit ''", "--junit: must be the name of a file");
    for (const char* const option : {"--junit", "--ktap", "--expect", "--write-expect"})
        expect_refused(fmt::format("check mainline {} -", option),
                       fmt::format("{}: must be the name of a file, not \"-\"", option));
    expect_refused("check mainline --cases 0", "--cases: must be a whole number");
    expect_refused("check mainline --seed -1", "--seed: must be a whole number");
    expect_refused("check mainline --json --b4", "excludes");
    expect_refused("check mainline --property", "--property");
    expect_refused("check mainline --quiet --verbose", "excludes");
    expect_refused("show --full --diff x", "excludes");
    expect_refused("show", "TRACE is required");
    expect_refused("show x y", "bwcheck show takes no \"y\" here");
    expect_refused("check mainline --traces ''", "--traces");
}

TEST_F(wrong_usage, of_numbers) {
    expect_refused("check mainline --jobs 0", "--jobs: must be a whole number from 1 to 256, not \"0\"");
    for (const char* const bad : {"-1", "257", "1.5", "x", "''", "0x2", "99999999999999999999", "' 1'", "1e1"})
        expect_refused(std::string("check mainline --jobs=") + bad, "--jobs");
    for (const char* const bad : {"-1", "0", "nan", "inf", "1e99", "x", "''", "1s"})
        expect_refused(std::string("check mainline --budget=") + bad, "--budget: ");
    for (const char* const bad : {"0", "-5", "99999999999999999999", "1G"})
        expect_refused(std::string("check mainline --memory=") + bad, "--memory");
}

TEST_F(wrong_usage, of_scope_files) {
    expect_refused("check mainline --scope ./none.toml", "none.toml");
    expect_refused("check mainline --scope /", "/");
    expect_refused("check mainline --scope '" BWCHECK_SOURCE_DIR "/CMakeLists.txt'", "CMakeLists.txt");
}

TEST_F(wrong_usage, of_traces) {
    expect_refused("show none.json", "none.json: cannot be read: No such file or directory");
    expect_refused("show .", "cannot be read");
    expect_refused("replay /dev/null", "not JSON");
    expect_refused("replay '" BWCHECK_SOURCE_DIR "/docs/schema/trace.schema.json'", "JSON, but not a trace of bwcheck");
    expect_refused("replay x --revision mainlin", "the nearest is mainline");
}

TEST_F(wrong_usage, of_lab) {
    expect_refused("lab", "lab: what to do? One of: run");
    expect_refused("lab walk", "there is no command lab \"walk\"; known are run");
    expect_refused("lab run x", "bwcheck lab run takes no \"x\" here; see bwcheck lab run --help");
    expect_refused("lab run --kernal x", "bwcheck lab run has no option --kernal; the nearest is --kernel");
    expect_refused("lab run --kernel none", "none: there is no such file; a kernel is debian-uml or debian-qemu");
    expect_refused("lab run --kernel .", "is not a file");
    expect_refused("lab run --kernel /bin/true", "is a program, but not a Linux kernel");
    expect_refused("lab run --kernel '" BWCHECK_SOURCE_DIR "/CMakeLists.txt'", "is not a kernel");
    expect_refused("lab run --revision mainlin", "the nearest is mainline");
    expect_refused("lab run --only speed", "--only: must be interface or behaviour, not \"speed\"");
    expect_refused("lab run --accel xen", "--accel: must be tcg or kvm");
    expect_refused("lab run --cpus 9", "--cpus: must be a whole number from 1 to 8");
    expect_refused("lab run --writes 0", "--writes: must be");
    expect_refused("lab run --repeat 101", "--repeat: must be");
    expect_refused("lab run --timeout 0", "--timeout: must be");
    expect_refused("lab run --script ''", "--script: must be the name of a file");
    expect_refused("lab run --script none.txt", "none.txt: cannot be read: No such file");
    expect_refused("lab run --script .", ".: cannot be read");
    expect_refused("lab run --script /dev/zero", "too large for a script");
    expect_refused("lab run --script /dev/null", "has no command in it");
    expect_refused("lab run --script x --seed 1", "excludes");
    expect_refused("lab run --kernel ''", "the name of the kernel is empty; a kernel is debian-uml or debian-qemu");
}

TEST_F(wrong_usage, of_lab_with_patches) {
    expect_refused("lab build", "--tree is required");
    expect_refused("lab build --tree ''", "--tree: must be the name of a directory");
    expect_refused("lab build --tree none", "none: there is no such directory; a kernel source tree is a directory");
    expect_refused("lab build --tree .", ".: is not a kernel source tree");
    expect_refused("lab build --tree . --patch none", "none: there is no such file; a patch is what");
    for (const char* const bad : {"0", "257", "-1", "x"})
        expect_refused(std::string("lab build --tree . --jobs=") + bad, "--jobs: must be a whole number from 1 to 256");
    expect_refused("lab delays", "--kernel is required");
    expect_refused("lab selftest", "--kernel is required");
    expect_refused("lab replay x", "--kernel is required");
    expect_refused("lab replay --kernel debian-uml", "TRACE is required");
    for (const char* const command : {"delays", "selftest"}) {
        const std::string lab = std::string("lab ") + command;
        expect_refused(lab + " --kernel none", "none: there is no such file; a kernel is debian-uml or debian-qemu");
        expect_refused(lab + " --kernel ''", "the name of the kernel is empty");
        expect_refused(lab + " --kernel .", ".: is not a file");
        expect_refused(lab + " --kernel /bin/true", "is a program, but not a Linux kernel");
        expect_refused(lab + " --kernel /dev/null", "/dev/null: is not a file");
        expect_refused(lab + " --kernel debian-uml x", "takes no \"x\" here");
    }
    for (const char* const bad : {"0", "100001", "-1", "1.5", "x"})
        expect_refused(std::string("lab delays --kernel debian-uml --injections=") + bad, "--injections: must be");
    expect_refused("lab fuzz", "--kernel is required");
    expect_refused("lab fuzz --kernel none", "none: there is no such file");
    expect_refused("lab fuzz --kernel '" BWCHECK_FAKE_KERNEL "'", "cannot run on virtual time");
    expect_refused("lab fuzz --kernel x --revision linux-7", "linux-7");
    expect_refused("lab fuzz --kernel x --scenarios 0", "--scenarios: must be a whole number");
    expect_refused("lab fuzz --kernel x --first -1", "--first: must be a whole number");
    expect_refused("lab fuzz --kernel x --budget never", "--budget: must be");
    expect_refused("lab fuzz --kernel x --jobs 0", "--jobs: must be a whole number from 1 to 256");
    expect_refused("lab delays --kernel debian-uml --seed -1", "--seed: must be a whole number");
    expect_refused("lab delays --kernel debian-uml --svg ''", "--svg: must be the name of a file");
    expect_refused("lab delays --kernel debian-uml --svg -", "--svg: must be the name of a file, not \"-\"");
    expect_refused("lab delays --kernel '" BWCHECK_FAKE_KERNEL "' --svg no/where.svg",
                   "no/where.svg: cannot be written");
    expect_refused("lab replay none.json --kernel debian-uml", "none.json: cannot be read: No such file or directory");
    expect_refused("lab replay . --kernel debian-uml", "cannot be read");
    expect_refused("lab replay /dev/null --kernel debian-uml", "not JSON");
    expect_refused("lab replay '" BWCHECK_SOURCE_DIR "/docs/schema/trace.schema.json' --kernel debian-uml",
                   "JSON, but not a trace of bwcheck");
    expect_refused("lab replay --kernel none '" BWCHECK_SOURCE_DIR
                   "/counterexamples/corpus/linux-6.1/stored-config-valid.json'",
                   "none: there is no such file; a kernel is");
}

} // namespace
} // namespace bwcheck::cli
