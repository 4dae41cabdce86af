#include "lab/scratch_directory.hpp"

#include "lab/lab_error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace bwcheck::lab {

scratch_directory::scratch_directory(const std::filesystem::path& where) {
    std::error_code ignored;
    const std::filesystem::path below = where.empty() ? std::filesystem::temp_directory_path(ignored) : where;
    std::string name = (below / "bwcheck-lab-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw lab_error(below.string() + ": no directory can be made there: " + std::strerror(errno));
    path_ = name;
}

scratch_directory::~scratch_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

} // namespace bwcheck::lab
