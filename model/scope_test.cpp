#include "model/scope.hpp"
#include "text/input_error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::model {
namespace {

/// What reading `toml` is refused with; "accepted" if it is not.
std::string refusal(std::string_view toml) {
    try {
        static_cast<void>(parse_scope(toml, "mine.toml"));
    } catch (const text::input_error& error) {
        return error.what();
    }
    return "accepted";
}

/// A scope of one part, with `lines` in it from line 4 on.
std::string part_with(std::string_view lines) {
    return "name = \"mine\"\n[[part]]\nname = \"one\"\n" + std::string(lines) + "\n";
}

scope_part read_part(std::string_view lines) { return parse_scope(part_with(lines), "mine.toml").parts.at(0); }

TEST(parse_scope, keeps_the_kernels_values_where_nothing_is_given) {
    const scope read = parse_scope(part_with(""), "mine.toml");
    EXPECT_EQ(read.name, "mine");
    EXPECT_EQ(read.about, "");
    ASSERT_EQ(read.parts.size(), 1U);
    const scope_part& part = read.parts[0];
    EXPECT_EQ(part.name, "one");
    EXPECT_EQ(part.nr_cpus, 1);
    EXPECT_EQ(part.first_phase, 0U);
    EXPECT_EQ(part.constants.nsec_per_usec, 1000U);
    EXPECT_EQ(part.constants.sched_cfs_bandwidth_slice, 5'000'000U);
    EXPECT_EQ(part.constants.min_cfs_rq_runtime, 1'000'000U);
    EXPECT_EQ(part.constants.max_bw_runtime_us, 17'592'186'044'415U);
    EXPECT_EQ(part.constants.max_usec, 18'446'744'073'709'551U);
    EXPECT_EQ(part.environment.max_stalls, 0);
    EXPECT_FALSE(part.environment.hotplug);
    EXPECT_EQ(part.longest_period, 100'000'000U);
}

TEST(parse_scope, reads_every_key) {
    const scope read = parse_scope(R"(
name = "all"
about = "Everything at once."
[[part]]
name = "first"
cpus = 3
first_phase = 4
setup = ["cpu.max 4 8", "cpu.max.burst 2"]
writes = ["cpu.max.runtime 5", "cpu.max max\n"]
histories = ["latency", "burst"]
[part.constants]
nsec_per_usec = 2
sched_cfs_bandwidth_slice = 3
min_cfs_rq_runtime = 2
min_bandwidth_expiration = 4
cfs_bandwidth_slack_period = 6
default_cfs_period = 12
min_cfs_quota_period = 2
max_cfs_quota_period = 40
max_bw_runtime_us = 50
max_usec = 60
[part.environment]
tick = 2
max_unaccounted = 6
max_in_kernel = 4
max_lateness = 8
max_stalls = 2
hotplug = true
[[part]]
name = "second"
)",
                                   "mine.toml");
    EXPECT_EQ(read.about, "Everything at once.");
    ASSERT_EQ(read.parts.size(), 2U);
    const scope_part& part = read.parts[0];
    EXPECT_EQ(part.nr_cpus, 3);
    EXPECT_EQ(part.first_phase, 4U);
    EXPECT_EQ(part.setup, (std::vector<scope_write>{{file::cpu_max, "4 8"}, {file::cpu_max_burst, "2"}}));
    EXPECT_EQ(part.writes, (std::vector<scope_write>{{file::cpu_max_runtime, "5"}, {file::cpu_max, "max\n"}}));
    EXPECT_EQ(part.histories, (std::vector<std::string>{"latency", "burst"}));
    EXPECT_EQ(part.constants.nsec_per_usec, 2U);
    EXPECT_EQ(part.constants.sched_cfs_bandwidth_slice, 3U);
    EXPECT_EQ(part.constants.min_cfs_rq_runtime, 2U);
    EXPECT_EQ(part.constants.min_bandwidth_expiration, 4U);
    EXPECT_EQ(part.constants.cfs_bandwidth_slack_period, 6U);
    EXPECT_EQ(part.constants.default_cfs_period, 12U);
    EXPECT_EQ(part.constants.min_cfs_quota_period, 2U);
    EXPECT_EQ(part.constants.max_cfs_quota_period, 40U);
    EXPECT_EQ(part.constants.max_bw_runtime_us, 50U);
    EXPECT_EQ(part.constants.max_usec, 60U);
    EXPECT_EQ(part.environment.tick, 2U);
    EXPECT_EQ(part.environment.max_unaccounted, 6U);
    EXPECT_EQ(part.environment.max_in_kernel, 4U);
    EXPECT_EQ(part.environment.max_lateness, 8U);
    EXPECT_EQ(part.environment.max_stalls, 2);
    EXPECT_TRUE(part.environment.hotplug);
    EXPECT_EQ(part.longest_period, 16U);
    EXPECT_EQ(read.parts[1].name, "second");
}

TEST(parse_scope, derives_max_usec_from_the_length_of_a_microsecond) {
    EXPECT_EQ(read_part("[part.constants]\nnsec_per_usec = 10").constants.max_usec, runtime_inf / 10);
}

TEST(parse_scope, charges_a_running_task_after_a_tick_at_the_earliest) {
    EXPECT_EQ(read_part("[part.environment]\ntick = 7").environment.max_unaccounted, 7U);
}

TEST(to_string, says_a_write_as_the_scope_does) {
    EXPECT_EQ(to_string(scope_write{file::cpu_max_burst, "0x10"}), "cpu.max.burst 0x10");
}

constexpr std::string_view small_constants = "[part.constants]\n"
                                             "nsec_per_usec = 1\n"
                                             "default_cfs_period = 6\n"
                                             "min_cfs_quota_period = 2\n"
                                             "max_cfs_quota_period = 24\n"
                                             "max_bw_runtime_us = 40\n";

TEST(longest_period, is_the_longest_that_is_written) {
    const std::string constants(small_constants);
    EXPECT_EQ(read_part(constants).longest_period, 6U);
    EXPECT_EQ(read_part("writes = [\"cpu.max 4 7\"]\nsetup = [\"cpu.max max 9\"]\n" + constants).longest_period, 9U);
    EXPECT_EQ(read_part("writes = [\"cpu.max 4 24\"]\n" + constants).longest_period, 24U);
    // Refused by the kernel, so never in force.
    EXPECT_EQ(read_part("writes = [\"cpu.max 4 25\", \"cpu.max nonsense 8\"]\n" + constants).longest_period, 6U);
}

TEST(longest_period, counts_scaling_if_a_callback_may_pass_four_times) {
    const std::string constants(small_constants);
    EXPECT_EQ(read_part(constants + "[part.environment]\nmax_stalls = 2").longest_period, 6U);
    // 24 would not be below the maximum.
    EXPECT_EQ(read_part(constants + "[part.environment]\nmax_stalls = 3").longest_period, 12U);
    // 11 doubles to 22, further than 6 does.
    EXPECT_EQ(
        read_part("writes = [\"cpu.max 4 11\"]\n" + constants + "[part.environment]\nmax_stalls = 3").longest_period,
        22U);
}

TEST(longest_period, follows_the_wrap_of_kernels_that_multiply_first) {
    // This many us are 799999384 ns modulo 2^64.
    EXPECT_EQ(read_part("writes = [\"cpu.max max 18446744074509551\"]").longest_period, 799'999'384U);
}

TEST(parse_scope, refuses_what_is_not_toml_with_the_line) {
    EXPECT_EQ(refusal("name = \"x\"\nabout = \n").substr(0, 34), "mine.toml:2: this is not TOML: Err");
    EXPECT_EQ(refusal("name = \"x\"\nabout = \"\xff\"\n").substr(0, 31), "mine.toml:2: this is not TOML: ");
    EXPECT_EQ(refusal("a = 1\n\na = 2\n").substr(0, 31), "mine.toml:3: this is not TOML: ");
    EXPECT_EQ(refusal("[[part]]\n\ncpus = 99999999999999999999\n").substr(0, 31), "mine.toml:3: this is not TOML: ");
}

TEST(parse_scope, refuses_a_scope_that_lacks_something) {
    EXPECT_EQ(refusal(""), "mine.toml:1: name: is missing; give it a name");
    EXPECT_EQ(refusal("name = \"\""), "mine.toml:1: name: is empty; give it a name");
    EXPECT_EQ(refusal("name = \"x\""), "mine.toml:1: part: is missing; a scope needs at least one [[part]]");
    EXPECT_EQ(refusal("name = \"x\"\npart = []"),
              "mine.toml:2: part: must be an array of at least one table: write [[part]]");
    EXPECT_EQ(refusal("name = \"x\"\npart = 3"),
              "mine.toml:2: part: must be an array of at least one table: write [[part]]");
    EXPECT_EQ(refusal("name = \"x\"\n[part]\nname = \"one\""),
              "mine.toml:2: part: is a table, must be an array of tables: write [[part]]");
    EXPECT_EQ(refusal("name = \"x\"\n\n[[part]]\ncpus = 2"), "mine.toml:3: part.name: is missing; give it a name");
}

TEST(parse_scope, names_the_nearest_key_for_one_that_there_is_not) {
    EXPECT_EQ(refusal("nmae = \"x\""), "mine.toml:1: nmae: there is no such key; the nearest is name");
    EXPECT_EQ(refusal(part_with("cpu = 2")), "mine.toml:4: part.cpu: there is no such key; the nearest is cpus");
    EXPECT_EQ(refusal(part_with("[part.environment]\nticks = 2")),
              "mine.toml:5: part.environment.ticks: there is no such key; the nearest is tick");
    EXPECT_EQ(refusal(part_with("[part.constants]\ncolour = 2")),
              "mine.toml:5: part.constants.colour: there is no such key; known are nsec_per_usec, "
              "sched_cfs_bandwidth_slice, min_cfs_rq_runtime, min_bandwidth_expiration, cfs_bandwidth_slack_period, "
              "default_cfs_period, min_cfs_quota_period, max_cfs_quota_period, max_bw_runtime_us, max_usec");
    EXPECT_EQ(refusal(part_with("colour = 2")),
              "mine.toml:4: part.colour: there is no such key; known are name, cpus, first_phase, setup, writes, "
              "histories, constants, environment");
}

TEST(parse_scope, refuses_a_value_of_the_wrong_type) {
    EXPECT_EQ(refusal("name = 5"), "mine.toml:1: name: is an integer, must be a string");
    EXPECT_EQ(refusal(part_with("cpus = \"2\"")), "mine.toml:4: part.cpus: is a string, must be an integer");
    EXPECT_EQ(refusal(part_with("cpus = 2.0")),
              "mine.toml:4: part.cpus: is a number with a fraction, must be an integer");
    EXPECT_EQ(refusal(part_with("first_phase = 2024-01-01")),
              "mine.toml:4: part.first_phase: is a date or time, must be an integer");
    EXPECT_EQ(refusal(part_with("setup = \"cpu.max 4 8\"")),
              "mine.toml:4: part.setup: is a string, must be an array of strings");
    EXPECT_EQ(refusal(part_with("writes = [\n\"cpu.max 4\",\n7]")),
              "mine.toml:6: part.writes: is an integer, must be a string");
    EXPECT_EQ(refusal(part_with("histories = [true]")), "mine.toml:4: part.histories: is a boolean, must be a string");
    EXPECT_EQ(refusal(part_with("constants = []")), "mine.toml:4: part.constants: is an array, must be a table");
    EXPECT_EQ(refusal(part_with("[part.environment]\nhotplug = 1")),
              "mine.toml:5: part.environment.hotplug: is an integer, must be true or false");
}

TEST(parse_scope, refuses_numbers_out_of_range) {
    EXPECT_EQ(refusal(part_with("cpus = 0")), "mine.toml:4: part.cpus: is 0, must be 1 to 8");
    EXPECT_EQ(refusal(part_with("cpus = 9")), "mine.toml:4: part.cpus: is 9, must be 1 to 8");
    EXPECT_EQ(refusal(part_with("cpus = 8")), "accepted");
    EXPECT_EQ(refusal(part_with("first_phase = 100000001")),
              "mine.toml:4: part.first_phase: is 100000001, must be 0 to 100000000");
    EXPECT_EQ(refusal(part_with("[part.environment]\ntick = 0")),
              "mine.toml:5: part.environment.tick: is 0, must be 1 to 1000000000000000");
    EXPECT_EQ(refusal(part_with("[part.environment]\nmax_lateness = -1")),
              "mine.toml:5: part.environment.max_lateness: is -1, must be 0 to 1000000000000000");
    EXPECT_EQ(refusal(part_with("[part.environment]\nmax_stalls = 65")),
              "mine.toml:5: part.environment.max_stalls: is 65, must be 0 to 64");
    EXPECT_EQ(refusal(part_with("[part.constants]\nnsec_per_usec = 0")),
              "mine.toml:5: part.constants.nsec_per_usec: is 0, must be 1 to 1000000");
    EXPECT_EQ(refusal(part_with("[part.constants]\nmax_bw_runtime_us = 17592186044416")),
              "mine.toml:5: part.constants.max_bw_runtime_us: is 17592186044416, must be 1 to 17592186044415");
    for (const std::string key :
         {"sched_cfs_bandwidth_slice", "min_cfs_rq_runtime", "min_bandwidth_expiration", "cfs_bandwidth_slack_period",
          "default_cfs_period", "min_cfs_quota_period", "max_cfs_quota_period"}) {
        std::string constants = "[part.constants]\n";
        constants += key;
        EXPECT_EQ(refusal(part_with(constants + " = 0")),
                  "mine.toml:5: part.constants." + key + ": is 0, must be 1 to 1000000000000000");
    }
}

TEST(parse_scope, keeps_the_inequalities_of_the_kernel) {
    EXPECT_EQ(refusal(part_with("[part.constants]\nsched_cfs_bandwidth_slice = 999999")),
              "mine.toml:4: part.constants.min_cfs_rq_runtime: is 1000000, must be at most sched_cfs_bandwidth_slice = "
              "999999, as in the kernel");
    EXPECT_EQ(refusal(part_with("[part.constants]\nmax_cfs_quota_period = 99000000")),
              "mine.toml:4: part.constants.default_cfs_period: is 100000000, must be at most max_cfs_quota_period = "
              "99000000, as in the kernel");
    EXPECT_EQ(refusal(part_with("[part.constants]\n\nmin_cfs_quota_period = 2000000000")),
              "mine.toml:6: part.constants.min_cfs_quota_period: is 2000000000, must be at most max_cfs_quota_period = "
              "1000000000, as in the kernel");
    EXPECT_EQ(refusal(part_with("[part.constants]\nmin_cfs_quota_period = 200000000")),
              "mine.toml:5: part.constants.min_cfs_quota_period: is 200000000, must be at most default_cfs_period = "
              "100000000, as in the kernel");
    EXPECT_EQ(
        refusal(part_with("[part.constants]\nmin_cfs_quota_period = 1000500")),
        "mine.toml:5: part.constants.min_cfs_quota_period: is 1000500, must be a multiple of nsec_per_usec = 1000");
    EXPECT_EQ(refusal(part_with("[part.constants]\nmax_usec = 18446744073709552")),
              "mine.toml:5: part.constants.max_usec: is 18446744073709552, must be at most 2^64 / nsec_per_usec = "
              "18446744073709551, as in the kernel");
    EXPECT_EQ(refusal(part_with("[part.constants]\nmax_usec = 40\nmax_bw_runtime_us = 41")),
              "mine.toml:6: part.constants.max_bw_runtime_us: is 41, must be at most max_usec = 40, as in the kernel");
    EXPECT_EQ(refusal(part_with("[part.environment]\ntick = 5\nmax_unaccounted = 4")),
              "mine.toml:6: part.environment.max_unaccounted: is 4, must be at least tick = 5, or time stands still "
              "while a task runs");
}

TEST(parse_scope, refuses_writes_to_no_file_and_writes_of_nothing) {
    EXPECT_EQ(refusal(part_with("writes = [\"cpu.mx 4 8\"]")),
              "mine.toml:4: part.writes: \"cpu.mx 4 8\" begins with no file of the group; the nearest is cpu.max");
    EXPECT_EQ(refusal(part_with("setup = [\n\"cpu.max 4\",\n\"weight 4\"]")),
              "mine.toml:6: part.setup: \"weight 4\" begins with no file of the group; known are cpu.max, "
              "cpu.max.burst, cpu.max.runtime");
    for (const std::string text : {"cpu.max", "cpu.max "}) {
        std::string expected = "mine.toml:4: part.writes: \"";
        expected += text;
        expected += "\" writes nothing, which no file notices; put a value after the file, as in \"cpu.max 4\"";
        EXPECT_EQ(refusal(part_with("writes = [\"" + text + "\"]")), expected);
    }
}

TEST(parse_scope, refuses_two_parts_of_the_same_name) {
    EXPECT_EQ(refusal(part_with("[[part]]\nname = \"one\"")),
              "mine.toml:4: part.name: \"one\" is the name of an earlier part; each needs its own");
}

TEST(parse_scope, answers_in_one_line) {
    for (const std::string& bad : {std::string("name = \"\"\"a\nb\"\"\"\nx = 1"), part_with("writes = [\"a\\nb\"]"),
                                   std::string("[[part\n"), part_with("\"a\\nb\" = 1")})
        EXPECT_EQ(refusal(bad).find('\n'), std::string::npos) << refusal(bad);
}

TEST(content_hash_of, tells_apart_what_scopes_contain_and_not_what_they_are_called) {
    const auto hash = [](const std::string& rest, const std::string& name = "x") {
        return content_hash_of(parse_scope("name = \"" + name + "\"\n[[part]]\nname = \"p\"\n" + rest, "test"));
    };
    const std::string plain = hash("");
    EXPECT_EQ(hash("", "another"), plain);
    EXPECT_EQ(hash("cpus = 1"), plain) << "what is said and what is so by default is the same";
    std::set<std::string> all{plain};
    for (const char* const other :
         {"cpus = 2", "writes = [\"cpu.max max\"]", "setup = [\"cpu.max max\"]",
          "writes = [\"cpu.max max\", \"cpu.max 1000 2000\"]", "writes = [\"cpu.max 1000 2000\", \"cpu.max max\"]",
          "histories = [\"latency\"]", "[part.environment]\nmax_stalls = 1", "[part.environment]\nhotplug = true",
          "[part.constants]\nmax_bw_runtime_us = 40", "[[part]]\nname = \"q\""})
        EXPECT_TRUE(all.insert(hash(other)).second) << other;
}

TEST(load_scope, says_which_file_it_cannot_read) {
    const auto refusal_of = [](const std::filesystem::path& path) {
        try {
            static_cast<void>(load_scope(path));
        } catch (const text::input_error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    EXPECT_EQ(refusal_of("no/such/file.toml"), "no/such/file.toml: this file can't be read: No such file or directory");
    EXPECT_EQ(refusal_of("."), ".: this file can't be read: Is a directory");
    EXPECT_EQ(refusal_of("/dev/null"), "/dev/null:1: name: is missing; give it a name");
}

TEST(load_scope, reads_a_file) {
    const std::filesystem::path path =
        std::filesystem::path(testing::TempDir()) / ("scope_test_" + std::to_string(std::rand()) + ".toml");
    std::ofstream(path) << part_with("cpus = 4");
    EXPECT_EQ(load_scope(path).parts.at(0).nr_cpus, 4);
    std::filesystem::remove(path);
}

TEST(named_scopes, can_all_be_read_and_bear_their_own_name) {
    const auto names = scope_names();
    EXPECT_NE(std::find(names.begin(), names.end(), "smoke"), names.end());
    for (const std::string_view name : names) {
        const scope read = parse_scope(named_scope_text(name), name);
        EXPECT_EQ(read.name, name);
        EXPECT_FALSE(read.about.empty()) << name << " should say what it is for";
    }
    EXPECT_EQ(named_scope_text("no such scope"), "");
}

} // namespace
} // namespace bwcheck::model
