// The corpus of saved counterexamples, as users of `check` see it: tried again first, added to, and never in the way.
#include "testing/run_bwcheck.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class saved_failures : public in_empty_directory {
protected:
    const std::string property = " --property write-unthrottles-now ";
    const std::string saved = "saved/cpu-max-runtime-v1/write-unthrottles-now.json";

    /// Has the corpus directory "saved" with the one counterexample.
    void save() const {
        const outcome done =
            bwcheck("check cpu-max-runtime-v1 --corpus saved --save" + property + explored_tiny_scope());
        ASSERT_EQ(done.status, 10) << done.err;
        ASSERT_THAT(done.err, HasSubstr("bwcheck: saved " + saved + "\n"));
        ASSERT_TRUE(std::filesystem::exists(directory / saved));
    }
};

TEST_F(saved_failures, are_found_at_once_where_an_engine_does_not_get_to_them) {
    save();
    const outcome done =
        bwcheck("check cpu-max-runtime-v1 --corpus saved --engine random --seed 3 --cases 1 --json" + property);
    EXPECT_EQ(done.status, 10);
    EXPECT_THAT(done.err, HasSubstr("bwcheck: cpu-max-runtime-v1 still breaks write-unthrottles-now: " + saved + "\n"));
    const json result = json::parse(done.out)["results"][0];
    EXPECT_EQ(result["verdict"], "violated");
    EXPECT_EQ(result["trace"], saved);
    EXPECT_EQ(result["engine"], "saved");
    EXPECT_THAT(result["reason"].get<std::string>(),
                HasSubstr("The saved counterexample " + saved + " still happens. When a write that leaves R > 0"));
    const json random = json::parse(done.out)["results"][1];
    EXPECT_EQ(random["verdict"], "inconclusive") << "it says what it found itself";
    EXPECT_THAT(random["reason"].get<std::string>(), HasSubstr("vacuous in 1 cases: "));
    EXPECT_EQ(bwcheck("check cpu-max-runtime-v1 --no-corpus --engine random --seed 3 --cases 1" + property).status, 5);
}

TEST_F(saved_failures, leave_it_to_an_engine_that_finds_one_too) {
    save();
    const std::string check = "check cpu-max-runtime-v1 --json --quiet" + property + explored_tiny_scope();
    const auto reported = [](const outcome& done) {
        json result = json::parse(done.out)["results"].back();
        return std::pair(result["reason"], result["trace"]);
    };
    EXPECT_EQ(reported(bwcheck(check + " --corpus saved")), reported(bwcheck(check)));
}

TEST_F(saved_failures, say_when_they_are_repaired_or_do_not_apply) {
    save();
    std::filesystem::create_directories(directory / "saved/cpu-max-runtime-v2");
    const std::string moved = "saved/cpu-max-runtime-v2/write-unthrottles-now.json";
    static_cast<void>(shell("sed 's/cpu-max-runtime-v1/cpu-max-runtime-v2/' " + saved + " >" + moved));
    const std::string check = " --corpus saved" + property + explored_tiny_scope();
    EXPECT_EQ(bwcheck("check cpu-max-runtime-v2" + check).err, "bwcheck: " + moved + ": does not happen any more\n");

    write_file("known.txt", "cpu-max-runtime-v2 saved write-unthrottles-now violated\n"
                            "cpu-max-runtime-v2 explore write-unthrottles-now holds\n");
    const outcome repaired = bwcheck("check cpu-max-runtime-v2 --quiet --expect known.txt" + check);
    EXPECT_EQ(repaired.status, 10) << "a change for the better is one";
    EXPECT_EQ(repaired.err, "bwcheck: cpu-max-runtime-v2 saved: no result, 1 expected\n");
    EXPECT_EQ(
        bwcheck("check cpu-max-runtime-v2 --quiet --expect known.txt --no-corpus" + property + explored_tiny_scope())
            .status,
        0)
        << "nobody asked for it";

    std::filesystem::create_directories(directory / "saved/mainline");
    const std::string without = "saved/mainline/write-unthrottles-now.json";
    static_cast<void>(shell("sed 's/cpu-max-runtime-v1/mainline/' " + saved + " >" + without));
    EXPECT_THAT(bwcheck("check mainline" + check).err,
                AllOf(HasSubstr(without + ": does not apply any more: stops at step "),
                      HasSubstr(": mainline has no file cpu.max.runtime\n")));
}

TEST_F(saved_failures, are_replaced_by_shorter_ones_only) {
    save();
    const auto steps = [&] { return json::parse(contents(directory / saved))["steps"].size(); };
    const std::string before = contents(directory / saved);
    const std::string check = "check cpu-max-runtime-v1 --corpus saved --save" + property;
    EXPECT_THAT(bwcheck(check + explored_tiny_scope()).err, Not(HasSubstr("bwcheck: saved ")))
        << "it is not longer, nor shorter";
    EXPECT_EQ(contents(directory / saved), before);

    const std::size_t of_tiny = steps();
    static_cast<void>(
        shell("sed 's/\"scope\": \"tiny\"/\"scope\": \"before\"/' " + saved + " >other && mv other " + saved));
    const outcome random = bwcheck(check + "--engine random --cases 50");
    const bool shorter =
        json::parse(contents(directory / "bwcheck-traces/cpu-max-runtime-v1/write-unthrottles-now.json"))["steps"]
            .size() < of_tiny;
    EXPECT_EQ(random.err.find("bwcheck: saved ") != std::string::npos, shorter);
    EXPECT_EQ(json::parse(contents(directory / saved))["scope"], shorter ? "kernel constants" : "before");
}

TEST_F(saved_failures, are_refused_in_the_wrong_place) {
    save();
    std::filesystem::create_directories(directory / "saved/mainline");
    static_cast<void>(shell("cp " + saved + " saved/mainline/"));
    const outcome done = bwcheck("check mainline --corpus saved" + property + explored_tiny_scope());
    EXPECT_EQ(done.status, 1);
    EXPECT_EQ(done.err, "bwcheck: saved/mainline/write-unthrottles-now.json: is about write-unthrottles-now of "
                        "cpu-max-runtime-v1, and lies where write-unthrottles-now of mainline belongs\n");
    EXPECT_THAT(done.out, IsEmpty());
    write_file(saved, "{}");
    EXPECT_THAT(bwcheck("check cpu-max-runtime-v1 --corpus saved" + property + explored_tiny_scope()).err,
                HasSubstr("not a trace of bwcheck"));
}

TEST_F(saved_failures, are_those_of_the_source_tree_unless_told_otherwise) {
    const std::string known = "cd '" BWCHECK_SOURCE_DIR "' && '" BWCHECK_BINARY "' check bug-d505b8af5891 "
                              "--property accepted-cap-fits --engine explore --scope smoke --traces '" +
                              directory.string() + "'";
    EXPECT_THAT(shell(known).err, HasSubstr("still breaks accepted-cap-fits: counterexamples/corpus/"));
    EXPECT_THAT(shell(known + " --no-corpus").err, Not(HasSubstr("corpus")));
    const outcome elsewhere = bwcheck("check mainline --save" + explored_tiny_scope());
    EXPECT_EQ(elsewhere.status, 1);
    EXPECT_THAT(bwcheck("check mainline --corpus none").err, HasSubstr("--corpus: there is no directory \"none\""));
    EXPECT_THAT(bwcheck("check mainline --save").err,
                HasSubstr("--save: there is no counterexamples/corpus here; name another directory with --corpus"));
}

} // namespace
} // namespace bwcheck::cli
