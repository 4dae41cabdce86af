// Lets older user-mode kernels run on newer processors.
//
// A user-mode kernel before 6.13 keeps the floating-point registers of its processes with ptrace(2), regset
// NT_X86_XSTATE, in a buffer whose size it was built with: 2696 bytes (HOST_FP_SIZE, arch/x86/um/user-offsets.c), until
// commit 3f17fed21491 ("um: switch to regset API and depend on XSTATE") made it ask the host. A host kernel refuses to
// take registers back in any other size than that of its processor's (xstateregs_set(), arch/x86/kernel/fpu/regset.c),
// which AMX has made larger: then the first process of the guest dies. Where reading this regset fails, such a kernel
// falls back to registers of fixed size; so it is made to fail. Each process of the guest is a process of the host,
// which keeps whatever the smaller set leaves out.
#pragma once

#include <string_view>

namespace bwcheck::lab {

/// What a kernel that needs the filter prints.
inline constexpr std::string_view needs_xstate_filter = "ptrace set fp regs failed";

/// From now on, in this process and those it starts, reading the regset fails with ENODEV. Async-signal-safe. Returns
/// whether that could be arranged.
bool refuse_xstate_regset();

} // namespace bwcheck::lab
