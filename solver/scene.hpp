// Where a question begins: a group in a state that could be, and the writes that users may make.
//
// For a proof, the state is any that the last accepted write may have left, whatever was configured before it; what an
// accepted write guarantees is found by running the validation, not by repeating it here. Doublings of the period may
// follow. For the search of a run that shows a refutation, the state is a new group's, and what follows are events that
// really happen.
#pragma once

#include "model/constants.hpp"
#include "model/interface/write_request.hpp"
#include "model/kernel_table.hpp"
#include "model/step_log.hpp"
#include "solver/inputs.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace bwcheck::solver {

// The vocabulary of model/arithmetic.hpp: machine integers have no namespace in which it would be looked up.
using model::as_s64;
using model::as_u64;

/// How a question begins.
struct beginning {
    /// Less than 0: any state that an accepted write may have left. Otherwise a new group, and that many accepted
    /// writes.
    int writes = -1;
    [[nodiscard]] bool anything() const { return writes < 0; }
};

/// More than any pool that accepted writes lead to, ns: the largest sum of quota and burst, doubled as often as a
/// period of 1 ms can be (9 times), and a second for the slack that CPUs return. 285 years.
inline constexpr std::uint64_t largest_pool =
    ((std::uint64_t{1} << (64U - model::bw_shift)) - 1) * 1000 * 512 + 1'000'000'000;

[[nodiscard]] inline std::uint64_t plain_number(std::uint64_t value) { return value; }
[[nodiscard]] inline std::int64_t plain_number(std::int64_t value) { return value; }
template <class Integer>
[[nodiscard]] Integer plain_number(const model::checked_number<Integer>& value) {
    return value.value();
}

template <class Inputs>
class scene {
public:
    using num = typename Inputs::num;
    using u64 = typename num::u64;
    using request = model::write_request<num>;

    model::constants<num> constants;
    model::step_log<num> log;
    model::task_group<num> tg;

    explicit scene(Inputs& in, int nr_cpus = 1) : tg(model::new_group(in.kernel(), constants, log, nr_cpus)), in_(in) {}
    scene(const scene&) = delete;
    scene& operator=(const scene&) = delete;

    [[nodiscard]] const model::kernel_table<num>& kernel() const { return in_.kernel(); }

    /// From now on, writes go no further than their validation and what it stores.
    void only_validate() { only_validates_ = true; }

    /// Brings the group into a state from which a question is asked. Wraps on the way are not findings.
    void begin(const beginning& beginning) {
        in_.watch_wraps(false);
        if (!beginning.anything()) {
            // The phase of a new group's timer is random. With one that no period is shorter than, it is never divided.
            tg.cfs_bandwidth.period_timer = as_s64(constants.min_cfs_quota_period);
            if constexpr (Inputs::keeps_record)
                in_.record().first_phase = plain_number(constants.min_cfs_quota_period);
            for (int number = 1; number <= beginning.writes; ++number)
                accepted_write(any_configuration(fmt::format("write {}", number)));
        } else if (in_.flip("after a write")) {
            auto& cfs_b = tg.cfs_bandwidth;
            cfs_b.period = in_.u64("earlier period ns");
            cfs_b.quota = in_.u64("earlier quota ns");
            cfs_b.burst = in_.u64("earlier burst ns");
            cfs_b.runtime = in_.u64("earlier pool ns");
            in_.assume(cfs_b.runtime <= largest_pool);
            cfs_b.period_active = true;                          // the timer's own arithmetic is a question of its own
            accepted_write(any_request("earlier write", false)); // of those that set a configuration
            cfs_b.period = in_.forget_origin(cfs_b.period, "period ns");
            cfs_b.quota = in_.forget_origin(cfs_b.quota, "quota ns");
            cfs_b.burst = in_.forget_origin(cfs_b.burst, "burst ns");
            // Consumption, slack and refills may have made anything of the pool since.
            cfs_b.runtime = in_.u64("pool ns");
            in_.assume(cfs_b.runtime <= largest_pool);
            cfs_b.runtime_snap = in_.u64("pool at the last refill ns");
            in_.assume(cfs_b.runtime_snap <= largest_pool);
        }
        log.clear();
        in_.watch_wraps(true);
    }

    /// The same, with fewer ways: for questions about what a write is checked for, which depends on the configuration
    /// only.
    void begin_configured(const beginning& beginning) {
        if (!beginning.anything()) {
            begin(beginning);
            return;
        }
        in_.watch_wraps(false);
        auto& cfs_b = tg.cfs_bandwidth;
        cfs_b.burst = in_.u64("earlier burst ns");
        cfs_b.quota = in_.u64("earlier quota ns");
        cfs_b.period = in_.u64("earlier period ns");
        cfs_b.period_active = true;
        accepted_write(any_configuration("earlier write"));
        cfs_b.period = in_.forget_origin(cfs_b.period, "period ns");
        cfs_b.quota = in_.forget_origin(cfs_b.quota, "quota ns");
        cfs_b.burst = in_.forget_origin(cfs_b.burst, "burst ns");
        cfs_b.runtime = 0;
        cfs_b.runtime_snap = 0;
        if (kernel().takes_deltas()) {
            cfs_b.runtime = in_.u64("pool ns");
            in_.assume(cfs_b.runtime <= largest_pool);
        }
        log.clear();
        in_.watch_wraps(true);
    }

    /// The period may double, as often as there can be reason to. `unlimited_too`: also in a group without limit.
    void maybe_double(const beginning& beginning, bool unlimited_too) {
        in_.watch_wraps(false);
        if (beginning.anything()) {
            for (int times = 0; times < most_doublings && in_.flip(fmt::format("doubling {}", times + 1)); ++times)
                double_period(unlimited_too);
        } else {
            // By a real callback, which takes long to follow: at most once.
            if (in_.flip("doubled")) {
                if (!unlimited_too && tg.cfs_bandwidth.quota == model::runtime_inf)
                    in_.abandon();
                period_callback(3);
            }
        }
        in_.watch_wraps(true);
    }

    /// One doubling, by the code that does it. The loop that leads to it is left out.
    void double_period(bool unlimited_too) {
        if (!unlimited_too && tg.cfs_bandwidth.quota == model::runtime_inf)
            in_.abandon();
        log.clear();
        kernel().scale_period(tg);
        if (!log.was_reached(model::branch::period_scaled))
            in_.abandon();
    }

    /// Time passes until the period timer is due, and its callback runs; it is stalled that often until it is due
    /// again.
    void period_callback(unsigned stalls) {
        auto& cfs_b = tg.cfs_bandwidth;
        if (!cfs_b.period_active)
            in_.abandon();
        if (cfs_b.period_timer > 0) {
            const u64 wait = as_u64(cfs_b.period_timer);
            if constexpr (Inputs::keeps_record)
                in_.record().events.push_back({.kind = model::event_kind::tick, .amount = plain_number(wait)});
            kernel().advance_timers(tg, wait); // all that a tick does while nothing runs
        }
        happen({.kind = model::event_kind::period_timer, .amount = stalls});
    }

    void happen(const model::event& event) {
        if constexpr (Inputs::keeps_record)
            in_.record().events.push_back(event);
        static_cast<void>(kernel().apply(tg, event, nullptr));
    }

    /// A well-formed write of any numbers to any file.
    [[nodiscard]] request any_request(const std::string& name, bool to_runtime_too = true) {
        request made;
        const unsigned kind = in_.choose(name, kernel().has_runtime_file() && to_runtime_too ? 6 : 5);
        if (kind < 4) {
            made.file = model::file::cpu_max;
            made.unlimited = kind == 0 || kind == 2; // first: "max" is easier to read than what stands for it
            made.has_period = kind < 2;
            if (!made.unlimited)
                made.quota_us = in_.u64(name + ": quota us");
            if (made.has_period)
                made.period_us = in_.u64(name + ": period us");
        } else if (kind == 4) {
            made.file = model::file::cpu_max_burst;
            made.value_us = in_.u64(name + ": burst us");
        } else {
            made = any_runtime_request(name);
        }
        return made;
    }

    /// A write of any numbers that sets a configuration, in as few ways as reach all of them: period without limit,
    /// period and quota, or burst.
    [[nodiscard]] request any_configuration(const std::string& name) {
        request made;
        const unsigned kind = in_.choose(name, 3);
        made.file = kind == 2 ? model::file::cpu_max_burst : model::file::cpu_max;
        made.unlimited = kind == 0;
        made.has_period = kind != 2;
        if (kind == 1)
            made.quota_us = in_.u64(name + ": quota us");
        if (kind == 2)
            made.value_us = in_.u64(name + ": burst us");
        else
            made.period_us = in_.u64(name + ": period us");
        return made;
    }

    /// A well-formed write to cpu.max.runtime, where there is such a file.
    [[nodiscard]] request any_runtime_request(const std::string& name) {
        request made;
        made.file = model::file::cpu_max_runtime;
        if (kernel().takes_deltas())
            made.delta_us = in_.s64(name + ": runtime us");
        else
            made.value_us = in_.u64(name + ": runtime us");
        return made;
    }

    model::status write(const request& written) {
        if constexpr (Inputs::keeps_record) {
            auto& record = in_.record();
            record.events.push_back(
                {.kind = model::event_kind::write, .index = static_cast<std::uint16_t>(record.writes.size())});
            record.writes.push_back({written.file, text_of(written)});
        }
        if (only_validates_)
            return kernel().validate(tg, written);
        return kernel().apply(tg, {.kind = model::event_kind::write}, &written);
    }

private:
    // From 1 ms to 1 s; a further one would not be made, which the loop around them finds out.
    static constexpr int most_doublings = 10;

    void accepted_write(const request& written) {
        if (write(written) != model::status::ok)
            in_.abandon();
    }

    [[nodiscard]] std::string text_of(const request& written) const {
        switch (model::info_of(written.file).content(kernel().cpu_max_runtime)) {
        case model::file_content::limits: {
            const std::string quota = written.unlimited ? "max" : fmt::format("{}", plain_number(written.quota_us));
            return written.has_period ? fmt::format("{} {}", quota, plain_number(written.period_us)) : quota;
        }
        case model::file_content::signed_usec:
            return fmt::format("{}", plain_number(written.delta_us));
        case model::file_content::usec:
        case model::file_content::absent:
            break;
        }
        return fmt::format("{}", plain_number(written.value_us));
    }

    Inputs& in_;
    bool only_validates_ = false;
};

} // namespace bwcheck::solver
