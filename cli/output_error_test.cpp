// A report that nobody could read must not end like one that was read.
#include "testing/run_bwcheck.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::cli {
namespace {

using testing::HasSubstr;

class output_error : public in_empty_directory {};

const std::string program = "'" BWCHECK_BINARY "' ";

TEST_F(output_error, on_a_full_disk) {
    for (const std::string& arguments :
         {std::string("list"), std::string("--help"), std::string("--version"),
          "check cpu-max-runtime-v1 --property refill-exact --json " + explored_tiny_scope()}) {
        const outcome done = shell(program + arguments + " >/dev/full");
        EXPECT_EQ(done.status, 6) << arguments;
        EXPECT_THAT(done.err, HasSubstr("bwcheck: standard output cannot be written: No space left on device"));
    }
}

TEST_F(output_error, on_a_closed_output) {
    const outcome done = shell(program + "list >&-");
    EXPECT_EQ(done.status, 6);
    EXPECT_THAT(done.err, HasSubstr("standard output cannot be written"));
}

TEST_F(output_error, on_a_closed_pipe) {
    // The reader is gone before anything is written, and says so by a file.
    const outcome done =
        shell("mkfifo gone; { exec 3>gone; while [ ! -e closed ]; do sleep 0.01; done; " + program +
              "list >&3; echo $? >status; } & { exec 4<gone; exec 4<&-; touch closed; }; wait; cat status");
    EXPECT_EQ(done.out, "6\n") << done.err;
    EXPECT_THAT(done.err, HasSubstr("Broken pipe"));
}

TEST_F(output_error, not_where_stderr_or_stdin_is_closed) {
    EXPECT_EQ(shell(program + "list 2>&- <&-").status, 0);
    // A trace must not end up in a stream that was closed.
    const outcome done = shell(program + "check cpu-max-runtime-v1 --property write-unthrottles-now " +
                               explored_tiny_scope() + " <&- 2>&- >&-");
    EXPECT_EQ(done.status, 6);
    EXPECT_EQ(bwcheck("replay bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json").status, 10);
}

} // namespace
} // namespace bwcheck::cli
