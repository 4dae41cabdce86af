// A revision at run time: what is known about it, and its tables over every family of numbers that an engine computes
// with.
#pragma once

#include "model/kernel_table.hpp"
#include "model/revision.hpp"

#include <type_traits>

namespace bwcheck::symbolic {
struct numbers;
} // namespace bwcheck::symbolic

namespace bwcheck::model {

struct checked;

struct revision {
    revision_info info;
    const revision* posted_on = nullptr; ///< the kernel that it is posted on; null if it is no patch
    // They live as long as the program. Null only: over_symbolic of a machine about which nothing is proved.
    const kernel_table<plain>* over_plain = nullptr;
    const kernel_table<plain_many_cpus>* over_plain_many_cpus = nullptr;
    const kernel_table<checked>* over_checked = nullptr;
    const kernel_table<symbolic::numbers>* over_symbolic = nullptr;

    /// Its table over one of these families.
    template <class Num>
    [[nodiscard]] const kernel_table<Num>& over() const {
        if constexpr (std::is_same_v<Num, plain>)
            return *over_plain;
        else if constexpr (std::is_same_v<Num, plain_many_cpus>)
            return *over_plain_many_cpus;
        else if constexpr (std::is_same_v<Num, checked>)
            return *over_checked;
        else
            return *over_symbolic;
    }
    [[nodiscard]] bool has_runtime_file() const { return over_plain->has_runtime_file(); }
};

} // namespace bwcheck::model
