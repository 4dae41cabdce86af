// What the exit status of bwcheck means; scripts and CI rely on it.
#pragma once

namespace bwcheck::cli {

enum class exit_status : int {
    success = 0,      ///< all hold; of replay: the violation does not happen
    usage = 1,        ///< wrong usage or input
    inconclusive = 5, ///< nothing is violated, but something is open; of replay: the trace does not apply
    internal = 6,     ///< an error in bwcheck, or nobody takes its output
    violated = 10,    ///< something is violated; of replay: the violation happens
};

} // namespace bwcheck::cli
