#include "explorer/paired_system.hpp"

#include "explorer/breadth_first.hpp"
#include "properties/judged_setup.hpp"
#include "properties/wraps.hpp"

#include <algorithm>
#include <stdexcept>
#include <type_traits>

namespace bwcheck::explorer {

namespace {

/// Whether two machines are the same to whoever looks at what both have: when runtime expires is looked at only where
/// it expires on both.
bool look_the_same(const model::task_group<model::plain>& a, const model::task_group<model::plain>& b) {
    if (a.runtime_expires == b.runtime_expires)
        return same_state(a, b) && same_statistics(a, b);
    model::task_group<model::plain> lasting = a.runtime_expires ? a : b;
    lasting.runtime_expires = false;
    const auto& other = a.runtime_expires ? b : a;
    return same_state(other, lasting) && same_statistics(other, lasting);
}

/// The same machine over numbers that notice when they wrap. `values` is room for its fields.
void copy_fields(const model::task_group<model::plain>& from, model::task_group<model::checked>& into,
                 std::vector<std::uint64_t>& values) {
    into.nr_cpus = from.nr_cpus;
    into.runtime_expires = from.runtime_expires;
    values.clear();
    const auto take = [&]<class Member>(model::field, model::cpu_id, const Member& member) {
        if constexpr (std::is_integral_v<Member>)
            values.push_back(static_cast<std::uint64_t>(member));
        else
            for (int position = 0; position < member.size(); ++position)
                into.cfs_bandwidth.throttled_cfs_rq.push_back(member[position]);
    };
    std::size_t next = 0;
    const auto give = [&]<class Member>(model::field, model::cpu_id, Member& member) {
        if constexpr (std::is_same_v<Member, bool>)
            member = values[next++] != 0;
        else if constexpr (requires { member.value(); })
            member = static_cast<std::remove_cvref_t<decltype(member.value())>>(values[next++]);
    };
    visit_fields(take, from);
    visit_statistics(take, from);
    visit_fields(give, into);
    visit_statistics(give, into);
}

} // namespace

model::scope_part with_histories_for(const model::scope_part& part, property_set watched) {
    unsigned needed = 0;
    properties::for_each_of(watched & ((property_set{1} << properties::catalogue_size) - 1),
                            [&](std::size_t property) { needed |= properties::catalogue_infos[property].needs; });
    model::scope_part less = part;
    std::erase_if(less.histories, [&](const std::string& name) {
        return (properties::history_from_string(name).value_or(properties::history_none) & needed) == 0;
    });
    return less;
}

bool place::reached_in(const model::step_log<model::plain>& log) const {
    if (!step)
        return log.was_reached(branch);
    return std::any_of(log.records().begin(), log.records().end(),
                       [&](const auto& record) { return record.function == *step; });
}

paired_system::paired_system(const model::kernel_table<model::plain>& first,
                             const model::kernel_table<model::plain>* second, const model::scope_part& part,
                             pair_question asked, property_set watched, bool lone_writes)
    : asked_(asked), lone_writes_(lone_writes), first_(first, with_histories_for(part, watched), watched) {
    if (second != nullptr)
        second_.emplace(*second, first_.judged().part(), watched);
    properties::for_each_of(first_.judged().selected(), [&](std::size_t property) { watched_.push_back(property); });
    if (watched_.size() > most_watched)
        throw std::invalid_argument("bwcheck: too many properties are watched at once");
    all_settled_ =
        asked == pair_question::difference || asked == pair_question::place ? 1 : bits_of(first_.judged().selected());

    const auto begin = [](const bandwidth_system& one, machine::state& into, properties::judged_setup& setup) {
        static thread_local model::step_log<model::plain> log;
        properties::measurements measured;
        into = properties::begin_judged(one.judged(), log, measured, setup);
        return setup.said.broken | one.judged().judge(one.judged().situation_of(into), measured).broken;
    };
    properties::judged_setup on_first;
    properties::judged_setup on_second;
    const property_set broken = begin(first_, initial_.first, on_first);
    const property_set broken_there = second_ ? begin(*second_, initial_.second, on_second) : 0;
    if (asked_ == pair_question::difference) {
        const bool same = on_first.results == on_second.results && look_the_same(initial_.first.tg, initial_.second.tg);
        broken_by_setup_ = same ? 0 : 1;
        initial_.settled = same ? 0 : 1;
    } else {
        broken_by_setup_ = broken & ~broken_there;
        if (asked_ == pair_question::wrong_on_first_only)
            initial_.settled = bits_of(broken | broken_there);
    }
}

void paired_system::watch_wraps(const model::kernel_table<model::checked>& kernel, property_set watched) {
    const model::scope_part& part = first_.judged().part();
    noticing& made = noticing_.emplace();
    made.kernel = &kernel;
    made.constants = model::constants_over<model::checked>(part.constants);
    for (const model::scope_write& write : part.writes)
        made.writes.push_back(model::request_of(kernel, write.file, write.text));
    for (std::size_t property = 0; property < properties::catalogue_size; ++property)
        if (properties::contains(watched, property) &&
            properties::catalogue_infos[property].kind == properties::property_kind::operation)
            watched_.push_back(property);
    if (watched_.size() > most_watched)
        throw std::invalid_argument("bwcheck: too many properties are watched at once");
    all_settled_ = watched_.size() == most_watched ? ~std::uint64_t{0} : (std::uint64_t{1} << watched_.size()) - 1;
}

property_set paired_system::wrapped_in(const machine::state& from, const model::event& happening) const {
    static thread_local model::step_log<model::checked> log;
    static thread_local std::vector<std::uint64_t> values;
    model::task_group<model::checked> tg;
    tg.kernel = noticing_->kernel;
    tg.constants = &noticing_->constants;
    tg.log = &log;
    copy_fields(from.tg, tg, values);
    static_cast<void>(model::take_wraps());
    static_cast<void>(tg.kernel->apply(
        tg, happening, happening.kind == model::event_kind::write ? &noticing_->writes[happening.index] : nullptr));
    property_set broken = 0;
    for (const model::wrap& wrap : model::take_wraps())
        broken |= properties::only(properties::property_of_wrap(wrap.where));
    return broken;
}

std::size_t paired_system::packed_words() const {
    return first_.packed_words() + (second_ ? second_->packed_words() : 0) + 1;
}

bool paired_system::pack(const state& from, word* words) const {
    if (!first_.pack(from.first, words))
        return false;
    words += first_.packed_words();
    if (second_ && !second_->pack(from.second, words))
        return false;
    words[second_ ? second_->packed_words() : 0] = from.settled;
    return true;
}

void paired_system::unpack(const word* words, state& into) const {
    first_.unpack(words, into.first);
    words += first_.packed_words();
    if (second_) {
        second_->unpack(words, into.second);
        words += second_->packed_words();
    }
    into.settled = *words;
}

bool paired_system::may_be_alone(const model::event& happening) const {
    if (asked_ == pair_question::difference)
        return false;
    switch (happening.kind) {
    case model::event_kind::write:
        return lone_writes_;
    case model::event_kind::charge:
    case model::event_kind::exit_to_user:
    case model::event_kind::period_timer:
    case model::event_kind::slack_timer:
        return true;
    default:
        return false;
    }
}

property_set paired_system::broken_in(const bandwidth_system& one, const machine::state& from,
                                      const model::event& happening, machine::state& next, model::status& result) {
    const machine& judged = one.judged();
    result = judged.apply(from, happening, next);
    properties::measurements discarded;
    return judged.judge(judged.transition_of(from, happening, result, next), discarded).broken |
           judged.judge(judged.situation_of(next), discarded).broken;
}

std::uint64_t paired_system::bits_of(property_set broken) const {
    std::uint64_t bits = 0;
    for (std::size_t number = 0; number < watched_.size(); ++number)
        if (properties::contains(broken, watched_[number]))
            bits |= std::uint64_t{1} << number;
    return bits;
}

property_set paired_system::set_of(std::uint64_t bits) const {
    property_set some = 0;
    for (std::size_t number = 0; number < watched_.size(); ++number)
        if (((bits >> number) & 1U) != 0)
            some |= properties::only(watched_[number]);
    return some;
}

findings paired_system::happen(const state& from, const event& happening, state& next, tally& counts) const {
    property_set broken = 0;
    property_set broken_there = 0;
    model::status result = model::status::ok;
    model::status result_there = model::status::ok;
    // What the first says of its steps is asked before the second makes others.
    if (happening.on_first)
        broken = broken_in(first_, from.first, happening.happening, next.first, result);
    if (asked_ == pair_question::place) {
        const bool reached = wanted_.reached_in(*next.first.tg.log);
        next.settled = reached ? 1 : 0;
        return {.triggered = 1, .violated = reached ? property_set{1} : property_set{0}};
    }
    if (noticing_)
        broken |= wrapped_in(from.first, happening.happening);
    if (second_ && happening.on_second)
        broken_there = broken_in(*second_, from.second, happening.happening, next.second, result_there);

    if (asked_ == pair_question::difference) {
        const bool same = result == result_there && look_the_same(next.first.tg, next.second.tg);
        next.settled = same ? 0 : 1;
        return {.triggered = 1, .violated = same ? property_set{0} : property_set{1}};
    }
    const std::uint64_t bits = bits_of(broken);
    next.settled = from.settled | bits | bits_of(broken_there);
    if (asked_ == pair_question::consequences) {
        for (std::size_t p = 0; p < watched_.size(); ++p)
            if (((next.settled >> p) & 1U) == 0)
                counts.without[p] |= bits;
        counts.broken |= bits;
        return {.triggered = broken, .violated = 0};
    }
    return {.triggered = broken, .violated = set_of(bits & ~(from.settled | bits_of(broken_there)))};
}

result<paired_system> explore_pairs(const paired_system& pairs, const options& how) { return explore(pairs, how); }

} // namespace bwcheck::explorer
