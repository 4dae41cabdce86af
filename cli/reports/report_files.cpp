#include "cli/reports/report_files.hpp"

#include "cli/reports/report_formats.hpp"
#include "cli/standard_output.hpp"
#include "text/text_file.hpp"

namespace bwcheck::cli {

void write_reports(const report_files& files, const std::vector<checked_revision>& all, const comparisons& against) {
    if (!files.junit.empty())
        text::write_text_file(files.junit, junit_text(all, against));
    if (!files.ktap.empty())
        text::write_text_file(files.ktap, ktap_text(all, against));
    if (!files.sarif.empty())
        text::write_text_file(files.sarif, sarif_text(all, against));
    if (!files.write_expect.empty())
        text::write_text_file(files.write_expect, expectations_text(all, against));
}

exit_status compare(const expectations& expected, const std::vector<checked_revision>& all, const asked_for& asked) {
    const auto different = differences(expected, all, asked);
    for (const std::string& one : different)
        say(one);
    bool wrong = false;
    for (const auto& of_one : by_revision(all))
        for (const std::string& error : errors_of(result_of(of_one))) {
            say(error);
            wrong = true;
        }
    if (wrong)
        return exit_status::internal;
    return different.empty() ? exit_status::success : exit_status::violated;
}

} // namespace bwcheck::cli
