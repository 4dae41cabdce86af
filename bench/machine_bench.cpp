// How fast the kernel's machine is explored: one part of the default scope, judged by the whole catalogue and not at
// all.
#include "explorer/bandwidth_system.hpp"
#include "explorer/breadth_first.hpp"
#include "model/revisions/registry.hpp"

#include <benchmark/benchmark.h>

namespace bwcheck::explorer {
namespace {

void explore_pool(benchmark::State& state) {
    const model::scope scope = model::parse_scope(model::named_scope_text("default"), "default");
    const properties::property_set selected = state.range(1) != 0 ? properties::all_properties : 0;
    const bandwidth_system system(*model::revision_named("cpu-max-runtime-v1").over_plain, scope.parts.front(),
                                  selected);
    options options;
    options.jobs = static_cast<std::size_t>(state.range(0));
    double states = 0;
    double transitions = 0;
    double bytes = 0;
    for (auto iteration : state) {
        const auto result = explore(system, options);
        states += static_cast<double>(result.states);
        transitions += static_cast<double>(result.transitions);
        bytes = static_cast<double>(result.memory_bytes) / static_cast<double>(result.states);
    }
    state.counters["states/s"] = benchmark::Counter(states, benchmark::Counter::kIsRate);
    state.counters["transitions/s"] = benchmark::Counter(transitions, benchmark::Counter::kIsRate);
    state.counters["bytes/state"] = bytes;
}

BENCHMARK(explore_pool)
    ->ArgNames({"jobs", "judged"})
    ->ArgsProduct({{1, 2}, {0, 1}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

} // namespace
} // namespace bwcheck::explorer
