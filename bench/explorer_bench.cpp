// How fast states are stored and explored, and how much memory each takes. The bandwidth sketch is the machine other
// model checkers can be given as well; the lattice does nearly nothing per transition, so it shows the explorer alone.
#include "explorer/breadth_first.hpp"
#include "explorer/state_set.hpp"
#include "testing/toys/bandwidth_sketch.hpp"
#include "testing/toys/counter_lattice.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

namespace {

using namespace bwcheck::explorer;
using namespace bwcheck::explorer::toys;

void insert_new_states(benchmark::State& run) {
    const auto words = static_cast<std::size_t>(run.range(0));
    constexpr std::uint64_t count = 1 << 20;
    for (auto _ : run) {
        state_set<> set(words, 1, 2 * count, 0);
        packed_state packed{};
        for (std::uint64_t i = 0; i < count; ++i) {
            packed[0] = i;
            set.insert(set.writer_of(0), packed.data(), set.hash(packed.data()));
        }
        benchmark::DoNotOptimize(set.size());
    }
    run.SetItemsProcessed(run.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(insert_new_states)->ArgName("words")->Arg(1)->Arg(4)->Unit(benchmark::kMillisecond);

void look_up_known_states(benchmark::State& run) {
    const auto words = static_cast<std::size_t>(run.range(0));
    constexpr std::uint64_t count = 1 << 20;
    state_set<> set(words, 1, 2 * count, 0);
    packed_state packed{};
    const auto offer_all = [&] {
        for (std::uint64_t i = 0; i < count; ++i) {
            packed[0] = i * 0x9e3779b97f4a7c15 % count;
            benchmark::DoNotOptimize(set.insert(set.writer_of(0), packed.data(), set.hash(packed.data())));
        }
    };
    offer_all();
    for (auto _ : run)
        offer_all();
    run.SetItemsProcessed(run.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(look_up_known_states)->ArgName("words")->Arg(1)->Arg(4)->Unit(benchmark::kMillisecond);

template <transition_system S>
void explore_all(benchmark::State& run, const S& system) {
    result<S> r;
    for (auto _ : run)
        r = explore(system, {.jobs = static_cast<std::size_t>(run.range(0))});
    const auto total = [](std::uint64_t count) {
        return benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsIterationInvariantRate);
    };
    run.counters["states"] = static_cast<double>(r.states);
    run.counters["states/s"] = total(r.states);
    run.counters["transitions/s"] = total(r.transitions);
    run.counters["bytes/state"] = static_cast<double>(r.memory_bytes) / static_cast<double>(r.states);
}

void explore_bandwidth_sketch(benchmark::State& run) { explore_all(run, bandwidth_sketch({.cpus = 4})); }
BENCHMARK(explore_bandwidth_sketch)->ArgName("jobs")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void explore_whole_bandwidth_sketch(benchmark::State& run) { explore_all(run, bandwidth_sketch({.cpus = 6})); }
BENCHMARK(explore_whole_bandwidth_sketch)
    ->ArgName("jobs")
    ->Arg(1)
    ->Arg(2)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void explore_counter_lattice(benchmark::State& run) { explore_all(run, counter_lattice(7, 7)); }
BENCHMARK(explore_counter_lattice)->ArgName("jobs")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
