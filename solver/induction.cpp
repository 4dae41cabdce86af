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

} // namespace bwcheck::solver
