// Two revisions held against each other in every part of a scope: the first event after which they differ, and runs
// that are wrong on a patch and right on the kernel that it is posted on.
#pragma once

#include "explorer/paired_system.hpp"
#include "model/revisions/revision.hpp"
#include "model/scope.hpp"
#include "verdicts/finding.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bwcheck::explorer {

/// How far two machines are explored.
struct comparison_options {
    unsigned jobs = 1;
    std::uint64_t memory_bytes = 0; ///< 0: no limit
    /// Of a part, pairs of states: no level is begun with more of them. Not a time, so that the answer is the same on
    /// every machine. 0: all.
    std::uint64_t most_states = 0;
};

/// What was looked at of one part.
struct compared_part {
    std::string part;
    std::uint64_t states = 0; ///< pairs of states
    std::uint64_t events = 0; ///< every run of so many was looked at
    bool complete = false;    ///< every run of any length was
};

/// What happens to two machines, after the setup of a part.
struct run_of_two {
    model::scope_part part;
    std::vector<paired_event> events;

    /// What happens on one of them.
    [[nodiscard]] std::vector<model::event> on_first() const;
    [[nodiscard]] std::vector<model::event> on_second() const;
};

struct difference_report {
    std::optional<run_of_two> run; ///< a shortest one that ends with a difference; without events: the setup has it
    std::vector<compared_part> parts;
    std::vector<std::string> only_first;  ///< writes of the scope whose file only the first has: "cpu.max.runtime 3"
    std::vector<std::string> only_second; ///< likewise
    /// Whether every run in these bounds was looked at, so that no run says that there is no difference.
    [[nodiscard]] bool complete() const;
};

/// The first event that the same machine does differently on two revisions: answers, state, or what cpu.stat shows.
/// Writes to a file that only one of them has are not made. Throws text::input_error if a part cannot be packed.
[[nodiscard]] difference_report first_difference(const model::revision& first, const model::revision& second,
                                                 const model::scope& scope, const comparison_options& how);

/// Of a property that a patch breaks, and its base too: whether the patch breaks it in a run in which the base does
/// not.
struct own_violation {
    std::size_t property = 0;      ///< its number in the catalogue
    std::optional<run_of_two> run; ///< a shortest one of its part
    bool lone_writes = false;      ///< it writes a file that the base lacks; without that there is none in these bounds
    bool complete = false;         ///< every run in these bounds was looked at
    std::uint64_t events = 0;      ///< otherwise every run of so many
};

/// One for each of `properties` that some part can judge, in the order of the catalogue. Runs in which both machines
/// can do the same are tried first; where there is none, those in which a file is written that only one of them has.
[[nodiscard]] std::vector<own_violation> own_violations(const model::revision& patch, const model::revision& base,
                                                        const model::scope& scope, property_set properties,
                                                        const comparison_options& how);

struct reached_report {
    std::optional<run_of_two> run; ///< a shortest one that gets there, of the first machine
    std::vector<compared_part> parts;
};

/// "the step throttle_cfs_rq", "the branch refill_capped".
[[nodiscard]] std::string to_string(const place& wanted);

/// The shortest run of a revision that gets to a place, in any part of the scope. Throws text::input_error if a part
/// cannot be packed.
[[nodiscard]] reached_report reach(const model::revision& revision, const model::scope& scope, const place& wanted,
                                   const comparison_options& how);

} // namespace bwcheck::explorer
