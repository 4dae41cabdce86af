// The list of questions, for one revision. Adding one is one line here.
#pragma once

#include "solver/guards.hpp"
#include "solver/inquiry.hpp"
#include "solver/questions.hpp"

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

/// The long ones first, so that threads end together.
template <class Revision>
[[nodiscard]] std::vector<inquirable> all_questions() {
    std::vector<inquirable> all;
    const auto add = [&all](const asked_question& question, std::vector<std::string_view> about) {
        all.push_back(
            {std::move(about), [question](const inquiry_limits& limits) { return inquire(question, limits); }});
    };
    if constexpr (model::kernel<Revision, model::plain>::cpu_max_runtime != model::runtime_interface::none)
        add(asked_of<Revision, question_write_when_doubled>(), {"validation-no-wrap"});
    all.push_back({{"guard-decides"},
                   [](const inquiry_limits& limits) { return inquire_guards(&guard_question_of<Revision>, limits); }});
    add(asked_of<Revision, question_write>(),
        {"validation-no-wrap", "conversion-no-wrap", "accepted-cap-fits", "runtime-write-bound", "read-back-exact",
         "write-sets-runtime", "rejected-write-changes-nothing"});
    add(asked_of<Revision, question_scaling>(), {"scaling-no-wrap", "scaling-keeps-ratio"});
    add(asked_of<Revision, question_stored>(), {"stored-config-valid"});
    add(asked_of<Revision, question_refill>(), {"refill-no-wrap", "refill-exact", "runtime-capped-at-refill"});
    add(asked_of<Revision, question_refill_when_doubled>(), {"refill-no-wrap"});
    add(asked_of<Revision, question_ratio>(), {"ratio-no-wrap"});
    add(asked_of<Revision, question_distribute>(), {"distribute-no-wrap", "conservation", "append-leaves-pool-empty"});
    return all;
}

} // namespace bwcheck::solver
