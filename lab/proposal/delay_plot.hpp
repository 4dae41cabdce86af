// The distribution of delays as a picture: for a terminal, and as SVG.
#pragma once

#include "lab/proposal/delays.hpp"

#include <string>
#include <vector>

namespace bwcheck::lab {

/// One kernel's delays.
struct delay_series {
    std::string kernel;
    delay_sample sample;
};

/// A line for each twentieth of the period, and one for what is later.
[[nodiscard]] std::string delay_histogram(const delay_sample& sample, const delay_plan& plan);

/// For all kernels, the share of writes after which the task had executed within a time.
[[nodiscard]] std::string delay_svg(const std::vector<delay_series>& all, const delay_plan& plan);

} // namespace bwcheck::lab
