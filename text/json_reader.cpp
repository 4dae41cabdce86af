#include "text/json_reader.hpp"

#include "text/did_you_mean.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace bwcheck::text {

namespace {

constexpr std::size_t shown_of_a_value = 40;

std::string shown(const nlohmann::json& value) {
    switch (value.type()) {
    case nlohmann::json::value_t::object:
        return "an object";
    case nlohmann::json::value_t::array:
        return "a list";
    case nlohmann::json::value_t::string:
        return fmt::format("\"{}\"", printable(value.get_ref<const std::string&>(), shown_of_a_value));
    default:
        return printable(value.dump(-1, ' ', true), shown_of_a_value);
    }
}

} // namespace

nlohmann::json parse_json(std::string_view text) {
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        const std::string_view before = text.substr(0, std::min(text.size(), error.byte == 0 ? 0 : error.byte - 1));
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        const auto column = before.size() - (before.rfind('\n') + 1) + 1; // rfind() is npos in the first line
        throw input_error(fmt::format("not JSON: line {}, column {}", line, column));
    } catch (const nlohmann::json::exception&) {
        throw input_error("not JSON that can be read: a number is out of range");
    }
}

void json_reader::fail(std::string_view message) const {
    throw input_error(path_.empty() ? std::string(message) : fmt::format("{}: {}", path_, message));
}

void json_reader::reject(std::string_view must_be) const {
    fail(fmt::format("must be {}, not {}", must_be, shown(*value_)));
}

std::string json_reader::text() const {
    if (!value_->is_string())
        reject("a text");
    return value_->get<std::string>();
}

bool json_reader::boolean() const {
    if (!value_->is_boolean())
        reject("true or false");
    return value_->get<bool>();
}

std::uint64_t json_reader::number(std::uint64_t least, std::uint64_t most) const {
    // A number without a sign and a fraction is unsigned to the parser; one that does not fit 64 bits is a float.
    if (!value_->is_number_unsigned() || value_->get<std::uint64_t>() < least || value_->get<std::uint64_t>() > most)
        reject(fmt::format("a whole number from {} to {}", least, most));
    return value_->get<std::uint64_t>();
}

std::int64_t json_reader::signed_number() const {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    if (!value_->is_number_integer() ||
        (value_->is_number_unsigned() && value_->get<std::uint64_t>() > static_cast<std::uint64_t>(most)))
        reject("a whole number that fits 64 bits with a sign");
    return value_->get<std::int64_t>();
}

std::size_t json_reader::size(std::size_t most) const {
    if (!value_->is_array())
        reject("a list");
    if (value_->size() > most)
        fail(fmt::format("must have at most {} elements, not {}", most, value_->size()));
    return value_->size();
}

json_reader json_reader::operator[](std::size_t position) const {
    return {(*value_)[position], fmt::format("{}[{}]", path_, position)};
}

json_reader json_reader::operator[](std::string_view name) const {
    if (!value_->is_object())
        reject("an object");
    const auto found = value_->find(name);
    if (found == value_->end())
        fail(fmt::format("\"{}\" is missing", name));
    return {*found, path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name)};
}

void json_reader::only_members(std::span<const std::string_view> names) const {
    if (!value_->is_object())
        reject("an object");
    for (const auto& member : value_->items()) {
        if (std::find(names.begin(), names.end(), member.key()) == names.end())
            fail(fmt::format("there is no \"{}\" here; {}", printable(member.key(), shown_of_a_value),
                             did_you_mean(member.key(), {names.begin(), names.end()})));
    }
}

} // namespace bwcheck::text
