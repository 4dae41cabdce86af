#include "solver/cvc5.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

namespace bwcheck::solver {

using namespace symbolic;

namespace {

/// A file that is gone when it is no longer needed.
class temporary_file {
public:
    explicit temporary_file(const std::string& text) {
        std::string name = (std::filesystem::temp_directory_path() / "bwcheck-XXXXXX").string();
        const int descriptor = mkstemp(name.data());
        if (descriptor < 0)
            return;
        close(descriptor);
        path_ = name;
        std::ofstream(path_) << text;
    }
    ~temporary_file() {
        if (!path_.empty())
            std::filesystem::remove(path_);
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace

reply ask_cvc5(const std::string& text, unsigned resources, const text::deadline& until) {
    const auto started = std::chrono::steady_clock::now();
    reply result;
    const temporary_file file(text);
    if (file.path().empty()) {
        result.reason = "no temporary file could be made for cvc5";
        return result;
    }
    const bool bits = text.find("(set-logic QF_BV)") != std::string::npos;
    const std::string milliseconds =
        until.is_set() ? fmt::format("--tlimit={:.0f}", std::clamp(until.left() * 1000, 1.0, 1e9)) : "";
    const std::string command =
        fmt::format("cvc5 --lang smt2 {} --rlimit={} {} {} 2>&1", bits ? "--solve-bv-as-int=sum" : "", resources,
                    milliseconds, file.path().string());
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
    std::array<char, 256> line{};
    if (pipe && std::fgets(line.data(), line.size(), pipe.get()) != nullptr) {
        const std::string_view said(line.data());
        if (said == "unsat\n")
            result.value = answer::unsatisfiable;
        else if (said == "sat\n")
            result.value = answer::satisfiable;
        else
            result.reason = fmt::format("cvc5: {}", said.substr(0, said.find('\n')));
    } else {
        result.reason = "cvc5 said nothing";
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return result;
}

} // namespace bwcheck::solver
