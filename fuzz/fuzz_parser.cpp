// What libFuzzer calls with its inputs. Anything but reading or refusing ends the process, and libFuzzer keeps the
// input.
#include "cli/fuzzed_parsers.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// NOLINTBEGIN(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto& parser = bwcheck::cli::fuzzed_parser_named(BWCHECK_FUZZED_PARSER);
    static_cast<void>(parser.reads({reinterpret_cast<const char*>(data), size}));
    return 0;
}
// NOLINTEND(readability-identifier-naming)
