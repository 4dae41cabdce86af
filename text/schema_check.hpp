// Whether JSON is as a schema says. It knows the few keywords that docs/schema/ uses, and refuses a schema
// that has others, so that nothing in one is silently without effect.
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bwcheck::text {

class schema_check {
public:
    explicit schema_check(nlohmann::json schema) : schema_(std::move(schema)) {}

    [[nodiscard]] static schema_check load(const std::string& path) {
        std::ifstream in(path);
        return schema_check(nlohmann::json::parse(in));
    }

    /// Where and why `value` is not as the schema says; empty if it is.
    [[nodiscard]] std::string violation(const nlohmann::json& value) const { return look(schema_, value, "$"); }

private:
    using json = nlohmann::json;

    [[nodiscard]] std::string look(const json& schema, const json& value, const std::string& path) const {
        for (const auto& keyword : schema.items())
            if (std::string found = look_at(keyword.key(), keyword.value(), schema, value, path); !found.empty())
                return found;
        return "";
    }

    [[nodiscard]] std::string look_at(const std::string& keyword, const json& wanted, const json& schema,
                                      const json& value, const std::string& path) const {
        static constexpr std::array<std::string_view, 5> comments{"$schema", "$defs", "title", "description",
                                                                  "additionalProperties"};
        const auto wrong = [&] {
            return path + ": " + value.dump().substr(0, 60) + " against " + keyword + " " + wanted.dump();
        };
        if (std::find(comments.begin(), comments.end(), keyword) != comments.end())
            return ""; // additionalProperties is looked at along with properties
        if (keyword == "$ref")
            return look(schema_.at(json::json_pointer(wanted.get<std::string>().substr(1))), value, path);
        if (keyword == "type")
            return has_type(wanted, value) ? additional(schema, value, path) : wrong();
        if (keyword == "const")
            return value == wanted ? "" : wrong();
        if (keyword == "enum")
            return std::find(wanted.begin(), wanted.end(), value) != wanted.end() ? "" : wrong();
        if (keyword == "minimum")
            return !value.is_number() || value >= wanted ? "" : wrong();
        if (keyword == "maximum")
            return !value.is_number() || value <= wanted ? "" : wrong();
        if (keyword == "anyOf")
            return std::any_of(wanted.begin(), wanted.end(),
                               [&](const json& option) { return look(option, value, path).empty(); })
                       ? ""
                       : wrong();
        if (keyword == "required")
            return std::all_of(
                       wanted.begin(), wanted.end(),
                       [&](const json& name) { return !value.is_object() || value.contains(name.get<std::string>()); })
                       ? ""
                       : wrong();
        if (keyword == "items")
            return items(wanted, value, path);
        if (keyword == "properties")
            return members(wanted, value, path);
        throw std::invalid_argument("a keyword that this check does not know: " + keyword);
    }

    [[nodiscard]] std::string items(const json& wanted, const json& value, const std::string& path) const {
        for (std::size_t number = 0; value.is_array() && number < value.size(); ++number)
            if (std::string found = look(wanted, value[number], path + "[" + std::to_string(number) + "]");
                !found.empty())
                return found;
        return "";
    }

    [[nodiscard]] std::string members(const json& wanted, const json& value, const std::string& path) const {
        for (const auto& member : wanted.items()) {
            if (!value.is_object() || !value.contains(member.key()))
                continue;
            std::string found = look(member.value(), value[member.key()], path + "." + member.key());
            if (!found.empty())
                return found;
        }
        return "";
    }

    [[nodiscard]] std::string additional(const json& schema, const json& value, const std::string& path) const {
        if (!value.is_object() || !schema.contains("additionalProperties"))
            return "";
        const json& rule = schema["additionalProperties"];
        for (const auto& member : value.items()) {
            if (schema.contains("properties") && schema["properties"].contains(member.key()))
                continue;
            if (rule == false)
                return path + ": nothing is said of " + member.key();
            if (std::string found = look(rule, member.value(), path + "." + member.key()); !found.empty())
                return found;
        }
        return "";
    }

    [[nodiscard]] static bool has_type(const json& wanted, const json& value) {
        if (wanted.is_array())
            return std::any_of(wanted.begin(), wanted.end(),
                               [&](const json& option) { return has_type(option, value); });
        const auto name = wanted.get<std::string>();
        return (name == "object" && value.is_object()) || (name == "array" && value.is_array()) ||
               (name == "string" && value.is_string()) || (name == "boolean" && value.is_boolean()) ||
               (name == "null" && value.is_null()) || (name == "integer" && value.is_number_integer()) ||
               (name == "number" && value.is_number());
    }

    json schema_;
};

} // namespace bwcheck::text
