// A patch leaves those alone who do not use it.
#pragma once

#include "model/fields.hpp"
#include "properties/property.hpp"
#include "properties/trial.hpp"

namespace bwcheck::properties {

struct conservative {
    static constexpr property_info info{
        .id = "conservative",
        .statement = "Without cpu.max.runtime writes and with B <= Q the revision behaves exactly as its base, and "
                     "cpu.stat shows the same.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Nobody who does not use the new file wants to find out about it.",
        .source = "Documentation/process/handling-regressions.rst: no regressions",
        .trigger = "an event before any cpu.max.runtime write and with B <= Q, in a revision that is posted on another",
        .needs = history_departed,
        .shows_statistics = true,
        .tries_out = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        const model::kernel_table<Num>* const base = t.before.kernel->posted_on;
        if (base == nullptr || t.past.departed || t.now.departed || t.is_write_to(model::file::cpu_max_runtime))
            return verdict_here::silent();
        trial<Num> other(t.before);
        other.tg.kernel = base;
        const model::status result = base->apply(other.tg, t.event, t.request);
        return verdict_here::of(result == t.result && same_state(other.tg, t.after) &&
                                same_statistics(other.tg, t.after));
    }
};

} // namespace bwcheck::properties
