#include "lab/host_pressure.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <system_error>

namespace bwcheck::lab {

namespace {

std::optional<std::uint64_t> waited_until_now_us() {
    std::ifstream in("/proc/pressure/cpu");
    std::string line;
    std::getline(in, line);
    return waited_us(line);
}

} // namespace

host_pressure::host_pressure() : begin_(std::chrono::steady_clock::now()), at_begin_us_(waited_until_now_us()) {}

std::optional<double> host_pressure::waited() const {
    const auto now_us = waited_until_now_us();
    const std::chrono::duration<double, std::micro> passed = std::chrono::steady_clock::now() - begin_;
    if (!now_us || !at_begin_us_ || passed.count() <= 0)
        return std::nullopt;
    return std::clamp(static_cast<double>(*now_us - *at_begin_us_) / passed.count(), 0.0, 1.0);
}

std::optional<std::uint64_t> waited_us(std::string_view pressure) {
    constexpr std::string_view before = "total=";
    const auto found = pressure.find(before);
    if (!pressure.starts_with("some ") || found == std::string_view::npos)
        return std::nullopt;
    std::uint64_t sum = 0;
    const char* const begin = pressure.data() + found + before.size();
    if (std::from_chars(begin, pressure.data() + pressure.size(), sum).ec != std::errc())
        return std::nullopt;
    return sum;
}

} // namespace bwcheck::lab
