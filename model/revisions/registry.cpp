#include "model/revisions/registry.hpp"

#include <fmt/format.h>

#include <array>
#include <deque>
#include <stdexcept>

namespace bwcheck::model {

// One for each revision, in files made from compiled_revision.cpp.in.
#define BWCHECK_REVISION(name) revision compile_##name(std::span<const revision> known);
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION

namespace {

std::vector<revision> compile_all() {
    constexpr std::array compilers{
#define BWCHECK_REVISION(name) &compile_##name,
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION
    };
    std::vector<revision> all;
    all.reserve(compilers.size()); // later ones point to earlier ones
    for (const auto& compile : compilers)
        all.push_back(compile(all));
    return all;
}

std::deque<revision>& added() {
    static std::deque<revision> all;
    return all;
}

} // namespace

std::span<const revision> revisions() {
    static const std::vector<revision> all = compile_all();
    return all;
}

const revision& add_revision(const revision& more) {
    if (find_revision(more.info.id) != nullptr)
        throw std::invalid_argument(
            fmt::format("there is a revision {} already; give the new one another id", more.info.id));
    return added().emplace_back(more);
}

const revision* find_revision(std::string_view id) {
    for (const revision& each : revisions())
        if (each.info.id == id)
            return &each;
    for (const revision& each : added())
        if (each.info.id == id)
            return &each;
    return nullptr;
}

const revision& revision_named(std::string_view id) {
    const revision* const named = find_revision(id);
    if (named == nullptr)
        throw std::invalid_argument(fmt::format("there is no revision {}", id));
    return *named;
}

std::vector<std::string_view> revision_ids() {
    std::vector<std::string_view> ids;
    for (const revision& each : revisions())
        ids.push_back(each.info.id);
    return ids;
}

} // namespace bwcheck::model
