// A machine at the kernel's real constants, for tests: each call is one event, and says so when it could not happen.
#pragma once

#include "model/environment.hpp"
#include "model/machine.hpp"
#include "model/revision.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>

namespace bwcheck::model {

inline constexpr std::uint64_t usec = 1000;        ///< ns
inline constexpr std::uint64_t msec = 1000 * usec; ///< ns
inline constexpr std::uint64_t sec = 1000 * msec;  ///< ns

/// A new group of `Revision`, unlimited and with nothing to run.
template <class Revision, arithmetic Num = plain>
class test_machine {
public:
    using functions = kernel<Revision, Num>;
    using machine = model::machine<functions>;

    model::constants<Num> constants;
    model::environment<Num> environment;
    model::step_log<Num> log;
    task_group<Num> tg;

    explicit test_machine(int nr_cpus = 1, const model::constants<plain>& given = {})
        : constants(constants_over<Num>(given)) {
        tg.nr_cpus = static_cast<cpu_id>(nr_cpus);
        tg.constants = &constants;
        tg.log = &log;
        functions::init_cfs_bandwidth(tg);
        environment.max_unaccounted = sec;
        environment.max_in_kernel = sec;
        environment.max_lateness = sec;
        environment.max_stalls = 64;
        environment.hotplug = true;
    }
    test_machine(const test_machine&) = delete;
    test_machine& operator=(const test_machine&) = delete;

    [[nodiscard]] auto& cfs_b() { return tg.cfs_bandwidth; }
    [[nodiscard]] auto& cfs_rq(int cpu) { return tg.cfs_rq(static_cast<cpu_id>(cpu)); }
    [[nodiscard]] bool reached(branch place) const { return log.was_reached(place); }

    status apply(const event& event, const write_request<Num>* request = nullptr) {
        EXPECT_TRUE(model::enabled(tg, environment, event)) << to_string(event.kind) << " can't happen now";
        return machine::apply(tg, event, request);
    }

    status write(file where, std::string_view text) {
        const auto request = request_over<Num>(parse_write(where, functions::cpu_max_runtime, text));
        return apply({.kind = event_kind::write}, &request);
    }
    status write_max(std::string_view text) { return write(file::cpu_max, text); }
    status write_burst(std::string_view text) { return write(file::cpu_max_burst, text); }
    status write_runtime(std::string_view text) { return write(file::cpu_max_runtime, text); }

    void wake(int cpu = 0) { on(event_kind::wake, cpu); }
    void sleep(int cpu = 0) { on(event_kind::sleep, cpu); }
    void charge(int cpu = 0) { on(event_kind::charge, cpu); }
    void exit_to_user(int cpu = 0) { on(event_kind::exit_to_user, cpu); }
    void offline(int cpu) { on(event_kind::offline, cpu); }
    void online(int cpu) { on(event_kind::online, cpu); }
    void period_timer(int stalls = 0) {
        apply({.kind = event_kind::period_timer, .amount = static_cast<std::uint64_t>(stalls)});
    }
    void slack_timer() { apply({.kind = event_kind::slack_timer}); }

    /// Time passes: `delta` ns.
    void pass(std::uint64_t delta) { apply({.kind = event_kind::tick, .amount = delta}); }

    /// Time passes, and what `cpu` executed in it is charged.
    void run(int cpu, std::uint64_t delta) {
        pass(delta);
        charge(cpu);
    }

    /// Time passes until the period timer expires, and its callback runs. Nobody is charged in the meantime.
    void next_period(int stalls = 0) requires std::same_as<Num, plain> {
        pass(as_u64(cfs_b().period_timer));
        period_timer(stalls);
    }

private:
    void on(event_kind kind, int cpu) { apply({.kind = kind, .cpu = static_cast<cpu_id>(cpu)}); }
};

} // namespace bwcheck::model
