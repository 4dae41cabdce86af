#include "lab/answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::lab {
namespace {

using testing::HasSubstr;

const guest_hello hello{.release = "6.1.0", .nr_cpus = 2, .page_size = 4096, .tick_ns = 4'000'000, .trouble = ""};
const answer first{.number = 0, .error = 22, .time_us = 1234, .value = ""};
const answer second{.number = 1, .error = 0, .time_us = 1240, .value = "max 100000\n"};

answer_reader after(std::string_view console) {
    answer_reader reader;
    reader.take(console);
    return reader;
}

TEST(answers, are_found_among_what_the_kernel_prints_and_in_any_pieces) {
    const std::string console = "Linux version 6.1\r\n" + to_string(hello) + "[    1.0] random: crng\n" +
                                to_string(first) + "cut off " + to_string(second) + to_string(guest_end{2}) +
                                "reboot: Power down\n";
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}, console.size()}) {
        answer_reader reader;
        for (std::size_t begin = 0; begin < console.size(); begin += size)
            reader.take(std::string_view(console).substr(begin, size));
        EXPECT_EQ(reader.hello(), hello);
        EXPECT_EQ(reader.answers(), (std::vector{first, second}));
        EXPECT_TRUE(reader.ended());
        EXPECT_EQ(reader.trouble(), "");
    }
}

TEST(answers, have_not_ended_before_the_guest_says_so) {
    const std::string all = to_string(hello) + to_string(first) + to_string(guest_end{1});
    for (std::size_t size = 0; size < all.size(); ++size) {
        const answer_reader reader = after(all.substr(0, size));
        EXPECT_FALSE(reader.ended()) << size;
        EXPECT_EQ(reader.trouble(), "") << size;
    }
}

TEST(answers, that_are_garbled_or_missing_do_not_go_unnoticed) {
    const std::string begin = to_string(hello);
    EXPECT_THAT(after(begin + to_string(second)).trouble(), HasSubstr("is garbled")); // 0 is missing
    EXPECT_THAT(after(begin + to_string(first) + to_string(guest_end{2})).trouble(), HasSubstr("is garbled"));
    EXPECT_THAT(after(to_string(first)).trouble(), HasSubstr("is garbled")); // no hello
    EXPECT_THAT(after(begin + begin).trouble(), HasSubstr("is garbled"));
    EXPECT_THAT(after(begin + "@bwcheck 0 22 12[ 1.0] oops\n").trouble(), HasSubstr("is garbled"));
    EXPECT_THAT(after(begin + "@bwcheck 0 22 1234 \"abc\n").trouble(), HasSubstr("is garbled"));
    EXPECT_THAT(after(begin + "@bwcheck 0 22 1234 \"\" more\n").trouble(), HasSubstr("is garbled"));
    EXPECT_THAT(after(begin + "@bwcheck x\n").trouble(), HasSubstr("is garbled"));
    EXPECT_THAT(after(begin + to_string(guest_end{0}) + to_string(first)).trouble(), HasSubstr("is garbled"));
}

} // namespace
} // namespace bwcheck::lab
