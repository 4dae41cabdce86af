// Writes to the files of a new group, one after the other, as one experiment; and what is seen of them from outside.
#pragma once

#include "lab/answers.hpp"
#include "lab/model_group.hpp"
#include "lab/script.hpp"
#include "model/scope.hpp"

#include <span>
#include <string>
#include <vector>

namespace bwcheck::lab {

using write_sequence = std::vector<model::scope_write>;

/// What one write answers, and what the files show after it.
struct observation {
    int error = 0;             ///< an errno of Linux, or 0
    std::string taken;         ///< how many bytes of it, if there was no error
    std::string cpu_max;       ///< as read
    std::string cpu_max_burst; ///< as read
    /// cpu.max.runtime as read after an accepted write to it, while there is no limit: only then does no refill change
    /// it.
    std::string cpu_max_runtime;

    friend bool operator==(const observation&, const observation&) = default;
};

/// The errno of a status, 0 for ok.
[[nodiscard]] int errno_of(model::status result);

/// What a revision of the model answers.
[[nodiscard]] std::vector<observation> predict(std::string_view revision, const write_sequence& writes);

/// The commands that try a sequence on a kernel, appended to a script.
void append_experiment(std::vector<command>& script, const write_sequence& writes);
/// How many commands these are.
[[nodiscard]] std::size_t experiment_size(const write_sequence& writes);
/// What the kernel answered to them. Throws lab_error if the experiment could not be made.
[[nodiscard]] std::vector<observation> observe(std::span<const answer> answers, const write_sequence& writes);

/// The lines a person would type: "echo -n ... > cpu.max".
[[nodiscard]] std::string to_string(const write_sequence& writes);

} // namespace bwcheck::lab
