// How long the prover takes for the arithmetic rows of a revision, and where the time goes: `prover_bench` prints a
// line for each revision and number of jobs; with `--obligations`, each obligation of one run as comma-separated
// values.
#include "model/revisions/registry.hpp"
#include "solver/proof.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

namespace bwcheck::solver {
namespace {

constexpr std::array<std::string_view, 13> arithmetic_rows{
    "validation-no-wrap", "conversion-no-wrap",  "accepted-cap-fits",  "runtime-write-bound", "guard-decides",
    "refill-no-wrap",     "refill-exact",        "distribute-no-wrap", "scaling-no-wrap",     "scaling-keeps-ratio",
    "ratio-no-wrap",      "stored-config-valid", "read-back-exact"};

verdicts::report prove_rows(std::string_view revision, unsigned jobs) {
    proof_options options;
    options.jobs = jobs;
    options.selected = 0;
    for (const std::string_view id : arithmetic_rows)
        options.selected |= properties::only(id);
    return prove_revision(model::revision_named(revision), options);
}

void prove_arithmetic(benchmark::State& state, const std::string& revision) {
    double paths = 0;
    double obligations = 0;
    double open = 0;
    for (auto iteration : state) {
        const verdicts::report all = prove_rows(revision, static_cast<unsigned>(state.range(0)));
        paths = obligations = open = 0;
        for (const verdicts::question_time& one : all.proof->questions) {
            paths += static_cast<double>(one.paths);
            obligations += static_cast<double>(one.obligations.size());
        }
        for (const verdicts::finding& one : all.findings)
            open += one.verdict == verdicts::verdict::inconclusive ? 1 : 0;
    }
    state.counters["paths"] = paths;
    state.counters["obligations"] = obligations;
    state.counters["inconclusive"] = open;
}

void print_obligations() {
    fmt::print("revision,question,obligation,encoding,milliseconds\n");
    constexpr double ms_a_second = 1000;
    for (const auto& revision : model::revisions()) {
        if (revision.info.id.starts_with("bug-"))
            continue;
        const verdicts::report all = prove_rows(revision.info.id, 1);
        for (const verdicts::question_time& question : all.proof->questions)
            for (const symbolic::obligation_time& one : question.obligations)
                fmt::print("{},{},{},{},{:.2f}\n", revision.info.id, question.question, one.where,
                           one.only_integers ? "integers" : "bit-vectors", one.seconds * ms_a_second);
    }
}

} // namespace
} // namespace bwcheck::solver

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--obligations") {
        bwcheck::solver::print_obligations();
        return 0;
    }
    for (const auto& revision : bwcheck::model::revisions()) {
        if (revision.info.id.starts_with("bug-"))
            continue;
        const std::string id(revision.info.id);
        benchmark::RegisterBenchmark(("arithmetic/" + id).c_str(),
                                     [id](benchmark::State& state) { bwcheck::solver::prove_arithmetic(state, id); })
            ->ArgName("jobs")
            ->Arg(1)
            ->Arg(2)
            ->Iterations(1)
            ->Unit(benchmark::kSecond)
            ->UseRealTime();
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
