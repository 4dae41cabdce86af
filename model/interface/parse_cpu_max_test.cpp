#include "model/interface/parse_cpu_max.hpp"
#include "model/interface/read_format.hpp"
#include "model/interface/status.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <ostream>
#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace bwcheck::model {

// For the messages of GoogleTest, which wants this name. NOLINTNEXTLINE(readability-identifier-naming)
void PrintTo(const parsed_cpu_max& parsed, std::ostream* out) {
    *out << name(parsed.error) << " quota ";
    parsed.unlimited ? *out << "max" : *out << parsed.quota_us;
    *out << " period ";
    parsed.has_period ? *out << parsed.period_us : *out << "-";
}

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr parsed_cpu_max refused{.error = status::einval};
constexpr parsed_cpu_max max_quota{.unlimited = true};

constexpr parsed_cpu_max quota(std::uint64_t quota_us) { return {.quota_us = quota_us}; }

constexpr parsed_cpu_max with_period(parsed_cpu_max parsed, std::uint64_t period_us) {
    parsed.has_period = true;
    parsed.period_us = period_us;
    return parsed;
}

struct cpu_max_row {
    std::string text;
    parsed_cpu_max expected;
};

void expect_cpu_max(const std::vector<cpu_max_row>& rows) {
    for (const cpu_max_row& r : rows)
        EXPECT_EQ(parse_cpu_max(r.text), r.expected) << "text: " << testing::PrintToString(r.text);
}

TEST(parse_cpu_max, reads_a_quota_and_perhaps_a_period) {
    expect_cpu_max({
        {"20000", quota(20000)},
        {"20000\n", quota(20000)},
        {"20000 100000", with_period(quota(20000), 100000)},
        {"20000 100000\n", with_period(quota(20000), 100000)},
        {"0", quota(0)},
        {"0 0", with_period(quota(0), 0)},
        {"18446744073709551615 18446744073709551615", with_period(quota(UINT64_MAX), UINT64_MAX)},
    });
}

TEST(parse_cpu_max, reads_max) {
    expect_cpu_max({
        {"max", max_quota},
        {"max\n", max_quota},
        {" max", max_quota},
        {"max 50000", with_period(max_quota, 50000)},
        {"\tmax\t50000\n", with_period(max_quota, 50000)},
        {"max max", max_quota},
        {"max 50000max", with_period(max_quota, 50000)},
    });
}

TEST(parse_cpu_max, wants_max_exactly) {
    expect_cpu_max({
        {"MAX", refused},
        {"Max", refused},
        {"maxx", refused},
        {"ma", refused},
        {"m", refused},
        {"max,", refused},
        {"max50000", refused},
        {"-max", refused},
        {"infinity", refused},
        {"maxmaxmaxmaxmaxmaxmaxmax", refused},
    });
}

TEST(parse_cpu_max, wants_something) {
    expect_cpu_max({
        {"", refused},
        {" ", refused},
        {"\n", refused},
        {" \t\n\v\f\r\xa0", refused},
        {std::string(4096, ' '), refused},
    });
}

TEST(parse_cpu_max, knows_no_signs) {
    expect_cpu_max({
        {"-1", refused},
        {"-1 100000", refused},
        {"+5000", refused},
        {"- 5000", refused},
        {"+ 5000", refused},
        {"20000 -5", quota(20000)},
        {"20000 +5", quota(20000)},
        {"20000-5", quota(20000)},
    });
}

TEST(parse_cpu_max, reads_decimal_numbers_only) {
    expect_cpu_max({
        {"abc", refused},
        {"x10", refused},
        {"0x10", quota(0)}, // the caller will find that too small
        {"0x2710 100000", with_period(quota(0), 100000)},
        {"010000", quota(10000)},
        {"010000 0100000", with_period(quota(10000), 100000)},
        {"08", quota(8)},
        {"20000 0x100000", with_period(quota(20000), 0)},
        {".5", refused},
        {",5", refused},
    });
}

TEST(parse_cpu_max, ignores_what_follows_the_digits) {
    expect_cpu_max({
        {"20000junk 100000", with_period(quota(20000), 100000)},
        {"20000junk", quota(20000)},
        {"20000us 100000us", with_period(quota(20000), 100000)},
        {"20000.5 100000.5", with_period(quota(20000), 100000)},
        {"2e4 1e5", with_period(quota(2), 1)},
        {"20_000 100_000", with_period(quota(20), 100)},
        {"20,000 100,000", with_period(quota(20), 100)},
        {"20000/100000", quota(20000)},
        {"20000 100000 extra", with_period(quota(20000), 100000)},
        {"20000 100000abc", with_period(quota(20000), 100000)},
        {"20000 100000\n30000 50000\n", with_period(quota(20000), 100000)},
    });
}

TEST(parse_cpu_max, leaves_the_period_alone_if_the_second_word_is_no_number) {
    expect_cpu_max({
        {"20000 abc", quota(20000)},
        {"20000 max", quota(20000)},
        {"20000 ,5", quota(20000)},
        {"20000 ", quota(20000)},
        {"20000 abc 100000", quota(20000)},
        {"20000 - 100000", quota(20000)},
        {"max x50000", max_quota},
    });
}

TEST(parse_cpu_max, does_not_look_at_the_period_if_the_quota_is_malformed) {
    expect_cpu_max({
        {"abc 100000", refused},
        {"maxx 100000", refused},
        {"100000abc max", quota(100000)},
    });
}

TEST(parse_cpu_max, takes_any_white_space_between_and_around) {
    for (const char space : {' ', '\t', '\n', '\v', '\f', '\r', '\xa0'}) {
        const std::string s(1, space);
        const std::string sss(3, space);
        expect_cpu_max({
            {s + "20000" + s + "100000" + s, with_period(quota(20000), 100000)},
            {sss + "max" + sss + "100000" + sss, with_period(max_quota, 100000)},
            {"20000" + sss, quota(20000)},
            {sss, refused},
        });
    }
}

TEST(parse_cpu_max, takes_no_other_byte_for_white_space) {
    for (int byte = 1; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        if (is_space(c))
            continue;
        EXPECT_EQ(parse_cpu_max("max"s + c + "5000"), refused) << byte;
        EXPECT_FALSE(parse_cpu_max("20000"s + c + " " + c + "5000").has_period && !is_digit(c)) << byte;
        EXPECT_EQ(parse_cpu_max(c + "20000"s).error == status::ok, is_digit(c)) << byte;
    }
    // A no-break space in UTF-8: its first byte still belongs to the word.
    expect_cpu_max({{"20000\xc2\xa0"
                     "50000",
                     with_period(quota(20000), 50000)},
                    {"max\xc2\xa0"
                     "50000",
                     refused}});
}

TEST(parse_cpu_max, splits_a_word_after_twenty_characters) {
    expect_cpu_max({
        {"00000000000000100000100000", with_period(quota(100000), 100000)},
        {"00000000000000100000", quota(100000)},
        {"00000000000000100000x", quota(100000)},
        {"000000000000001000005", with_period(quota(100000), 5)},
        {"00000000000000100000 5", with_period(quota(100000), 5)},
        {"   00000000000000100000 5", with_period(quota(100000), 5)},
        {"   000000000000001000005 7", with_period(quota(100000), 5)},
        {"000000000000000000020000 100000", with_period(quota(2), 0)},
        {"max00000000000000000", refused},
        {"max000000000000000005", refused},
        {"20000abcdefghijklmno50000", with_period(quota(20000), 50000)},
        {"20000abcdefghijklmnop50000", quota(20000)},
        {"184467440737095516150", with_period(quota(UINT64_MAX), 0)},
    });
}

TEST(parse_cpu_max, wraps_numbers_modulo_two_to_the_64) {
    expect_cpu_max({
        {"18446744073709551616", quota(0)},
        {"18446744073709571616", quota(20000)},
        {"99999999999999999999", quota(7766279631452241919ULL)},
        {"36893488147419103231", quota(UINT64_MAX)},
        {"20000 18446744073709651616", with_period(quota(20000), 100000)},
        {"20000 36893488147419203232", with_period(quota(20000), 100000)}, // 2 * 2^64 + 100000
        // The period may have any number of digits, and 10^64 is a multiple of 2^64.
        {"20000 1" + std::string(58, '0') + "100000", with_period(quota(20000), 100000)},
    });
}

TEST(parse_cpu_max, stops_at_a_nul) {
    expect_cpu_max({
        {"\0"
         "20000"s,
         refused},
        {"20000\0 100000"s, quota(20000)},
        {"20\0"
         "000 100000"s,
         quota(20)},
        {"max\0x"s, max_quota},
        {"20000 100\0"
         "000"s,
         with_period(quota(20000), 100)},
        {" \0max"s, refused},
    });
}

TEST(parse_cpu_max, can_be_computed_by_the_compiler) {
    static_assert(parse_cpu_max("max 50000\n") == with_period(max_quota, 50000));
    static_assert(parse_cpu_max("00000000000000100000100000") == parse_cpu_max("100000 100000"));
}

// The same, from a regular expression.
parsed_cpu_max parsed_by_regex(const std::string& bytes) {
    static const std::regex shape{"[\\t\\n\\v\\f\\r \xa0]*([^\\t\\n\\v\\f\\r \xa0]{0,20})"
                                  "[\\t\\n\\v\\f\\r \xa0]*([0-9]*)[^]*"};
    static const std::regex digits{"([0-9]*)[^]*"};
    const auto modulo_2_64 = [](const std::string& text) -> std::optional<std::uint64_t> {
        if (text.empty())
            return std::nullopt;
        std::uint64_t value = 0;
        for (const char c : text)
            value = value * 10 + static_cast<unsigned>(c - '0');
        return value;
    };
    const std::string text = bytes.substr(0, bytes.find('\0'));
    std::smatch words;
    if (!std::regex_match(text, words, shape))
        return refused;
    const std::string word = words[1];
    std::smatch leading;
    std::regex_match(word, leading, digits);
    parsed_cpu_max parsed;
    const auto quota_us = modulo_2_64(leading[1]);
    if (!quota_us && word != "max")
        return refused;
    parsed.unlimited = !quota_us;
    parsed.quota_us = quota_us.value_or(0);
    const auto period_us = modulo_2_64(words[2]);
    parsed.has_period = period_us.has_value();
    parsed.period_us = period_us.value_or(0);
    return parsed;
}

TEST(parse_cpu_max, agrees_with_a_regular_expression_on_random_text) {
    constexpr auto alphabet = "01234567890123456789 \t\n\v\f\r\xa0\0+-xmamaxj.\xff"sv;
    std::mt19937_64 random{20};
    int accepted = 0;
    int with_both = 0;
    for (int i = 0; i < 60'000; ++i) {
        std::string text = random() % 8 == 0 ? "max" : "";
        const auto noise = 2 + random() % 14;
        for (auto left = random() % 60; left > 0; --left) {
            text +=
                random() % noise != 0 ? static_cast<char>('0' + random() % 10) : alphabet[random() % alphabet.size()];
        }
        const parsed_cpu_max parsed = parse_cpu_max(text);
        ASSERT_EQ(parsed, parsed_by_regex(text)) << "text: " << testing::PrintToString(text);
        accepted += parsed.error == status::ok ? 1 : 0;
        with_both += parsed.has_period ? 1 : 0;
    }
    EXPECT_GT(accepted, 10'000);
    EXPECT_GT(with_both, 10'000);
}

TEST(parse_cpu_max, survives_arbitrary_bytes) {
    std::mt19937_64 random{255};
    for (int i = 0; i < 200'000; ++i) {
        std::string text(random() % 64, '\0');
        for (char& c : text)
            c = static_cast<char>(random() & 0xffU);
        const parsed_cpu_max parsed = parse_cpu_max(text);
        if (parsed.error != status::ok)
            ASSERT_EQ(parsed, refused);
        ASSERT_FALSE(parsed.unlimited && parsed.quota_us != 0);
        ASSERT_FALSE(!parsed.has_period && parsed.period_us != 0);
    }
}

TEST(parse_cpu_max, agrees_with_from_chars_on_numbers_that_fit) {
    std::mt19937_64 random{64};
    for (int i = 0; i < 100'000; ++i) {
        const std::string text = std::to_string(random() >> (random() % 64));
        std::uint64_t value = 0;
        ASSERT_EQ(std::from_chars(text.data(), text.data() + text.size(), value).ec, std::errc{});
        ASSERT_EQ(parse_cpu_max(text + ' ' + text), with_period(quota(value), value));
    }
}

TEST(read_cpu_max, shows_whole_microseconds) {
    EXPECT_EQ(read_cpu_max(20'000'000, 100'000'000), "20000 100000\n");
    EXPECT_EQ(read_cpu_max(20'000'999, 100'000'999), "20000 100000\n");
    EXPECT_EQ(read_cpu_max(0, 0), "0 0\n");
    EXPECT_EQ(read_cpu_max(UINT64_MAX, 100'000'000), "max 100000\n");
    EXPECT_EQ(read_cpu_max(UINT64_MAX - 1, 1'000'000'000), "18446744073709551 1000000\n");
    EXPECT_EQ(read_cpu_max(7, 10, 1), "7 10\n");
}

TEST(read_cpu_max, shows_a_quota_that_turns_negative_as_max) {
    EXPECT_EQ(read_cpu_max(1ULL << 63U, 5, 1), "max 5\n");
    EXPECT_EQ(read_cpu_max((1ULL << 63U) - 1, 5, 1), "9223372036854775807 5\n");
    EXPECT_EQ(read_cpu_max(5, UINT64_MAX, 1), "5 -1\n");
}

TEST(read_usec, shows_all_of_an_unsigned_number) {
    EXPECT_EQ(read_cpu_max_burst(0), "0\n");
    EXPECT_EQ(read_cpu_max_burst(1'999), "1\n");
    EXPECT_EQ(read_cpu_max_burst(UINT64_MAX), "18446744073709551\n");
    EXPECT_EQ(read_cpu_max_runtime(5'000'000), "5000\n");
    EXPECT_EQ(read_cpu_max_runtime(UINT64_MAX, 1), "18446744073709551615\n");
}

TEST(read_cpu_max, is_understood_by_the_parser) {
    std::mt19937_64 random{1'000};
    for (int i = 0; i < 100'000; ++i) {
        const std::uint64_t quota_us = (random() >> (random() % 64)) / 1000;
        const std::uint64_t period_us = (random() >> (random() % 64)) / 1000;
        ASSERT_EQ(parse_cpu_max(read_cpu_max(quota_us * 1000, period_us * 1000)),
                  with_period(quota(quota_us), period_us));
        ASSERT_EQ(parse_cpu_max(read_cpu_max(UINT64_MAX, period_us * 1000)), with_period(max_quota, period_us));
    }
}

} // namespace
} // namespace bwcheck::model
