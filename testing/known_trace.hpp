// For tests: a run that everybody can follow. One CPU uses up the group's quota and is throttled; then a user writes to
// cpu.max.runtime, and the CPU stays throttled in the series as posted, but not with what was promised for its next
// version.
#pragma once

#include "counterexamples/replay/make_trace.hpp"
#include "counterexamples/replay/runner.hpp"
#include "model/revisions/registry.hpp"
#include "model/scope.hpp"

#include <vector>

namespace bwcheck::counterexamples {

inline model::scope_part known_part() {
    return model::parse_scope(R"(
name = "known"
[[part]]
name = "one cpu"
cpus = 1
setup = ["cpu.max 4 8", "cpu.max.runtime 2"]
writes = ["cpu.max.runtime 3", "cpu.max.runtime 99", "cpu.max max"]
histories = ["latency"]
[part.constants]
nsec_per_usec = 1
sched_cfs_bandwidth_slice = 3
min_cfs_rq_runtime = 1
min_bandwidth_expiration = 1
cfs_bandwidth_slack_period = 2
default_cfs_period = 8
min_cfs_quota_period = 2
max_cfs_quota_period = 16
max_bw_runtime_us = 40
[part.environment]
max_lateness = 1
)",
                              "known")
        .parts.at(0);
}

/// Wakes the task, lets it run until its CPU is throttled, and writes. The last event breaks write-unthrottles-now.
inline std::vector<model::event> known_events() {
    runner run(model::revision_named("cpu-max-runtime-v1"), known_part());
    std::vector<model::event> events;
    const auto happen = [&](const model::event& event) {
        events.push_back(event);
        static_cast<void>(run.happen(event));
    };
    happen({.kind = model::event_kind::wake, .cpu = 0});
    while (*find_field(run.state(), model::field::throttled, 0) != field_content(true)) {
        happen({.kind = model::event_kind::tick, .amount = 1});
        happen({.kind = model::event_kind::charge, .cpu = 0});
    }
    happen({.kind = model::event_kind::write, .index = 0});
    return events;
}

inline trace known_trace() {
    return make_trace({.revision = "cpu-max-runtime-v1",
                       .property = "write-unthrottles-now",
                       .engine = "explore",
                       .scope = "known",
                       .seed = {},
                       .tool_version = "0.0.0"},
                      known_part(), known_events());
}

} // namespace bwcheck::counterexamples
