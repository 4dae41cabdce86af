// `bwcheck merge`: shards together say what one machine would have said, and shards that do not go together are
// refused.
#include "properties/catalogue.hpp"
#include "testing/run_bwcheck.hpp"
#include "text/schema_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <regex>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

class merge_command : public in_empty_directory {
protected:
    /// Runs a check and keeps what it prints.
    void shard(const std::string& file, const std::string& arguments) const {
        const outcome done = bwcheck("check " + arguments + " --quiet --json");
        ASSERT_TRUE(done.status == 0 || done.status == 5 || done.status == 10) << done.err;
        write_file(file, done.out);
    }
    void change(const std::string& file, const std::function<void(json&)>& how) const {
        json report = json::parse(contents(directory / file));
        how(report);
        write_file(file, report.dump());
    }
    [[nodiscard]] std::string refusal(const std::string& shards) const {
        const outcome done = bwcheck("merge --json " + shards);
        EXPECT_EQ(done.status, 1) << done.out;
        EXPECT_THAT(done.out, IsEmpty());
        return done.err;
    }
    /// Without what depends on the machine, and without the one case among several that is shown.
    [[nodiscard]] static json comparable(const std::string& printed) {
        static const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/check.schema.json");
        json report = json::parse(printed);
        EXPECT_THAT(schema.violation(report), IsEmpty());
        report.erase("against"); // a share is held against no base,
        report.erase("causes");  // and has no others' violations to explain
        for (json& result : report["results"]) {
            result.erase("seconds");
            if (result["verdict"] == "violated" ||
                result["verdict"] == "measured") // several may attain the same number
                for (const char* const of_the_case : {"grounds", "reason", "location", "trace", "machine"})
                    result.erase(of_the_case);
            const std::string property = result["property"];
            const auto& info = properties::catalogue_infos[properties::property_number(property).value()];
            if (info.kind == properties::property_kind::survey)
                result["bounds"].erase("fired"); // each machine asks until it finds something, some surveys once
        }
        return report;
    }
};

TEST_F(merge_command, of_seeds_says_what_the_whole_run_says) {
    const std::string check = "cpu-max-runtime-v1 --engine random ";
    shard("whole.json", check + "--seed 1 --cases 120");
    shard("1.json", check + "--seed 1 --cases 50");
    shard("2.json", check + "--seed 51 --cases 30");
    shard("3.json", check + "--seed 81 --cases 40");
    const outcome merged = bwcheck("merge --json 3.json 1.json 2.json");
    EXPECT_EQ(merged.status, 10) << merged.err;
    EXPECT_EQ(comparable(merged.out), comparable(contents(directory / "whole.json")));
}

TEST_F(merge_command, of_properties_and_engines_says_what_the_whole_run_says) {
    const std::string one = " --property refill-exact --property runtime-capped ";
    const std::string other = " --property conservation --property no-lost-credit ";
    const std::string check = "mainline --cases 40 --scope smoke --engine ";
    shard("whole.json", check + "explore,random" + one + other);
    shard("1.json", check + "explore" + one);
    shard("2.json", check + "explore" + other);
    shard("3.json", check + "random" + one);
    shard("4.json", check + "random" + other);
    const auto without_time = [](json report) {
        for (json& result : report["results"])
            for (json& part : result["bounds"]["parts"])
                for (const char* const of_the_machine : {"seconds", "memory_bytes", "states", "transitions", "cut"})
                    part.erase(of_the_machine); // a search that asks less ends at fewer violations
        report.erase("explored");               // the same
        return report;
    };
    const outcome merged = bwcheck("merge --json 1.json 2.json 3.json 4.json");
    EXPECT_EQ(without_time(comparable(merged.out)), without_time(comparable(contents(directory / "whole.json"))));
}

TEST_F(merge_command, of_shards_says_what_the_whole_run_says) {
    for (const char* const check : {"cpu-max-runtime-delta --engine random --seed 9 --cases 40",
                                    "cpu-max-runtime-v1 --property refill-exact --property write-unthrottles-now "
                                    "--property write-sets-runtime --scope smoke --engine explore"}) {
        shard("whole.json", check);
        shard("1.json", std::string(check) + " --shard 1/2");
        shard("2.json", std::string(check) + " --shard 2/2");
        json whole = comparable(contents(directory / "whole.json"));
        json merged = comparable(bwcheck("merge --json 2.json 1.json").out);
        for (json* const report : {&whole, &merged}) {
            for (json& result : (*report)["results"])
                result["bounds"].erase("parts"); // of the search, which ends at fewer violations if it asks less
            report->erase("explored");           // the same
        }
        EXPECT_EQ(merged, whole) << check;
    }
}

TEST_F(merge_command, exits_as_check_does) {
    const std::string check = "cpu-max-runtime-v2 --engine random --cases 20 ";
    shard("holds.json", check + "--property refill-no-wrap --property throttled-iff-listed");
    shard("vacuous.json", check + "--property existing-files-suffice");
    shard("violated.json", check + "--property read-back-exact");
    EXPECT_EQ(bwcheck("merge holds.json").status, 0);
    EXPECT_EQ(bwcheck("merge holds.json vacuous.json").status, 5);
    const outcome violated = bwcheck("merge holds.json vacuous.json violated.json");
    EXPECT_EQ(violated.status, 10);
    EXPECT_THAT(violated.out, AllOf(HasSubstr("violated      read-back-exact"), HasSubstr("20 cases from seed 1"),
                                    HasSubstr("2 hold, 1 violated, 1 inconclusive")));
    EXPECT_EQ(bwcheck("merge violated.json holds.json --write-expect known.txt --junit j.xml --ktap k.txt").status, 10);
    EXPECT_THAT(contents(directory / "j.xml"), HasSubstr("tests=\"3\" failures=\"1\""));
    EXPECT_THAT(contents(directory / "k.txt"), HasSubstr("not ok 1 cpu-max-runtime-v2.random"));
    EXPECT_EQ(bwcheck("merge violated.json holds.json --expect known.txt").status, 0);
    const outcome differs = bwcheck("merge holds.json --expect known.txt");
    EXPECT_EQ(differs.status, 10);
    EXPECT_EQ(differs.err, "bwcheck: cpu-max-runtime-v2 random read-back-exact: no result, expected violated\n");
    shard("other.json", "mainline --engine random --cases 20 --property refill-no-wrap");
    EXPECT_EQ(bwcheck("merge violated.json holds.json other.json --write-expect both.txt").status, 10);
    const outcome lost = bwcheck("merge violated.json holds.json --expect both.txt");
    EXPECT_EQ(lost.status, 10) << "the machine that had the other revision is lost";
    EXPECT_EQ(lost.err, "bwcheck: mainline random: no result, 1 expected\n");
    EXPECT_EQ(json::parse(bwcheck("merge violated.json --b4").out)[0]["status"], "fail");
}

// A machine that was lost must not make the rest look complete.
TEST_F(merge_command, does_not_pass_without_the_seeds_in_between) {
    const std::string check = "mainline --engine random --property throttled-iff-listed ";
    shard("1.json", check + "--seed 1 --cases 30");
    shard("3.json", check + "--seed 61 --cases 30");
    const outcome merged = bwcheck("merge --json 1.json 3.json");
    EXPECT_EQ(merged.status, 5);
    EXPECT_EQ(json::parse(merged.out)["results"][0]["reason"], "seeds 31 to 60 did not run");
    // The same if another property shows that they did run somewhere.
    shard("2.json", "mainline --engine random --property refill-no-wrap --seed 1 --cases 90");
    EXPECT_THAT(bwcheck("merge 1.json 2.json").out, HasSubstr("seeds 31 to 90 did not run"));
}

// The same, where no other shard can tell: the last one.
TEST_F(merge_command, does_not_pass_without_a_shard) {
    const std::string check = "cpu-max-runtime-v1 --engine random --seed 5 --cases 60 --property throttled-iff-listed "
                              "--property read-back-exact --property write-latency --shard ";
    for (const char* const number : {"1", "2", "3"})
        shard(std::string(number) + ".json", check + number + "/3");
    const outcome merged = bwcheck("merge --json 1.json 2.json");
    EXPECT_EQ(merged.status, 10) << "what a shard has broken is broken";
    EXPECT_EQ(merged.err, "bwcheck: cpu-max-runtime-v1 random: shard 3 of 3 is missing: seeds 45 to 64 did not run\n");
    const json report = comparable(merged.out);
    EXPECT_EQ(report["missing"], json({"random: shard 3 of 3 is missing: seeds 45 to 64 did not run"}));
    for (const json& result : report["results"]) {
        EXPECT_EQ(result["verdict"], result["property"] == "read-back-exact" ? "violated" : "inconclusive");
        if (result["verdict"] == "inconclusive")
            EXPECT_EQ(result["reason"], "shard 3 of 3 is missing: seeds 45 to 64 did not run");
    }
    write_file("12.json", merged.out);
    EXPECT_EQ(refusal("12.json 3.json"),
              "bwcheck: 12.json: missing: in this merge random: shard 3 of 3 is missing: seeds 45 to 64 did not run; "
              "merge the files that bwcheck check printed\n");
    EXPECT_THAT(bwcheck("merge --json 3.json").err, HasSubstr("shards 1 to 2 of 3 are missing: seeds 5 to 44 did not"));
    const json whole = comparable(bwcheck("merge --json 2.json 3.json 1.json").out);
    EXPECT_EQ(whole["missing"], json::array());
    for (const json& result : whole["results"]) {
        EXPECT_EQ(result["bounds"]["cases"], 60);
        if (result["property"] == "throttled-iff-listed")
            EXPECT_EQ(result["verdict"], "holds") << result;
    }
}

TEST_F(merge_command, does_not_pass_what_a_missing_shard_should_have_explored) {
    const std::string check = "cpu-max-runtime-v1 --property refill-exact --property throttled-iff-listed " +
                              explored_tiny_scope() + " --shard ";
    shard("1.json", check + "1/2");
    shard("2.json", check + "2/2");
    const outcome merged = bwcheck("merge --json 1.json");
    EXPECT_EQ(merged.status, 5);
    const json report = comparable(merged.out);
    ASSERT_EQ(report["results"].size(), 2U);
    for (const json& result : report["results"]) {
        const bool there = result["property"] == "refill-exact";
        EXPECT_EQ(result["verdict"], there ? "holds" : "inconclusive");
        EXPECT_EQ(result["reason"], there ? "" : "shard 2 of 2 is missing");
    }
    EXPECT_THAT(bwcheck("merge 1.json").out, HasSubstr("1 hold, 0 violated, 1 inconclusive"));
    EXPECT_EQ(bwcheck("merge 1.json 2.json").status, 0);
}

TEST_F(merge_command, does_not_pass_what_some_shards_were_not_asked_for) {
    const std::string check = "mainline --engine random --cases 40 --property throttled-iff-listed ";
    shard("1.json", check + "--property refill-no-wrap --shard 1/2");
    shard("2.json", check + "--shard 2/2");
    const outcome merged = bwcheck("merge --json 1.json 2.json");
    EXPECT_EQ(merged.status, 5);
    EXPECT_EQ(merged.err, "bwcheck: mainline random: shard 2 of 2 was not asked for refill-no-wrap: seeds 21 to 40 "
                          "did not run\n");
    const json report = comparable(merged.out);
    EXPECT_EQ(report["asked"].size(), 2U);
    for (const json& result : report["results"])
        EXPECT_EQ(result["verdict"], result["property"] == "refill-no-wrap" ? "inconclusive" : "holds");
}

TEST_F(merge_command, tells_the_grounds_that_the_machines_had) {
    shard("1.json",
          "cpu-max-runtime-v1 --property write-unthrottles-now --property refill-exact " + explored_tiny_scope());
    const json results = json::parse(contents(directory / "1.json"))["results"];
    const outcome merged = bwcheck("merge 1.json --junit j.xml");
    for (const json& result : results) {
        EXPECT_THAT(std::string(result["grounds"]),
                    HasSubstr(result["verdict"] == "violated" ? " events in tiny" : "all states of tiny"));
        EXPECT_THAT(merged.out, HasSubstr(std::string(result["grounds"])));
        EXPECT_THAT(contents(directory / "j.xml"), HasSubstr(std::string(result["grounds"])));
    }
    change("1.json", [](json& report) {
        report["results"][0]["assumptions"] = {{{"text", "up to 4 CPUs"}, {"proved", false}}};
    });
    EXPECT_THAT(bwcheck("merge 1.json").out, HasSubstr(", assuming up to 4 CPUs"));
    EXPECT_EQ(json::parse(bwcheck("merge --json 1.json").out)["results"][0]["assumptions"].size(), 1U);
}

TEST_F(merge_command, tells_which_part_of_the_setup_was_refused) {
    write_file("refused.toml", std::regex_replace(contents(BWCHECK_SOURCE_DIR "/cli/testdata/tiny.toml"),
                                                  std::regex("burst 2"), "burst 5"));
    shard("1.json", "mainline --engine explore --property refill-exact --scope refused.toml");
    const outcome merged = bwcheck("merge 1.json --junit j.xml --ktap k.txt");
    EXPECT_EQ(merged.status, 5);
    for (const std::string& text :
         {merged.out, contents(directory / "j.xml"), contents(directory / "k.txt"), bwcheck("merge 1.json --b4").out})
        EXPECT_THAT(text, HasSubstr("setup refused: cpu.max.burst 5"));
}

TEST_F(merge_command, exits_with_6_where_the_engines_of_a_machine_contradict_each_other) {
    const std::string check = "mainline --engine random --cases 10 --property ";
    shard("1.json", check + "refill-no-wrap");
    shard("2.json", check + "throttled-iff-listed");
    change("1.json", [](json& report) {
        report["contradictions"] = {{{"property", "refill-no-wrap"}, {"reason", "prove says that it holds"}}};
    });
    change("2.json", [](json& report) { report["errors"] = {"mainline prove: the solvers contradict each other"}; });
    const outcome merged = bwcheck("merge 1.json 2.json --junit j.xml --write-expect known.txt");
    EXPECT_EQ(merged.status, 6);
    EXPECT_THAT(merged.out, AllOf(HasSubstr("The engines contradict each other, which is an error of bwcheck:"),
                                  HasSubstr("prove says that it holds")));
    EXPECT_THAT(contents(directory / "j.xml"), HasSubstr("errors=\"1\""));
    const json report = comparable(bwcheck("merge --json 1.json 2.json").out);
    EXPECT_EQ(report["exit"], 6);
    EXPECT_EQ(report["contradictions"].size(), 1U);
    EXPECT_EQ(report["errors"].size(), 2U);
    const outcome expected = bwcheck("merge 1.json 2.json --expect known.txt");
    EXPECT_EQ(expected.status, 6);
    EXPECT_THAT(expected.err, HasSubstr("mainline prove: the solvers contradict each other"));
    EXPECT_EQ(bwcheck("merge 2.json --expect known.txt").status, 6);
}

// What explore says here is not what it said: two engines that contradict each other are nothing that can be had.
TEST_F(merge_command, exits_with_6_where_two_machines_contradict_each_other) {
    const std::string check = "cpu-max-runtime-v1 --property write-unthrottles-now --cases 60 " + tiny_scope();
    shard("explored.json", check + " --engine explore");
    shard("random.json", check + " --engine random");
    EXPECT_EQ(bwcheck("merge explored.json random.json").status, 10);
    change("explored.json", [](json& report) {
        json& result = report["results"][0];
        ASSERT_EQ(result["verdict"], "violated");
        result["verdict"] = "holds";
        result["grounds"] = "all states of tiny";
        result["trace"] = result["machine"] = nullptr;
    });
    const outcome merged = bwcheck("merge --json explored.json random.json");
    EXPECT_EQ(merged.status, 6);
    const json report = comparable(merged.out);
    ASSERT_EQ(report["contradictions"].size(), 1U);
    EXPECT_THAT(std::string(report["contradictions"][0]["reason"]),
                HasSubstr("explore says that it holds (all states of tiny), and random has a run that breaks it"));
    change("explored.json", [](json& printed) { printed["explored"][0]["parts"][0]["complete"] = false; });
    EXPECT_EQ(bwcheck("merge explored.json random.json").status, 10) << "not all was explored";
}

TEST_F(merge_command, says_what_was_asked_and_where) {
    shard("1.json", "mainline --engine random --cases 60 --seed 7 --property refill-no-wrap --shard 2/3");
    const json random = json::parse(contents(directory / "1.json"));
    EXPECT_EQ(random["asked"], json({"refill-no-wrap"}));
    EXPECT_EQ(random["results"][0]["scope_hash"], nullptr) << "it runs in no scope";
    EXPECT_EQ(random["results"][0]["bounds"]["shard"],
              json({{"number", 2}, {"of", 3}, {"first_seed", 7}, {"cases", 60}}));
    shard("2.json", "mainline --property refill-exact " + explored_tiny_scope());
    shard("3.json", "mainline --engine random --cases 9 --property refill-exact " + tiny_scope());
    const json explored = json::parse(contents(directory / "2.json"))["results"][0];
    EXPECT_EQ(explored["scope_hash"].get<std::string>().size(), 32U);
    EXPECT_EQ(explored["bounds"]["shard"], nullptr);
    EXPECT_EQ(json::parse(contents(directory / "3.json"))["results"][0]["scope_hash"], explored["scope_hash"]);
}

TEST_F(merge_command, refuses_scopes_of_one_name_that_are_not_the_same) {
    const std::string tiny = contents(BWCHECK_SOURCE_DIR "/cli/testdata/tiny.toml");
    write_file("a.toml", tiny);
    write_file("b.toml", std::regex_replace(tiny, std::regex("burst 2"), "burst 1"));
    shard("a.json", "mainline --engine explore --property refill-exact --scope a.toml");
    shard("b.json", "mainline --engine explore --property conservation --scope b.toml");
    shard("r.json", "linux-6.1 --engine random --cases 5 --property conservation --scope b.toml");
    EXPECT_EQ(refusal("a.json b.json"),
              "bwcheck: a.json and b.json: their scopes are both called \"tiny\", and are not the same\n");
    EXPECT_THAT(refusal("a.json r.json"), HasSubstr("their scopes are both called \"tiny\""));
    EXPECT_NE(bwcheck("merge b.json r.json").status, 1) << "these are the same";
}

TEST_F(merge_command, refuses_what_does_not_go_together) {
    const std::string check = "mainline --engine random --property throttled-iff-listed ";
    shard("1.json", check + "--seed 1 --cases 30");
    shard("2.json", check + "--seed 30 --cases 30");
    EXPECT_EQ(refusal("1.json 2.json"), "bwcheck: 1.json and 2.json: both ran seed 30 for throttled-iff-listed of "
                                        "mainline, engine random\n");
    EXPECT_THAT(refusal("1.json 1.json"), HasSubstr("both ran seed 1 "));
    shard("smoke.json", check + "--seed 31 --cases 10 --scope smoke");
    EXPECT_EQ(refusal("1.json smoke.json"), "bwcheck: 1.json and smoke.json: mainline was run in the scope "
                                            "\"kernel constants\" and in \"smoke\"\n");
    shard("explored.json", "mainline --property refill-exact " + explored_tiny_scope());
    EXPECT_EQ(refusal("explored.json explored.json"),
              "bwcheck: explored.json and explored.json: both have refill-exact of mainline, engine explore\n");
    shard("share.json", check + "--seed 100 --cases 30 --shard 1/2");
    shard("other.json", check + "--seed 100 --cases 60 --shard 2/2");
    EXPECT_EQ(refusal("share.json other.json"),
              "bwcheck: other.json: is a share of another check of mainline than the others: 2/2 of 60 cases from seed "
              "100, and not 1/2 of 30 cases from seed 100\n");
    change("2.json", [](json& report) { report["tool"]["version"] = "9.9"; });
    EXPECT_THAT(refusal("1.json 2.json"), HasSubstr("2.json: tool.version: made by bwcheck 9.9, and this is "));
}

TEST_F(merge_command, refuses_what_is_no_result_of_a_check) {
    EXPECT_EQ(refusal("none.json"), "bwcheck: none.json: cannot be read: No such file or directory\n");
    write_file("text.json", "no\n");
    EXPECT_THAT(refusal("text.json"), HasSubstr("text.json: not JSON: line 1, column"));
    write_file("empty.json", "[]");
    EXPECT_EQ(refusal("empty.json"), "bwcheck: empty.json: has no result\n");
    const std::string check = "mainline --engine random --property throttled-iff-listed --cases 3";
    const auto refused_after = [&](const std::function<void(json&)>& how) {
        shard("x.json", check);
        change("x.json", how);
        return refusal("x.json");
    };
    EXPECT_THAT(refused_after([](json& report) { report["results"][0]["verdict"] = "good"; }),
                HasSubstr("x.json: $.results[0].verdict: \"good\" against enum"));
    EXPECT_THAT(refused_after([](json& report) { report["results"][0]["more"] = 1; }),
                HasSubstr("$.results[0]: nothing is said of more"));
    EXPECT_THAT(refused_after([](json& report) { report["results"][0]["property"] = "throttled"; }),
                HasSubstr("x.json: there is no property \"throttled\"; the nearest is "));
    EXPECT_THAT(refused_after([](json& report) { report["revision"] = "main line"; }),
                HasSubstr("\"main line\" is no id of a revision"));
    EXPECT_THAT(refused_after([](json& report) { report["results"][0]["bounds"]["seed"] = nullptr; }),
                HasSubstr("results[0].bounds.seed: must be a number for this engine, not null"));
    EXPECT_THAT(refused_after([](json& report) { report["results"][0]["bounds"]["cases"] = 18446744073709551615U; }),
                HasSubstr("results[0].bounds.cases: must be a whole number from 0 to "));
    EXPECT_EQ(refused_after([](json& report) { report.erase("asked"); }),
              "bwcheck: x.json: does not say which properties were asked for, as older versions did not; run the check "
              "again\n");
    EXPECT_EQ(refused_after([](json& report) { report["asked"].push_back("refill-exact"); }),
              "bwcheck: x.json: asked: names refill-exact, of which there is no result\n");
    EXPECT_EQ(refused_after([](json& report) { report["asked"] = json::array(); }),
              "bwcheck: x.json: asked: does not name throttled-iff-listed, of which there is a result\n");
    EXPECT_EQ(refused_after([](json& report) { report["results"] = json::array(); }),
              "bwcheck: x.json: results: there is none\n");
    EXPECT_EQ(bwcheck("merge").status, 1);
}

} // namespace
} // namespace bwcheck::cli
