#include "explorer/bandwidth_system.hpp"

namespace bwcheck::explorer {

history_layout::history_layout(const model::scope_part& part, const model::layout& machine, unsigned kept)
    : kept_(kept), nr_cpus_(static_cast<unsigned>(part.nr_cpus)) {
    using properties::local_allowance;
    const std::int64_t local = local_allowance(part);
    // A pool that is written again and again gives as much as CPUs can take in a period.
    const std::int64_t in_a_period =
        static_cast<std::int64_t>(part.longest_period + part.environment.max_lateness) * part.nr_cpus;
    taken_ = {-local, machine.max_runtime() + local + in_a_period};
    wait_ = {0, properties::longest_wait(part)};
    excess_ = {0, machine.max_runtime() + local};
    excess_since_empty_ = {-(machine.max_runtime() + local), machine.max_runtime() + local};
}

unsigned history_layout::bits() const {
    using namespace properties;
    unsigned total = 0;
    if (keeps(history_burst))
        total += taken_.bits;
    if (keeps(history_throttle))
        total += 1;
    if (keeps(history_latency))
        total += nr_cpus_ * (wait_.bits + 1) + wait_.bits;
    if (keeps(history_credit))
        total += 1;
    if (keeps(history_departed))
        total += 1;
    if (keeps(history_overuse))
        total += excess_.bits;
    if (keeps(history_drain))
        total += excess_since_empty_.bits;
    return total;
}

bool history_layout::pack(const properties::history& past, model::bit_writer& out) const {
    using namespace properties;
    bool fits = true;
    const auto put_bool = [&](bool value) { out.put(value ? 1 : 0, 1); };
    if (keeps(history_burst))
        fits = fits && taken_.put(out, past.taken);
    if (keeps(history_throttle))
        put_bool(past.throttled_this_period);
    if (keeps(history_latency)) {
        for (unsigned cpu = 0; cpu < nr_cpus_; ++cpu)
            fits = fits && wait_.put(out, past.kept_waiting[cpu]);
        out.put(past.write_waits_for, nr_cpus_);
        fits = fits && wait_.put(out, past.write_wait);
    }
    if (keeps(history_credit))
        put_bool(past.credited);
    if (keeps(history_departed))
        put_bool(past.departed);
    if (keeps(history_overuse))
        fits = fits && excess_.put(out, past.excess);
    if (keeps(history_drain))
        fits = fits && excess_since_empty_.put(out, past.excess_since_empty);
    return fits;
}

void history_layout::unpack(model::bit_reader& in, properties::history& past) const {
    using namespace properties;
    past = {};
    if (keeps(history_burst))
        past.taken = taken_.get(in);
    if (keeps(history_throttle))
        past.throttled_this_period = in.get(1) != 0;
    if (keeps(history_latency)) {
        for (unsigned cpu = 0; cpu < nr_cpus_; ++cpu)
            past.kept_waiting[cpu] = wait_.get(in);
        past.write_waits_for = static_cast<std::uint8_t>(in.get(nr_cpus_));
        past.write_wait = wait_.get(in);
    }
    if (keeps(history_credit))
        past.credited = in.get(1) != 0;
    if (keeps(history_departed))
        past.departed = in.get(1) != 0;
    if (keeps(history_overuse))
        past.excess = excess_.get(in);
    if (keeps(history_drain))
        past.excess_since_empty = excess_since_empty_.get(in);
}

void coverage_counts::merge(const coverage_counts& other) {
    const auto add = [](auto& sum, const auto& part) {
        for (std::size_t number = 0; number < sum.size(); ++number)
            sum[number] += part[number];
    };
    add(events, other.events);
    add(steps, other.steps);
    add(branches, other.branches);
    measured.merge(other.measured);
}

} // namespace bwcheck::explorer
