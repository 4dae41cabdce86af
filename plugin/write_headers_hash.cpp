// Part of the build: write_headers_hash SOURCE_DIR FILE.cpp writes which headers the program is built with.
#include "plugin/headers_hash.hpp"
#include "text/whole_file.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: write_headers_hash SOURCE_DIR FILE.cpp\n");
        return 1;
    }
    try {
        bwcheck::text::replace_file(
            argv[2], fmt::format("// Made by plugin/write_headers_hash.cpp.\n"
                                 "#include \"plugin/headers_hash.hpp\"\n\n"
                                 "std::string_view bwcheck::plugin::headers_built_with() {{ return \"{}\"; }}\n",
                                 bwcheck::plugin::hash_of_headers(argv[1])));
    } catch (const std::exception& error) {
        fmt::print(stderr, "write_headers_hash: {}\n", error.what());
        return 1;
    }
    return 0;
}
