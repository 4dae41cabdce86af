// The guest's file system: an archive that the kernel unpacks when it boots. It is a cpio archive of the kind "newc"
// (Documentation/driver-api/early-userspace/buffer-format.rst of the kernel), which is little enough to write oneself.
#pragma once

#include <string>
#include <string_view>

namespace bwcheck::lab {

class initramfs {
public:
    // Names have no leading slash. A directory has to be added before what is in it.
    void add_directory(std::string_view name);
    void add_file(std::string_view name, std::string_view bytes, bool executable);
    void add_character_device(std::string_view name, unsigned major, unsigned minor);

    /// The archive.
    [[nodiscard]] std::string finish();

private:
    struct entry {
        unsigned mode = 0; ///< as in struct stat
        unsigned major = 0;
        unsigned minor = 0;
    };
    void add(std::string_view name, const entry& added, std::string_view bytes);

    std::string archive_;
    unsigned next_inode_ = 1;
};

/// The file system that the guest boots with: its program, `script`, and what the kernel needs to begin.
[[nodiscard]] std::string guest_initramfs(std::string_view script);

} // namespace bwcheck::lab
