#include "text/whole_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <string>
#include <system_error>
#include <vector>

namespace bwcheck::text {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class whole_file : public testing::Test {
public:
    const fs::path directory =
        fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();

    void SetUp() override {
        fs::remove_all(directory);
        fs::create_directories(directory);
    }
    void TearDown() override { fs::remove_all(directory); }

    static std::string content(const fs::path& file) { return read_file(file, 100).value_or("too much"); }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& each : fs::directory_iterator(directory))
            all.push_back(each.path().filename());
        std::sort(all.begin(), all.end());
        return all;
    }
};

TEST_F(whole_file, replaces_another) {
    replace_file(directory / "file", "a long text");
    replace_file(directory / "file", "short");
    EXPECT_EQ(content(directory / "file"), "short");
    EXPECT_THAT(names(), ElementsAre("file")) << "nothing is left beside it";
}

TEST_F(whole_file, leaves_what_was_there_to_those_who_read_it) {
    replace_file(directory / "file", "before");
    std::ifstream reader(directory / "file");
    replace_file(directory / "file", "after");
    std::string read;
    reader >> read;
    EXPECT_EQ(read, "before");
}

TEST_F(whole_file, writes_to_where_a_symbolic_link_leads) {
    replace_file(directory / "file", "before");
    fs::create_symlink("file", directory / "link");
    replace_file(directory / "link", "after");
    EXPECT_TRUE(fs::is_symlink(directory / "link"));
    EXPECT_EQ(content(directory / "file"), "after");
}

TEST_F(whole_file, writes_into_a_pipe) {
    ASSERT_EQ(::mkfifo((directory / "pipe").c_str(), S_IRUSR | S_IWUSR), 0);
    auto reader = std::async(std::launch::async, [&] { return content(directory / "pipe"); });
    replace_file(directory / "pipe", "through");
    EXPECT_EQ(reader.get(), "through");
    EXPECT_TRUE(fs::is_fifo(directory / "pipe"));
}

TEST_F(whole_file, leaves_nothing_behind_when_it_cannot) {
    fs::create_directory(directory / "taken");
    EXPECT_THROW(replace_file(directory / "taken", "text"), std::system_error);
    EXPECT_THROW(replace_file(directory / "no" / "where", "text"), std::system_error);
    EXPECT_THROW(replace_file("/dev/full", "text"), std::system_error);
    EXPECT_THAT(names(), ElementsAre("taken"));
}

TEST_F(whole_file, is_read_up_to_a_size) {
    replace_file(directory / "file", std::string(200'000, 'x'));
    EXPECT_EQ(read_file(directory / "file", 200'000), std::string(200'000, 'x'));
    EXPECT_EQ(read_file(directory / "file", 199'999), std::nullopt);
    EXPECT_EQ(read_file("/dev/zero", 1'000'000), std::nullopt) << "and no further, however much there is";
    EXPECT_EQ(read_file("/dev/null", 0), "");
}

TEST_F(whole_file, is_not_read_where_there_is_none) {
    EXPECT_THROW(static_cast<void>(read_file(directory / "none", 100)), std::system_error);
    EXPECT_THROW(static_cast<void>(read_file(directory, 100)), std::system_error);
}

} // namespace
} // namespace bwcheck::text
