// For tests: a directory that passes for the source of a kernel. Its Makefile answers like the kernel's as far as a
// build asks it, and compiles one file.
#pragma once

#include "lab/building/source_tree.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace bwcheck::lab {

/// Writes a file, and makes the directories above it.
inline void write_whole_file(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << text;
    ASSERT_TRUE(out.flush()) << path;
}

inline void write_fake_tree(const std::filesystem::path& tree) {
    write_whole_file(tree / "Makefile", R"make(VERSION = 6
PATCHLEVEL = 1
SUBLEVEL = 99
EXTRAVERSION =

tinyconfig:
	@echo CONFIG_TINY=y >$(O)/.config
olddefconfig:
	@test "$(ARCH)" = um
linux:
	$(CC) -o $(O)/linux kernel/sched/core.c
)make");
    write_whole_file(tree / "arch/um/Kconfig", "config UML\n\tbool\n");
    write_whole_file(tree / "init/Kconfig", "config CFS_BANDWIDTH\n\tbool\n");
    write_whole_file(tree / "kernel/sched/core.c", "int answer = 41;\nint main(void)\n{\n\treturn answer;\n}\n");
}

/// A patch for it that makes the answer 42.
inline constexpr std::string_view fake_patch = "The answer.\n\n--- a/kernel/sched/core.c\n+++ b/kernel/sched/core.c\n"
                                               "@@ -1 +1 @@\n-int answer = 41;\n+int answer = 42;\n";

class with_fake_tree : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "bwcheck-lab-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        write_fake_tree(path("tree"));
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    [[nodiscard]] std::filesystem::path path(std::string_view name) const { return directory / name; }

    void write(std::string_view name, std::string_view text) const { write_whole_file(path(name), text); }
    [[nodiscard]] std::string read(std::string_view name) const { return text_of(path(name)); }
    void write_patch(std::string_view name) const { write(name, fake_patch); }

    std::filesystem::path directory;
};

} // namespace bwcheck::lab
