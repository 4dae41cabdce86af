// For tests: a directory that passes for the source of a kernel. Its Makefile answers like the kernel's as far as a
// build asks it, and compiles one file.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace bwcheck::lab {

class with_fake_tree : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "bwcheck-lab-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        write("tree/Makefile", R"make(VERSION = 6
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
        write("tree/arch/um/Kconfig", "config UML\n\tbool\n");
        write("tree/init/Kconfig", "config CFS_BANDWIDTH\n\tbool\n");
        write("tree/kernel/sched/core.c", "int answer = 41;\nint main(void)\n{\n\treturn answer;\n}\n");
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    [[nodiscard]] std::filesystem::path path(std::string_view name) const { return directory / name; }

    void write(std::string_view name, std::string_view text) const {
        std::filesystem::create_directories(path(name).parent_path());
        std::ofstream out(path(name), std::ios::binary);
        out << text;
        ASSERT_TRUE(out.flush()) << name;
    }
    [[nodiscard]] std::string read(std::string_view name) const {
        std::ifstream in(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }
    /// A patch that makes the answer 42.
    void write_patch(std::string_view name) const {
        write(name, "The answer.\n\n--- a/kernel/sched/core.c\n+++ b/kernel/sched/core.c\n@@ -1 +1 @@\n"
                    "-int answer = 41;\n+int answer = 42;\n");
    }

    std::filesystem::path directory;
};

} // namespace bwcheck::lab
