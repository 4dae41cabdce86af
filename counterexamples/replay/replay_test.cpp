#include "model/revisions/registry.hpp"
#include "properties/catalogue.hpp"
#include "testing/known_trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::counterexamples {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::size_t number_of(std::string_view property) { return properties::property_number(property).value(); }

TEST(runner, exists_for_every_revision) {
    for (const model::revision& revision : model::revisions())
        EXPECT_FALSE(runner(revision, known_part()).state().empty()) << revision.info.id;
    EXPECT_THROW(static_cast<void>(model::revision_named("linux-0.01")), std::invalid_argument);
}

TEST(runner, tells_what_became_of_the_setup) {
    runner on_v1(model::revision_named("cpu-max-runtime-v1"), known_part());
    ASSERT_EQ(on_v1.setup().size(), 2U);
    EXPECT_EQ(on_v1.setup()[0].result, model::status::ok);
    EXPECT_EQ(on_v1.setup()[1].result, model::status::ok);
    EXPECT_EQ(*find_field(on_v1.state(), model::field::runtime), field_content(std::uint64_t{2}));

    runner on_mainline(model::revision_named("mainline"), known_part());
    EXPECT_EQ(on_mainline.setup()[1].result, model::status::enoent);
}

TEST(replay, breaks_the_property_at_the_last_event) {
    const auto events = known_events();
    const auto report = replay("cpu-max-runtime-v1", number_of("write-unthrottles-now"), known_part(), events);
    EXPECT_EQ(report.broken_after, events.size());
    EXPECT_THAT(report.explanation, HasSubstr("cpu0 is still throttled"));
    EXPECT_THAT(report.stopped_by, IsEmpty());
    const trace_step& last = report.steps.back().step;
    EXPECT_EQ(last.result, model::status::ok);
    ASSERT_FALSE(last.source.empty());
    EXPECT_EQ(last.source.front().function, model::step::cpu_runtime_write_u64);
    EXPECT_EQ(*find_field(last.state, model::field::runtime), field_content(std::uint64_t{3}));
}

TEST(replay, is_clean_on_the_repaired_revision) {
    const auto report = replay("cpu-max-runtime-v2", number_of("write-unthrottles-now"), known_part(), known_events());
    EXPECT_FALSE(report.broken_after);
    EXPECT_THAT(report.stopped_by, IsEmpty());
    EXPECT_EQ(*find_field(report.steps.back().step.state, model::field::throttled, 0), field_content(false));
}

TEST(replay, stops_where_the_file_does_not_exist) {
    const std::vector<model::event> events{{.kind = model::event_kind::wake, .cpu = 0},
                                           {.kind = model::event_kind::write, .index = 0}};
    const auto report = replay("mainline", number_of("write-unthrottles-now"), known_part(), events);
    EXPECT_FALSE(report.broken_after);
    EXPECT_EQ(report.steps.size(), 1U);
    EXPECT_EQ(report.stopped_by, "mainline has no file cpu.max.runtime");
}

TEST(replay, stops_where_an_event_cannot_happen) {
    const std::vector<model::event> events{{.kind = model::event_kind::charge, .cpu = 0}};
    const auto report = replay("mainline", number_of("runtime-capped"), known_part(), events);
    EXPECT_THAT(report.stopped_by, HasSubstr("charge cannot happen in this state"));
}

TEST(replay, asks_a_survey_again) {
    // Nothing happens in this run; whether the property holds is asked of the part itself.
    const auto report = replay("cpu-max-runtime-v1", number_of("existing-files-suffice"), known_part(), {});
    EXPECT_EQ(report.broken_after.has_value(), !report.explanation.empty());
}

TEST(make_trace, records_everything) {
    const trace made = known_trace();
    EXPECT_EQ(made.steps.size(), known_events().size());
    EXPECT_EQ(made.setup.size(), 2U);
    EXPECT_THAT(made.explanation, HasSubstr("no runnable CPU is still throttled. "));
    EXPECT_THAT(made.explanation, HasSubstr("The write has returned"));
}

TEST(make_trace, says_once_what_a_write_of_the_setup_breaks) {
    const model::scope scope = model::parse_scope("name = \"one\"\n[[part]]\nname = \"one\"\ncpus = 1\n"
                                                  "setup = [\"cpu.max 9223372036854775812 6\"]\n[part.constants]\n"
                                                  "nsec_per_usec = 2\nsched_cfs_bandwidth_slice = 5\n"
                                                  "min_cfs_rq_runtime = 2\nmin_bandwidth_expiration = 2\n"
                                                  "cfs_bandwidth_slack_period = 4\ndefault_cfs_period = 12\n"
                                                  "min_cfs_quota_period = 4\nmax_cfs_quota_period = 16\n"
                                                  "max_bw_runtime_us = 20\n[part.environment]\ntick = 2\n"
                                                  "max_unaccounted = 2\nmax_in_kernel = 2\n",
                                                  "one");
    for (const std::string property : {"accepted-iff-valid", "read-back-exact"}) {
        finding about;
        about.revision = "linux-6.1";
        about.property = property;
        const std::string why = make_trace(about, scope.parts.at(0), {}).explanation;
        const std::string statement(properties::catalogue_infos[number_of(property)].statement);
        const std::size_t first = why.find(statement);
        ASSERT_NE(first, std::string::npos) << why;
        EXPECT_EQ(why.find(statement, first + 1), std::string::npos) << why;
        EXPECT_THAT(why, HasSubstr("In the setup, \"cpu.max 9223372036854775812 6\": "));
    }
}

TEST(make_trace, refuses_a_run_that_breaks_nothing) {
    auto events = known_events();
    events.pop_back();
    const finding finding{.revision = "cpu-max-runtime-v1",
                          .property = "write-unthrottles-now",
                          .engine = "explore",
                          .scope = "known",
                          .seed = {},
                          .tool_version = ""};
    EXPECT_THROW(static_cast<void>(make_trace(finding, known_part(), events)), not_reproduced);
    const std::vector<model::event> impossible{{.kind = model::event_kind::charge, .cpu = 0}};
    EXPECT_THROW(static_cast<void>(make_trace(finding, known_part(), impossible)), not_reproduced);
}

TEST(avoidance, ends_with_the_write) {
    // Until the user writes, nobody is forced to.
    const trace made = known_trace();
    EXPECT_EQ(made.unavoidable_from, made.steps.size() - 1);
}

TEST(avoidance, is_possible_as_long_as_a_run_goes_on_for_ever) {
    runner run(model::revision_named("cpu-max-runtime-v1"), known_part());
    EXPECT_EQ(run.avoidable(number_of("write-unthrottles-now"), default_avoidance_states), true);
    // A property that holds is avoided by any run.
    EXPECT_EQ(run.avoidable(number_of("refill-exact"), default_avoidance_states), true);
}

TEST(avoidance, admits_that_it_does_not_know) {
    runner run(model::revision_named("cpu-max-runtime-v1"), known_part());
    EXPECT_EQ(run.avoidable(number_of("runtime-capped"), 1), std::nullopt);
}

} // namespace
} // namespace bwcheck::counterexamples
