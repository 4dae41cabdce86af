#include "lab/kernel.hpp"
#include "lab/lab_error.hpp"
#include "lab/scratch_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace bwcheck::lab {
namespace {

using testing::HasSubstr;

template <class Action>
std::string error_of(const Action& action) {
    try {
        action();
    } catch (const lab_error& error) {
        EXPECT_THAT(std::string(error.what()), testing::Not(HasSubstr("\n")));
        return error.what();
    }
    return "no error";
}

class kernel : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file(const std::string& name, const std::string& bytes) const {
        const auto path = directory_.path() / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    [[nodiscard]] std::string refusal(const std::filesystem::path& path) const {
        return error_of([&] { static_cast<void>(platform_of(path)); });
    }
    [[nodiscard]] std::filesystem::path directory() const { return directory_.path(); }

private:
    scratch_directory directory_;
};

TEST_F(kernel, is_recognised_by_what_is_in_its_file) {
    std::string image(0x300, '\0');
    image.replace(0x202, 4, "HdrS");
    EXPECT_EQ(platform_of(file("bzImage", image)), platform::qemu);
}

TEST_F(kernel, that_is_none_is_refused_in_one_line) {
    EXPECT_THAT(refusal(directory() / "none"),
                HasSubstr("there is no such file; a kernel is debian-uml or debian-qemu"));
    EXPECT_THAT(refusal(directory()), HasSubstr("is not a file; the kernel of a tree is linux"));
    EXPECT_THAT(refusal(file("text", "hello")), HasSubstr("is not a kernel, neither"));
    EXPECT_THAT(refusal(file("empty", "")), HasSubstr("is not a kernel, neither"));
    EXPECT_THAT(refusal("/bin/true"), HasSubstr("is a program, but not a Linux kernel"));
    EXPECT_THAT(refusal(file("elf", "\x7f"
                                    "ELF Linux version ")),
                HasSubstr("is not a 64-bit kernel"));
}

TEST_F(kernel, without_what_is_needed_to_run_it_names_the_package) {
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", directory().c_str(), 1);
    EXPECT_THAT(error_of([] { static_cast<void>(find_kernel("debian-uml")); }),
                HasSubstr("there is no linux.uml in PATH; on Debian: apt-get install user-mode-linux"));
    EXPECT_THAT(error_of([] { static_cast<void>(find_kernel("debian-qemu")); }),
                HasSubstr("apt-get install qemu-system-x86"));
    ::setenv("PATH", path.c_str(), 1);
}

TEST_F(kernel, is_kept_where_the_user_wants_it) {
    const char* const before = std::getenv("XDG_CACHE_HOME");
    const std::string restored = before == nullptr ? "" : before;
    ::setenv("XDG_CACHE_HOME", "/some/where", 1);
    EXPECT_EQ(cache_directory(), "/some/where/bwcheck");
    if (before == nullptr)
        ::unsetenv("XDG_CACHE_HOME");
    else
        ::setenv("XDG_CACHE_HOME", restored.c_str(), 1);
}

TEST_F(kernel, boots_with_further_arguments) {
    const kernel_image with_clock{"mine", "/mine/linux", platform::user_mode, true};
    EXPECT_THAT(boot_command(with_clock, {}, "fs", "scratch"), testing::Contains("time-travel=inf-cpu"));
    machine_options in_real_time;
    in_real_time.real_time = true;
    EXPECT_THAT(boot_command(with_clock, in_real_time, "fs", "scratch"),
                testing::Not(testing::Contains("time-travel=inf-cpu")));
    const machine_options options{.nr_cpus = 3, .accel = accelerator::tcg, .kernel_arguments = "a=1 b"};
    const auto user_mode = boot_command({"k", "/k", platform::user_mode}, options, "/i", "/s");
    EXPECT_EQ(user_mode.front(), "/k");
    EXPECT_THAT(user_mode, testing::IsSupersetOf({"initrd=/i", "a=1", "b"}));
    EXPECT_THAT(boot_command({"k", "/k", platform::qemu}, options, "/i", "/s"),
                testing::IsSupersetOf({"tcg", "3", "/k", "/i", "console=ttyS0 quiet panic=-1 a=1 b"}));
}

} // namespace
} // namespace bwcheck::lab
