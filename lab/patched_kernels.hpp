// The kernels that the patches in lab/patches make of Linux 6.1, as the model has them. They are compared with real
// ones; what the series itself is checked on is mainline, so that these are no revisions of bwcheck check.
#pragma once

#include "model/revisions/cpu_max_runtime_v2.hpp"
#include "model/revisions/linux_6_1.hpp"

namespace bwcheck::lab {

/// lab/patches/cpu-max-runtime-v1.patch
struct linux_6_1_runtime_v1 {
    static constexpr model::revision_info info{
        .id = "linux-6.1-runtime-v1",
        .base = model::linux_6_1::info.id,
        .summary = "Linux 6.1 with cpu.max.runtime as posted.",
        .source = "lab/patches/cpu-max-runtime-v1.patch",
    };

    template <model::arithmetic Num, class Kernel>
    struct functions : model::cpu_max_runtime_v1::patched<Num, Kernel, model::linux_6_1::functions<Num, Kernel>> {};
};

/// lab/patches/cpu-max-runtime-v2.patch
struct linux_6_1_runtime_v2 {
    static constexpr model::revision_info info{
        .id = "linux-6.1-runtime-v2",
        .base = model::linux_6_1::info.id,
        .summary = "Linux 6.1 with cpu.max.runtime as promised.",
        .source = "lab/patches/cpu-max-runtime-v2.patch",
    };

    template <model::arithmetic Num, class Kernel>
    struct functions : model::cpu_max_runtime_v2::patched<Num, Kernel, model::linux_6_1::functions<Num, Kernel>> {};
};

} // namespace bwcheck::lab
