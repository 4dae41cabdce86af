// A directory for a while.
#pragma once

#include <filesystem>

namespace bwcheck::lab {

class scratch_directory {
public:
    /// Makes one below `where`, or below the system's place for such. Throws lab_error.
    explicit scratch_directory(const std::filesystem::path& where = {});
    ~scratch_directory();
    scratch_directory(const scratch_directory&) = delete;
    scratch_directory& operator=(const scratch_directory&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace bwcheck::lab
