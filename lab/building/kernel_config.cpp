#include "lab/building/kernel_config.hpp"

#include <array>
#include <string>

namespace bwcheck::lab {

std::vector<std::string_view> missing_from(std::string_view config) {
    constexpr std::array<std::string_view, 6> indispensable{"CONFIG_CFS_BANDWIDTH=y",  "CONFIG_HIGH_RES_TIMERS=y",
                                                            "CONFIG_BLK_DEV_INITRD=y", "CONFIG_BINFMT_ELF=y",
                                                            "CONFIG_PROC_FS=y",        "CONFIG_NULL_CHAN=y"};
    std::vector<std::string_view> missing;
    const std::string text = "\n" + std::string(config);
    for (const std::string_view line : indispensable)
        if (text.find("\n" + std::string(line) + "\n") == std::string::npos)
            missing.push_back(line);
    return missing;
}

} // namespace bwcheck::lab
