// guard-decides, for all inputs: which check of a validation is the only one to reject something, and which is implied
// by others.
//
// A check is taken out, and what is accepted then is written again with the check in place. If no input tells the two
// apart, the check is redundant; the checks that imply it are found by taking out the others, one after the other, as
// long as it stays so.
#pragma once

#include "solver/inquiry.hpp"

#include <cstdint>
#include <functional>

namespace bwcheck::solver {

/// "Is `which` the only one to reject some write, in a validation without `left_out`?" Refuting it is finding such a
/// write. Bits of checks are by model::guard.
struct guard_question {
    asked_question question;
    std::shared_ptr<std::uint32_t> asked; ///< the checks that were come across
};
using make_guard_question = std::function<guard_question(model::guard which, std::uint32_t left_out)>;

/// A revision whose accepted writes store the configuration and do nothing else. What comes after a validation does not
/// matter here, and with most checks taken out it is hard to reason about.
template <class Revision, model::arithmetic Num>
struct validating_kernel : Revision::template functions<Num, validating_kernel<Revision, Num>> {
    using revision = Revision;
    using num = Num;
    using u64 = typename Num::u64;
    using frame = model::interface::write_frame<Num>;

    static void set_cfs_bandwidth(model::task_group<Num>& tg, frame& f, const u64& period, const u64& quota,
                                  const u64& burst) {
        tg.cfs_bandwidth.period = period;
        tg.cfs_bandwidth.quota = quota;
        tg.cfs_bandwidth.burst = burst;
        f.next = frame::at::done;
    }
    static void after_runtime_write(model::task_group<Num>& /*tg*/, frame& f) { f.next = frame::at::done; }
};

namespace detail {

template <class Kernel, class Inputs>
findings ask_guard(Inputs& in, const beginning& how, model::guard which, std::uint32_t left_out, std::uint32_t& asked) {
    scene<Kernel, Inputs> at(in);
    at.begin_configured(how);
    const auto request = at.any_request("the write");
    model::step_log<typename Kernel::num> with_it;
    with_it.leave_out_all(left_out);
    auto checked = at.tg;
    checked.log = &with_it;
    at.log.leave_out_all(left_out | (std::uint32_t{1} << static_cast<unsigned>(which)));
    if (at.write(request) != model::status::ok)
        in.abandon();
    const model::status result = model::machine<Kernel>::apply(checked, {.kind = model::event_kind::write}, &request);
    asked |= with_it.asked();
    return {{"guard-decides", verdict_here::of(result == model::status::ok), ""}};
}

} // namespace detail

template <class Revision>
[[nodiscard]] guard_question guard_question_of(model::guard which, std::uint32_t left_out) {
    auto asked = std::make_shared<std::uint32_t>(0);
    return {{"guards", "",
             [=](symbolic_inputs& in, const beginning& how) {
                 return detail::ask_guard<validating_kernel<Revision, symbolic>>(in, how, which, left_out, *asked);
             },
             [=](given_inputs<model::plain>& in, const beginning& how) {
                 return detail::ask_guard<validating_kernel<Revision, model::plain>>(in, how, which, left_out, *asked);
             },
             [=](given_inputs<model::checked>& in, const beginning& how) {
                 return detail::ask_guard<validating_kernel<Revision, model::checked>>(in, how, which, left_out,
                                                                                       *asked);
             }},
            asked};
}

/// Asks about every check. The property is refuted if one is redundant; the reason names them all, with what implies
/// them.
[[nodiscard]] inquiry inquire_guards(const make_guard_question& make, const inquiry_limits& limits);

} // namespace bwcheck::solver
