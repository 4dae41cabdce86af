// The catalogue over machine integers, which all that sets a machine in motion asks: compiled here once, and not
// wherever it is asked.
#include "properties/explain.hpp"
#include "properties/history_advance.hpp"
#include "properties/judge.hpp"
#include "properties/survey.hpp"

namespace bwcheck::properties {

using model::plain;

template judgement judge_transition(const transition<plain>&, property_set, measurements&);
template judgement judge_state(const situation<plain>&, property_set, measurements&);
template property_set operations_tested(const transition<plain>&);
template survey_result ask_survey(std::size_t, const model::kernel_table<plain>&, const model::scope_part&);
template std::string explain(std::size_t, const transition<plain>&);
template std::string explain(std::size_t, const situation<plain>&);
template history_over<plain> first_history(unsigned, const model::task_group<plain>&, const model::scope_part&);
template void advance_history(history_over<plain>&, unsigned, const model::task_group<plain>&, const model::event&,
                              const model::write_request<plain>*, model::status, const model::task_group<plain>&,
                              const model::scope_part&);

} // namespace bwcheck::properties
