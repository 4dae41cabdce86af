// Two machines to which the same things happen, as one transition system: a patch and the kernel that it is posted on.
// With it one looks for the first moment at which they differ, and for runs that are wrong on one and right on the
// other. With one machine alone it tells which properties are broken only where others were broken before.
//
// Users, tasks and the clock do the same to both. A timer, a charge or a task that parks itself belongs to a machine:
// where only one of them has it to do, that one goes on alone.
#pragma once

#include "explorer/bandwidth_system.hpp"
#include "explorer/result.hpp"
#include "model/checked.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace bwcheck::explorer {

/// What is looked for.
enum class pair_question : std::uint8_t {
    difference,          ///< an event after which they are not the same any more; property 0 is broken there
    wrong_on_first_only, ///< an event that breaks a property on the first, in a run that has not broken it on the
                         ///< second
    consequences,        ///< of the first alone: what is broken although something else was not, see pair_tally
    place,               ///< of the first alone: an event that gets to a place; property 0 is broken there
};

/// A place in the kernel's code that a run gets to: a step, or else a branch.
struct place {
    std::optional<model::step> step;
    model::branch branch = model::branch::count;

    [[nodiscard]] bool reached_in(const model::step_log<model::plain>& log) const;
};

/// An event, and on which of the machines it happens.
struct paired_event {
    model::event happening;
    bool on_first = true;
    bool on_second = true;

    friend bool operator==(const paired_event&, const paired_event&) = default;
};

/// At most so many properties are watched: a bit for each in a word.
inline constexpr std::size_t most_watched = 64;

struct pair_tally {
    /// Bit q of number p, counted as they are watched: q was broken in a run in which p was not, up to there.
    std::array<std::uint64_t, most_watched> without{};
    std::uint64_t broken = 0; ///< what was broken at all

    void merge(const pair_tally& other) {
        for (std::size_t p = 0; p < without.size(); ++p)
            without[p] |= other.without[p];
        broken |= other.broken;
    }
};

/// Meets the explorer's transition_system.
class paired_system {
public:
    using machine = properties::judged_machine<>;
    struct state {
        machine::state first;
        machine::state second;
        std::uint64_t settled =
            0; ///< of which watched properties nothing more is to be found out on this run, a bit each
    };
    using event = paired_event;
    using tally = pair_tally;

    /// `second`: null where the question is about one alone. `watched`: numbers of the catalogue, at most most_watched.
    /// Histories that none of them needs are left out. `lone_writes`: a file that only one of them has is written, and
    /// the other goes without. Throws text::input_error if the part cannot be packed.
    paired_system(const model::kernel_table<model::plain>& first, const model::kernel_table<model::plain>* second,
                  const model::scope_part& part, pair_question asked, property_set watched, bool lone_writes = false);

    /// Which place is looked for; of the question `place`.
    void look_for(const place& wanted) { wanted_ = wanted; }
    /// Also watches for wraps, on the first alone: `kernel` is the first over numbers that notice them.
    void watch_wraps(const model::kernel_table<model::checked>& kernel, property_set watched);

    /// Those that are watched, in their order.
    [[nodiscard]] const std::vector<std::size_t>& watched() const { return watched_; }
    /// The properties for which a bit is set, a bit each in the order of watched().
    [[nodiscard]] property_set set_of(std::uint64_t bits) const;
    [[nodiscard]] const machine& first() const { return first_.judged(); }
    /// What the setup broke on the first, and not on the second.
    [[nodiscard]] property_set broken_by_setup() const { return broken_by_setup_; }

    [[nodiscard]] std::size_t property_count() const { return properties::catalogue_size; }
    [[nodiscard]] std::size_t packed_words() const;
    bool pack(const state& from, word* words) const;
    void unpack(const word* words, state& into) const;

    template <class Visit>
    void initial_states(Visit&& visit) const {
        visit(initial_);
    }

    template <class Visit>
    void successors(const state& from, tally& counts, Visit&& visit) const {
        if (from.settled == all_settled_)
            return;
        const auto offer = [&](const event& happening) {
            state next = from;
            const findings says = happen(from, happening, next, counts);
            visit(happening, next, says);
        };
        first_.judged().for_each_event(from.first, [&](const model::event& happening) {
            const event each{happening, true, second_ && second_->judged().enabled(from.second, happening)};
            if (!second_ || each.on_second || may_be_alone(happening))
                offer({happening, true, each.on_second});
        });
        if (second_)
            second_->judged().for_each_event(from.second, [&](const model::event& happening) {
                if (may_be_alone(happening) && !first_.judged().enabled(from.first, happening))
                    offer({happening, false, true});
            });
    }

    [[nodiscard]] findings judge(const state& /*here*/, tally& /*counts*/) const { return {}; }

private:
    [[nodiscard]] bool may_be_alone(const model::event& happening) const;
    [[nodiscard]] findings happen(const state& from, const event& happening, state& next, tally& counts) const;
    [[nodiscard]] static property_set broken_in(const bandwidth_system& one, const machine::state& from,
                                                const model::event& happening, machine::state& next,
                                                model::status& result);
    [[nodiscard]] std::uint64_t bits_of(property_set broken) const;
    [[nodiscard]] property_set wrapped_in(const machine::state& from, const model::event& happening) const;

    /// The first over numbers that notice when they wrap.
    struct noticing {
        const model::kernel_table<model::checked>* kernel;
        model::constants<model::checked> constants;
        std::vector<model::write_request<model::checked>> writes; ///< of the part
    };

    pair_question asked_;
    bool lone_writes_;
    bandwidth_system first_;
    std::optional<bandwidth_system> second_;
    place wanted_;
    std::optional<noticing> noticing_;
    std::vector<std::size_t> watched_;
    std::uint64_t all_settled_ = 0;
    property_set broken_by_setup_ = 0;
    state initial_;
};

/// The part with no other histories than those that these properties need.
[[nodiscard]] model::scope_part with_histories_for(const model::scope_part& part, property_set watched);

/// explore(), compiled once.
[[nodiscard]] result<paired_system> explore_pairs(const paired_system& pairs, const options& how);

} // namespace bwcheck::explorer
