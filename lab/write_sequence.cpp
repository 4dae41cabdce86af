#include "lab/write_sequence.hpp"

#include "lab/errno_name.hpp"
#include "lab/lab_error.hpp"
#include "text/quoted_text.hpp"

#include <fmt/format.h>

namespace bwcheck::lab {

namespace {

constexpr std::string_view written_group = "written";
/// The write, and reading the files.
std::size_t commands_per_write() { return 1 + model::file_infos().size(); }

/// Of those commands, the one that reads the file.
std::size_t reading(model::file which) { return 1 + static_cast<std::size_t>(which); }

/// Whether cpu.max.runtime shows what was written to it.
bool shows_runtime(const model::scope_write& written, int error, std::string_view cpu_max) {
    return written.file == model::file::cpu_max_runtime && error == 0 && cpu_max.starts_with("max");
}

} // namespace

int errno_of(model::status result) { return -code(result); }

std::vector<observation> predict(std::string_view revision, const write_sequence& writes) {
    const auto model = make_model_group(revision);
    std::vector<observation> all;
    for (const model::scope_write& each : writes) {
        const int error = errno_of(model->write(each));
        all.push_back({.error = error,
                       .taken = error == 0 ? std::to_string(each.text.size()) : "",
                       .cpu_max = read_file(*model, model::file::cpu_max),
                       .cpu_max_burst = read_file(*model, model::file::cpu_max_burst),
                       .cpu_max_runtime = ""});
        if (shows_runtime(each, error, all.back().cpu_max))
            all.back().cpu_max_runtime = read_file(*model, model::file::cpu_max_runtime);
    }
    return all;
}

void append_experiment(std::vector<command>& script, const write_sequence& writes) {
    const auto add = [&](verb verb, std::string_view file, const std::string& text) {
        command command;
        command.action = verb;
        command.group = written_group;
        command.file = file;
        command.text = text;
        script.push_back(std::move(command));
    };
    add(verb::mkdir, "", "");
    for (const model::scope_write& each : writes) {
        add(verb::write, to_string(each.file), each.text);
        for (const model::file_info& row : model::file_infos())
            add(verb::read, row.name, ""); // if there is one
    }
    add(verb::rmdir, "", "");
}

std::size_t experiment_size(const write_sequence& writes) { return writes.size() * commands_per_write() + 2; }

std::vector<observation> observe(std::span<const answer> answers, const write_sequence& writes) {
    const auto expect_ok = [](const answer& said, std::string_view action) {
        if (said.error != 0)
            throw lab_error(fmt::format("{} in the guest failed with {}", action, errno_name(said.error)));
    };
    expect_ok(answers.front(), "making a control group");
    std::vector<observation> all;
    for (std::size_t number = 0; number < writes.size(); ++number) {
        const auto said = answers.subspan(1 + number * commands_per_write(), commands_per_write());
        const answer& limits = said[reading(model::file::cpu_max)];
        const answer& burst = said[reading(model::file::cpu_max_burst)];
        expect_ok(limits, "reading cpu.max");
        expect_ok(burst, "reading cpu.max.burst");
        all.push_back({.error = said[0].error,
                       .taken = said[0].value,
                       .cpu_max = limits.value,
                       .cpu_max_burst = burst.value,
                       .cpu_max_runtime = ""});
        if (shows_runtime(writes[number], said[0].error, limits.value))
            all.back().cpu_max_runtime = said[reading(model::file::cpu_max_runtime)].value;
    }
    expect_ok(answers.back(), "removing a control group");
    return all;
}

std::string to_string(const write_sequence& writes) {
    std::string text;
    for (const model::scope_write& each : writes)
        text += fmt::format("{}{} > {}", text.empty() ? "" : "; ", text::in_quotes(each.text), to_string(each.file));
    return text;
}

} // namespace bwcheck::lab
