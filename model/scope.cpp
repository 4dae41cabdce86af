#include "model/scope.hpp"

#include "model/scope_texts.hpp"
#include "text/content_hash.hpp"
#include "text/did_you_mean.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bwcheck::model {

namespace {

// A write is told by a 16-bit number; so many would never be explored.
constexpr std::size_t largest_number_of_writes = 1000;

std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
}

std::string_view name_of(toml::node_type type) {
    switch (type) {
    case toml::node_type::table:
        return "a table";
    case toml::node_type::array:
        return "an array";
    case toml::node_type::string:
        return "a string";
    case toml::node_type::integer:
        return "an integer";
    case toml::node_type::floating_point:
        return "a number with a fraction";
    case toml::node_type::boolean:
        return "a boolean";
    default:
        return "a date or time";
    }
}

/// Reads one table of a scope, and knows what to say about it.
class table_reader {
public:
    /// Refuses keys that are not among `known`. `path` stands in front of the keys in errors.
    table_reader(std::string_view source, const toml::table& table, std::string path,
                 std::vector<std::string_view> known)
        : source_(source), table_(table), path_(std::move(path)) {
        for (const auto& [key, value] : table_)
            if (std::find(known.begin(), known.end(), key.str()) == known.end())
                fail(key.source().begin.line, key.str(),
                     fmt::format("there is no such key; {}", text::did_you_mean(key.str(), known)));
    }

    /// Throws text::input_error. Told at the line of `key`, or where the table begins if the key is not given.
    [[noreturn]] void fail(std::string_view key, std::string_view message) const {
        const toml::node* node = table_.get(key);
        fail((node != nullptr ? *node : static_cast<const toml::node&>(table_)).source().begin.line, key, message);
    }

    [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }

    /// Empty if the key is not given.
    [[nodiscard]] std::string text(std::string_view key) const {
        const toml::node* node = table_.get(key);
        return node == nullptr ? std::string() : text_of(*node, key);
    }

    [[nodiscard]] std::string required_text(std::string_view key) const {
        std::string value = text(key);
        if (value.empty())
            fail(key, table_.contains(key) ? "is empty; give it a name" : "is missing; give it a name");
        return value;
    }

    /// Leaves `value` alone if the key is not given.
    template <class Number>
    void number(std::string_view key, Number& value, std::uint64_t least, std::uint64_t greatest) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr)
            return;
        const std::optional<std::int64_t> given = node->value_exact<std::int64_t>();
        if (!given)
            fail(key, fmt::format("is {}, must be an integer", name_of(node->type())));
        if (std::cmp_less(*given, least) || std::cmp_greater(*given, greatest))
            fail(key, fmt::format("is {}, must be {} to {}", *given, least, greatest));
        value = static_cast<Number>(*given);
    }

    void boolean(std::string_view key, bool& value) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr)
            return;
        const std::optional<bool> given = node->value_exact<bool>();
        if (!given)
            fail(key, fmt::format("is {}, must be true or false", name_of(node->type())));
        value = *given;
    }

    /// Calls visit(text, line) for each string of an array.
    template <class Visit>
    void texts(std::string_view key, Visit&& visit) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr)
            return;
        if (!node->is_array())
            fail(key, fmt::format("is {}, must be an array of strings", name_of(node->type())));
        for (const toml::node& element : *node->as_array())
            visit(text_of(element, key), element.source().begin.line);
    }

    /// Null if the key is not given.
    [[nodiscard]] const toml::table* table(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node != nullptr && !node->is_table())
            fail(key, fmt::format("is {}, must be a table", name_of(node->type())));
        return node == nullptr ? nullptr : node->as_table();
    }

    [[noreturn]] void fail(std::size_t line, std::string_view key, std::string_view message) const {
        throw text::input_error(one_line(fmt::format("{}:{}: {}{}: {}", source_, line, path_, key, message)));
    }

private:
    [[nodiscard]] std::string text_of(const toml::node& node, std::string_view key) const {
        const std::optional<std::string> given = node.value_exact<std::string>();
        if (!given)
            fail(node.source().begin.line, key, fmt::format("is {}, must be a string", name_of(node.type())));
        return *given;
    }

    std::string_view source_;
    const toml::table& table_;
    std::string path_;
};

using constants_type = constants<plain>;
using environment_type = environment<plain>;

template <class... Rows>
std::vector<std::string_view> names_of(const std::tuple<Rows...>& rows) {
    return std::apply([](const auto&... row) { return std::vector<std::string_view>{row.name...}; }, rows);
}

/// Sets what is given.
template <class Group, class... Rows>
void read_settings(const table_reader& in, Group& into, const std::tuple<Rows...>& rows) {
    const auto read = [&](const auto& row) {
        auto& value = into.*row.member;
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, bool>)
            in.boolean(row.name, value);
        else
            in.number(row.name, value, row.in_scopes.least, row.in_scopes.most);
    };
    std::apply([&](const auto&... row) { (read(row), ...); }, rows);
}

constants_type read_constants(const table_reader& in) {
    constants_type constants;
    read_settings(in, constants, constant_rows<plain>);
    // What follows from it in the kernel follows here, unless given.
    if (!in.has("max_usec"))
        constants.max_usec = runtime_inf / constants.nsec_per_usec;

    const auto at_most = [&](std::string_view key, std::uint64_t value, std::string_view other, std::uint64_t limit) {
        if (value > limit)
            in.fail(key, fmt::format("is {}, must be at most {} = {}, as in the kernel", value, other, limit));
    };
    at_most("min_cfs_rq_runtime", constants.min_cfs_rq_runtime, "sched_cfs_bandwidth_slice",
            constants.sched_cfs_bandwidth_slice);
    at_most("min_cfs_quota_period", constants.min_cfs_quota_period, "max_cfs_quota_period",
            constants.max_cfs_quota_period);
    at_most("default_cfs_period", constants.default_cfs_period, "max_cfs_quota_period", constants.max_cfs_quota_period);
    at_most("min_cfs_quota_period", constants.min_cfs_quota_period, "default_cfs_period", constants.default_cfs_period);
    at_most("max_usec", constants.max_usec, "2^64 / nsec_per_usec", runtime_inf / constants.nsec_per_usec);
    at_most("max_bw_runtime_us", constants.max_bw_runtime_us, "max_usec", constants.max_usec);

    for (const auto& [key, value] : {std::pair("min_cfs_quota_period", constants.min_cfs_quota_period),
                                     std::pair("default_cfs_period", constants.default_cfs_period),
                                     std::pair("max_cfs_quota_period", constants.max_cfs_quota_period)})
        if (value % constants.nsec_per_usec != 0)
            in.fail(key,
                    fmt::format("is {}, must be a multiple of nsec_per_usec = {}", value, constants.nsec_per_usec));
    return constants;
}

environment_type read_environment(const table_reader& in) {
    environment_type environment;
    read_settings(in, environment, environment_rows<plain>);
    // One tick is the least that a running task executes before it can be charged.
    if (!in.has("max_unaccounted"))
        environment.max_unaccounted = environment.tick;
    if (environment.max_unaccounted < environment.tick)
        in.fail("max_unaccounted",
                fmt::format("is {}, must be at least tick = {}, or time stands still while a task runs",
                            environment.max_unaccounted, environment.tick));
    return environment;
}

std::vector<std::string_view> names_of_files() {
    std::vector<std::string_view> names;
    for (const file_info& row : file_infos())
        names.push_back(row.name);
    return names;
}

scope_write read_write(const table_reader& in, std::string_view key, std::string_view line_of_text, std::size_t line) {
    const std::size_t space = line_of_text.find(' ');
    const std::string_view name = line_of_text.substr(0, space);
    const std::optional<file> where = file_from_string(name);
    if (!where)
        in.fail(line, key,
                fmt::format("\"{}\" begins with no file of the group; {}", line_of_text,
                            text::did_you_mean(name, names_of_files())));
    if (space == std::string_view::npos || space + 1 == line_of_text.size())
        in.fail(line, key,
                fmt::format(R"("{}" writes nothing, which no file notices; put a value after the file, as in "{} 4")",
                            line_of_text, name));
    return {.file = *where, .text = std::string(line_of_text.substr(space + 1))};
}

std::vector<scope_write> read_writes(const table_reader& in, std::string_view key) {
    std::vector<scope_write> found;
    in.texts(key, [&](const std::string& text, std::size_t line) { found.push_back(read_write(in, key, text, line)); });
    if (found.size() > largest_number_of_writes)
        in.fail(key, fmt::format("has {} writes, may have at most {}", found.size(), largest_number_of_writes));
    return found;
}

scope_part read_part(std::string_view source, const toml::table& table) {
    const table_reader in(source, table, "part.",
                          {"name", "cpus", "first_phase", "setup", "writes", "histories", "constants", "environment"});
    scope_part part;
    part.name = in.required_text("name");
    in.number("cpus", part.nr_cpus, 1, plain::max_cpus);
    if (const toml::table* const given = in.table("constants"))
        part.constants = read_constants({source, *given, "part.constants.", names_of(constant_rows<plain>)});
    if (const toml::table* const given = in.table("environment"))
        part.environment = read_environment({source, *given, "part.environment.", names_of(environment_rows<plain>)});
    in.number("first_phase", part.first_phase, 0, part.constants.default_cfs_period);
    part.setup = read_writes(in, "setup");
    part.writes = read_writes(in, "writes");
    in.texts("histories", [&](const std::string& name, std::size_t) { part.histories.push_back(name); });
    part.longest_period = longest_period_of(part);
    return part;
}

scope read_scope(std::string_view source, const toml::table& table) {
    const table_reader in(source, table, "", {"name", "about", "part"});
    scope scope;
    scope.name = in.required_text("name");
    scope.about = in.text("about");

    const toml::node* const parts = table.get("part");
    if (parts == nullptr)
        in.fail("part", "is missing; a scope needs at least one [[part]]");
    if (!parts->is_array() || !parts->as_array()->is_homogeneous<toml::table>())
        in.fail("part", parts->is_table() ? "is a table, must be an array of tables: write [[part]]"
                                          : "must be an array of at least one table: write [[part]]");
    for (const toml::node& node : *parts->as_array()) {
        scope_part part = read_part(source, *node.as_table());
        const auto same_name = [&](const scope_part& other) { return other.name == part.name; };
        if (std::any_of(scope.parts.begin(), scope.parts.end(), same_name))
            in.fail(node.source().begin.line, "part.name",
                    fmt::format("\"{}\" is the name of an earlier part; each needs its own", part.name));
        scope.parts.push_back(std::move(part));
    }
    return scope;
}

} // namespace

std::uint64_t longest_period_of(const scope_part& part) {
    const std::uint64_t max_period = part.constants.max_cfs_quota_period;
    std::vector<std::uint64_t> periods{part.constants.default_cfs_period};
    for (const auto* writes : {&part.setup, &part.writes}) {
        for (const scope_write& write : *writes) {
            const auto request = parse_write(write.file, runtime_interface::absolute, write.text);
            if (write.file != file::cpu_max || request.parsed != status::ok || !request.has_period)
                continue;
            // May wrap, as in the kernels that multiply before they look.
            const std::uint64_t period = request.period_us * part.constants.nsec_per_usec;
            if (period >= part.constants.min_cfs_quota_period && period <= max_period)
                periods.push_back(period);
        }
    }
    constexpr int stalls_to_scale = 3; // the fourth pass of a callback scales
    if (part.environment.max_stalls >= stalls_to_scale)
        for (std::uint64_t& period : periods)
            while (period * 2 < max_period)
                period *= 2;
    return *std::max_element(periods.begin(), periods.end());
}

std::string to_string(const scope_write& write) { return fmt::format("{} {}", to_string(write.file), write.text); }

scope parse_scope(std::string_view toml, std::string_view source) {
    try {
        return read_scope(source, toml::parse(toml));
    } catch (const toml::parse_error& error) {
        throw text::input_error(one_line(
            fmt::format("{}:{}: this is not TOML: {}", source, error.source().begin.line, error.description())));
    }
}

std::string content_hash_of(const scope& scope) {
    text::content_hash hash;
    const auto add_number = [&](std::uint64_t number) { hash.add(fmt::format("{}", number)); };
    const auto add_settings = [&](const auto& of, const auto& rows) {
        std::apply([&](const auto&... row) { (add_number(static_cast<std::uint64_t>(of.*row.member)), ...); }, rows);
    };
    const auto add_writes = [&](const std::vector<scope_write>& writes) {
        add_number(writes.size());
        for (const scope_write& each : writes)
            hash.add(to_string(each));
    };
    for (const scope_part& part : scope.parts) {
        hash.add(part.name);
        add_number(static_cast<std::uint64_t>(part.nr_cpus));
        add_settings(part.constants, constant_rows<plain>);
        add_settings(part.environment, environment_rows<plain>);
        add_number(part.first_phase);
        add_number(part.longest_period);
        add_writes(part.setup);
        add_writes(part.writes);
        add_number(part.histories.size());
        for (const std::string& history : part.histories)
            hash.add(history);
    }
    return hash.text();
}

scope load_scope(const std::filesystem::path& path) {
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (in && in.peek() != std::ifstream::traits_type::eof())
        text << in.rdbuf();
    // A directory can be opened; reading it fails then.
    if (!in.is_open() || in.bad()) {
        const std::string reason = std::error_code(errno, std::generic_category()).message();
        throw text::input_error(fmt::format("{}: this file can't be read: {}", path.string(), reason));
    }
    return parse_scope(text.str(), path.string());
}

std::string_view named_scope_text(std::string_view name) {
    for (const scope_text& one : scope_texts())
        if (one.name == name)
            return one.toml;
    return {};
}

std::vector<std::string_view> scope_names() {
    std::vector<std::string_view> names;
    for (const scope_text& one : scope_texts())
        names.push_back(one.name);
    return names;
}

} // namespace bwcheck::model
