// Whether a kernel that runs on virtual time throttles as the model does: each scenario once, every answer, without any
// tolerance. What takes real time is compared by behaviour_conformance.hpp.
#pragma once

#include "lab/exact_prediction.hpp"
#include "lab/interface_conformance.hpp"
#include "lab/scenario.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

struct exact_result {
    scenario what;
    std::vector<command> script;
    std::uint64_t numbers = 0;                  ///< that were compared
    std::vector<answer_difference> differences; ///< of the first command that was answered otherwise

    [[nodiscard]] bool agrees() const { return differences.empty(); }
};

struct exact_report {
    guest_hello hello;
    std::string revision;
    std::vector<exact_result> scenarios;
    programs::seconds boot{0};
    programs::seconds total{0};
};

/// The script of a scenario that begins at a moment of the guest's clock, µs, and looks at all of the group's state
/// many times.
[[nodiscard]] std::vector<command> exact_script(const scenario& one, std::uint64_t begin_us);

/// Throws what `run` throws.
[[nodiscard]] exact_report compare_exactly(std::string_view revision, const script_runner& run);

} // namespace bwcheck::lab
