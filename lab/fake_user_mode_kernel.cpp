// For tests of the program as a whole: what looks like a user-mode kernel, and answers a guest's script as one might.
// It does not run anything, so that what bwcheck makes of answers can be seen within moments, and also of answers that
// no real kernel can be made to give. BWCHECK_FAKE says what it does:
//
//   (nothing)      tasks that are given runtime execute at once
//   late           tasks that are given runtime execute at the next refill, evenly distributed
//   no-bandwidth   it cannot be used
//   no-initramfs   it panics, because it finds no file system
//   dies           it ends after half of its answers
//   dies-once      so, the first time that it is started in a directory
//   hangs          it falls silent after half of its answers
#include "lab/answers.hpp"
#include "lab/script.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace bwcheck::lab {
namespace {

// By this a user-mode kernel is recognised.
constexpr std::string_view banner = "Linux version 6.1.0-fake (User Mode Linux)\n";

/// The file "script" of an initramfs; lab/initramfs.hpp tells what that looks like.
std::string script_in(const std::string& archive) {
    constexpr std::size_t header = 110;
    constexpr std::size_t size_at = 54;
    constexpr std::size_t name_size_at = 94;
    const auto number_at = [&](std::size_t place) { return std::stoul(archive.substr(place, 8), nullptr, 16); };
    const auto aligned = [](std::size_t place) { return (place + 3) / 4 * 4; };
    for (std::size_t entry = 0; entry + header < archive.size();) {
        const std::size_t name_size = number_at(entry + name_size_at);
        const std::size_t size = number_at(entry + size_at);
        const std::size_t contents = aligned(entry + header + name_size);
        if (archive.substr(entry + header, name_size - 1) == "script")
            return archive.substr(contents, size);
        entry = aligned(contents + size);
    }
    return "";
}

/// The delay after the write of this number, µs. Late ones are spread by the golden ratio.
std::uint64_t delay_us(bool late, std::uint64_t number) { return late ? number * 61'803 % 100'000 : 80; }

answer obey(const command& command, std::uint64_t number, bool late) {
    answer said{.number = number, .error = 0, .time_us = 1'000 * number, .value = ""};
    if (command.action == verb::wake)
        said.value = std::to_string(delay_us(late, number));
    else if (command.action == verb::read && command.file == "cpu.stat")
        said.value = "usage_usec 2500000\nnr_periods 50\nnr_throttled 50\nnr_bursts 0\nburst_usec 0\n";
    else if (command.action == verb::read)
        said.value = command.file == "cpu.max" ? "1000 100000\n" : "0\n";
    return said;
}

int run(std::string_view mode, const std::string& initramfs) {
    std::cout << banner;
    if (mode == "no-initramfs") {
        std::cout << "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n";
        return 1;
    }
    std::ifstream in(initramfs, std::ios::binary);
    const std::string archive{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto script = parse_script(script_in(archive), "script");
    constexpr std::uint64_t tick_ns = 10'000'000;
    std::cout << to_string(guest_hello{.release = "6.1.0-fake",
                                       .nr_cpus = 1,
                                       .page_size = 4096,
                                       .tick_ns = tick_ns,
                                       .trouble = mode == "no-bandwidth" ? "it has no bandwidth" : ""});
    const bool died_before = std::filesystem::exists("died");
    std::uint64_t count = 0;
    for (const command& command : script) {
        if (2 * count >= script.size()) {
            if (mode == "hangs") {
                std::cout.flush();
                ::pause();
            }
            if (mode == "dies" || (mode == "dies-once" && !died_before)) {
                std::ofstream("died").flush();
                return 1;
            }
        }
        std::cout << to_string(obey(command, count, mode == "late"));
        ++count;
    }
    std::cout << to_string(guest_end{count});
    return 0;
}

} // namespace
} // namespace bwcheck::lab

int main(int argc, char** argv) {
    constexpr std::string_view initrd = "initrd=";
    const char* const mode = std::getenv("BWCHECK_FAKE");
    std::string initramfs;
    for (int number = 1; number < argc; ++number)
        if (const std::string_view word = argv[number]; word.starts_with(initrd))
            initramfs = word.substr(initrd.size());
    return bwcheck::lab::run(mode == nullptr ? "" : mode, initramfs);
}
