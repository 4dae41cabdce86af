// Where Debian's user-mode kernel is installed (.ci/run lab sees to that), bwcheck lab is run on it.
#include "lab/kernel.hpp"
#include "lab/lab_error.hpp"
#include "testing/run_bwcheck.hpp"
#include "text/schema_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace bwcheck::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

class lab_command : public in_empty_directory {
protected:
    void SetUp() override {
        in_empty_directory::SetUp();
        try {
            static_cast<void>(lab::find_kernel("debian-uml"));
        } catch (const lab::lab_error& error) {
            GTEST_SKIP() << error.what();
        }
    }
    static json by_the_schema(const std::string& printed) {
        static const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/lab.schema.json");
        EXPECT_THAT(schema.violation(json::parse(printed)), IsEmpty());
        return json::parse(printed);
    }
};

TEST_F(lab_command, runs_a_script) {
    write_file("my.lab", "mkdir a\nwrite a cpu.max \"20000\\n\"\nwrite a cpu.max \"x\"\nread a cpu.max\nrmdir a\n");
    const outcome text = bwcheck("lab run --script my.lab");
    EXPECT_EQ(text.status, 0);
    EXPECT_THAT(text.err, IsEmpty());
    EXPECT_THAT(text.out, HasSubstr("write a cpu.max \"x\": EINVAL\nread a cpu.max: OK\n    20000 100000\n"));
    const json report = by_the_schema(bwcheck("lab run --script my.lab --json").out);
    EXPECT_EQ(report["answers"][2]["errno"], 22);
    EXPECT_EQ(report["answers"][3]["value"], "20000 100000\n");
}

TEST_F(lab_command, agrees_with_the_kernel_that_the_model_is_of) {
    const outcome done = bwcheck("lab run --only interface --json");
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    const json report = by_the_schema(done.out);
    EXPECT_GE(report["interface"]["writes"], 20'000);
    EXPECT_EQ(report["interface"]["agreed"], report["interface"]["writes"]);
    EXPECT_TRUE(report["behaviour"].is_null());
}

TEST_F(lab_command, disagrees_with_a_kernel_of_another_revision) {
    const outcome done = bwcheck("lab run --only interface --revision bug-d505b8af5891 --json");
    EXPECT_EQ(done.status, 10) << done.out << done.err;
    const json report = by_the_schema(done.out);
    ASSERT_FALSE(report["interface"]["disagreements"].empty());
    const json& first = report["interface"]["disagreements"][0];
    EXPECT_EQ(first["reproduced"], true);
    EXPECT_EQ(first["predicted"]["error"], "OK");
    EXPECT_EQ(first["observed"]["error"], "EINVAL");
}

TEST_F(lab_command, reproduces_a_counterexample_of_the_kernel_that_the_model_is_of) {
    const outcome done = bwcheck("lab replay --kernel debian-uml --json '" BWCHECK_SOURCE_DIR
                                 "/counterexamples/corpus/linux-6.1/conversion-no-wrap.json'");
    EXPECT_EQ(done.status, 10) << done.out << done.err;
    const auto schema = text::schema_check::load(BWCHECK_SOURCE_DIR "/docs/schema/lab-replay.schema.json");
    const json report = json::parse(done.out);
    EXPECT_THAT(schema.violation(report), IsEmpty());
    EXPECT_EQ(report["traces"][0]["verdict"], "reproduced");
    EXPECT_EQ(report["traces"][0]["seen"], report["traces"][0]["tries"]);
}

TEST_F(lab_command, needs_the_proposed_file_for_delays) {
    const outcome done = bwcheck("lab delays --kernel debian-uml --injections 1");
    EXPECT_EQ(done.status, 1) << done.out;
    EXPECT_EQ(done.err, "bwcheck: the kernel has no cpu.max.runtime; bwcheck lab build --patch makes one that has\n");
}

TEST_F(lab_command, says_so_when_a_kernel_falls_silent) {
    write_file("my.lab", "go\n");
    const outcome done = bwcheck("lab run --script my.lab --timeout 1e-9");
    EXPECT_EQ(done.status, 5);
    EXPECT_THAT(done.out, IsEmpty());
    EXPECT_THAT(done.err, HasSubstr("bwcheck: debian-uml said nothing for"));
    EXPECT_THAT(done.err, HasSubstr("booting it once more\n"));
}

} // namespace
} // namespace bwcheck::cli
