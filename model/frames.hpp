// Operations in flight: where each of them is between two of its steps, and what it remembers. A small plain value that
// those outside of a revision can hold, so that a proof, or an interleaving, takes one step at a time.
#pragma once

#include "model/interface/write_request.hpp"
#include "model/task_group.hpp"

#include <cstdint>

namespace bwcheck::model {

namespace fair {

/// A walk along the list of throttled CPUs: distribute_cfs_runtime() between two of its steps.
template <arithmetic Num>
struct distribute_walk {
    cpu_id next = no_cpu;           ///< the CPU to serve next; no_cpu: the walk is over
    typename Num::u64 remaining{1}; ///< what was left in the pool after the last grant, ns
    bool throttled = false;         ///< somebody may still be throttled (since 6.3)
};

/// The period timer's callback.
template <arithmetic Num>
struct period_timer_frame {
    enum class at : std::uint8_t { forward, distribute, done };
    at next = at::forward;
    int stalls = 0;    ///< how often time stands at the next expiry when the callback comes back to forward
    int count = 0;     ///< passes since the callback began, or since it last looked at scaling
    bool stop = false; ///< the verdict of the last pass: do not re-arm
    distribute_walk<Num> walk;
};

/// The slack timer's callback.
template <arithmetic Num>
struct slack_timer_frame {
    enum class at : std::uint8_t { look, distribute, done };
    at next = at::look;
    distribute_walk<Num> walk;
};

} // namespace fair

namespace interface {

/// A write to a file of the group.
template <arithmetic Num>
struct write_frame {
    enum class at : std::uint8_t { head, cpus, distribute, done };
    at next = at::head;
    write_request<Num> request;
    status result = status::ok;
    bool enabled = false;     ///< the new quota is finite
    bool was_enabled = false; ///< the old quota was
    cpu_id cpu = 0;           ///< the CPU that the new configuration reaches next
    fair::distribute_walk<Num> walk;
};

} // namespace interface

} // namespace bwcheck::model
