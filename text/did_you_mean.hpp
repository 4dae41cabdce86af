// A mistyped name is answered with the name that was probably meant.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::text {

/// How many characters have to be inserted, removed or replaced to make one text of the other.
[[nodiscard]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row[b.size()];
}

/// The known name that is closest to `given`; the first of those equally close. Whoever gives a part of a name means
/// that one. Empty if there are no names.
template <std::ranges::input_range Names>
[[nodiscard]] std::string nearest_name(std::string_view given, const Names& known) {
    // Whoever pastes a page does not want the nearest name to it, and the distance takes quadratic time.
    constexpr std::size_t longest = 200;
    constexpr std::size_t shortest_part = 2;
    const std::string_view looked_up = given.substr(0, longest);
    std::string nearest;
    std::size_t least = 0;
    for (const std::string_view name : known) {
        const bool is_part = looked_up.size() >= shortest_part && name.find(looked_up) != std::string_view::npos;
        const std::size_t distance = is_part ? 0 : edit_distance(looked_up, name);
        if (nearest.empty() || distance < least) {
            nearest = name;
            least = distance;
        }
    }
    return nearest;
}

/// What to tell whoever gave a name that is not known: "the nearest is mainline", or, if none is near and they are few,
/// "known are list, check, merge". There must be a known name.
[[nodiscard]] std::string did_you_mean(std::string_view given, const std::vector<std::string_view>& known);

/// "there is no KIND "GIVEN"; " and did_you_mean(). `given` may be any text, and is made fit for one line.
[[nodiscard]] std::string no_such(std::string_view kind, std::string_view given,
                                  const std::vector<std::string_view>& known);

} // namespace bwcheck::text
