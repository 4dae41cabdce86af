#include "verdicts/verdict.hpp"

namespace bwcheck::verdicts {

std::string_view to_string(verdict value) {
    switch (value) {
    case verdict::holds:
        return "holds";
    case verdict::violated:
        return "violated";
    case verdict::yes:
        return "yes";
    case verdict::no:
        return "no";
    case verdict::measured:
        return "measured";
    case verdict::inconclusive:
        break;
    }
    return "inconclusive";
}

std::optional<verdict> verdict_from_string(std::string_view name) {
    for (const verdict each : all_verdicts)
        if (to_string(each) == name)
            return each;
    return std::nullopt;
}

} // namespace bwcheck::verdicts
