#include "lab/guest_program.hpp"
#include "lab/initramfs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <charconv>
#include <map>

namespace bwcheck::lab {
namespace {

struct packed {
    unsigned mode = 0;
    unsigned major = 0;
    unsigned minor = 0;
    std::string bytes;
};

/// Reads an archive as the kernel does (init/initramfs.c): fields of 8 hexadecimal digits, everything aligned to 4.
std::map<std::string, packed> unpack(std::string_view archive) {
    constexpr std::size_t header = 110;
    std::map<std::string, packed> all;
    std::size_t at = 0;
    const auto field = [&](std::size_t number) {
        unsigned value = 0;
        const char* const begin = archive.data() + at + 6 + 8 * number;
        EXPECT_EQ(std::from_chars(begin, begin + 8, value, 16).ptr, begin + 8);
        return value;
    };
    const auto aligned = [](std::size_t size) { return (size + 3) / 4 * 4; };
    while (at + header <= archive.size()) {
        EXPECT_EQ(archive.substr(at, 6), "070701");
        const std::size_t name_size = field(11);
        const std::size_t size = field(6);
        const std::string name(archive.substr(at + header, name_size - 1));
        EXPECT_EQ(archive[at + header + name_size - 1], '\0');
        packed one{.mode = field(1), .major = field(9), .minor = field(10), .bytes = ""};
        at += aligned(header + name_size);
        one.bytes = archive.substr(at, size);
        at += aligned(size);
        if (name == "TRAILER!!!") {
            EXPECT_EQ(at, archive.size());
            return all;
        }
        all.emplace(name, one);
    }
    ADD_FAILURE() << "there is no trailer";
    return all;
}

TEST(initramfs, has_what_was_put_in) {
    for (std::size_t size = 0; size < 6; ++size) {
        initramfs files;
        files.add_directory("d");
        files.add_file("d/" + std::string(size, 'x') + "f", std::string(size, '\1'), true);
        files.add_file("g", "text", false);
        files.add_character_device("c", 5, 1);
        auto all = unpack(files.finish());
        EXPECT_EQ(all.size(), 4U);
        EXPECT_EQ(all["d"].mode, S_IFDIR | 0755U);
        EXPECT_EQ(all["d/" + std::string(size, 'x') + "f"].bytes, std::string(size, '\1'));
        EXPECT_EQ(all["d/" + std::string(size, 'x') + "f"].mode, S_IFREG | 0755U);
        EXPECT_EQ(all["g"].mode, S_IFREG | 0644U);
        EXPECT_EQ(all["c"].mode & S_IFMT, static_cast<unsigned>(S_IFCHR));
        EXPECT_EQ(all["c"].major, 5U);
        EXPECT_EQ(all["c"].minor, 1U);
    }
}

TEST(initramfs, of_the_guest_has_its_program_and_its_script) {
    auto all = unpack(guest_initramfs("go\n"));
    EXPECT_EQ(all["script"].bytes, "go\n");
    EXPECT_EQ(all["init"].bytes, guest_program());
    EXPECT_THAT(all["init"].bytes, testing::StartsWith("\x7f"
                                                       "ELF"));
}

} // namespace
} // namespace bwcheck::lab
