#include "cli/lab/comparison.hpp"

namespace bwcheck::cli {

exit_status status_of(const lab_comparison& all) {
    bool open = false;
    bool differs = false;
    if (all.interface)
        for (const lab::disagreement& each : all.interface->disagreements)
            (each.reproduced ? differs : open) = true;
    if (all.behaviour) {
        for (const lab::scenario_result& each : all.behaviour->scenarios)
            if (!each.agrees())
                (each.confirmed && !all.behaviour->host_was_busy() ? differs : open) = true;
    }
    if (all.exact)
        for (const lab::exact_result& each : all.exact->scenarios)
            differs = differs || !each.agrees();
    if (differs)
        return exit_status::violated;
    return open ? exit_status::inconclusive : exit_status::success;
}

} // namespace bwcheck::cli
