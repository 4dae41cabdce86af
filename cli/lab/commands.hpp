// The commands of bwcheck lab: each does what its options say, prints it, and returns how the program is to exit.
#pragma once

#include "cli/exit_status.hpp"
#include "cli/lab/options.hpp"

namespace bwcheck::cli {

exit_status run(const lab_run_options& options);
exit_status run(const lab_build_options& options);
exit_status run(const lab_delays_options& options);
exit_status run(const lab_fuzz_options& options);
exit_status run(const lab_selftest_options& options);
exit_status run(const lab_replay_options& options);

} // namespace bwcheck::cli
