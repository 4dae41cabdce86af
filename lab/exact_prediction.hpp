// What a script comes to on the model, exactly: on a kernel that runs on virtual time (lab/virtual_time.hpp) nothing
// depends on anything but the script, so that each answer can be told before.
//
// Where a script asks for something that the model does not have, nothing is predicted: beyond_the_model says what.
#pragma once

#include "lab/script.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

/// Values by name, as cpu.stat and bandwidth_state_file have them.
using named_values = std::map<std::string, std::string, std::less<>>;

/// The lines "NAME VALUE" of a file; a name alone has an empty value.
[[nodiscard]] named_values read_named_values(std::string_view text);

/// What can be said of an answer before.
struct expected_answer {
    int error = 0;
    std::optional<std::uint64_t> time_us{}; ///< if that is known
    std::optional<std::string> value{};     ///< all of it, if that is known
    named_values values{};                  ///< of a file that has names: those that are known
};

/// A script that leaves what the model knows, on purpose: where it would, it has an abstraction. docs/lab.md lists
/// them.
class beyond_the_model : public std::runtime_error {
public:
    explicit beyond_the_model(const std::string& abstraction) : std::runtime_error(abstraction) {}
};

/// One for each command, of one CPU. The script begins with `at`; `tick_ns`: between two ticks. Throws
/// beyond_the_model.
[[nodiscard]] std::vector<expected_answer> predict_answers(std::string_view revision,
                                                           const std::vector<command>& script, std::uint64_t tick_ns);

/// One difference between what was expected and what a kernel answered.
struct answer_difference {
    std::size_t number = 0; ///< of the command
    std::string name{};     ///< of the value: "errno", "time_us", "value", or a name in the file
    std::string expected{};
    std::string answered{};
};

struct answer;

/// The first command that was answered otherwise, with all values in which it differs.
[[nodiscard]] std::vector<answer_difference> first_difference(const std::vector<command>& script,
                                                              const std::vector<expected_answer>& expected,
                                                              const std::vector<answer>& answers,
                                                              std::size_t begin = 0);

} // namespace bwcheck::lab
