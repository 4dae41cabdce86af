#include "explorer/bandwidth_system.hpp"

#include <optional>
#include <type_traits>

namespace bwcheck::explorer {

namespace {
using cpus = properties::cpu_set<model::plain::max_cpus>;
using waits = std::array<std::int64_t, model::plain::max_cpus>; // one for each CPU
} // namespace

history_layout::history_layout(const model::scope_part& part, const model::layout& machine, unsigned kept)
    : kept_(kept), nr_cpus_(static_cast<unsigned>(part.nr_cpus)) {
    const properties::history_numbers numbers{
        .most_runtime = machine.max_runtime(),
        .local = properties::local_allowance(part),
        .in_a_period = static_cast<std::int64_t>(part.longest_period + part.environment.max_lateness) * part.nr_cpus,
        .longest_wait = properties::longest_wait(part),
    };
    const auto set = [&](std::size_t number, const auto& row, const auto& /*member*/) {
        if (row.range != nullptr)
            ranges_[number] = {row.range(numbers).least, row.range(numbers).most};
    };
    const properties::history any;
    properties::visit_histories(kept_, set, any);
}

unsigned history_layout::bits() const {
    unsigned total = 0;
    const auto add = [&]<class Member>(std::size_t number, const auto& /*row*/, const Member& /*member*/) {
        if constexpr (std::is_same_v<Member, bool>)
            total += 1;
        else if constexpr (std::is_same_v<Member, cpus>)
            total += nr_cpus_;
        else if constexpr (std::is_same_v<Member, waits>)
            total += nr_cpus_ * ranges_[number].bits;
        else
            total += ranges_[number].bits;
    };
    const properties::history any;
    properties::visit_histories(kept_, add, any);
    return total;
}

bool history_layout::pack(const properties::history& past, model::bit_writer& out) const {
    bool fits = true;
    const auto put = [&]<class Member>(std::size_t number, const auto& /*row*/, const Member& member) {
        if constexpr (std::is_same_v<Member, bool>)
            out.put(member ? 1 : 0, 1);
        else if constexpr (std::is_same_v<Member, cpus>)
            out.put(member, nr_cpus_);
        else if constexpr (std::is_same_v<Member, waits>)
            for (unsigned cpu = 0; cpu < nr_cpus_; ++cpu)
                fits = fits && ranges_[number].put(out, member[cpu]);
        else
            fits = fits && ranges_[number].put(out, member);
    };
    properties::visit_histories(kept_, put, past);
    return fits;
}

void history_layout::unpack(model::bit_reader& in, properties::history& past) const {
    past = {};
    const auto get = [&]<class Member>(std::size_t number, const auto& /*row*/, Member& member) {
        if constexpr (std::is_same_v<Member, bool>)
            member = in.get(1) != 0;
        else if constexpr (std::is_same_v<Member, cpus>)
            member = static_cast<cpus>(in.get(nr_cpus_));
        else if constexpr (std::is_same_v<Member, waits>)
            for (unsigned cpu = 0; cpu < nr_cpus_; ++cpu)
                member[cpu] = ranges_[number].get(in);
        else
            member = ranges_[number].get(in);
    };
    properties::visit_histories(kept_, get, past);
}

bool bandwidth_system::seen_to_go_on(const state& from) const {
    using enum model::event_kind;
    const event time{.kind = tick, .amount = machine_.part().environment.tick};
    state here = from;
    const auto next_due = [&]() -> std::optional<event> {
        for (const model::event_kind kind : {period_timer, slack_timer})
            if (machine_.enabled(here, {.kind = kind}))
                return event{.kind = kind};
        for (model::cpu_id cpu = 0; cpu < here.tg.nr_cpus; ++cpu)
            for (const model::event_kind kind : {charge, exit_to_user})
                if (machine_.enabled(here, {.kind = kind, .cpu = cpu}))
                    return event{.kind = kind, .cpu = cpu};
        return std::nullopt;
    };
    // Each CPU is charged and parks at most once, and again if a timer lets it run.
    const int enough = 4 * here.tg.nr_cpus + 4;
    for (int events = 0; events < enough; ++events) {
        if (machine_.enabled(here, time))
            return true;
        const std::optional<event> due = next_due();
        if (!due)
            return false;
        static_cast<void>(machine_.kernel().apply(here.tg, *due, nullptr));
    }
    return false;
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
