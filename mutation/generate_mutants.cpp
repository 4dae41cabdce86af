// generate_mutants SOURCE-ROOT OUTPUT-DIR HEADER...: writes mutated copies of headers below OUTPUT-DIR, where they are
// found before the originals, and OUTPUT-DIR/mutants.inc, the list of what is wrong with them.
#include "mutation/rewrite.hpp"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using namespace bwcheck::mutation;

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in)
        throw std::runtime_error(fmt::format("cannot read {}", path.string()));
    return text.str();
}

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path);
    out << text;
    if (!out.flush())
        throw std::runtime_error(fmt::format("cannot write {}", path.string()));
}

void generate(const std::filesystem::path& root, const std::filesystem::path& output,
              const std::vector<std::string>& headers) {
    std::string list;
    std::size_t next = 1;
    for (const std::string& header : headers) {
        const rewritten made = rewrite(header, read_file(root / header), next);
        next += made.mutants.size();
        write_file(output / header, made.text);
        for (const mutant& one : made.mutants)
            list += fmt::format(
                "{{R\"~({})~\", {}, R\"~({})~\", static_cast<mutant_kind>({}), R\"~({})~\", R\"~({})~\"}},\n", one.file,
                one.line, one.function, static_cast<int>(one.kind), one.before, one.after);
    }
    write_file(output / "mutants.inc", list);
    fmt::print("{} mutants of {} headers\n", next - 1, headers.size());
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        fmt::print(stderr, "usage: generate_mutants SOURCE-ROOT OUTPUT-DIR HEADER...\n");
        return 1;
    }
    try {
        generate(argv[1], argv[2], {argv + 3, argv + argc});
    } catch (const std::exception& error) {
        fmt::print(stderr, "generate_mutants: {}\n", error.what());
        return 1;
    }
    return 0;
}
