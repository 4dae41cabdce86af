#include "lab/building/kernel_additions.hpp"

#include "lab/lab_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace bwcheck::lab {

namespace {

constexpr std::string_view time_source = "arch/um/kernel/time.c";

} // namespace

const std::vector<kernel_addition>& kernel_additions() {
    static const std::vector<kernel_addition> all{
        {"arch/um/kernel/bwcheck_clock.c", detail::virtual_clock_source()},
        {time_source, "\n#include \"bwcheck_clock.c\"\n", true},
        {"arch/um/include/asm/delay.h",
         "\n/* bwcheck: see arch/um/kernel/bwcheck_clock.c */\n"
         "#ifdef CONFIG_UML_TIME_TRAVEL_SUPPORT\n"
         "extern void bwcheck_udelay(unsigned long usecs);\n"
         "#define um_udelay(usecs) bwcheck_udelay(usecs)\n"
         "#endif\n",
         true},
        {"kernel/sched/bwcheck_lab.c", detail::lab_files_source()},
        {"kernel/sched/Makefile", "\nobj-$(CONFIG_UML_TIME_TRAVEL_SUPPORT) += bwcheck_lab.o\n", true},
    };
    return all;
}

bool can_have_virtual_time(const source_tree& tree) {
    return text_of(tree.path / time_source).find("TT_MODE_INFCPU") != std::string::npos &&
           std::ranges::all_of(kernel_additions(), [&](const kernel_addition& each) {
               return !each.at_the_end || std::filesystem::exists(tree.path / each.file);
           });
}

void add_virtual_time(const std::filesystem::path& copy) {
    for (const kernel_addition& each : kernel_additions()) {
        if (each.at_the_end)
            unshare_file(copy, each.file);
        std::ofstream out(copy / each.file, std::ios::binary | std::ios::app);
        out << each.text;
        out.close();
        if (!out)
            throw lab_error(fmt::format("{}: cannot be written", (copy / each.file).string()));
    }
}

} // namespace bwcheck::lab
