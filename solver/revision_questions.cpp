#include "solver/revision_questions.hpp"

#include "solver/guards.hpp"
#include "solver/questions.hpp"
#include "solver/step_questions.hpp"

#include <utility>

namespace bwcheck::solver {

namespace {

/// One for each event of a CPU.
template <invariant Inv, std::size_t... Number>
void add_cpu_steps(std::vector<asked_question>& all, std::index_sequence<Number...> /*events*/) {
    const auto add = [&all]<std::size_t Each>() {
        constexpr model::event_info kind = model::event_infos[Each];
        if constexpr (kind.by == model::event_actor::cpu) {
            all.push_back(asked_of<question_cpu_step<Inv, kind.kind>>());
            all.back().name = kind.name;
        }
    };
    (add.template operator()<Number>(), ...);
}

/// The proof by induction of one invariant: where it begins, and every step.
template <invariant Inv>
std::vector<asked_question> induction_over() {
    std::vector<asked_question> all{asked_of<question_write_step<Inv>>(),      asked_of<question_period_step<Inv>>(),
                                    asked_of<question_distribute_step<Inv>>(), asked_of<question_ipi_step<Inv>>(),
                                    asked_of<question_slack_step<Inv>>(),      asked_of<question_write_cpu_step<Inv>>(),
                                    asked_of<question_initial<Inv>>()};
    add_cpu_steps<Inv>(all, std::make_index_sequence<model::event_infos.size()>{});
    for (asked_question& each : all)
        each.inductive = true;
    return all;
}

inquirable asking(const asked_question& question) {
    return {question.about, [question](const model::revision& revision, const inquiry_limits& limits) {
                return inquire(question, revision, limits);
            }};
}

/// What was doubled by mistake is refuted where it can be; a proof of it takes long, and is only tried otherwise.
inquirable doubting(const asked_question& question) {
    return {question.about, [question](const model::revision& revision, const inquiry_limits& limits) {
                return inquire_quickly(question, revision, limits.most_writes, limits);
            }};
}

} // namespace

std::vector<inquirable> all_questions() {
    std::vector<inquirable> all;
    all.push_back(doubting(asked_of<question_write_when_doubled>()));
    all.back().takes_runtime_file = true;
    all.push_back({{properties::guard_decides::info.id}, &inquire_guards});
    for (const asked_question& step : induction_over<invariant::numbers_bounded>())
        all.push_back(asking(step));
    all.push_back(asking(asked_of<question_write>()));
    all.push_back(asking(asked_of<question_scaling>()));
    all.push_back(asking(asked_of<question_stored>()));
    all.push_back(asking(asked_of<question_refill>()));
    all.push_back(doubting(asked_of<question_refill_when_doubled>()));
    all.push_back(asking(asked_of<question_ratio>()));
    all.push_back(asking(asked_of<question_distribute>()));
    for (const asked_question& step : induction_over<invariant::marks_and_list>())
        all.push_back(asking(step));
    return all;
}

} // namespace bwcheck::solver
