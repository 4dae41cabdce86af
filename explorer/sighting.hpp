// Which of several things found is reported. Workers find violations in an order nobody controls, yet the report must
// be the same for any number of them; so each worker keeps the least by an order that only depends on the system.
#pragma once

#include "explorer/findings.hpp"
#include "explorer/transition_system.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>

namespace bwcheck::explorer {

/// The end of a path worth reporting: a transition, or a state.
template <transition_system S>
struct sighting {
    /// The last transition of the path, which starts at `at`.
    struct step {
        typename S::event event;
        typename S::state to; ///< unpacked, for it may not fit
    };

    std::uint64_t length = 0;               ///< of the path, in transitions
    packed_state at{};                      ///< the source of the transition, or the state
    std::uint64_t ordinal = 0;              ///< which of the successors of `at` the transition is
    std::optional<step> last{};             ///< empty when it is a state
    std::optional<typename S::state> odd{}; ///< an initial state that does not fit, in place of `at`

    /// Shorter is better; of equal length a transition is better than a state, then the smaller packed state, then the
    /// earlier successor.
    [[nodiscard]] bool better_than(const sighting& other) const noexcept { return rank() < other.rank(); }

private:
    [[nodiscard]] auto rank() const noexcept { return std::tuple(length, !last.has_value(), at, ordinal); }
};

/// The best of what was offered.
template <transition_system S>
class best_sighting {
public:
    /// True when a path of this length could still be the best: so that nothing is copied for the many that cannot.
    [[nodiscard]] bool interested(std::uint64_t length) const noexcept { return !best_ || length <= best_->length; }

    void offer(const sighting<S>& seen) {
        if (!best_ || seen.better_than(*best_))
            best_ = seen;
    }

    void merge(const best_sighting& other) {
        if (other.best_)
            offer(*other.best_);
    }

    [[nodiscard]] const std::optional<sighting<S>>& best() const noexcept { return best_; }

private:
    std::optional<sighting<S>> best_;
};

/// One best sighting for each thing that is reported with a trace.
template <transition_system S>
struct sightings {
    std::array<best_sighting<S>, max_properties> violations;
    best_sighting<S> deadlock;
    best_sighting<S> escape;
    best_sighting<S> standstill; ///< found once all states are known

    /// Offers `make()` for each property in `mask` for which its length may matter.
    template <class F>
    void offer_violations(property_set mask, std::uint64_t length, F make) {
        properties::for_each_of(mask, [&](std::size_t property) {
            if (violations[property].interested(length))
                violations[property].offer(make());
        });
    }

    void merge(const sightings& other) {
        for (std::size_t i = 0; i < violations.size(); ++i)
            violations[i].merge(other.violations[i]);
        deadlock.merge(other.deadlock);
        escape.merge(other.escape);
    }
};

} // namespace bwcheck::explorer
