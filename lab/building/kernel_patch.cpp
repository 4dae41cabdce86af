#include "lab/building/kernel_patch.hpp"

#include "lab/building/build_error.hpp"
#include "programs/tool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

namespace bwcheck::lab {

namespace {

namespace fs = std::filesystem;

/// "a/kernel/sched/core.c\t2026-05-25" as in a header line: the file it means. Empty if that is /dev/null.
fs::path file_in(std::string_view rest) {
    rest = rest.substr(0, rest.find('\t'));
    if (rest == "/dev/null")
        return {};
    const auto slash = rest.find('/');
    return slash == std::string_view::npos ? fs::path(rest) : fs::path(rest.substr(slash + 1));
}

std::vector<fs::path> files_of(const std::string& text) {
    std::vector<fs::path> files;
    const auto add = [&](const fs::path& file) {
        if (!file.empty() && std::find(files.begin(), files.end(), file) == files.end())
            files.push_back(file);
    };
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::string_view view = line;
        if (view.starts_with("--- ") || view.starts_with("+++ "))
            add(file_in(view.substr(4)));
        for (const std::string_view moved : {"rename from ", "rename to ", "copy from ", "copy to "})
            if (view.starts_with(moved))
                add(view.substr(moved.size()));
    }
    return files;
}

} // namespace

kernel_patch read_patch(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        throw lab_error(
            fmt::format("{}: there is no such file; a patch is what git format-patch writes", path.string()));
    std::ifstream in(path, std::ios::binary);
    if (fs::is_directory(path, ignored) || !in.is_open())
        throw lab_error(fmt::format("{}: cannot be read as a patch", path.string()));
    kernel_patch patch{
        .path = path, .text = {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}, .files = {}};
    patch.files = files_of(patch.text);
    if (patch.files.empty() || patch.text.find("\n@@ ") == std::string::npos)
        throw lab_error(fmt::format("{}: has no change in it; a patch is what git format-patch writes", path.string()));
    for (const fs::path& file : patch.files)
        if (file.is_absolute() || std::find(file.begin(), file.end(), "..") != file.end())
            throw lab_error(fmt::format("{}: changes {}, which is outside the tree", path.string(), file.string()));
    return patch;
}

void apply_patch(const kernel_patch& patch, const fs::path& tree, const message_listener& tell) {
    const programs::time_limits limits{.silence = programs::seconds(60), .total = programs::seconds(300)};
    const auto done =
        programs::run_tool({"patch", "--strip=1", "--force", "--no-backup-if-mismatch", "--reject-file=-",
                            "--directory=" + tree.string(), "--input=" + fs::absolute(patch.path).string()},
                           "patch", limits);
    std::istringstream lines(done.output);
    for (std::string line; std::getline(lines, line);)
        if (tell && (line.find("(offset ") != std::string::npos || line.find("with fuzz ") != std::string::npos))
            tell(fmt::format("{}: {}", patch.path.filename().string(), line));
    if (!done.succeeded())
        throw build_error(fmt::format("{}: does not apply", patch.path.string()), done.output);
}

} // namespace bwcheck::lab
