#include "model/revisions/registry.hpp"

#include "model/revisions/revision_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <stdexcept>

namespace bwcheck::model {

// One for each revision, in files made from compiled_revision.cpp.in.
#define BWCHECK_REVISION(name)                                                                                         \
    revision_info info_of_##name();                                                                                    \
    revision compile_##name(std::span<const revision> known);
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION

namespace {

struct built_in {
    revision_info (*info)();
    revision (*compile)(std::span<const revision> known);
};

/// In the order of the list, whatever the order in which they need each other.
std::vector<revision> compile_all() {
    constexpr std::array listed{
#define BWCHECK_REVISION(name) built_in{&info_of_##name, &compile_##name},
#include "model/revisions/registry.def"
#undef BWCHECK_REVISION
    };
    std::vector<revision_info> infos;
    infos.reserve(listed.size());
    for (const built_in& each : listed)
        infos.push_back(each.info());
    std::vector<revision> all(listed.size()); // does not grow: they point to each other
    for (const std::size_t next : in_order_of_need(infos))
        all[next] = listed[next].compile(all);
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

bool can_be_revision_id(std::string_view id) {
    constexpr std::size_t longest = 60;
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_';
    };
    return !id.empty() && id.size() <= longest && id.front() != '.' && id.front() != '-' &&
           std::all_of(id.begin(), id.end(), fits);
}

const revision& add_revision(const revision& more) {
    if (!can_be_revision_id(more.info.id))
        throw std::invalid_argument(fmt::format(
            R"(the id of a revision is made of letters, digits, ".", "-" and "_", unlike "{}")", more.info.id));
    if (find_revision(more.info.id) != nullptr)
        throw std::invalid_argument(
            fmt::format("there is a revision {} already; give the new one another id", more.info.id));
    for (const std::string_view needed : {more.info.base, more.info.posted_on})
        if (!needed.empty() && find_revision(needed) == nullptr)
            throw std::invalid_argument(
                fmt::format("{} needs a revision {}, which is not there", more.info.id, needed));
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
