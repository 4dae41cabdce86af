// Whatever is in a scope, a trace, a report or a file of expectations: it is read, or refused in one line, and nothing
// else happens. Inputs are valid texts in which bytes, words and lines were damaged, and noise; the seed is fixed.
#include "cli/fuzzed_parsers.hpp"
#include "cli/reports/merged_results.hpp"
#include "text/input_error.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace bwcheck::cli {
namespace {

class damage {
public:
    explicit damage(std::uint64_t seed) : random_(seed) {}

    std::string applied_to(std::string text) {
        for (std::uint64_t times = 1 + below(4); times > 0; --times)
            once(text);
        return text;
    }
    std::string noise() {
        std::string bytes(below(200), '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(below(256));
        return bytes;
    }

private:
    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
    std::size_t somewhere(const std::string& text) { return below(text.size() + 1); }

    void once(std::string& text) {
        const std::size_t at = somewhere(text);
        const std::size_t length = std::min<std::size_t>(below(30), text.size() - at);
        static const std::string_view pieces[] = {
            "-1",       "18446744073709551616", "1e9", "\"", "[", "{", "]",    "}",       "\n", "null", "\0",
            "\xff\xfe", "9999999999",           "#",   "=",  ",", "0", "true", "\\u0000", "x"};
        switch (below(6)) {
        case 0:
            text.erase(at, length);
            break;
        case 1:
            text.insert(at, text.substr(somewhere(text), 40));
            break;
        case 2:
            text.insert(at, pieces[below(std::size(pieces))]);
            break;
        case 3:
            if (at < text.size())
                text[at] = static_cast<char>(below(256));
            break;
        case 4:
            text.resize(at);
            break;
        default:
            text.replace(at, length, pieces[below(std::size(pieces))]);
            break;
        }
    }

    std::mt19937_64 random_;
};

class parser_fuzz : public testing::TestWithParam<fuzzed_parser> {};

TEST_P(parser_fuzz, reads_or_refuses_in_one_line) {
    const fuzzed_parser& parser = GetParam();
    const std::string valid = parser.valid();
    ASSERT_TRUE(parser.reads(valid));
    constexpr int rounds = 3000;
    int accepted = 0;
    for (int round = 0; round < rounds; ++round) {
        damage hammer(static_cast<std::uint64_t>(round));
        const std::string text = round % 10 == 0 ? hammer.noise() : hammer.applied_to(valid);
        // Whatever is thrown here is thrown on, and the test fails.
        accepted += parser.reads(text) ? 1 : 0;
    }
    RecordProperty("accepted", accepted);
    EXPECT_GT(accepted, 0) << "some damage is to comments, names and numbers";
    EXPECT_LT(accepted, rounds * 3 / 4) << "a parser that takes almost anything does not look at it";
}
INSTANTIATE_TEST_SUITE_P(of, parser_fuzz, testing::ValuesIn(fuzzed_parsers().begin(), fuzzed_parsers().end()),
                         [](const auto& of) { return std::string(of.param.name); });

// What was read of several shards goes together or is refused; damage to one must not end in sums that wrapped.
TEST(merge_fuzz, shards_are_merged_or_refused) {
    const std::string valid = fuzzed_parser_named("results").valid();
    int merged = 0;
    for (std::uint64_t round = 0; round < 2000; ++round) {
        try {
            auto shards = parse_printed_reports(damage(round).applied_to(valid), "damaged");
            for (const printed_result& one : parse_printed_reports(damage(round + 1).applied_to(valid), "other"))
                shards.push_back(one);
            const auto all = merged_results(shards);
            EXPECT_FALSE(merged_json(all).empty());
            ++merged;
        } catch (const text::input_error& refused) {
            EXPECT_EQ(std::string_view(refused.what()).find('\n'), std::string_view::npos) << refused.what();
        }
    }
    EXPECT_LT(merged, 2000);
}

} // namespace
} // namespace bwcheck::cli
