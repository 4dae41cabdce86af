#include "model/interface/write_request.hpp"

#include <gtest/gtest.h>

#include <string>

namespace bwcheck::model {
namespace {

using enum runtime_interface;

TEST(parse_write, hands_cpu_max_both_numbers) {
    const auto request = parse_write(file::cpu_max, none, "20000 100000\n");
    EXPECT_EQ(request.file, file::cpu_max);
    EXPECT_EQ(request.parsed, status::ok);
    EXPECT_FALSE(request.unlimited);
    EXPECT_TRUE(request.has_period);
    EXPECT_EQ(request.quota_us, 20000U);
    EXPECT_EQ(request.period_us, 100000U);
}

TEST(parse_write, knows_max_and_a_missing_period) {
    const auto request = parse_write(file::cpu_max, none, "max");
    EXPECT_EQ(request.parsed, status::ok);
    EXPECT_TRUE(request.unlimited);
    EXPECT_FALSE(request.has_period);
}

TEST(parse_write, takes_cpu_max_and_burst_in_different_bases) {
    EXPECT_EQ(parse_write(file::cpu_max, none, "010000").quota_us, 10000U);
    EXPECT_EQ(parse_write(file::cpu_max_burst, none, "010000").value_us, 4096U);
    EXPECT_EQ(parse_write(file::cpu_max_burst, none, "0x2710").value_us, 10000U);
}

TEST(parse_write, wraps_in_cpu_max_and_reports_erange_elsewhere) {
    EXPECT_EQ(parse_write(file::cpu_max, none, "18446744073709551617").quota_us, 1U);
    EXPECT_EQ(parse_write(file::cpu_max_burst, none, "18446744073709551616").parsed, status::erange);
    EXPECT_EQ(parse_write(file::cpu_max_runtime, absolute, "18446744073709551616").parsed, status::erange);
    EXPECT_EQ(parse_write(file::cpu_max_runtime, delta, "9223372036854775808").parsed, status::erange);
}

TEST(parse_write, takes_negative_numbers_only_as_a_delta) {
    EXPECT_EQ(parse_write(file::cpu_max_runtime, absolute, "-5").parsed, status::einval);
    const auto request = parse_write(file::cpu_max_runtime, delta, "-5\n");
    EXPECT_EQ(request.parsed, status::ok);
    EXPECT_EQ(request.delta_us, -5);
    EXPECT_EQ(parse_write(file::cpu_max_runtime, delta, "-9223372036854775808").delta_us, INT64_MIN);
}

TEST(parse_write, finds_no_runtime_file_where_the_revision_has_none) {
    for (const char* text : {"5", "", "nonsense"})
        EXPECT_EQ(parse_write(file::cpu_max_runtime, none, text).parsed, status::enoent) << text;
}

TEST(parse_write, refuses_an_empty_text_and_one_longer_than_a_page) {
    for (const file where : {file::cpu_max, file::cpu_max_burst, file::cpu_max_runtime}) {
        EXPECT_EQ(parse_write(where, absolute, "").parsed, status::einval);
        EXPECT_EQ(parse_write(where, absolute, std::string(4097, '0')).parsed, status::e2big);
        EXPECT_NE(parse_write(where, absolute, std::string(4096, '0')).parsed, status::e2big);
    }
}

TEST(file, has_the_names_of_the_cgroup_files) {
    for (const file where : {file::cpu_max, file::cpu_max_burst, file::cpu_max_runtime})
        EXPECT_EQ(file_from_string(to_string(where)), where);
    EXPECT_EQ(to_string(file::cpu_max_runtime), "cpu.max.runtime");
    EXPECT_EQ(file_from_string("cpu.maximum"), std::nullopt);
}

} // namespace
} // namespace bwcheck::model
