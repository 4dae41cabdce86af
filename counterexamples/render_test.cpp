#include "counterexamples/field_text.hpp"
#include "counterexamples/render.hpp"
#include "testing/known_trace.hpp"
#include "text/columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace bwcheck::counterexamples {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string rendered(detail_level detail, bool coloured = false) {
    return render(known_trace(), {.detail = detail, .coloured = coloured, .replay_command = "bwcheck replay x.json"});
}

TEST(content_text, is_short_where_it_can_be) {
    EXPECT_EQ(content_text(true), "1");
    EXPECT_EQ(content_text(std::int64_t{-3}), "-3");
    EXPECT_EQ(content_text(std::uint64_t{7}), "7");
    EXPECT_EQ(content_text(model::runtime_inf), "max");
    EXPECT_EQ(content_text(model::runtime_inf - 1), "2^64-2");
    cpu_list list;
    EXPECT_EQ(content_text(list), "none");
    list.push_back(1);
    list.push_back(0);
    EXPECT_EQ(content_text(list), "cpu1 cpu0");
}

TEST(render, shows_who_does_what_to_what) {
    const std::string text = rendered(detail_level::readable);
    EXPECT_THAT(text, HasSubstr("cpu-max-runtime-v1 violates write-unthrottles-now"));
    EXPECT_THAT(text, HasSubstr("echo 3 > cpu.max.runtime"));
    EXPECT_THAT(text, HasSubstr("cpu_runtime_write_u64"));
    EXPECT_THAT(text, HasSubstr("R 0→3"));
    EXPECT_THAT(text, HasSubstr("throttled"));
    EXPECT_THAT(text, HasSubstr("listed"));
    EXPECT_THAT(text, HasSubstr("Why: When a write that leaves R > 0 has returned"));
    EXPECT_THAT(text, HasSubstr("\nAgain: bwcheck replay x.json\n"));
    EXPECT_THAT(text, HasSubstr("Since when it could not be avoided: step 8, the last one"));
}

TEST(render, leaves_out_the_passing_of_time_unless_asked) {
    EXPECT_THAT(rendered(detail_level::readable), Not(HasSubstr("1 ns pass")));
    EXPECT_THAT(rendered(detail_level::diff), HasSubstr("1 ns pass"));
    EXPECT_THAT(rendered(detail_level::diff), HasSubstr("uncharged 0→1"));
    EXPECT_THAT(rendered(detail_level::diff), Not(HasSubstr("update_curr")));
}

TEST(render, shows_every_field_if_asked) {
    const std::string text = rendered(detail_level::full);
    for (const field_value& one : known_trace().initial)
        EXPECT_THAT(text, HasSubstr(std::string(model::to_string(one.which)) + " "));
}

TEST(render, fits_the_page_with_two_cpus) {
    trace two = known_trace();
    two.part.nr_cpus = 2;
    const auto of_two_cpus = make_trace({.revision = two.revision,
                                         .property = two.property,
                                         .engine = two.engine,
                                         .scope = two.scope,
                                         .seed = {},
                                         .tool_version = ""},
                                        two.part, events_of(two));
    for (const auto detail : {detail_level::readable, detail_level::diff, detail_level::full}) {
        std::istringstream lines(render(of_two_cpus, {.detail = detail, .coloured = false, .replay_command = ""}));
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(text::display_width(line), 120U) << line;
            EXPECT_FALSE(line.ends_with(' ')) << line;
        }
    }
}

TEST(render, fits_a_narrow_page_without_breaking_words) {
    trace two = known_trace();
    two.part.nr_cpus = 2;
    const auto of_two_cpus = make_trace({.revision = two.revision,
                                         .property = two.property,
                                         .engine = two.engine,
                                         .scope = two.scope,
                                         .seed = {},
                                         .tool_version = ""},
                                        two.part, events_of(two));
    const std::string page = render(of_two_cpus, {.width = 80, .replay_command = ""});
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(text::display_width(line), 80U) << line;
    EXPECT_THAT(page, HasSubstr("cpu.max.runtime\n"));
}

TEST(render, keeps_long_times_in_one_piece) {
    trace slow = known_trace();
    for (trace_step& step : slow.steps)
        if (step.event.kind == model::event_kind::tick)
            step.event.amount = 1'000'000'000;
    EXPECT_THAT(render(slow, {}), HasSubstr("3000000000"));
}

TEST(render, has_no_escapes_without_colour_even_if_the_trace_has) {
    trace odd = known_trace();
    odd.part.writes[0].text = "\x1b[31m3";
    odd.revision = "\x1b[2J";
    EXPECT_THAT(render(odd, {}), Not(HasSubstr("\x1b")));
    EXPECT_THAT(rendered(detail_level::readable, true), HasSubstr("\x1b[1m"));
}

TEST(render, says_when_the_turning_point_is_not_known) {
    trace unknown = known_trace();
    unknown.unavoidable_from.reset();
    EXPECT_THAT(render(unknown, {}), HasSubstr("Since when it could not be avoided: not computed."));
    unknown.unavoidable_from = 1;
    EXPECT_THAT(render(unknown, {}), HasSubstr("step 2, 1 ns pass; after it"));
}

} // namespace
} // namespace bwcheck::counterexamples
