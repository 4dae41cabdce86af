#include "lab/initramfs.hpp"

#include "lab/guest_paths.hpp"
#include "lab/guest_program.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <array>

namespace bwcheck::lab {

namespace {

constexpr unsigned for_everybody = 0755;
constexpr unsigned for_reading = 0644;

/// Headers and contents begin at multiples of four bytes.
void pad(std::string& archive) {
    constexpr std::size_t alignment = 4;
    archive.append((alignment - archive.size() % alignment) % alignment, '\0');
}

} // namespace

void initramfs::add_directory(std::string_view name) { add(name, {.mode = S_IFDIR | for_everybody}, ""); }

void initramfs::add_file(std::string_view name, std::string_view bytes, bool executable) {
    add(name, {.mode = S_IFREG | (executable ? for_everybody : for_reading)}, bytes);
}

void initramfs::add_character_device(std::string_view name, unsigned major, unsigned minor) {
    add(name, {.mode = S_IFCHR | for_reading, .major = major, .minor = minor}, "");
}

std::string initramfs::finish() {
    add("TRAILER!!!", {}, "");
    return std::move(archive_);
}

void initramfs::add(std::string_view name, const entry& added, std::string_view bytes) {
    const bool directory = (added.mode & S_IFMT) == S_IFDIR;
    // In this order: inode, mode, owner, group, links, time, size, device (2), its own device number (2), length of the
    // name with its NUL, check sum.
    const std::array<std::size_t, 13> numbers{
        next_inode_++, added.mode,      0, 0, directory ? 2U : 1U, 0, bytes.size(), 0, 0, added.major,
        added.minor,   name.size() + 1, 0};
    archive_ += "070701";
    for (const std::size_t number : numbers)
        archive_ += fmt::format("{:08X}", number);
    archive_ += name;
    archive_ += '\0';
    pad(archive_);
    archive_ += bytes;
    pad(archive_);
}

std::string guest_initramfs(std::string_view script) {
    constexpr unsigned console_major = 5;
    constexpr unsigned console_minor = 1;
    const auto name_of = [](std::string_view path) { return path.substr(1); };
    initramfs files;
    files.add_directory("dev");
    files.add_character_device("dev/console", console_major, console_minor);
    files.add_directory(name_of(hierarchy));
    files.add_directory("proc");
    files.add_file("init", guest_program(), true);
    files.add_file(name_of(script_path), script, false);
    return files.finish();
}

} // namespace bwcheck::lab
