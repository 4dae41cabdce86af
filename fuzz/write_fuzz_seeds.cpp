// Writes a valid input of each parser to DIRECTORY/PARSER/valid, for libFuzzer to start from.
#include "cli/fuzzed_parsers.hpp"
#include "text/text_file.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: write_fuzz_seeds DIRECTORY\n", stderr);
        return 1;
    }
    try {
        for (const auto& parser : bwcheck::cli::fuzzed_parsers()) {
            const auto directory = std::filesystem::path(argv[1]) / parser.name;
            std::filesystem::create_directories(directory);
            bwcheck::text::write_text_file((directory / "valid").string(), parser.valid());
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "write_fuzz_seeds: %s\n", error.what());
        return 1;
    }
    return 0;
}
