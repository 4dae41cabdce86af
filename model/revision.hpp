// A revision is a kernel version, or a state of a patch series: a set of kernel functions, most of them inherited.
//
// It is a type with `info` and a member template `functions<Num, Kernel>` that derives from the functions of its base
// and hides those that its patch changes. `Kernel` is the final class, so that inherited functions call the changed
// ones, as the linker would make them. revisions/cpu_max_runtime_v1.hpp is an example. Whoever is not a revision sees a
// table of its functions instead (kernel_table.hpp).
#pragma once

#include "model/arithmetic.hpp"

#include <concepts>
#include <string_view>

namespace bwcheck::model {

/// What a person reads about a revision.
struct revision_info {
    std::string_view id;      ///< as on the command line
    std::string_view base;    ///< the id of the revision that this one changes; empty if none
    std::string_view summary; ///< one sentence
    std::string_view source;  ///< where the changes are said
    /// The id of the kernel that this one, a patch, must not change for those who do not use it; empty if it is none.
    std::string_view posted_on{};
};

/// The functions of a revision, over one family of numbers.
template <class Revision, arithmetic Num>
struct kernel : Revision::template functions<Num, kernel<Revision, Num>> {
    using revision = Revision;
    using num = Num;
};

/// What is said of a revision. A type may also say `using posted_on = mainline;` instead of info.posted_on.
template <class Revision>
inline constexpr revision_info revision_info_of = [] {
    revision_info info = Revision::info;
    if constexpr (requires { Revision::posted_on::info; })
        info.posted_on = Revision::posted_on::info.id;
    return info;
}();

template <class Revision>
concept revision_type = requires {
    { Revision::info } -> std::convertible_to<revision_info>;
    typename kernel<Revision, plain>;
};

} // namespace bwcheck::model
