#include "lab/xstate_filter.hpp"

#include <elf.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/ptrace.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace bwcheck::lab {

namespace {

/// Loads a field of struct seccomp_data; of a 64-bit one its lower half, which is all that counts here.
constexpr sock_filter load(std::size_t offset) {
    return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

/// Goes on if the loaded value is `value`, else skips `otherwise` statements.
constexpr sock_filter must_be(std::uint32_t value, std::uint8_t otherwise) {
    return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, otherwise);
}

constexpr std::size_t argument(std::size_t number) {
    return offsetof(seccomp_data, args) + number * sizeof(std::uint64_t);
}

} // namespace

bool refuse_xstate_regset() {
#ifdef __x86_64__
    std::array<sock_filter, 10> program{{
        load(offsetof(seccomp_data, arch)),
        must_be(AUDIT_ARCH_X86_64, 7),
        load(offsetof(seccomp_data, nr)),
        must_be(SYS_ptrace, 5),
        load(argument(0)),
        must_be(PTRACE_GETREGSET, 3),
        load(argument(2)),
        must_be(NT_X86_XSTATE, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENODEV),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    }};
    const sock_fprog filter{.len = program.size(), .filter = program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
#else
    return false;
#endif
}

} // namespace bwcheck::lab
