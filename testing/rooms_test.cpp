// The rooms of the house, and the direction in which data flows through them: each may use only those that come before
// it. This is the place where the order is said; README.md tells people the same.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck {
namespace {

namespace fs = std::filesystem;

/// In their order. A folder in a folder that is not named belongs to the room around it.
const std::vector<std::string> rooms{
    "text",       "programs", "model",    "symbolic", "model/revisions", "plugin",
    "properties", "verdicts", "explorer", "solver",   "counterexamples", "counterexamples/replay",
    "random",     "lab",      "cli",      "mutation", "bench",           "fuzz"};

/// Sources that are no tests themselves, but are only there for tests.
const std::set<std::string> for_tests_only{"cli/fuzzed_parsers.cpp", "lab/fake_user_mode_kernel.cpp"};

constexpr std::string_view testing_room = "testing";

const fs::path tree = BWCHECK_SOURCE_DIR;

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// The innermost room around a file, by its place in the order.
std::optional<std::size_t> room_of(std::string_view file) {
    std::optional<std::size_t> found;
    for (std::size_t place = 0; place < rooms.size(); ++place)
        if (file.starts_with(rooms[place] + "/") && (!found || rooms[*found].size() < rooms[place].size()))
            found = place;
    return found;
}

/// Tests may include anything; benchmarks and fuzzers are near enough to them.
bool is_for_tests(const std::string& file) {
    return file.starts_with("bench/") || file.starts_with("fuzz/") ||
           file.starts_with(std::string(testing_room) + "/") || file.ends_with("_test.cpp") ||
           for_tests_only.contains(file);
}

/// What is wrong with an include; empty if nothing is.
std::string fault_of(const std::string& file, const std::string& included) {
    if (is_for_tests(file))
        return "";
    if (included.starts_with(std::string(testing_room) + "/"))
        return file + " includes \"" + included + "\": testing/ is for tests";
    const auto from = room_of(file);
    const auto to = room_of(included);
    if (!from || !to || *to <= *from)
        return "";
    std::string before;
    for (std::size_t place = 0; place < *from; ++place)
        before += (before.empty() ? "" : ", ") + rooms[place] + "/";
    return file + " includes \"" + included + "\": " + rooms[*from] + "/ comes before " + rooms[*to] +
           "/ and must not use it, but only " + (before.empty() ? "itself" : before);
}

/// All sources in the rooms and in testing/, as their paths in the tree.
std::vector<std::string> sources() {
    std::vector<std::string> found;
    std::vector<std::string> folders = rooms;
    folders.emplace_back(testing_room);
    for (const std::string& folder : folders) {
        if (folder.find('/') != std::string::npos || !fs::exists(tree / folder))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(tree / folder)) {
            const std::string name = entry.path().filename().string();
            for (const char* const ending : {".hpp", ".cpp", ".hpp.in", ".cpp.in", ".inc"})
                if (name.ends_with(ending))
                    found.push_back(entry.path().lexically_relative(tree).string());
        }
    }
    return found;
}

TEST(rooms, use_only_those_that_come_before_them) {
    const std::regex include("^[ \t]*#[ \t]*include[ \t]*\"([^\"]*)\"", std::regex::multiline);
    const auto files = sources();
    ASSERT_GT(files.size(), 100U);
    for (const std::string& file : files) {
        const std::string text = text_of(tree / file);
        for (std::sregex_iterator each(text.begin(), text.end(), include), end; each != end; ++each)
            EXPECT_EQ(fault_of(file, (*each)[1].str()), "");
    }
}

TEST(rooms, have_a_rule_that_says_what_is_wrong) {
    EXPECT_EQ(
        fault_of("model/scope.cpp", "cli/options.hpp"),
        "model/scope.cpp includes \"cli/options.hpp\": model/ comes before cli/ and must not use it, but only text/, "
        "programs/");
    EXPECT_EQ(fault_of("cli/options.cpp", "testing/known_trace.hpp"),
              "cli/options.cpp includes \"testing/known_trace.hpp\": testing/ is for tests");
    EXPECT_EQ(fault_of("model/fair/refill.hpp", "model/revisions/mainline.hpp"),
              "model/fair/refill.hpp includes \"model/revisions/mainline.hpp\": model/ comes before model/revisions/ "
              "and must "
              "not use it, but only text/, programs/");
    EXPECT_EQ(fault_of("model/scope_test.cpp", "cli/options.hpp"), "");
    EXPECT_EQ(fault_of("cli/lab/text.cpp", "cli/options.hpp"), "");
    EXPECT_EQ(fault_of("cli/options.cpp", "vector"), "");
}

TEST(rooms, are_all_in_the_order) {
    for (const auto& entry : fs::directory_iterator(tree)) {
        const std::string name = entry.path().filename().string();
        if (!fs::exists(entry.path() / "CMakeLists.txt") || name == testing_room)
            continue;
        EXPECT_THAT(rooms, testing::Contains(name)) << "a new room: give it a place in testing/rooms_test.cpp";
    }
}

TEST(rooms, are_all_read_by_clang_tidy) {
    const std::string configuration = text_of(tree / ".clang-tidy");
    std::smatch filter;
    ASSERT_TRUE(std::regex_search(configuration, filter, std::regex("HeaderFilterRegex: '/\\(([a-z|]+)\\)/")));
    const std::string named = "|" + filter[1].str() + "|";
    for (const std::string& room : rooms) {
        const std::string outer = room.substr(0, room.find('/'));
        EXPECT_THAT(named, testing::HasSubstr("|" + outer + "|")) << "HeaderFilterRegex of .clang-tidy leaves it out";
    }
}

TEST(tests, have_names_in_lower_case) {
    const std::regex declared("^(?:TEST|TEST_F|TEST_P|TYPED_TEST|INSTANTIATE_TEST_SUITE_P)\\((\\w+), *(\\w+)",
                              std::regex::multiline);
    std::size_t seen = 0;
    for (const std::string& file : sources()) {
        const std::string text = text_of(tree / file);
        for (std::sregex_iterator each(text.begin(), text.end(), declared), end; each != end; ++each, ++seen)
            EXPECT_FALSE(std::regex_search(each->str(1) + each->str(2), std::regex("[A-Z]")))
                << file << ": " << each->str(1) << '.' << each->str(2) << ": names of tests are words_like_this";
    }
    EXPECT_GT(seen, 500U);
}

TEST(rooms, are_told_by_the_readme_in_the_same_order) {
    const std::regex row("^\\| `([a-z/]+)/` \\|", std::regex::multiline);
    const std::string readme = text_of(tree / "README.md");
    std::vector<std::string> told;
    for (std::sregex_iterator each(readme.begin(), readme.end(), row), end; each != end; ++each)
        told.push_back((*each)[1].str());
    std::vector<std::string> expected;
    std::copy_if(rooms.begin(), rooms.end(), std::back_inserter(expected),
                 [](const std::string& room) { return fs::exists(tree / room / "CMakeLists.txt"); });
    expected.emplace_back(testing_room);
    expected.emplace_back("docs");
    EXPECT_EQ(told, expected)
        << "the table in README.md has other rooms, or another order, than testing/rooms_test.cpp";
}

} // namespace
} // namespace bwcheck
