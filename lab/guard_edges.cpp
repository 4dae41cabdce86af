#include "lab/guard_edges.hpp"

#include "model/constants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>

namespace bwcheck::lab {

namespace {

using model::file;
using model::guard;

constexpr model::constants<model::plain> limits;

/// A write as a function of the one number in it that varies, µs.
using varied_write = std::function<model::scope_write(std::uint64_t us)>;

/// How a write fares: accepted (guard::count), or which check rejects it.
guard fate(std::string_view revision, const write_sequence& before, const model::scope_write& last) {
    const auto group = make_model_group(revision);
    for (const model::scope_write& each : before)
        static_cast<void>(group->write(each));
    return group->write(last) == model::status::ok ? guard::count : group->log().rejected_by();
}

/// Numbers between which fates may differ, in order: the constants, what is in force, and what wraps when it is
/// converted to ns or added to a burst.
std::vector<std::uint64_t> landmarks(const random::shown_values& shown) {
    const std::uint64_t unit = limits.nsec_per_usec;
    constexpr std::uint64_t all_ones = std::numeric_limits<std::uint64_t>::max();
    std::vector<std::uint64_t> all{0,
                                   limits.min_cfs_quota_period / unit,
                                   limits.max_cfs_quota_period / unit,
                                   limits.max_bw_runtime_us,
                                   limits.max_bw_runtime_us - shown.burst_us,
                                   limits.max_usec,
                                   shown.period_us,
                                   shown.burst_us,
                                   all_ones};
    if (shown.quota_us != model::runtime_inf) {
        all.push_back(shown.quota_us);
        all.push_back(limits.max_bw_runtime_us - shown.quota_us);
        all.push_back(shown.quota_us + shown.burst_us);
    }
    // Beyond max_usec the product with 1000 begins anew at 0, a thousand times in all; a few of these are enough.
    for (const std::uint64_t lap : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{500}, std::uint64_t{999}}) {
        const std::uint64_t begin = lap * (all_ones / unit) + lap * (all_ones % unit + 1) / unit; // lap * 2^64 / 1000
        for (const std::uint64_t more : {limits.min_cfs_quota_period / unit, limits.max_cfs_quota_period / unit,
                                         limits.max_bw_runtime_us, shown.burst_us})
            all.push_back(begin + more);
    }
    const std::size_t known = all.size();
    for (std::size_t number = 0; number < known; ++number) {
        all.push_back(all[number] + 1);
        all.push_back(all[number] - 1);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

class edge_search {
public:
    explicit edge_search(std::string_view revision) : revision_(revision) {}

    void look(const write_sequence& before, const varied_write& write) {
        const auto group = make_model_group(revision_);
        for (const model::scope_write& each : before)
            static_cast<void>(group->write(each));
        const auto values = landmarks(group->shown());
        for (std::size_t number = 0; number + 1 < values.size(); ++number)
            bisect(before, write, values[number], values[number + 1]);
    }
    [[nodiscard]] guard_edges found() && { return std::move(found_); }

private:
    /// Between two values of different fates there are two neighbours of different fates.
    void bisect(const write_sequence& before, const varied_write& write, std::uint64_t low, std::uint64_t high) {
        const guard low_fate = fate(revision_, before, write(low));
        guard high_fate = fate(revision_, before, write(high));
        if (low_fate == high_fate)
            return;
        while (high - low > 1) {
            const std::uint64_t middle = low + (high - low) / 2;
            const guard middle_fate = fate(revision_, before, write(middle));
            if (middle_fate == low_fate) {
                low = middle;
            } else {
                high = middle;
                high_fate = middle_fate;
            }
        }
        for (const guard each : {low_fate, high_fate})
            if (each != guard::count)
                ++found_.found[static_cast<std::size_t>(each)];
        // Each side in the same surroundings: the first one may have been accepted.
        for (const std::uint64_t side : {low, high}) {
            write_sequence sequence = before;
            sequence.push_back(write(side));
            found_.sequences.push_back(std::move(sequence));
        }
    }

    std::string_view revision_;
    guard_edges found_;
};

} // namespace

guard_edges find_guard_edges(std::string_view revision) {
    const std::uint64_t largest = limits.max_bw_runtime_us;
    const std::string half = std::to_string(largest / 2);
    const std::vector<write_sequence> surroundings{
        {},
        {{file::cpu_max, "max 1000"}},
        {{file::cpu_max, "20000 100000"}},
        {{file::cpu_max, "20000 100000"}, {file::cpu_max_burst, "20000"}},
        {{file::cpu_max, "1000 1000000"}, {file::cpu_max_burst, "1000"}},
        {{file::cpu_max, half + " 100000"}},
        {{file::cpu_max, half + " 100000"}, {file::cpu_max_burst, half}},
        {{file::cpu_max, std::to_string(largest - 1) + " 100000"}, {file::cpu_max_burst, "1"}},
        {{file::cpu_max, std::to_string(largest) + " 1000"}},
        {{file::cpu_max_burst, "5000"}},
        {{file::cpu_max_burst, std::to_string(largest)}},
        {{file::cpu_max_burst, std::to_string(limits.max_usec)}},
    };
    edge_search search(revision);
    for (const write_sequence& before : surroundings) {
        search.look(before, [](std::uint64_t us) { return model::scope_write{file::cpu_max, std::to_string(us)}; });
        search.look(before, [](std::uint64_t us) {
            return model::scope_write{file::cpu_max, fmt::format("50000 {}", us)};
        });
        search.look(before, [](std::uint64_t us) {
            return model::scope_write{file::cpu_max, fmt::format("max {}", us)};
        });
        search.look(before, [](std::uint64_t us) {
            return model::scope_write{file::cpu_max_burst, std::to_string(us)};
        });
        if (make_model_group(revision)->shown().runtime_file != model::runtime_interface::none)
            search.look(before, [](std::uint64_t us) {
                return model::scope_write{file::cpu_max_runtime, std::to_string(us)};
            });
    }
    return std::move(search).found();
}

} // namespace bwcheck::lab
