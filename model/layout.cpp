#include "model/layout.hpp"

#include "model/interface/write_request.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace bwcheck::model {

namespace {

// More than this and a sum of a few of them might not fit 64 bits; no scope that can be exhausted comes near it.
constexpr std::uint64_t largest_packed = std::uint64_t{1} << 40U;

/// What the part's writes can make of period, quota and burst, closed under the doubling of the period callback.
struct reachable_configuration {
    std::set<std::uint64_t> periods;
    std::set<std::uint64_t> quotas{runtime_inf};
    std::set<std::uint64_t> bursts{0};
    std::set<std::uint64_t> runtimes{0};

    explicit reachable_configuration(const scope_part& part) {
        periods.insert(part.constants.default_cfs_period);
        for (const auto* writes : {&part.setup, &part.writes})
            for (const scope_write& write : *writes)
                add(write, part.constants.nsec_per_usec);
        // Whole µs are kept by the writes that carry a setting over, in the revisions that compute in µs.
        for (auto* values : {&periods, &quotas, &bursts})
            for (const std::uint64_t value : std::set(*values))
                if (value != runtime_inf)
                    values->insert(value / part.constants.nsec_per_usec * part.constants.nsec_per_usec);
        // Without a cap, one delta after the other adds up to the bandwidth limit.
        if (adds_ && (unlimited_ || quotas.size() == 1))
            runtimes.insert(part.constants.max_bw_runtime_us * part.constants.nsec_per_usec);
        if (part.environment.max_stalls >= 3)
            add_scaled(part.constants);
    }

private:
    void add(const scope_write& write, std::uint64_t nsec_per_usec) {
        for (const auto kind : {runtime_interface::absolute, runtime_interface::delta}) {
            const auto request = parse_write(write.file, kind, write.text);
            if (request.parsed != status::ok)
                continue;
            if (write.file == file::cpu_max) {
                unlimited_ = unlimited_ || request.unlimited;
                if (!request.unlimited)
                    quotas.insert(request.quota_us * nsec_per_usec);
                if (request.has_period)
                    periods.insert(request.period_us * nsec_per_usec);
            } else if (write.file == file::cpu_max_burst) {
                bursts.insert(request.value_us * nsec_per_usec);
            } else if (write.file == file::cpu_max_runtime) {
                adds_ = adds_ || (kind == runtime_interface::delta && request.delta_us > 0);
                if (kind == runtime_interface::absolute)
                    runtimes.insert(request.value_us * nsec_per_usec);
            }
        }
    }

    void add_scaled(const constants<plain>& limits) {
        const std::uint64_t max_period = limits.max_cfs_quota_period;
        const auto least = std::min<std::uint64_t>(std::max<std::uint64_t>(*periods.begin(), 1), max_period);
        for (std::uint64_t scale = 2; least * scale < max_period; scale *= 2)
            for (auto* values : {&periods, &quotas})
                for (const std::uint64_t value : std::set(*values))
                    values->insert(value * 2);
        // A write to cpu.max sets period and quota back and leaves the burst doubled, so that it can be doubled again.
        const std::uint64_t accepted = limits.max_bw_runtime_us * limits.nsec_per_usec;
        for (const std::uint64_t value : std::set(bursts))
            for (std::uint64_t doubled = value; doubled != 0 && doubled <= accepted; doubled *= 2)
                bursts.insert(2 * doubled);
    }

    bool unlimited_ = false; // some write lifts the limit
    bool adds_ = false;      // some write, if it is a delta, adds to the pool
};

std::uint64_t largest_below(const std::set<std::uint64_t>& values, std::uint64_t limit) {
    std::uint64_t largest = 0;
    for (const std::uint64_t value : values)
        if (value <= limit)
            largest = std::max(largest, value);
    return largest;
}

} // namespace

packed_table::packed_table(std::vector<std::uint64_t> values)
    : values_(std::move(values)), bits_(static_cast<unsigned>(std::bit_width(values_.size() - 1))) {}

layout::layout(const scope_part& part)
    : nr_cpus_(part.nr_cpus),
      cpu_bits_(static_cast<unsigned>(std::bit_width(static_cast<unsigned>(part.nr_cpus) - 1))) {
    const reachable_configuration reachable(part);
    const auto signed_of = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    const auto& env = part.environment;

    const auto limit = [&](std::string_view name, std::uint64_t value) {
        if (value > largest_packed)
            throw text::input_error(fmt::format("part {}: {} = {} ns is too large to explore; reduce it to at most {}",
                                                part.name, name, value, largest_packed));
        return value;
    };
    // Values that validation refuses anyway (the writes of huge numbers) need no room.
    const std::uint64_t accepted = part.constants.max_bw_runtime_us * part.constants.nsec_per_usec;
    const std::uint64_t cap = largest_below(reachable.quotas, accepted) + largest_below(reachable.bursts, 2 * accepted);
    const std::uint64_t slice = limit("slice", part.constants.sched_cfs_bandwidth_slice);
    const std::uint64_t runtime =
        limit("the largest pool", std::max(cap, largest_below(reachable.runtimes, accepted))) +
        static_cast<std::uint64_t>(part.nr_cpus) * slice;
    const std::uint64_t period = limit("the largest period", largest_below(reachable.periods, accepted));
    const std::uint64_t late = limit("max_lateness", env.max_lateness);
    const std::uint64_t debt =
        2 * limit("max_unaccounted", env.max_unaccounted) + limit("max_in_kernel", env.max_in_kernel);

    const auto list_of = [](const std::set<std::uint64_t>& values) {
        return std::vector(values.begin(), values.end());
    };
    // The largest quota in the shortest period, as to_ratio() has it.
    const std::uint64_t unit = part.constants.nsec_per_usec;
    const std::uint64_t shortest_us = std::max<std::uint64_t>(*reachable.periods.begin() / unit, 1);
    const std::uint64_t ratio = (largest_below(reachable.quotas, accepted) / unit << bw_shift) / shortest_us;
    const reachable_numbers numbers{
        .periods = list_of(reachable.periods),
        .quotas = list_of(reachable.quotas),
        .bursts = list_of(reachable.bursts),
        .most_runtime = signed_of(runtime),
        .longest_period = signed_of(period),
        .most_ratio = signed_of(ratio),
        .tick = signed_of(limit("tick", env.tick)),
        .slice = signed_of(slice),
        .slack_period = signed_of(part.constants.cfs_bandwidth_slack_period),
        .most_debt = signed_of(debt),
        .most_lateness = signed_of(late),
        .longest_stall = signed_of(static_cast<std::uint64_t>(env.max_stalls) * period),
        .most_unaccounted = signed_of(env.max_unaccounted),
        .most_in_kernel = signed_of(env.max_in_kernel),
    };
    for (std::size_t number = 0; number < field_infos.size(); ++number) {
        if (const auto range = field_infos[number].range)
            ranges_[number] = {range(numbers).least, range(numbers).most};
        if (const auto values = field_infos[number].values)
            tables_[number] = packed_table(values(numbers));
    }
}

unsigned layout::bits() const {
    unsigned total = 0;
    task_group<plain> tg;
    tg.nr_cpus = static_cast<cpu_id>(nr_cpus_);
    tg.runtime_expires = keep_runtime_expires_;
    const auto bits_of = [&](field which, const auto& member) -> unsigned {
        using member_type = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_same_v<member_type, bool>)
            return 1;
        else if constexpr (std::is_same_v<member_type, throttled_list<plain::max_cpus>>)
            return cpu_bits_ + 1 + static_cast<unsigned>(nr_cpus_) * cpu_bits_;
        else
            return is_table(which) ? table(which).bits() : range(which).bits;
    };
    const auto add = [&](field which, cpu_id, const auto& member) { total += bits_of(which, member); };
    visit_fields(add, tg);
    visit_kept(add, tg);
    return total;
}

std::string layout::misfit(const task_group<plain>& tg) const {
    std::string found;
    const auto look = [&](field which, cpu_id cpu, const auto& member) {
        std::array<std::uint64_t, 2> scratch{};
        bit_writer out(scratch.data());
        using member_type = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_same_v<member_type, std::uint64_t> || std::is_same_v<member_type, std::int64_t>) {
            if (found.empty() && !put(out, which, member)) {
                const std::string room = is_table(which)
                                             ? std::string("a value that no write of the scope sets")
                                             : fmt::format("outside {} to {}", range(which).min, range(which).max);
                found = fmt::format("{}{} = {}, {}", to_string(which), cpu == no_cpu ? "" : fmt::format("[cpu{}]", cpu),
                                    member, room);
            }
        }
    };
    visit_fields(look, tg);
    visit_kept(look, tg);
    return found;
}

} // namespace bwcheck::model
