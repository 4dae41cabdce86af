// Standard output, whose errors are not overlooked: a report that a full disk or a closed pipe has cut off must not
// look like success to whoever reads the exit status.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace bwcheck::cli {

/// The output could not be written. what() is one line.
class output_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Makes sure that the descriptors 0, 1 and 2 are taken, so that no file that is opened later ends up as one of them;
/// and that a closed pipe is an error and not a signal. To be called first.
void prepare_standard_streams();

/// Throws output_error.
void write_output(std::string_view text);

/// How wide a text for standard output is, in columns: as the terminal that it goes to, otherwise 80.
[[nodiscard]] std::size_t output_width();

/// Writes what is still buffered. Throws output_error.
void finish_output();

/// A message for people, one line: "bwcheck: TEXT".
void say(std::string_view text);

} // namespace bwcheck::cli
