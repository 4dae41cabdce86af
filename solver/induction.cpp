#include "solver/induction.hpp"

#include <algorithm>

namespace bwcheck::solver {

namespace {

template <class... Property>
std::vector<std::string_view> ids_of(const std::tuple<Property...>* /*types*/) {
    return {Property::info.id...};
}

template <invariant Part>
bool is_about(std::string_view property) {
    const auto ids = ids_of(static_cast<const parts_of<Part>*>(nullptr));
    return std::find(ids.begin(), ids.end(), property) != ids.end();
}

} // namespace

std::vector<std::string_view> rests_on(std::string_view property) {
    std::vector<std::string_view> all = ids_of(static_cast<const conjuncts_of<invariant::marks_and_list>*>(nullptr));
    if (is_about<invariant::marks_and_list>(property))
        return all;
    if (!is_about<invariant::numbers_bounded>(property))
        return {};
    const auto numbers = ids_of(static_cast<const conjuncts_of<invariant::numbers_bounded>*>(nullptr));
    all.insert(all.end(), numbers.begin(), numbers.end());
    return all;
}

} // namespace bwcheck::solver
