// For tests with a case for each revision: GoogleTest's names have neither dashes nor dots.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace bwcheck::random {

/// "cpu_max_runtime_v1", "linux_6_1".
[[nodiscard]] inline std::string revision_test_name(const testing::TestParamInfo<std::string>& revision) {
    std::string name = revision.param;
    std::replace_if(
        name.begin(), name.end(), [](char one) { return one == '-' || one == '.'; }, '_');
    return name;
}

} // namespace bwcheck::random
