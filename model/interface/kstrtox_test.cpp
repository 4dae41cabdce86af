#include "model/interface/cgroup_write.hpp"
#include "model/interface/kstrtox.hpp"
#include "model/interface/status.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace bwcheck::model {

// For the messages of GoogleTest, which wants this name. NOLINTNEXTLINE(readability-identifier-naming)
void PrintTo(const parsed_u64& parsed, std::ostream* out) { *out << name(parsed.error) << ' ' << parsed.value; }
// NOLINTNEXTLINE(readability-identifier-naming)
void PrintTo(const parsed_s64& parsed, std::ostream* out) { *out << name(parsed.error) << ' ' << parsed.value; }

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr parsed_u64 number(std::uint64_t value) { return {.value = value}; }
constexpr parsed_u64 einval{.error = status::einval};
constexpr parsed_u64 erange{.error = status::erange};

struct row {
    std::string text;
    parsed_u64 expected;
};

void expect_rows(const std::vector<row>& rows) {
    for (const row& r : rows)
        EXPECT_EQ(kstrtoull(r.text), r.expected) << "text: " << testing::PrintToString(r.text);
}

TEST(status, has_the_names_and_numbers_of_linux) {
    EXPECT_EQ(name(status::ok), "OK");
    EXPECT_EQ(name(status::einval), "EINVAL");
    EXPECT_EQ(name(status::erange), "ERANGE");
    EXPECT_EQ(name(status::e2big), "E2BIG");
    EXPECT_EQ(name(status::enoent), "ENOENT");
    EXPECT_EQ(code(status::ok), 0);
    EXPECT_EQ(code(status::einval), -22);
    EXPECT_EQ(code(status::erange), -34);
    EXPECT_EQ(code(status::e2big), -7);
    EXPECT_EQ(code(status::enoent), -2);
}

TEST(ctype, knows_seven_kinds_of_white_space) {
    std::string found;
    for (int c = 0; c < 256; ++c)
        if (is_space(static_cast<char>(c)))
            found += static_cast<char>(c);
    EXPECT_EQ(found, "\t\n\v\f\r \xa0");
}

TEST(kstrtoull, reads_decimal_numbers) {
    expect_rows({
        {"0", number(0)},
        {"7", number(7)},
        {"10000", number(10000)},
        {"18446744073709551614", number(UINT64_MAX - 1)},
        {"18446744073709551615", number(UINT64_MAX)},
    });
}

TEST(kstrtoull, takes_the_base_from_the_prefix) {
    expect_rows({
        {"010000", number(4096)},
        {"00", number(0)},
        {"000000000000000000000000000012", number(10)},
        {"0x2710", number(10000)},
        {"0X2710", number(10000)},
        {"0xDeadBeef", number(0xdeadbeef)},
        {"0x0", number(0)},
        {"0x00000000000000000000ff", number(255)},
        {"0xffffffffffffffff", number(UINT64_MAX)},
        {"01777777777777777777777", number(UINT64_MAX)},
    });
}

TEST(kstrtoull, does_not_take_a_lone_prefix_for_a_number) {
    expect_rows({
        {"0x", einval},
        {"0xg", einval},
        {"0x\n", einval},
        {"0x 1", einval},
        {"x10", einval},
        {"00x10", einval},
        {"0x0x10", einval},
        {"0b101", einval},
        {"0o17", einval},
        {"08", einval},
        {"09", einval},
        {"0778", einval},
        {"ff", einval},
    });
}

TEST(kstrtoull, allows_one_plus_sign_and_no_minus_sign) {
    expect_rows({
        {"+5000", number(5000)},
        {"+0x10", number(16)},
        {"+010", number(8)},
        {"+0\n", number(0)},
        {"+", einval},
        {"+\n", einval},
        {"++1", einval},
        {"+-1", einval},
        {"-1", einval},
        {"-0", einval},
        {"-", einval},
        {"0x+1", einval},
    });
}

TEST(kstrtoull, allows_one_newline_at_the_end) {
    expect_rows({
        {"10\n", number(10)},
        {"0\n", number(0)},
        {"0x1f\n", number(31)},
        {"10\n\n", einval},
        {"10\r\n", einval},
        {"10\n ", einval},
        {"10\n5", einval},
        {"\n", einval},
        {"\n10", einval},
        {"1\n0", einval},
    });
}

TEST(kstrtoull, allows_nothing_else) {
    expect_rows({
        {"", einval},
        {" ", einval},
        {" 10", einval},
        {"\t10", einval},
        {"10 ", einval},
        {"10\t\n", einval},
        {"1 0", einval},
        {"10 20", einval},
        {"10us", einval},
        {"1e3", einval},
        {"1.5", einval},
        {"1_000", einval},
        {"1,000", einval},
        {"max", einval},
        {"abc", einval},
        {"\xa0"
         "10",
         einval},
        {"\xd9\xa1", einval}, // a digit of Unicode is none of the kernel's
    });
}

TEST(kstrtoull, reports_numbers_that_do_not_fit) {
    expect_rows({
        {"18446744073709551616", erange},
        {"18446744073709551620", erange},
        {"99999999999999999999", erange},
        {"184467440737095516150", erange},
        {"0x10000000000000000", erange},
        {"0xfffffffffffffffff", erange},
        {"02000000000000000000000", erange},
        {"+18446744073709551616\n", erange},
        {std::string(4000, '9'), erange},
        {"1" + std::string(64, '0'), erange}, // a multiple of 2^64: the wrapped value is 0
    });
}

TEST(kstrtoull, reports_overflow_before_garbage) {
    expect_rows({
        {"18446744073709551616junk", erange},
        {"18446744073709551616 ", erange},
        {"18446744073709551616\n\n", erange},
        {"18446744073709551615junk", einval},
        {"02000000000000000000000"
         "8",
         erange},
    });
}

TEST(kstrtoull, stops_at_a_nul) {
    expect_rows({
        {"10\0junk"s, number(10)},
        {"10\n\0\n"s, number(10)},
        {"\0"
         "10"s,
         einval},
        {"0\0x10"s, number(0)},
        {"0x\0"
         "10"s,
         einval},
        {"18446744073709551615\0"
         "0"s,
         number(UINT64_MAX)},
    });
}

TEST(kstrtoull, can_be_computed_by_the_compiler) {
    static_assert(kstrtoull("0x2710\n") == number(10000));
    static_assert(kstrtoull("18446744073709551616") == erange);
    static_assert(kstrtoull("") == einval);
}

// The same, from the standard library's parser. Only the frame around the digits is written again here.
parsed_u64 reference(const std::string& bytes) {
    const std::string text = bytes.substr(0, bytes.find('\0'));
    std::size_t at = text.starts_with("+") ? 1 : 0;
    const auto is_hex = [&](std::size_t i) {
        return i < text.size() && std::string_view{"0123456789abcdefABCDEF"}.find(text[i]) != std::string_view::npos;
    };
    int base = 10;
    if (text.substr(at, 1) == "0") {
        const bool hex = (text.substr(at + 1, 1) == "x" || text.substr(at + 1, 1) == "X") && is_hex(at + 2);
        base = hex ? 16 : 8;
        at += hex ? 2 : 0;
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value, base);
    if (error == std::errc::result_out_of_range)
        return erange;
    const std::string_view rest{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    return error == std::errc{} && (rest.empty() || rest == "\n") ? number(value) : einval;
}

TEST(kstrtoull, agrees_with_from_chars_on_random_text) {
    constexpr auto alphabet = "0012345677899+-xXaFfg \n\t\0"sv;
    std::mt19937_64 random{6'1'2022};
    int accepted = 0;
    int overflowed = 0;
    for (int i = 0; i < 300'000; ++i) {
        std::string text;
        for (auto left = random() % 26; left > 0; --left) {
            // Mostly digits: random garbage hardly ever gets anywhere.
            text += random() % 8 != 0 ? static_cast<char>('0' + random() % 10) : alphabet[random() % alphabet.size()];
        }
        const parsed_u64 parsed = kstrtoull(text);
        ASSERT_EQ(parsed, reference(text)) << "text: " << testing::PrintToString(text);
        accepted += parsed.error == status::ok ? 1 : 0;
        overflowed += parsed.error == status::erange ? 1 : 0;
    }
    EXPECT_GT(accepted, 10'000);
    EXPECT_GT(overflowed, 10'000);
}

TEST(kstrtoull, reads_back_what_was_printed) {
    std::mt19937_64 random{2010};
    for (int i = 0; i < 100'000; ++i) {
        const std::uint64_t value = random() >> (random() % 64);
        ASSERT_EQ(kstrtoull(std::to_string(value) + '\n'), number(value));
    }
}

TEST(kstrtoll, takes_either_sign_but_not_both) {
    constexpr parsed_s64 bad{.error = status::einval};
    EXPECT_EQ(kstrtoll("5"), parsed_s64{.value = 5});
    EXPECT_EQ(kstrtoll("+5\n"), parsed_s64{.value = 5});
    EXPECT_EQ(kstrtoll("-5\n"), parsed_s64{.value = -5});
    EXPECT_EQ(kstrtoll("-0"), parsed_s64{.value = 0});
    EXPECT_EQ(kstrtoll("-0x10"), parsed_s64{.value = -16});
    EXPECT_EQ(kstrtoll("-010"), parsed_s64{.value = -8});
    for (const auto text : {"", "-", "+", "--5", "-+5", "+-5", "- 5", " -5", "-5 ", "-max", "-5\n\n"})
        EXPECT_EQ(kstrtoll(text), bad) << text;
}

TEST(kstrtoll, takes_exactly_the_numbers_that_fit) {
    constexpr parsed_s64 too_large{.error = status::erange};
    EXPECT_EQ(kstrtoll("9223372036854775807"), parsed_s64{.value = INT64_MAX});
    EXPECT_EQ(kstrtoll("-9223372036854775808"), parsed_s64{.value = INT64_MIN});
    EXPECT_EQ(kstrtoll("0x7fffffffffffffff"), parsed_s64{.value = INT64_MAX});
    EXPECT_EQ(kstrtoll("-0x8000000000000000"), parsed_s64{.value = INT64_MIN});
    for (const auto text : {"9223372036854775808", "-9223372036854775809", "18446744073709551615",
                            "-18446744073709551615", "18446744073709551616", "-18446744073709551616junk"})
        EXPECT_EQ(kstrtoll(text), too_large) << text;
}

TEST(cgroup_write, takes_up_to_a_page) {
    const std::string page(4096, '0');
    EXPECT_EQ(accept_cgroup_write(page), (cgroup_write{.reaches_file = true, .text = page}));
    EXPECT_EQ(accept_cgroup_write(page + '0'), (cgroup_write{.error = status::e2big}));
    EXPECT_TRUE(accept_cgroup_write(page + '0', 65536).reaches_file);
}

TEST(cgroup_write, counts_bytes_behind_a_nul_but_does_not_pass_them_on) {
    EXPECT_EQ(accept_cgroup_write("max\0 5000"s), (cgroup_write{.reaches_file = true, .text = "max"}));
    EXPECT_EQ(accept_cgroup_write(std::string(4097, '\0')).error, status::e2big);
    EXPECT_EQ(accept_cgroup_write("\0"s), (cgroup_write{.reaches_file = true, .text = ""}));
}

TEST(cgroup_write, answers_an_empty_write_without_asking_the_file) {
    EXPECT_EQ(accept_cgroup_write(""), cgroup_write{});
}

} // namespace
} // namespace bwcheck::model
