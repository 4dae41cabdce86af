#include "mutation/mutant_list.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace bwcheck::mutation {

namespace {

/// FNV-1a, which needs no library and is the same everywhere.
std::string id_of(std::string_view key) {
    std::uint32_t hash = 2166136261U;
    for (const char c : key)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return fmt::format("{:08x}", hash);
}

} // namespace

std::vector<listed_mutant> listed(const std::vector<mutant>& mutants) {
    std::vector<listed_mutant> all;
    std::map<std::string, int> seen;
    for (const mutant& one : mutants) {
        std::string key = one.key();
        if (const int times = ++seen[key]; times > 1)
            key += fmt::format(" #{}", times);
        all.push_back({one, static_cast<std::uint32_t>(all.size() + 1), key, id_of(key)});
    }
    return all;
}

std::map<std::string, std::string> read_explanations(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in)
        throw std::runtime_error(fmt::format("cannot read {}", file.string()));
    std::map<std::string, std::string> explanations;
    std::vector<std::string> keys; // those that the next explanation is for
    bool explained = true;
    std::size_t number = 0;
    const auto fail = [&](std::string_view message) {
        throw std::runtime_error(fmt::format("{}:{}: {}", file.string(), number, message));
    };
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty() || line[0] == '#')
            continue;
        if (line[0] != ' ') {
            if (explained)
                keys.clear();
            explained = false;
            if (!explanations.emplace(line, "").second)
                fail(fmt::format("\"{}\" was there before", line));
            keys.push_back(line);
            continue;
        }
        if (keys.empty())
            fail("an explanation without a mutant; put its key above it, not indented");
        explained = true;
        for (const std::string& key : keys)
            explanations[key] += (explanations[key].empty() ? "" : " ") + line.substr(line.find_first_not_of(' '));
    }
    if (!explained)
        fail(fmt::format("\"{}\" is not explained; say why below it, indented", keys.back()));
    return explanations;
}

} // namespace bwcheck::mutation
