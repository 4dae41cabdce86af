// For tests: runs the program that was built, as a user does from a shell.
#pragma once

#include "testing/test_paths.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace bwcheck::cli {

/// What a command did. `status` is -1 if it did not exit by itself.
struct outcome {
    int status = -1;
    std::string out;
    std::string err;
};

/// A directory of its own for each test, in which commands run; gone afterwards.
class in_empty_directory : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "bwcheck-test-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        root_ = name;
        directory = root_ / "work";
        std::filesystem::create_directory(directory);
    }
    void TearDown() override { std::filesystem::remove_all(root_); }

    /// Runs `bwcheck ARGUMENTS`. `before` goes in front of it, as an assignment of the environment does.
    [[nodiscard]] outcome bwcheck(const std::string& arguments, const std::string& before = "") const {
        return shell(before + " '" BWCHECK_BINARY "' " + arguments);
    }

    /// Runs a line of shell in the directory.
    [[nodiscard]] outcome shell(const std::string& line) const {
        const auto out = root_ / "out";
        const auto err = root_ / "err";
        const std::string whole = "cd '" + directory.string() + "' && { " + line + "\n} </dev/null >'" + out.string() +
                                  "' 2>'" + err.string() + "'";
        const int status = std::system(whole.c_str()); // NOLINT(cert-env33-c): running commands is the purpose
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents(out), contents(err)};
    }

    /// Runs a line of shell on a terminal, and returns all that is shown there; or, with `until`, what is shown up to
    /// there, and then hangs up.
    [[nodiscard]] std::string on_a_terminal(const std::string& line, const std::string& until = "") const {
        int terminal = -1;
        const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
        if (child == 0) {
            const std::string whole = "cd '" + directory.string() + "' && export TERM=xterm && " + line;
            ::execl("/bin/sh", "sh", "-c", whole.c_str(), nullptr);
            ::_exit(1);
        }
        std::string shown;
        std::string buffer(4096, '\0');
        ssize_t got = 0;
        while ((until.empty() || shown.find(until) == std::string::npos) &&
               (got = ::read(terminal, buffer.data(), buffer.size())) > 0)
            shown.append(buffer, 0, static_cast<std::size_t>(got));
        ::close(terminal);
        static_cast<void>(::waitpid(child, nullptr, 0));
        return shown;
    }

    [[nodiscard]] static std::string contents(const std::filesystem::path& path) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    }

    /// That a command was refused: in one line, with status 1.
    static void expect_one_line(const outcome& done, const std::string& says) {
        EXPECT_EQ(done.status, 1);
        EXPECT_THAT(done.out, testing::IsEmpty());
        EXPECT_THAT(done.err, testing::AllOf(testing::StartsWith("bwcheck: "), testing::HasSubstr(says)));
        EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    }

    void write_file(const std::string& name, const std::string& text) const {
        std::ofstream(directory / name, std::ios::binary) << text;
    }

    std::filesystem::path directory;

private:
    std::filesystem::path root_;
};

/// How one scope for tests is chosen: a few thousand states, in which the known violations are.
inline std::string tiny_scope() { return "--scope '" BWCHECK_SOURCE_DIR "/cli/testdata/tiny.toml'"; }

/// The same for the exhaustive engine alone, where it is of no interest what the others say.
inline std::string explored_tiny_scope() { return tiny_scope() + " --engine explore"; }

} // namespace bwcheck::cli
