#include "lab/text_forms.hpp"

#include <array>
#include <string>
#include <string_view>

namespace bwcheck::lab {

namespace {

using namespace std::string_view_literals;
using model::file;

constexpr std::array quotas{"max"sv,
                            "MAX"sv,
                            "maxx"sv,
                            "ma"sv,
                            "m"sv,
                            ""sv,
                            "0"sv,
                            "1"sv,
                            "999"sv,
                            "1000"sv,
                            "20000"sv,
                            "00020000"sv,
                            "0x10"sv,
                            "0x2710"sv,
                            "+5000"sv,
                            "-1"sv,
                            "-0"sv,
                            "abc"sv,
                            "20000junk"sv,
                            "20000.5"sv,
                            "1e5"sv,
                            "20000,100000"sv,
                            "18446744073709551615"sv,
                            "18446744073709551616"sv,
                            "18446744073709552616"sv,
                            "18446744073709571616"sv,
                            "99999999999999999999"sv,
                            "00000000000000020000"sv,
                            "000000000000000020000"sv,
                            "00000000000000100000100000"sv,
                            "maxmaxmaxmaxmaxmaxmax"sv,
                            "max\0 50000"sv};
constexpr std::array separators{" "sv,  "\t"sv,   "\n"sv, "  "sv, "\v"sv,    "\f"sv,
                                "\r"sv, "\xa0"sv, "\0"sv, ","sv,  " \t\n "sv};
constexpr std::array periods{"100000"sv,
                             ""sv,
                             "50000"sv,
                             "0"sv,
                             "999"sv,
                             "1000"sv,
                             "1000000"sv,
                             "1000001"sv,
                             "abc"sv,
                             "-5"sv,
                             "+5"sv,
                             "100000abc"sv,
                             "0100000"sv,
                             "0x186a0"sv,
                             "max"sv,
                             "18446744073709551615"sv,
                             "18446744073709551616"sv,
                             "18446744073709651616"sv,
                             "00000000000000000000000050000"sv};
constexpr std::array endings{""sv, "\n"sv, " "sv, "\n\n"sv, " extra"sv, "\0rest"sv, "\xa0"sv};
constexpr std::array beginnings{""sv, " "sv, "\n"sv, "\t \v"sv, "\xa0"sv, "\xc2\xa0"sv, "\0"sv, "."sv};

constexpr std::array numbers{"0"sv,
                             "00"sv,
                             "1"sv,
                             "1000"sv,
                             "5000"sv,
                             "010000"sv,
                             "08"sv,
                             "0x"sv,
                             "0xg"sv,
                             "0x10"sv,
                             "0X2710"sv,
                             "0x0x10"sv,
                             "0b1"sv,
                             "+1000"sv,
                             "+0x10"sv,
                             "++1"sv,
                             "+-1"sv,
                             "-1"sv,
                             "-0"sv,
                             "+"sv,
                             "x"sv,
                             "max"sv,
                             ""sv,
                             "1000junk"sv,
                             "1_000"sv,
                             "1e3"sv,
                             "1000.0"sv,
                             "1000 2000"sv,
                             "18446744073709551"sv,
                             "18446744073709552"sv,
                             "9223372036854775807"sv,
                             "9223372036854775808"sv,
                             "18446744073709551615"sv,
                             "18446744073709551616"sv,
                             "18446744073709551616junk"sv,
                             "0xffffffffffffffff"sv,
                             "0x10000000000000000"sv,
                             "01777777777777777777777"sv,
                             "02000000000000000000000"sv,
                             "99999999999999999999999"sv,
                             "00000000000000000000000005000"sv};
constexpr std::array number_endings{""sv, "\n"sv, " "sv, "\n\n"sv, "\r\n"sv, "\t"sv, "\0junk"sv, "\n\0"sv};
constexpr std::array number_beginnings{""sv, " "sv, "\n"sv, "\0"sv};

std::string joined(std::string_view a, std::string_view b, std::string_view c = {}, std::string_view d = {}) {
    std::string text(a);
    text += b;
    text += c;
    text += d;
    return text;
}

} // namespace

std::vector<model::scope_write> text_forms() {
    std::vector<model::scope_write> all;
    // Every quota with every period; separators and endings take turns.
    std::size_t turn = 0;
    for (const auto quota : quotas)
        for (const auto period : periods) {
            all.push_back({file::cpu_max, joined(quota, separators[turn % separators.size()], period,
                                                 endings[turn / 3 % endings.size()])});
            ++turn;
        }
    for (const auto quota : quotas) {
        for (const auto separator : separators)
            all.push_back({file::cpu_max, joined(quota, separator, "50000")});
        for (const auto ending : endings)
            all.push_back({file::cpu_max, joined(quota, ending)});
        for (const auto beginning : beginnings)
            all.push_back({file::cpu_max, joined(beginning, quota, " 100000")});
    }
    for (const auto number : numbers) {
        for (const auto ending : number_endings)
            all.push_back({file::cpu_max_burst, joined(number, ending)});
        for (const auto beginning : number_beginnings)
            all.push_back({file::cpu_max_burst, joined(beginning, number)});
    }
    // Every single byte, alone and after a number.
    constexpr unsigned bytes = 256;
    for (unsigned byte = 0; byte < bytes; ++byte) {
        const std::string one(1, static_cast<char>(byte));
        for (const auto where : {file::cpu_max, file::cpu_max_burst}) {
            all.push_back({where, one});
            all.push_back({where, "5000" + one});
            all.push_back({where, one + "5000"});
        }
        all.push_back({file::cpu_max, "20000" + one + "50000"});
    }
    // A page is the most that is taken at once.
    constexpr std::size_t page = 4096;
    for (const std::size_t size : {page - 1, page, page + 1, page + page}) {
        for (const char filling : {' ', '0', '\n', '\0'}) {
            for (const auto where : {file::cpu_max, file::cpu_max_burst}) {
                const std::string text = "20000";
                all.push_back({where, std::string(size - text.size(), filling) + text});
                all.push_back({where, text + std::string(size - text.size(), filling)});
            }
        }
    }
    return all;
}

} // namespace bwcheck::lab
