// What a property is: a statement about the machine, with an id, a source, and a definition that every engine
// evaluates.
//
// A property is a type with `info` and one of the following static members. They look at what is there and never change
// it.
//   template <class Num> static verdict_here on_transition(const transition<Num>&)   one event, before and after
//   template <class Num> static verdict_here on_state(const situation<Num>&)         one reachable state
//   template <class Num> static verdict_here on_transition(const transition<Num>&, guard_coverage&)   the same, and
//   adds what it saw of a validation's checks template <class Num> static survey_result on_scope(const
//   kernel_table<Num>&, const scope_part&)   once for a part
// A property of kind `operation` is judged by the numbers. It has, and others may have,
//   static constexpr std::array<std::string_view, ...> own_functions   the kernel functions whose wraps break it
// and
//   template <class Num> static bool fires_on(const transition<Num>&)   whether an event comes through those
// and, where the statement does not speak for itself (a survey brings its own),
//   template <class Num> static std::string explain(...same argument...)                why it is broken here, with
//   values
#pragma once

#include "model/event.hpp"
#include "model/kernel_table.hpp"
#include "model/scope.hpp"
#include "properties/guard_coverage.hpp"
#include "properties/history.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::properties {

// The vocabulary of model/arithmetic.hpp: machine integers have no namespace in which it would be looked up.
using model::as_s64;
using model::as_u64;
using model::wide;

/// What kind of statement a property makes.
enum class property_kind : std::uint8_t {
    invariant,  ///< of every reachable state
    transition, ///< of every event from a reachable state, or of its steps
    probe,      ///< of what users could do next in a reachable state, tried on a copy
    number,     ///< the largest value found, and that it stays within a stated bound
    survey,     ///< asked once for a part of a scope
    coverage,   ///< of a whole run: which checks were seen to decide somewhere in it
    operation,  ///< of every arithmetic operation in some part of the code: what the numbers say, see arithmetic.hpp
};

[[nodiscard]] std::string_view to_string(property_kind kind);

/// What kind of claim that statement is: whether anybody may be blamed if it is not so.
enum class property_claim : std::uint8_t {
    requirement, ///< promised or asked for somewhere; the property's source says where
    question,    ///< has an answer, which may be no, but nobody promised one
    measure,     ///< has a number, and a run that attains it
};

/// "requirement", "question", "measure".
[[nodiscard]] constexpr std::string_view to_string(property_claim claim) {
    switch (claim) {
    case property_claim::requirement:
        return "requirement";
    case property_claim::question:
        return "question";
    case property_claim::measure:
        break;
    }
    return "measure";
}

/// What a person reads about a property.
struct property_info {
    std::string_view id;        ///< stable
    std::string_view statement; ///< one sentence
    property_kind kind;
    property_claim claim;
    std::string_view why;          ///< why it matters, one sentence
    std::string_view source;       ///< where it was promised, asked or objected to: a mail, a document, a commit, code
    std::string_view trigger;      ///< what has to happen in a run before the property says anything
    unsigned needs = history_none; ///< which histories its definition reads
    /// A field that no behaviour depends on and that its definition reads, so that an exploration keeps it where the
    /// property is asked; count: none.
    model::field reads = model::field::count;
    bool shows_statistics = false;    ///< its runs are told with what only feeds cpu.stat or the tree
    bool tries_out = false;           ///< does more than look: lets things happen to a copy of the group
    bool brings_its_own_part = false; ///< a survey that looks at nothing of the part that it is asked about
};

/// What a property says of one transition or state.
struct verdict_here {
    enum class kind : std::uint8_t { silent, holds, broken };
    kind value = kind::silent;
    bool has_number = false;
    std::int64_t number = 0; ///< what a property of kind `number` measured, in the unit of its statement

    [[nodiscard]] static constexpr verdict_here silent() { return {}; }
    [[nodiscard]] static constexpr verdict_here of(bool holds) { return {.value = holds ? kind::holds : kind::broken}; }
    /// `measured` must not exceed `bound`.
    [[nodiscard]] static constexpr verdict_here measured(std::int64_t measured, std::int64_t bound) {
        return {.value = measured <= bound ? kind::holds : kind::broken, .has_number = true, .number = measured};
    }
    [[nodiscard]] constexpr bool fired() const { return value != kind::silent; }
    [[nodiscard]] constexpr bool broken() const { return value == kind::broken; }
};

/// What a survey found: the verdict, what it means in a sentence or two, and the writes that show it, if any do.
struct survey_result {
    verdict_here verdict;
    std::string explanation;
    std::vector<model::event> events;
};

/// A reachable state, with what led to it as far as properties remember it.
template <class Num>
struct situation {
    const model::task_group<Num>& tg;
    const history_over<Num>& past;
    const model::scope_part& part;
};

/// One event: the state before, the state after (whose log has the steps), and the histories that go with them.
template <class Num>
struct transition {
    const model::task_group<Num>& before;
    const model::event& event;
    const model::write_request<Num>* request; ///< of a write; null otherwise
    model::status result;                     ///< of a write
    const model::task_group<Num>& after;
    const history_over<Num>& past; ///< before the event
    const history_over<Num>& now;  ///< after it
    const model::scope_part& part;
    /// The number of the judged_machine that it happened to, of all that there ever were in this process; 0: it is not
    /// one of the part's own events, but of its setup, or of a proof.
    std::uint64_t machine = 0;

    [[nodiscard]] const auto& steps() const { return after.log->records(); }
    [[nodiscard]] bool reached(model::branch place) const { return after.log->was_reached(place); }
    [[nodiscard]] bool is_write() const { return event.kind == model::event_kind::write; }
    [[nodiscard]] bool is_write_to(model::file where) const { return is_write() && request->file == where; }
    [[nodiscard]] bool accepted() const { return is_write() && result == model::status::ok; }
};

/// What the revision promises to cap the pool at, in unbounded integers: quota + burst on every kernel so far. The
/// quota must be finite.
template <class Num>
[[nodiscard]] auto cap_of(const model::task_group<Num>& tg) {
    return tg.kernel->pool_cap(wide(tg.cfs_bandwidth.quota), wide(tg.cfs_bandwidth.burst));
}

/// Whether the group is limited.
template <class Num>
[[nodiscard]] bool limited(const model::task_group<Num>& tg) {
    return !(tg.cfs_bandwidth.quota == model::runtime_inf);
}

} // namespace bwcheck::properties
