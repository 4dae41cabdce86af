#include "symbolic/open_flags.hpp"

#include "symbolic/path_enumerator.hpp"

#include <stdexcept>
#include <utility>

namespace bwcheck::symbolic {

open_flags::number open_flags::add(std::string name) {
    flags_.push_back({std::move(name), std::nullopt});
    return static_cast<number>(flags_.size() - 1);
}

void open_flags::implies(number a, number b, bool b_is) {
    rules_.push_back({a, true, b, b_is});
    rules_.push_back({b, !b_is, a, false});
}

bool open_flags::read(number which) {
    if (const auto known = flags_[which].value)
        return *known;
    const bool may_be = possible(which, true);
    const bool may_not = possible(which, false);
    if (!may_be && !may_not)
        throw std::logic_error("the implications between flags contradict each other");
    const bool value = may_be && may_not ? path_enumerator::current().choose(flags_[which].name, 2) == 1 : may_be;
    set(which, value);
    return value;
}

// Unit propagation. Where it meets no contradiction, rules of two flags each remain satisfiable if they were.
bool open_flags::possible(number which, bool value) const {
    open_flags trial = *this;
    trial.flags_[which].value = value;
    std::vector<number> to_do{which};
    while (!to_do.empty()) {
        const number changed = to_do.back();
        to_do.pop_back();
        for (const rule& each : rules_) {
            if (each.a != changed || trial.flags_[changed].value != each.a_is)
                continue;
            auto& other = trial.flags_[each.b].value;
            if (other == !each.b_is)
                return false;
            if (!other) {
                other = each.b_is;
                to_do.push_back(each.b);
            }
        }
    }
    return true;
}

void open_flags::set(number which, bool value) {
    flags_[which].value = value;
    path_enumerator::current().note(flags_[which].name, value ? 1 : 0);
    for (const rule& each : rules_)
        if (each.a == which && each.a_is == value && !flags_[each.b].value)
            set(each.b, each.b_is);
}

} // namespace bwcheck::symbolic
