// Reads JSON that somebody else may have written: every value is asked for by the type and range it must have, and what
// is wrong is said in one line with the path to it, as in "steps[3].cpu: must be a whole number from 0 to 1, not
// \"x\"".
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace bwcheck::text {

/// A JSON value, and the path that leads to it. All functions throw input_error when the value is not as asked.
class json_reader {
public:
    explicit json_reader(const nlohmann::json& root) : value_(&root) {}

    [[nodiscard]] bool is_null() const { return value_->is_null(); }
    [[nodiscard]] bool is_string() const { return value_->is_string(); }
    [[nodiscard]] const nlohmann::json& raw() const { return *value_; }

    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::uint64_t number(std::uint64_t least = 0,
                                       std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;
    [[nodiscard]] std::int64_t signed_number() const;

    /// The elements of an array.
    [[nodiscard]] std::size_t size(std::size_t most = std::numeric_limits<std::size_t>::max()) const;
    [[nodiscard]] json_reader operator[](std::size_t position) const;

    /// A member of an object; it must be there.
    [[nodiscard]] json_reader operator[](std::string_view name) const;
    /// Throws if the object has other members than these.
    void only_members(std::span<const std::string_view> names) const;
    void only_members(std::initializer_list<std::string_view> names) const {
        only_members(std::span(names.begin(), names.size()));
    }

    /// Throws: "PATH: must be MUST_BE, not VALUE".
    [[noreturn]] void reject(std::string_view must_be) const;
    /// Throws: "PATH: MESSAGE".
    [[noreturn]] void fail(std::string_view message) const;

private:
    json_reader(const nlohmann::json& value, std::string path) : value_(&value), path_(std::move(path)) {}

    const nlohmann::json* value_;
    std::string path_;
};

/// Parses JSON text. Throws input_error with line and column.
[[nodiscard]] nlohmann::json parse_json(std::string_view text);

} // namespace bwcheck::text
