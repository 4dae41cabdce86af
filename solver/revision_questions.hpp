// The list of questions, for one revision. Adding one is one line here.
#pragma once

#include "solver/guards.hpp"
#include "solver/inquiry.hpp"
#include "solver/questions.hpp"
#include "solver/step_questions.hpp"

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace bwcheck::solver {

/// Something to ask, and which properties the answer is about.
struct inquirable {
    std::vector<std::string_view> properties;
    std::function<inquiry(const inquiry_limits&)> ask;
};

/// The proof by induction of one invariant: where it begins, and every step.
template <class Revision, invariant Inv>
[[nodiscard]] std::vector<asked_question> induction_over() {
    using model::event_kind;
    std::vector<asked_question> all{
        asked_of<Revision, question_write_step<Inv>>(),      asked_of<Revision, question_period_step<Inv>>(),
        asked_of<Revision, question_distribute_step<Inv>>(), asked_of<Revision, question_ipi_step<Inv>>(),
        asked_of<Revision, question_slack_step<Inv>>(),      asked_of<Revision, question_write_cpu_step<Inv>>(),
        asked_of<Revision, question_initial<Inv>>()};
    const auto add = [&all]<event_kind Kind>() {
        all.push_back(asked_of<Revision, question_cpu_step<Inv, Kind>>());
        all.back().name = to_string(Kind);
    };
    add.template operator()<event_kind::wake>();
    add.template operator()<event_kind::sleep>();
    add.template operator()<event_kind::charge>();
    add.template operator()<event_kind::exit_to_user>();
    add.template operator()<event_kind::offline>();
    add.template operator()<event_kind::online>();
    for (asked_question& each : all)
        each.inductive = true;
    return all;
}

/// The long ones first, so that threads end together.
template <class Revision>
[[nodiscard]] std::vector<inquirable> all_questions() {
    std::vector<inquirable> all;
    const auto add = [&all](const asked_question& question, std::vector<std::string_view> about) {
        all.push_back(
            {std::move(about), [question](const inquiry_limits& limits) { return inquire(question, limits); }});
    };
    // What was doubled by mistake is refuted where it can be; a proof of it takes long, and is only tried otherwise.
    const auto add_doubtful = [&all](const asked_question& question, std::vector<std::string_view> about) {
        all.push_back({std::move(about), [question](const inquiry_limits& limits) {
                           return inquire_quickly(question, limits.most_writes, limits);
                       }});
    };
    if constexpr (model::kernel<Revision, model::plain>::cpu_max_runtime != model::runtime_interface::none)
        add_doubtful(asked_of<Revision, question_write_when_doubled>(), {"validation-no-wrap"});
    all.push_back({{"guard-decides"},
                   [](const inquiry_limits& limits) { return inquire_guards(&guard_question_of<Revision>, limits); }});
    for (const asked_question& step : induction_over<Revision, invariant::numbers_bounded>())
        add(step, {"configuration-in-range", "timer-runs-while-throttled", "pool-and-locals-bounded", "conservation"});
    add(asked_of<Revision, question_write>(),
        {"validation-no-wrap", "conversion-no-wrap", "accepted-cap-fits", "runtime-write-bound", "read-back-exact",
         "write-sets-runtime", "rejected-write-changes-nothing"});
    add(asked_of<Revision, question_scaling>(), {"scaling-no-wrap", "scaling-keeps-ratio"});
    add(asked_of<Revision, question_stored>(), {"stored-config-valid", "configuration-in-range"});
    add(asked_of<Revision, question_refill>(), {"refill-no-wrap", "refill-exact", "runtime-capped-at-refill"});
    add_doubtful(asked_of<Revision, question_refill_when_doubled>(), {"refill-no-wrap"});
    add(asked_of<Revision, question_ratio>(), {"ratio-no-wrap"});
    add(asked_of<Revision, question_distribute>(), {"distribute-no-wrap", "conservation", "append-leaves-pool-empty"});
    for (const asked_question& step : induction_over<Revision, invariant::marks_and_list>())
        add(step, {"marks-consistent", "throttled-iff-listed", "throttled-in-debt", "period-in-range",
                   "locals-within-slice", "append-leaves-pool-empty"});
    return all;
}

} // namespace bwcheck::solver
