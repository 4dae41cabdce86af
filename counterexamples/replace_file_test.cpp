#include "counterexamples/replace_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

namespace bwcheck::counterexamples {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class replacing : public testing::Test {
public:
    const fs::path directory =
        fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();

    void SetUp() override {
        fs::remove_all(directory);
        fs::create_directories(directory);
    }
    void TearDown() override { fs::remove_all(directory); }

    static std::string content(const fs::path& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& each : fs::directory_iterator(directory))
            all.push_back(each.path().filename());
        std::sort(all.begin(), all.end());
        return all;
    }
};

TEST_F(replacing, puts_all_of_the_text_where_another_was) {
    replace_file(directory / "file", "a long text");
    replace_file(directory / "file", "short");
    EXPECT_EQ(content(directory / "file"), "short");
    EXPECT_THAT(names(), ElementsAre("file")) << "nothing is left beside it";
}

TEST_F(replacing, leaves_what_was_there_to_those_who_read_it) {
    replace_file(directory / "file", "before");
    std::ifstream reader(directory / "file");
    replace_file(directory / "file", "after");
    std::string read;
    reader >> read;
    EXPECT_EQ(read, "before");
}

TEST_F(replacing, writes_to_where_a_symbolic_link_leads) {
    replace_file(directory / "file", "before");
    fs::create_symlink("file", directory / "link");
    replace_file(directory / "link", "after");
    EXPECT_TRUE(fs::is_symlink(directory / "link"));
    EXPECT_EQ(content(directory / "file"), "after");
}

TEST_F(replacing, writes_into_a_pipe) {
    ASSERT_EQ(::mkfifo((directory / "pipe").c_str(), S_IRUSR | S_IWUSR), 0);
    auto reader = std::async(std::launch::async, [&] { return content(directory / "pipe"); });
    replace_file(directory / "pipe", "through");
    EXPECT_EQ(reader.get(), "through");
    EXPECT_TRUE(fs::is_fifo(directory / "pipe"));
}

TEST_F(replacing, leaves_nothing_behind_when_it_cannot) {
    fs::create_directory(directory / "taken");
    EXPECT_THROW(replace_file(directory / "taken", "text"), std::system_error);
    EXPECT_THROW(replace_file(directory / "no" / "where", "text"), std::system_error);
    EXPECT_THROW(replace_file("/dev/full", "text"), std::system_error);
    EXPECT_THAT(names(), ElementsAre("taken"));
}

} // namespace
} // namespace bwcheck::counterexamples
