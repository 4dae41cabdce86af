#include "counterexamples/trace_file.hpp"

#include "counterexamples/trace_json.hpp"
#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"
#include "text/did_you_mean.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"
#include "text/whole_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>

namespace bwcheck::counterexamples {

namespace {

/// A whole trace of many thousand steps is smaller.
constexpr std::size_t largest_file = std::size_t{256} << 20U;

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view action, const std::system_error& error) {
    throw text::input_error(fmt::format("{}: {}: {}", path.string(), action, error.code().message()));
}

/// Throws if there cannot be a revision of that name, or if this bwcheck knows no such property.
void check_names(const trace& read) {
    if (!model::can_be_revision_id(read.revision))
        throw text::input_error(
            fmt::format(R"(revision: must be a name of letters, digits, ".", "-" and "_", not "{}")",
                        text::printable(read.revision, text::most_repeated)));
    if (!properties::property_number(read.property))
        throw text::input_error(
            fmt::format("property: {}", text::no_such("property", read.property, properties::catalogue_ids())));
}

} // namespace

std::filesystem::path trace_path(const std::filesystem::path& directory, std::string_view revision,
                                 std::string_view property) {
    return directory / revision / fmt::format("{}.json", property);
}

void write_trace(const std::filesystem::path& path, const trace& trace) {
    if (path.has_parent_path()) {
        std::error_code error;
        std::filesystem::create_directories(path.parent_path(), error);
        if (error)
            throw text::input_error(
                fmt::format("{}: cannot be made: {}", path.parent_path().string(), error.message()));
    }
    const std::string text = trace_to_json(trace);
    try {
        text::replace_file(path, text);
    } catch (const std::system_error& error) {
        fail(path, "cannot be written", error);
    }
}

trace read_trace(const std::filesystem::path& path) {
    std::optional<std::string> text;
    try {
        text = text::read_file(path, largest_file);
    } catch (const std::system_error& error) {
        fail(path, "cannot be read", error);
    }
    if (!text)
        throw text::input_error(fmt::format("{}: too large for a trace", path.string()));
    try {
        trace read = trace_from_json(*text);
        check_names(read);
        return read;
    } catch (const text::input_error& error) {
        throw text::input_error(fmt::format("{}: {}", path.string(), error.what()));
    }
}

} // namespace bwcheck::counterexamples
