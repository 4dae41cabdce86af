// The list of questions, for one revision. Adding one is one line here.
#pragma once

#include "solver/inquiry.hpp"
#include "solver/questions.hpp"

#include <vector>

namespace bwcheck::solver {

/// The long ones first, so that threads end together.
template <class Revision>
[[nodiscard]] std::vector<asked_question> all_questions() {
    std::vector<asked_question> all{
        asked_of<Revision, question_stored>(),  asked_of<Revision, question_write>(),
        asked_of<Revision, question_scaling>(), asked_of<Revision, question_refill>(),
        asked_of<Revision, question_ratio>(),   asked_of<Revision, question_distribute>(),
    };
    if constexpr (model::kernel<Revision, model::plain>::cpu_max_runtime != model::runtime_interface::none)
        all.insert(all.begin(), asked_of<Revision, question_write_when_doubled>());
    return all;
}

} // namespace bwcheck::solver
