// The bugs that Linux once had, each with the property by which the exhaustive engine finds it and a scope that is
// enough: for the test that they are found, and for the table of what else each of them breaks.
#pragma once

#include "model/scope.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::explorer {

struct historical_bug {
    std::string_view revision;
    std::string_view repaired; ///< the revision without it
    std::string_view property;
    std::string_view scope;     ///< one part, less its name and constants
    std::size_t events;         ///< the counterexample's length
    std::string_view history{}; ///< what its property has to remember, if anything

    friend std::ostream& operator<<(std::ostream& out, const historical_bug& bug) {
        return out << bug.revision << ", " << bug.property;
    }
};

namespace bug_scopes {
inline constexpr std::string_view two_cpus = R"(
cpus = 2
setup = ["cpu.max 4 6"]
environment = { max_in_kernel = 1 }
)";
inline constexpr std::string_view quota_below_a_slice = R"(
cpus = 2
setup = ["cpu.max 2 6"]
writes = ["cpu.max 2 6"]
environment = { max_in_kernel = 1 }
)";
inline constexpr std::string_view in_the_kernel = R"(
cpus = 1
setup = ["cpu.max 2 6"]
environment = { max_unaccounted = 2, max_in_kernel = 2 }
)";
inline constexpr std::string_view tree = R"(
cpus = 1
setup = ["cpu.max 3 6"]
)";
inline constexpr std::string_view stalls = R"(
cpus = 1
setup = ["cpu.max 3 4", "cpu.max.burst 1"]
environment = { max_stalls = 4 }
)";
inline constexpr std::string_view large_quotas = R"(
cpus = 1
writes = ["cpu.max 40 6", "cpu.max 41 6"]
)";
} // namespace bug_scopes

inline constexpr std::array historical_bugs{
    historical_bug{"bug-d49db342f0e2", "linux-6.1", "timer-runs-while-throttled", bug_scopes::two_cpus, 18},
    historical_bug{"bug-512ac999d275", "linux-6.1", "conservation", bug_scopes::two_cpus, 7},
    historical_bug{"bug-2e8e19226398", "linux-6.1", "callback-lengthens-period", bug_scopes::stalls, 3},
    historical_bug{"bug-5e2d2cc2588b", "mainline", "throttled-in-debt", bug_scopes::two_cpus, 9},
    historical_bug{"bug-5a6d6a6ccb5f", "linux-6.1", "refill-exact", bug_scopes::stalls, 3},
    historical_bug{"bug-d505b8af5891", "linux-6.1", "accepted-cap-fits", bug_scopes::large_quotas, 1},
    historical_bug{"bug-c98c18270be1", "mainline", "hierarchical-quota-true", bug_scopes::tree, 0, "hierarchy"},
    historical_bug{"bug-956dfda6a708", "mainline", "unthrottle-does-not-throttle", bug_scopes::quota_below_a_slice, 9},
    historical_bug{"bug-28ad5427682b", "throttle-in-account", "no-stale-charge", bug_scopes::in_the_kernel, 10},
};

/// A scope of these parts, with the same small constants. `histories`: a TOML list's inside.
[[nodiscard]] inline model::scope bug_scope(const std::vector<std::string_view>& parts,
                                            std::string_view histories = "") {
    std::string text = "name = \"bug\"\n";
    int number = 0;
    for (const std::string_view part : parts)
        text += fmt::format(R"(
[[part]]
name = "part {}"
histories = [{}]
{}
[part.constants]
nsec_per_usec = 1
sched_cfs_bandwidth_slice = 3
min_cfs_rq_runtime = 1
min_bandwidth_expiration = 1
cfs_bandwidth_slack_period = 2
default_cfs_period = 6
min_cfs_quota_period = 2
max_cfs_quota_period = 16
max_bw_runtime_us = 40
)",
                            ++number, histories, part);
    return model::parse_scope(text, "bug");
}

} // namespace bwcheck::explorer
