// `bwcheck ask`: what a sequence of writes to a new group is answered with.
#include "cli/commands.hpp"
#include "cli/standard_output.hpp"
#include "model/revisions/registry.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace bwcheck::cli {

namespace {

/// What became of one write.
struct answer {
    model::status result = model::status::ok;
    model::guard check = model::guard::count;               ///< that refused it; count: none
    std::vector<std::pair<std::string, std::string>> files; ///< what each file reads then

    friend bool operator==(const answer&, const answer&) = default;
};

/// A new group of one CPU at the kernel's own constants.
std::vector<answer> answers_of(const model::revision& revision, const std::vector<model::scope_write>& writes) {
    const model::constants<model::plain> constants;
    model::step_log<model::plain> log;
    model::task_group<model::plain> tg = model::new_group(*revision.over_plain, constants, log, 1);
    std::vector<answer> all;
    for (const model::scope_write& write : writes) {
        answer& each = all.emplace_back();
        if (!file_exists(*revision.over_plain, write.file)) {
            each.result = model::status::enoent;
        } else {
            const auto request = model::request_of(*revision.over_plain, write.file, write.text);
            each.result = revision.over_plain->apply(tg, {.kind = model::event_kind::write}, &request);
            if (each.result != model::status::ok)
                each.check = log.rejected_by();
        }
        for (const model::file_info& file : model::file_infos())
            if (file_exists(*revision.over_plain, file.which)) {
                std::string shown = file.read(tg);
                while (!shown.empty() && shown.back() == '\n')
                    shown.pop_back();
                each.files.emplace_back(file.name, shown);
            }
    }
    return all;
}

std::string result_text(const answer& each) {
    if (each.result == model::status::ok)
        return "accepted";
    return fmt::format("{} ({})", model::name(each.result), -model::code(each.result)) +
           (each.check == model::guard::count ? "" : fmt::format(", by the check {}", to_string(each.check)));
}

/// The first write that two revisions answer differently; none: they agree in all that both have files for.
std::optional<std::size_t> first_difference_of(const std::vector<answer>& here, const std::vector<answer>& there) {
    for (std::size_t number = 0; number < here.size(); ++number) {
        if (here[number].result != there[number].result || here[number].check != there[number].check)
            return number;
        for (const auto& [file, shown] : here[number].files)
            for (const auto& [other_file, other_shown] : there[number].files)
                if (file == other_file && shown != other_shown)
                    return number;
    }
    return std::nullopt;
}

std::string ask_text(const ask_options& options, const std::vector<answer>& answers) {
    std::string text = fmt::format("{}, a new group:\n", options.revision);
    for (std::size_t number = 0; number < answers.size(); ++number) {
        text += fmt::format("  {:<32}  {}\n", "\"" + to_string(options.writes[number]) + "\"",
                            result_text(answers[number]));
        for (const auto& [file, shown] : answers[number].files)
            text += fmt::format("      {:<16} {}\n", file, shown);
    }
    std::string others;
    for (const model::revision& other : model::revisions()) {
        const auto there = answers_of(other, options.writes);
        if (const auto where = first_difference_of(answers, there))
            others += fmt::format("  {:<22} \"{}\": {}; {}\n", other.info.id, to_string(options.writes[*where]),
                                  result_text(there[*where]), [&] {
                                      std::string shown;
                                      for (const auto& [file, reads] : there[*where].files)
                                          shown += fmt::format("{}{} {}", shown.empty() ? "" : ", ", file, reads);
                                      return shown;
                                  }());
    }
    return text + (others.empty() ? "\nAll revisions answer the same.\n"
                                  : "\nOther revisions, where they first differ:\n" + others);
}

std::string ask_json(const ask_options& options) {
    using json = nlohmann::ordered_json;
    const auto told = [&](const std::vector<answer>& answers) {
        json all = json::array();
        for (std::size_t number = 0; number < answers.size(); ++number) {
            const answer& each = answers[number];
            json files = json::object();
            for (const auto& [file, shown] : each.files)
                files[file] = shown;
            all.push_back({{"write", to_string(options.writes[number])},
                           {"result", model::name(each.result)},
                           {"errno", -model::code(each.result)},
                           {"check", each.check == model::guard::count ? json(nullptr) : json(to_string(each.check))},
                           {"files", std::move(files)}});
        }
        return all;
    };
    const auto answers = answers_of(model::revision_named(options.revision), options.writes);
    json others = json::array();
    for (const model::revision& other : model::revisions()) {
        const auto there = answers_of(other, options.writes);
        if (const auto where = first_difference_of(answers, there))
            others.push_back({{"revision", other.info.id}, {"first_different", *where}, {"answers", told(there)}});
    }
    const json all{{"revision", options.revision}, {"answers", told(answers)}, {"different", std::move(others)}};
    return all.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace

exit_status run(const ask_options& options) {
    if (options.json)
        write_output(ask_json(options));
    else
        write_output(ask_text(options, answers_of(model::revision_named(options.revision), options.writes)));
    return exit_status::success;
}

} // namespace bwcheck::cli
