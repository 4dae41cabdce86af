#include "explorer/exploration.hpp"

namespace bwcheck::explorer {

std::string_view to_string(verdict value) {
    switch (value) {
    case verdict::holds:
        return "holds";
    case verdict::violated:
        return "violated";
    case verdict::inconclusive:
        break;
    }
    return "inconclusive";
}

} // namespace bwcheck::explorer
