#include "lab/proposal/delay_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace bwcheck::lab {

namespace {

constexpr std::uint64_t usec_per_msec = 1000;

double ms(std::uint64_t us) { return static_cast<double>(us) / usec_per_msec; }

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text)
        if (c == '<')
            safe += "&lt;";
        else if (c == '&')
            safe += "&amp;";
        else
            safe += c;
    return safe;
}

} // namespace

std::string delay_histogram(const delay_sample& sample, const delay_plan& plan) {
    constexpr std::size_t bins = 20;
    constexpr std::size_t longest_bar = 60;
    const std::uint64_t width = std::max<std::uint64_t>(1, plan.period_us / bins);
    std::array<std::size_t, bins + 1> counts{};
    for (const std::uint64_t delay : sample.delays_us)
        ++counts[std::min<std::uint64_t>(bins, delay / width)];
    const std::size_t most = std::max<std::size_t>(1, *std::max_element(counts.begin(), counts.end()));
    std::string text;
    for (std::size_t bin = 0; bin <= bins; ++bin) {
        const std::string from = fmt::format("{:g}", ms(bin * width));
        const std::string range =
            bin < bins ? fmt::format("{} to {:g} ms", from, ms((bin + 1) * width)) : fmt::format("{} ms or more", from);
        const std::size_t length = (counts[bin] * longest_bar + most - 1) / most;
        text += fmt::format("  {:>15} {:>5} {}\n", range, counts[bin], std::string(length, '#'));
    }
    return text;
}

std::string delay_svg(const std::vector<delay_series>& all, const delay_plan& plan) {
    constexpr double left = 60;
    constexpr double top = 40;
    constexpr double width = 600;
    constexpr double height = 300;
    constexpr std::array<std::string_view, 4> colours{"#c0392b", "#2471a3", "#1e8449", "#7d3c98"};
    const auto x = [&](double share_of_period) { return left + width * std::min(1.1, share_of_period) / 1.1; };
    const auto y = [&](double share) { return top + height * (1 - share); };
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" font-family=\"sans-serif\" "
        "font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        "<text x=\"{}\" y=\"20\">Share of writes to cpu.max.runtime after which a throttled task has executed</text>\n",
        left + width + 40, top + height + 60, left);
    constexpr int marks = 5;
    for (int mark = 0; mark <= marks; ++mark) {
        const double share = static_cast<double>(mark) / marks;
        svg += fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#ddd\"/>\n"
                           "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{:.0f} %</text>\n"
                           "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:g} ms</text>\n",
                           left, y(share), left + width, left - 8, y(share) + 4, 100 * share, x(share), y(0) + 18,
                           share * ms(plan.period_us));
    }
    for (std::size_t number = 0; number < all.size(); ++number) {
        const auto& delays = all[number].sample.delays_us;
        const std::string_view colour = colours[number % colours.size()];
        std::string path = fmt::format("M{:.1f} {:.1f}", x(0), y(0));
        for (std::size_t rank = 0; rank < delays.size(); ++rank)
            path += fmt::format("H{:.1f}V{:.1f}",
                                x(static_cast<double>(delays[rank]) / static_cast<double>(plan.period_us)),
                                y(static_cast<double>(rank + 1) / static_cast<double>(delays.size())));
        svg += fmt::format("<path d=\"{}H{:.1f}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n"
                           "<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\">{}</text>\n",
                           path, left + width, colour, left, top + height + 36 + 14 * static_cast<double>(number),
                           colour, escaped(all[number].kernel));
    }
    return svg + "</svg>\n";
}

} // namespace bwcheck::lab
