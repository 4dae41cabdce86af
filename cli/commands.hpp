// The commands: each does what its options say, prints it, and returns how bwcheck is to exit.
#pragma once

#include "cli/exit_status.hpp"
#include "cli/options.hpp"

namespace bwcheck::cli {

exit_status run(const list_options& options);
exit_status run(const check_options& options);
exit_status run(const merge_options& options);
exit_status run(const diff_options& options);
exit_status run(const ask_options& options);
exit_status run(const reach_options& options);
exit_status run(const show_options& options);
exit_status run(const replay_options& options);
exit_status run(const export_options& options);

} // namespace bwcheck::cli
