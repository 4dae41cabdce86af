// For tests: a "kernel" that is a revision of the model, so that one can see what a comparison makes of one that
// differs.
#pragma once

#include "lab/boot.hpp"
#include "lab/model_group.hpp"
#include "lab/scenario.hpp"
#include "lab/simulation.hpp"
#include "lab/write_sequence.hpp"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <memory>

namespace bwcheck::lab {

/// Answers writes and reads as a revision does. Does not let children run.
class fake_kernel {
public:
    explicit fake_kernel(std::string revision) : revision_(std::move(revision)) {}

    /// What a read of cpu.stat returns; each is called once for each read, in turn.
    std::function<std::string()> cpu_stat;
    std::size_t boots = 0;

    [[nodiscard]] boot_result operator()(const std::vector<command>& script) {
        ++boots;
        boot_result result;
        result.hello = {.release = "6.1.0", .nr_cpus = 1, .page_size = 4096, .tick_ns = 10'000'000, .trouble = ""};
        for (const command& command : script) {
            answer said = obey(command);
            said.number = result.answers.size();
            result.answers.push_back(said);
        }
        return result;
    }

private:
    answer obey(const command& command) {
        answer said;
        if (command.action == verb::mkdir)
            group_ = make_model_group(revision_);
        const auto file = model::file_from_string(command.file);
        if (command.action == verb::write) {
            said.error = errno_of(group_->write({*file, command.text}));
            said.value = said.error == 0 ? std::to_string(command.text.size()) : "";
        }
        if (command.action == verb::read)
            said.value = file ? read_file(*group_, *file) : cpu_stat();
        return said;
    }

    std::string revision_;
    std::unique_ptr<model_group> group_;
};

/// The text of cpu.stat.
[[nodiscard]] inline std::string cpu_stat_text(const statistics& all) {
    std::string text;
    for (const statistic& each : all_statistics())
        text += fmt::format("{} {}\n", each.name, all.*each.value);
    return text;
}

} // namespace bwcheck::lab
