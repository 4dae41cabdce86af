// Compiles the functions of a revision, which are templates, to its tables. Included by one source file a revision
// (compiled_revision.cpp.in), by plug-ins, and by tests that make revisions of their own.
#pragma once

#include "model/checked.hpp"
#include "model/make_table.hpp"
#include "model/revisions/revision.hpp"
#include "symbolic/numbers.hpp"

#include <fmt/format.h>

#include <span>
#include <stdexcept>

namespace bwcheck::model {

/// `known`: the revisions among which is that which Revision::info.posted_on names. To be called once for each type in
/// a program. Throws std::invalid_argument if the other revision is not there.
template <revision_type Revision>
[[nodiscard]] revision compiled(std::span<const revision> known) {
    const revision* posted_on = nullptr;
    for (const revision& each : known)
        if (each.info.id == Revision::info.posted_on)
            posted_on = &each;
    if (posted_on == nullptr && !Revision::info.posted_on.empty())
        throw std::invalid_argument(fmt::format("{} is posted on {}, which is no revision that comes before it",
                                                Revision::info.id, Revision::info.posted_on));
    const auto table = [posted_on]<class Num>(Num) {
        static const kernel_table<Num> made =
            make_table<Revision, Num>(posted_on == nullptr ? nullptr : &posted_on->over<Num>());
        return &made;
    };
    return {.info = Revision::info,
            .posted_on = posted_on,
            .over_plain = table(plain{}),
            .over_plain_many_cpus = table(plain_many_cpus{}),
            .over_checked = table(checked{}),
            .over_checked_many_cpus = table(checked_many_cpus{}),
            .over_symbolic = table(symbolic::numbers{})};
}

} // namespace bwcheck::model
