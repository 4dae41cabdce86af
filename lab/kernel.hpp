// A kernel that can be booted: Debian's, by name, or any file that is one.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

/// How a kernel is started.
enum class platform {
    user_mode, ///< as a process (ARCH=um); has one CPU
    qemu,      ///< as a virtual machine
};

/// "user-mode", "qemu".
[[nodiscard]] std::string_view to_string(platform platform);

/// What a virtual machine's CPUs are made of: emulation, or the processor's own support (/dev/kvm).
enum class accelerator { tcg, kvm };

struct kernel_image {
    std::string name; ///< as it was asked for
    std::filesystem::path path;
    platform how = platform::user_mode;
    bool virtual_clock = false; ///< `bwcheck lab build` made it: it can run on virtual time (lab/virtual_time.hpp)
};

/// The names of kernels that need no path.
[[nodiscard]] std::vector<std::string_view> known_kernels();

/// Called with what takes a while: "fetching ... with apt-get".
using message_listener = std::function<void(std::string_view)>;

/// Finds a kernel of that name, or else the file. debian-qemu is fetched with apt-get the first time, and kept in the
/// user's cache directory. Throws lab_error, also if what is needed to run it is missing.
[[nodiscard]] kernel_image find_kernel(const std::string& name_or_path, const message_listener& tell = {});

/// How a file is to be started. Throws lab_error if it is not a kernel.
[[nodiscard]] platform platform_of(const std::filesystem::path& file);

/// The command line that boots it. Throws lab_error if an accelerator is asked for that is not there.
struct machine_options {
    unsigned nr_cpus = 1; ///< of a virtual machine
    accelerator accel = accelerator::tcg;
    std::string kernel_arguments; ///< further ones
    bool real_time = false;       ///< also of a kernel that can run on virtual time

    /// Whether time is virtual on this kernel.
    [[nodiscard]] bool virtual_time_on(const kernel_image& kernel) const { return kernel.virtual_clock && !real_time; }
};
[[nodiscard]] std::vector<std::string> boot_command(const kernel_image& kernel, const machine_options& options,
                                                    const std::filesystem::path& initramfs,
                                                    const std::filesystem::path& scratch);

/// Where bwcheck keeps what takes long to get: $XDG_CACHE_HOME/bwcheck, or ~/.cache/bwcheck. Throws lab_error if there
/// is no such place.
[[nodiscard]] std::filesystem::path cache_directory();

} // namespace bwcheck::lab
