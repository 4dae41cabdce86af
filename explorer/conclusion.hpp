// From what each part of a scope says about a property to one verdict.
#pragma once

#include "explorer/bandwidth_system.hpp"
#include "verdicts/report.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bwcheck::explorer {

/// What one part of a scope says about one property.
struct property_in_part {
    std::string part;
    std::uint64_t fired = 0; ///< on how many states and transitions it said something
    bool exhausted = false;  ///< everything that the part can reach was looked at
    std::string stopped_by;  ///< otherwise: why not
    std::int64_t number = properties::not_measured;
    std::optional<verdicts::run> broken{};
    std::string explanation{};           ///< why it is broken; of a survey: what it found
    properties::guard_coverage checks{}; ///< of a coverage property: what it saw
    std::string refused_setup{};         ///< the setup writes that the revision refuses; empty: none
};

/// Collects the parts' findings and concludes. A property is
/// - violated if it is broken in some part; the shortest counterexample is kept;
/// - inconclusive if it never fired (vacuous), or fired only where the exploration did not come to its end, or where
/// the
///   machine is not the one that the part speaks of, since its setup was refused;
/// - said to hold otherwise, within the bounds of the parts that it was judged in.
class conclusion {
public:
    /// `selected`: a bit for each property that is to be reported.
    explicit conclusion(property_set selected);

    void add(std::size_t property, const property_in_part& judged);

    /// In the order of the catalogue.
    [[nodiscard]] std::vector<verdicts::finding> results() const;

private:
    [[nodiscard]] verdicts::finding conclude(std::size_t property, const std::vector<property_in_part>& findings) const;

    std::map<std::size_t, std::vector<property_in_part>> found_;
};

/// The counts of an exploration under the names that people know: "event wake", "step update_curr", "branch
/// refill_capped".
[[nodiscard]] std::map<std::string, std::uint64_t, std::less<>> named_coverage(const coverage_counts& counts);

} // namespace bwcheck::explorer
