#include "properties/wraps.hpp"

namespace bwcheck::properties {

std::string_view property_of(const model::wrap& finding) {
    const std::string_view file = finding.where.file_name();
    const std::string_view function = finding.where.function_name();
    const auto stands_in = [&](std::string_view name) { return file.find(name) != std::string_view::npos; };
    if (function.find("to_ratio") != std::string_view::npos)
        return "ratio-no-wrap";
    if (function.find("assign_cfs_rq_runtime") != std::string_view::npos ||
        function.find("account_cfs_rq_runtime") != std::string_view::npos)
        return "distribute-no-wrap";
    if (stands_in("interface/") || stands_in("revisions/"))
        return "validation-no-wrap";
    if (stands_in("fair/refill"))
        return "refill-no-wrap";
    if (function.find("do_sched_cfs_period_timer") != std::string_view::npos)
        return "statistics-no-wrap";
    if (stands_in("fair/period_timer") || stands_in("fair/timers"))
        return "scaling-no-wrap";
    return "distribute-no-wrap";
}

} // namespace bwcheck::properties
