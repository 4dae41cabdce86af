#include "lab/kernel.hpp"

#include "lab/cloud_kernel.hpp"
#include "lab/lab_error.hpp"
#include "lab/virtual_time.hpp"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace bwcheck::lab {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view debian_uml = "debian-uml";
constexpr std::string_view debian_qemu = "debian-qemu";
constexpr std::string_view qemu_program = "qemu-system-x86_64";

std::optional<fs::path> in_path(std::string_view program) {
    const char* const path = std::getenv("PATH");
    std::istringstream directories(path == nullptr ? "" : path);
    for (std::string directory; std::getline(directories, directory, ':');) {
        const fs::path candidate = fs::path(directory.empty() ? "." : directory) / program;
        std::error_code ignored;
        if (fs::is_regular_file(candidate, ignored) && ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
    }
    return std::nullopt;
}

fs::path required(std::string_view program, std::string_view package) {
    const auto found = in_path(program);
    if (!found)
        throw lab_error(fmt::format("there is no {} in PATH; on Debian: apt-get install {}", program, package));
    return *found;
}

std::string contents(const fs::path& file) {
    std::error_code error;
    const auto status = fs::status(file, error);
    if (error && status.type() != fs::file_type::not_found)
        throw lab_error(fmt::format("{}: cannot be read: {}", file.string(), error.message()));
    if (!fs::exists(status))
        throw lab_error(fmt::format("{}: there is no such file; a kernel is {} or {}, or a file", file.string(),
                                    debian_uml, debian_qemu));
    if (!fs::is_regular_file(status))
        throw lab_error(fmt::format("{}: is not a file; the kernel of a tree is linux (user-mode) or bzImage in it",
                                    file.string()));
    constexpr std::uintmax_t largest_kernel = std::uintmax_t{1} << 30U;
    if (fs::file_size(file, error) > largest_kernel)
        throw lab_error(fmt::format("{}: is too large for a kernel", file.string()));
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad() || !in.is_open())
        throw lab_error(fmt::format("{}: cannot be read: {}", file.string(), std::strerror(errno)));
    return bytes;
}

/// A kernel for PCs, as the boot protocol describes it (Documentation/arch/x86/boot.rst of the kernel).
bool is_bzimage(std::string_view bytes) {
    constexpr std::size_t signature_offset = 0x202;
    return bytes.size() > signature_offset + 4 && bytes.substr(signature_offset, 4) == "HdrS";
}

platform platform_of_elf(std::string_view bytes, const fs::path& file) {
    if (bytes.find("Linux version ") == std::string_view::npos)
        throw lab_error(fmt::format("{}: is a program, but not a Linux kernel", file.string()));
    Elf64_Ehdr header{};
    if (bytes.size() < sizeof(header) || bytes[EI_CLASS] != ELFCLASS64)
        throw lab_error(fmt::format("{}: is not a 64-bit kernel", file.string()));
    std::memcpy(&header, bytes.data(), sizeof(header));
    constexpr std::uint64_t least_kernel_address = std::uint64_t{1} << 63U;
    const bool is_vmlinux = header.e_machine == EM_X86_64 && header.e_entry < least_kernel_address &&
                            bytes.find("User Mode Linux") == std::string_view::npos;
    if (is_vmlinux || header.e_entry >= least_kernel_address)
        throw lab_error(fmt::format("{}: is the vmlinux of a PC's kernel; give its bzImage", file.string()));
    if (::access(file.c_str(), X_OK) != 0)
        throw lab_error(fmt::format("{}: may not be executed; chmod +x lets it be", file.string()));
    return platform::user_mode;
}

void require_kvm() {
    const int device = ::open("/dev/kvm", O_RDWR | O_CLOEXEC);
    if (device < 0)
        throw lab_error(fmt::format("/dev/kvm cannot be used: {}; --accel tcg does without it", std::strerror(errno)));
    ::close(device);
}

} // namespace

std::string_view to_string(platform platform) { return platform == platform::user_mode ? "user-mode" : "qemu"; }

std::vector<std::string_view> known_kernels() { return {debian_uml, debian_qemu}; }

kernel_image find_kernel(const std::string& name_or_path, const message_listener& tell) {
    if (name_or_path.empty())
        throw lab_error(
            fmt::format("the name of the kernel is empty; a kernel is {} or {}, or a file", debian_uml, debian_qemu));
    if (name_or_path == debian_uml)
        return {name_or_path, required("linux.uml", "user-mode-linux"), platform::user_mode};
    kernel_image image{name_or_path, name_or_path, platform::qemu};
    if (name_or_path == debian_qemu) {
        static_cast<void>(required(qemu_program, "qemu-system-x86"));
        image.path = cloud_kernel(cache_directory(), tell);
        return image;
    }
    image.how = platform_of(image.path);
    image.virtual_clock =
        image.how == platform::user_mode && contents(image.path).find(virtual_clock_mark) != std::string::npos;
    image.path = fs::absolute(image.path);
    if (image.how == platform::qemu)
        static_cast<void>(required(qemu_program, "qemu-system-x86"));
    return image;
}

platform platform_of(const fs::path& file) {
    const std::string bytes = contents(file);
    if (is_bzimage(bytes))
        return platform::qemu;
    if (bytes.starts_with("\x7f"
                          "ELF"))
        return platform_of_elf(bytes, file);
    throw lab_error(fmt::format(
        "{}: is not a kernel, neither of user-mode Linux (an ELF program) nor for a PC (a bzImage)", file.string()));
}

std::vector<std::string> boot_command(const kernel_image& kernel, const machine_options& options,
                                      const fs::path& initramfs, const fs::path& scratch) {
    std::vector<std::string> argv;
    if (kernel.how == platform::user_mode) {
        argv = {
            kernel.path.string(), "mem=256M", "initrd=" + initramfs.string(), "uml_dir=" + scratch.string(), "con=null",
            "con0=null,fd:1",     "quiet"};
        if (options.virtual_time_on(kernel))
            argv.emplace_back(virtual_time_argument);
        std::istringstream further(options.kernel_arguments);
        std::copy(std::istream_iterator<std::string>(further), {}, std::back_inserter(argv));
        return argv;
    }
    if (options.accel == accelerator::kvm)
        require_kvm();
    return {std::string(qemu_program),
            "-accel",
            options.accel == accelerator::kvm ? "kvm" : "tcg",
            "-smp",
            std::to_string(options.nr_cpus),
            "-m",
            "256",
            "-nodefaults",
            "-display",
            "none",
            "-serial",
            "stdio",
            "-no-reboot",
            "-kernel",
            kernel.path.string(),
            "-initrd",
            initramfs.string(),
            "-append",
            "console=ttyS0 quiet panic=-1 " + options.kernel_arguments};
}

fs::path cache_directory() {
    const char* const cache = std::getenv("XDG_CACHE_HOME");
    if (cache != nullptr && *cache == '/')
        return fs::path(cache) / "bwcheck";
    const char* const home = std::getenv("HOME");
    if (home == nullptr || *home != '/')
        throw lab_error("neither XDG_CACHE_HOME nor HOME says where files may be kept; set one of them to a directory");
    return fs::path(home) / ".cache" / "bwcheck";
}

} // namespace bwcheck::lab
