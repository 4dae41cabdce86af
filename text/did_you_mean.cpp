#include "text/did_you_mean.hpp"

#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bwcheck::text {

std::string did_you_mean(std::string_view given, const std::vector<std::string_view>& known) {
    constexpr std::size_t few = 30;
    const std::string nearest = nearest_name(given, known);
    const bool is_part = !given.empty() && nearest.find(given) != std::string::npos;
    if (is_part || known.size() > few || edit_distance(given.substr(0, most_repeated), nearest) <= nearest.size() / 2)
        return "the nearest is " + nearest;
    return fmt::format("known are {}", fmt::join(known, ", "));
}

std::string no_such(std::string_view kind, std::string_view given, const std::vector<std::string_view>& known) {
    return fmt::format("there is no {} \"{}\"; {}", kind, printable(given, most_repeated), did_you_mean(given, known));
}

} // namespace bwcheck::text
