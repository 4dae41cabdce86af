// A counterexample on a real kernel: what its tasks and users do, done by the guest's children and writes at the same
// times. What the kernel does by itself, it does by itself; so not every course can be had, and one that can may take a
// few tries.
#pragma once

#include "counterexamples/trace.hpp"
#include "lab/answers.hpp"
#include "lab/script.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bwcheck::lab {

/// How a trace is to be replayed.
struct replay_plan {
    std::vector<command> script; ///< of one try
    std::uint64_t us = 0;        ///< how long a try takes, about
    bool scaled = false;         ///< the trace's scope has small numbers; a ns of it is 50 ms here
};

/// What can be said of one try, from the answers to its script.
struct replay_sight {
    bool seen = false;    ///< the property is broken before our eyes
    std::string observed; ///< the values that show it, or that it did not happen
};

/// Why user space cannot make that happen on a kernel with so many CPUs, or cannot see it; empty if it can.
[[nodiscard]] std::string why_not_reachable(const counterexamples::trace& trace, unsigned nr_cpus);

/// The script of a trace that is reachable.
[[nodiscard]] replay_plan plan_replay(const counterexamples::trace& trace);

/// Looks at one try. Throws lab_error if the guest could not make its group.
[[nodiscard]] replay_sight look_at(const counterexamples::trace& trace, const replay_plan& plan,
                                   std::span<const answer> answers);

/// How often a plan is tried: what fits into `total_us`, between 1 and 20 times.
[[nodiscard]] std::size_t tries_within(const replay_plan& plan, std::uint64_t total_us);

} // namespace bwcheck::lab
