#include "verdicts/report.hpp"

#include <algorithm>

namespace bwcheck::verdicts {

const finding* report::find(std::string_view property) const {
    const auto place =
        std::find_if(findings.begin(), findings.end(), [&](const finding& each) { return each.property == property; });
    return place == findings.end() ? nullptr : &*place;
}

} // namespace bwcheck::verdicts
