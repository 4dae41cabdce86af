#include "solver/premises.hpp"

#include "solver/induction.hpp"

#include <algorithm>
#include <array>

namespace bwcheck::solver {

namespace {

template <class... Property>
std::array<std::size_t, sizeof...(Property)> numbers_of(const std::tuple<Property...>* /*types*/) {
    return {properties::number_of<Property>...};
}

template <invariant Part>
bool is_about(std::size_t property) {
    const auto parts = numbers_of(static_cast<const parts_of<Part>*>(nullptr));
    return std::find(parts.begin(), parts.end(), property) != parts.end();
}

} // namespace

std::vector<std::size_t> rests_on(std::size_t property) {
    const auto marks = numbers_of(static_cast<const conjuncts_of<invariant::marks_and_list>*>(nullptr));
    std::vector<std::size_t> all(marks.begin(), marks.end());
    if (is_about<invariant::marks_and_list>(property))
        return all;
    if (!is_about<invariant::numbers_bounded>(property))
        return {};
    const auto numbers = numbers_of(static_cast<const conjuncts_of<invariant::numbers_bounded>*>(nullptr));
    all.insert(all.end(), numbers.begin(), numbers.end());
    return all;
}

std::vector<std::string_view> assumed_for(std::size_t property) {
    if (!rests_on(property).empty())
        return {"up to 4 CPUs", "the other CPUs online and limited", "times and debts below 2^61 ns",
                "a snapshot that equals the pool", "callbacks without stalls"};
    if (property == properties::number_of<properties::guard_decides>)
        return {"a configuration that one accepted write leaves"};
    if (property == properties::number_of<properties::distribute_no_wrap>)
        return {"1 CPU", "a quota of 1 ms or none, and no burst", "a pool below 9.1 * 10^18 ns",
                "times and debts below 2^61 ns"};
    return {"1 CPU that is not throttled", "a configuration that one accepted write leaves, doubled up to 10 times",
            "a pool below 9.1 * 10^18 ns", "timers that are not late", "counters from 0"};
}

} // namespace bwcheck::solver
