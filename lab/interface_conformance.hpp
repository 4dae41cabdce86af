// Whether a kernel answers writes as the model does.
//
// Sequences run in a group of their own each, tens of thousands of writes in one boot. What differs is run again, and
// made as short as it can be while it still differs; each round of that is one boot for all candidates.
#pragma once

#include "lab/boot.hpp"
#include "lab/interface_writes.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

/// Where kernel and model part, at the last write of a sequence.
struct disagreement {
    write_sequence writes;
    observation predicted;
    observation observed;
    std::size_t found_writes = 0; ///< how long the sequence was when it was found
    std::size_t alike = 0;        ///< further ones that part in the same way
    bool reproduced = false;      ///< it happened again
};

struct interface_report {
    guest_hello hello;
    std::string revision;
    std::size_t writes = 0;
    std::size_t agreed = 0;
    std::size_t accepted = 0; ///< by the kernel
    std::map<std::string, std::size_t> sources;
    std::map<std::string, std::size_t> edges;
    std::vector<disagreement> disagreements; ///< one of each kind
    programs::seconds boot{0};
    programs::seconds total{0}; ///< of the boots in which all of them ran
};

/// Runs scripts on a kernel; boot() does.
using script_runner = std::function<boot_result(const std::vector<command>& script)>;

/// Tries `tried` on a kernel, and compares with a revision of the model. Throws what `run` throws.
[[nodiscard]] interface_report compare_interface(std::string_view revision, const interface_writes& tried,
                                                 const script_runner& run);

} // namespace bwcheck::lab
