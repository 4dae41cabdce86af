#include "lab/cloud_kernel.hpp"

#include "lab/lab_error.hpp"
#include "lab/scratch_directory.hpp"
#include "programs/process.hpp"

#include <fmt/format.h>

#include <regex>
#include <system_error>

namespace bwcheck::lab {

namespace {

namespace fs = std::filesystem;

/// What a program prints. Throws lab_error if it fails, with the last line of that.
std::string output_of(const std::vector<std::string>& argv) {
    const programs::time_limits limits{.silence = programs::seconds(120), .total = programs::seconds(600)};
    std::string text;
    programs::process_outcome done;
    try {
        done = programs::run_process(argv, limits, [&](std::string_view piece) {
            text += piece;
            return false;
        });
    } catch (const std::system_error& error) {
        throw lab_error(fmt::format("debian-qemu takes Debian's kernel from its package, but: {}", error.what()));
    }
    if (done.how == programs::ending::exited && done.status == 0)
        return text;
    while (text.ends_with('\n'))
        text.pop_back();
    throw lab_error(fmt::format("{} {} failed{}: {}", argv[0], argv[1],
                                done.how == programs::ending::exited ? "" : " to end in time",
                                text.substr(text.find_last_of('\n') + 1)));
}

/// The kernel that the package linux-image-cloud-amd64 stands for at present.
std::string package_name() {
    const std::string depends = output_of({"apt-cache", "depends", "--important", "linux-image-cloud-amd64"});
    std::smatch match;
    if (!std::regex_search(depends, match, std::regex("linux-image-[0-9][a-z0-9.+-]*-cloud-amd64")))
        throw lab_error("apt-cache knows no kernel for linux-image-cloud-amd64; apt-get update may help");
    return match.str();
}

} // namespace

fs::path cloud_kernel(const fs::path& cache, const message_listener& tell) {
    fs::path place = cache / "debian-qemu" / "vmlinuz";
    std::error_code ignored;
    if (fs::exists(place, ignored))
        return place;
    const std::string package = package_name();
    if (tell)
        tell(fmt::format("fetching {} with apt-get, for its kernel", package));
    std::error_code error;
    fs::create_directories(place.parent_path(), error);
    if (error)
        throw lab_error(fmt::format("{}: cannot be made: {}", place.parent_path().string(), error.message()));
    // Beside its place, so that it gets there in one piece.
    const scratch_directory scratch(place.parent_path());
    static_cast<void>(output_of({"sh", "-c", R"(cd "$1" && apt-get -q download "$2" && dpkg-deb -x ./*.deb .)", "sh",
                                 scratch.path().string(), package}));
    for (const auto& entry : fs::directory_iterator(scratch.path() / "boot", ignored)) {
        if (!entry.path().filename().string().starts_with("vmlinuz-"))
            continue;
        fs::rename(entry.path(), place, error);
        if (!error)
            return place;
    }
    throw lab_error(fmt::format("{} has no kernel in it that could be kept as {}", package, place.string()));
}

} // namespace bwcheck::lab
