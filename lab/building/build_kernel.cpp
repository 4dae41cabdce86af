#include "lab/building/build_kernel.hpp"

#include "lab/building/build_error.hpp"
#include "lab/building/kernel_additions.hpp"
#include "lab/building/kernel_config.hpp"
#include "lab/building/kernel_patch.hpp"
#include "lab/building/source_tree.hpp"
#include "lab/scratch_directory.hpp"
#include "programs/tool.hpp"
#include "text/content_hash.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

namespace bwcheck::lab {

namespace {

namespace fs = std::filesystem;

constexpr const char* compiler = "gcc";
constexpr const char* output_directory = "output"; // inside the copy: then the kernel's makefiles use relative names,
                                                   // and ccache can tell that another copy is the same

void say(const message_listener& tell, const std::string& message) {
    if (tell)
        tell(message);
}

/// The first line of `gcc --version`.
std::string compiler_version() {
    const auto done = programs::run_tool({compiler, "--version"}, "gcc",
                                         {.silence = programs::seconds(60), .total = programs::seconds(60)});
    return done.output.substr(0, done.output.find('\n'));
}

bool has_ccache() {
    try {
        return programs::run_tool({"ccache", "--version"}, "ccache",
                                  {.silence = programs::seconds(60), .total = programs::seconds(60)})
            .succeeded();
    } catch (const text::input_error&) {
        return false;
    }
}

std::string key_of(const source_tree& tree, const std::vector<kernel_patch>& patches) {
    text::content_hash hash;
    hash.add(kernel_config());
    hash.add(compiler_version());
    if (can_have_virtual_time(tree))
        for (const kernel_addition& each : kernel_additions())
            hash.add(each.text);
    for (const kernel_patch& patch : patches)
        hash.add(patch.text);
    add_contents(hash, tree);
    return hash.text();
}

/// make(1) in a tree, with its output beside the sources.
class kernel_build {
public:
    explicit kernel_build(fs::path tree) : tree_(std::move(tree)), ccache_(has_ccache()) {}

    [[nodiscard]] programs::tool_result make(const std::string& target, unsigned jobs,
                                             const std::function<void(std::string_view)>& listen = {}) const {
        // Linking is long and silent.
        const programs::time_limits limits{.silence = programs::seconds(900), .total = programs::seconds(7200)};
        return programs::run_tool({"env", "-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "KBUILD_OUTPUT", "LC_ALL=C",
                                   "CCACHE_NOHASHDIR=1", "CCACHE_BASEDIR=" + tree_.string(), "make", "-C",
                                   tree_.string(), fmt::format("O={}", output_directory),
                                   fmt::format("CC={}{}", ccache_ ? "ccache " : "", compiler), "ARCH=um",
                                   "SUBARCH=x86_64", fmt::format("-j{}", jobs), target},
                                  "make", limits, listen);
    }

    [[nodiscard]] fs::path output() const { return tree_ / output_directory; }

private:
    fs::path tree_;
    bool ccache_;
};

void configure(const kernel_build& build, const fs::path& tree) {
    std::error_code error;
    fs::create_directories(build.output(), error);
    const auto require = [&](const programs::tool_result& done, std::string_view target) {
        if (!done.succeeded())
            throw build_error(fmt::format("{}: make {} fails", tree.string(), target), relevant_lines(done.output));
    };
    require(build.make("tinyconfig", 1), "tinyconfig");
    std::ofstream config(build.output() / ".config", std::ios::app);
    config << kernel_config();
    config.close();
    if (!config)
        throw lab_error(fmt::format("{}: cannot be written", (build.output() / ".config").string()));
    require(build.make("olddefconfig", 1), "olddefconfig");
    const std::string complete = text_of(build.output() / ".config");
    const auto missing = missing_from(complete);
    if (!missing.empty())
        throw lab_error(fmt::format("{}: cannot be configured with {}", tree.string(), fmt::join(missing, ", ")));
}

/// Says now and then how many files are compiled.
class compile_counter {
public:
    explicit compile_counter(const message_listener& tell) : tell_(tell) {}

    void take(std::string_view piece) {
        compiled_ += static_cast<unsigned>(std::count(piece.begin(), piece.end(), '\n'));
        if (compiled_ < next_)
            return;
        say(tell_, fmt::format("{} steps of the build done", compiled_));
        while (next_ <= compiled_)
            next_ += stride;
    }

private:
    static constexpr unsigned stride = 200;
    const message_listener& tell_;
    unsigned compiled_ = 0;
    unsigned next_ = stride;
};

/// Moves the kernel to its place, together with what it was made from. Whoever builds the same at the same time may be
/// first.
void keep(const kernel_build& build, const fs::path& place, const build_request& request) {
    std::error_code error;
    const scratch_directory beside(place.parent_path());
    const fs::path whole = beside.path() / "kernel";
    fs::create_directory(whole);
    fs::copy_file(build.output() / "linux", whole / "linux", error);
    if (!error)
        fs::copy_file(build.output() / ".config", whole / "config", error);
    std::ofstream about(whole / "made-from");
    about << fs::absolute(request.tree).string() << '\n';
    for (const fs::path& patch : request.patches)
        about << fs::absolute(patch).string() << '\n';
    about.close();
    if (error || !about)
        throw lab_error(fmt::format("{}: cannot be written", whole.string()));
    fs::rename(whole, place, error);
    if (error && !fs::exists(place / "linux"))
        throw lab_error(fmt::format("{}: cannot be made: {}", place.string(), error.message()));
}

} // namespace

std::string relevant_lines(const std::string& output) {
    constexpr std::size_t most = 24;
    constexpr std::size_t shown_after = 2; // the source line, and the mark below it
    constexpr std::size_t last = 12;
    std::vector<std::string> lines;
    std::istringstream in(output);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line.starts_with("../") ? line.substr(3) : line);

    const auto tells = [](const std::string& line) {
        return line.find("error:") != std::string::npos || line.find("undefined reference") != std::string::npos ||
               line.find("No rule to make target") != std::string::npos || line.find("not clean") != std::string::npos;
    };
    std::string text;
    std::size_t taken = 0;
    for (std::size_t number = 0; number < lines.size() && taken < most; ++number) {
        if (!tells(lines[number]))
            continue;
        const std::size_t end = std::min(lines.size(), number + 1 + shown_after);
        for (std::size_t shown = number; shown < end && (shown == number || lines[shown].starts_with(' ')); ++shown) {
            text += lines[shown] + '\n';
            ++taken;
        }
    }
    if (text.empty())
        for (std::size_t number = lines.size() - std::min(last, lines.size()); number < lines.size(); ++number)
            text += lines[number] + '\n';
    return text;
}

built_kernel build_kernel(const build_request& request, const fs::path& cache, const message_listener& tell) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<kernel_patch> patches;
    for (const fs::path& patch : request.patches)
        patches.push_back(read_patch(patch));
    const source_tree tree = open_source_tree(request.tree);
    say(tell, fmt::format("reading {}", request.tree.string()));

    built_kernel built;
    built.release = tree.release;
    built.key = key_of(tree, patches);
    const fs::path place = cache / "kernels" / built.key;
    built.path = place / "linux";
    std::error_code error;
    if (fs::exists(built.path, error)) {
        built.cached = true;
        built.duration = std::chrono::steady_clock::now() - begin;
        return built;
    }
    fs::create_directories(place.parent_path(), error);
    if (error)
        throw lab_error(fmt::format("{}: cannot be made: {}", place.parent_path().string(), error.message()));

    const scratch_directory scratch(place.parent_path());
    const fs::path copy = scratch.path() / "tree";
    share_files(tree, copy);
    for (const kernel_patch& patch : patches) {
        for (const fs::path& file : patch.files)
            unshare_file(copy, file);
        apply_patch(patch, copy, tell);
    }
    if (can_have_virtual_time(tree))
        add_virtual_time(copy);
    else
        say(tell, "its user-mode Linux has no time travel: it will run on real time only");
    say(tell, fmt::format("building Linux {} with {} {}", tree.release, patches.size(),
                          patches.size() == 1 ? "patch" : "patches"));
    const kernel_build build(copy);
    configure(build, request.tree);
    compile_counter counter(tell);
    const auto done = build.make("linux", request.jobs, [&](std::string_view piece) { counter.take(piece); });
    if (!done.succeeded() || !fs::exists(build.output() / "linux", error))
        throw build_error(
            fmt::format("{}: does not compile{}", request.tree.string(), patches.empty() ? "" : " with the patches"),
            relevant_lines(done.output));
    keep(build, place, request);
    built.duration = std::chrono::steady_clock::now() - begin;
    return built;
}

} // namespace bwcheck::lab
