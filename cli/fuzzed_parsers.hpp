// The parsers of what others hand to bwcheck, in one form for the tests that damage their inputs: the one of
// GoogleTest, which always runs, and those of libFuzzer in fuzz/.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace bwcheck::cli {

struct fuzzed_parser {
    std::string_view name;
    /// Some valid input.
    std::string (*valid)();
    /// Reads a text. False if it is refused in one line. Whatever else happens is a bug: another exception, a line feed
    /// in the refusal, or something that was taken and is not the same when it is written and read once more.
    bool (*reads)(std::string_view text);
};

/// Traces (with a replay of what was read), scopes, files of verdicts, what `check --json` prints, and what is written
/// to the files of a group.
[[nodiscard]] std::span<const fuzzed_parser> fuzzed_parsers();

/// Throws std::out_of_range if there is none of that name.
[[nodiscard]] const fuzzed_parser& fuzzed_parser_named(std::string_view name);

} // namespace bwcheck::cli
