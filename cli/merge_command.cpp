// `bwcheck merge`: the results of machines that shared a suite, as if one of them had run all of it.
#include "cli/commands.hpp"
#include "cli/reports/check_text.hpp"
#include "cli/reports/expectation.hpp"
#include "cli/reports/merged_results.hpp"
#include "cli/reports/report_files.hpp"
#include "cli/reports/report_formats.hpp"
#include "cli/standard_output.hpp"
#include "text/style.hpp"
#include "text/text_file.hpp"

#include <fmt/format.h>

namespace bwcheck::cli {

namespace {

void print(const merge_options& options, const merge& merged, const std::vector<checked_revision>& all) {
    if (options.json) {
        write_output(merged_json(merged));
        return;
    }
    if (options.b4) {
        write_output(b4_text(all));
        return;
    }
    const text::style look(colour_wanted(options.colour));
    bool first = true;
    for (const auto& of_one : by_revision(all)) {
        write_output((first ? "" : "\n") + check_text(of_one, result_of(of_one), look, false));
        first = false;
    }
}

} // namespace

exit_status run(const merge_options& options) {
    expectations expected;
    if (!options.expect.empty())
        expected = load_expectations(options.expect);
    std::vector<printed_result> shards;
    for (const std::string& file : options.shards)
        for (printed_result& one : load_printed_reports(file))
            shards.push_back(std::move(one));
    const merge merged = merged_results(shards);
    const std::vector<checked_revision> all = as_checked(merged.results);
    for (const auto& [revision, sentences] : merged.missing)
        for (const std::string& sentence : sentences)
            say(fmt::format("{} {}", revision, sentence));
    print(options, merged, all);
    write_reports(options, all);
    if (!options.expect.empty())
        return compare(expected, all, {}); // what no machine ran was expected all the same
    exit_status status = exit_status::success;
    for (const auto& of_one : by_revision(all))
        status = worse(status, status_of(result_of(of_one)));
    return status;
}

} // namespace bwcheck::cli
