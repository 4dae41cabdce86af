#include "lab/building/source_tree.hpp"

#include "lab/lab_error.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <regex>
#include <set>
#include <string_view>
#include <system_error>

namespace bwcheck::lab {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view what_is_right = "a kernel source tree is a directory like the one that "
                                           "tar -xf /usr/src/linux-source-6.1.tar.xz makes";

[[noreturn]] void fail(const fs::path& path, std::string_view action, const std::error_code& error) {
    throw lab_error(fmt::format("{}: {}: {}", path.string(), action, error.message()));
}

/// "6.1.192" from the first lines of the Makefile; empty if they do not say it.
std::string release_of(const std::string& makefile) {
    std::string release;
    for (const std::string_view part : {"VERSION", "PATCHLEVEL", "SUBLEVEL"}) {
        std::smatch match;
        const std::regex line(fmt::format("(^|\n){} = ([0-9]+)\n", part));
        if (!std::regex_search(makefile, match, line))
            return "";
        release += (release.empty() ? "" : ".") + match[2].str();
    }
    std::smatch extra;
    if (std::regex_search(makefile, extra, std::regex("\nEXTRAVERSION = (-[a-z0-9.-]+)\n")))
        release += extra[1].str();
    return release;
}

void require(const fs::path& directory, const char* file, std::string_view text, std::string_view otherwise) {
    std::error_code ignored;
    const fs::path path = directory / file;
    if (!fs::is_regular_file(path, ignored) || text_of(path).find(text) == std::string::npos)
        throw lab_error(fmt::format("{}: {}", directory.string(), otherwise));
}

/// What is not source, although it lies in the tree: what a build has put there would keep the next one from beginning,
/// or be taken for source.
bool is_made_by_a_build(const fs::path& relative, bool is_directory) {
    static const std::set<std::string> directories{"include/config", "include/generated"};
    static const std::set<std::string> files{".config",        ".config.old",   ".version",
                                             "linux",          "vmlinux",       "System.map",
                                             "Module.symvers", "modules.order", "modules.builtin"};
    const std::string text = relative.generic_string();
    if (is_directory)
        return directories.count(text) != 0 || (text.starts_with("arch/") && text.ends_with("/include/generated"));
    constexpr std::array<std::string_view, 6> endings{".o", ".a", ".ko", ".cmd", ".mod", ".d"};
    return files.count(text) != 0 ||
           std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return text.ends_with(ending); });
}

/// A file's bytes, without a copy of them.
class mapped_file {
public:
    explicit mapped_file(const fs::path& path) {
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat status {};
        if (descriptor < 0 || ::fstat(descriptor, &status) != 0)
            fail_with_errno(path);
        size_ = static_cast<std::size_t>(status.st_size);
        if (size_ > 0)
            bytes_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
        const int error = errno;
        ::close(descriptor);
        errno = error;
        if (bytes_ == MAP_FAILED)
            fail_with_errno(path);
    }
    ~mapped_file() {
        if (size_ > 0)
            ::munmap(bytes_, size_);
    }
    mapped_file(const mapped_file&) = delete;
    mapped_file& operator=(const mapped_file&) = delete;

    [[nodiscard]] std::string_view bytes() const { return {static_cast<const char*>(bytes_), size_}; }

private:
    [[noreturn]] static void fail_with_errno(const fs::path& path) {
        fail(path, "cannot be read", std::error_code(errno, std::generic_category()));
    }

    void* bytes_ = nullptr;
    std::size_t size_ = 0;
};

void copy_file_with_mode(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::copy_file(from, to, error); // with its permissions
    if (error)
        fail(from, "cannot be copied", error);
}

} // namespace

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

source_tree open_source_tree(const fs::path& directory) {
    std::error_code error;
    const auto status = fs::status(directory, error);
    if (!fs::exists(status))
        throw lab_error(fmt::format("{}: there is no such directory; {}", directory.string(), what_is_right));
    if (!fs::is_directory(status))
        throw lab_error(fmt::format("{}: is not a directory; {}", directory.string(), what_is_right));

    source_tree tree;
    tree.path = directory;
    tree.release = release_of(text_of(directory / "Makefile"));
    if (tree.release.empty() || !fs::is_directory(directory / "kernel/sched", error))
        throw lab_error(fmt::format("{}: is not a kernel source tree; {}", directory.string(), what_is_right));
    require(directory, "arch/um/Kconfig", "config UML", "has no user-mode Linux (arch/um), which is what is built");
    require(directory, "init/Kconfig", "config CFS_BANDWIDTH",
            "has no CFS bandwidth control (CONFIG_CFS_BANDWIDTH in init/Kconfig)");

    fs::recursive_directory_iterator entry(directory, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        fs::path relative = entry->path().lexically_relative(directory);
        const bool is_directory = entry->is_directory() && !entry->is_symlink();
        if (is_directory && (entry->path().filename() == ".git" || is_made_by_a_build(relative, true)))
            entry.disable_recursion_pending();
        else if (!is_directory && !is_made_by_a_build(relative, false) && relative != ".git")
            tree.files.push_back(std::move(relative));
    }
    if (error)
        fail(directory, "cannot be read", error);
    std::sort(tree.files.begin(), tree.files.end());
    return tree;
}

void add_contents(text::content_hash& hash, const source_tree& tree) {
    for (const fs::path& file : tree.files) {
        const fs::path path = tree.path / file;
        hash.add(file.generic_string());
        if (fs::is_symlink(path))
            hash.add(fs::read_symlink(path).string());
        else
            hash.add(mapped_file(path).bytes());
    }
}

void share_files(const source_tree& tree, const fs::path& copy) {
    std::error_code error;
    fs::path made;
    bool linkable = true;
    for (const fs::path& file : tree.files) {
        const fs::path from = tree.path / file;
        const fs::path to = copy / file;
        if (to.parent_path() != made) {
            made = to.parent_path();
            fs::create_directories(made, error);
            if (error)
                fail(made, "cannot be made", error);
        }
        if (fs::is_symlink(from)) {
            fs::copy_symlink(from, to, error);
            if (error)
                fail(from, "cannot be copied", error);
            continue;
        }
        if (linkable)
            fs::create_hard_link(from, to, error);
        // Another file system, or somebody else's file.
        linkable = linkable && !error;
        if (!linkable)
            copy_file_with_mode(from, to);
    }
}

void unshare_file(const fs::path& copy, const fs::path& file) {
    std::error_code error;
    const fs::path path = copy / file;
    if (!fs::is_regular_file(fs::symlink_status(path, error)))
        return;
    const fs::path own = path.string() + ".own";
    copy_file_with_mode(path, own);
    fs::rename(own, path, error);
    if (error)
        fail(path, "cannot be replaced", error);
}

} // namespace bwcheck::lab
