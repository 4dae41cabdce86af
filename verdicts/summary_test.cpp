// What several engines say, as one line: who decides, and who contradicts whom.
#include "properties/catalogue.hpp"
#include "verdicts/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bwcheck::verdicts {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// Says what it is told to, and covers the machines of one name.
class stand_in final : public engine {
public:
    stand_in(std::string_view name, int strength, std::string_view covered)
        : name_(name), strength_(strength), covered_(covered) {}
    [[nodiscard]] std::string_view name() const override { return name_; }
    [[nodiscard]] properties::property_set judges() const override { return properties::all_properties; }
    [[nodiscard]] int strength() const override { return strength_; }
    [[nodiscard]] report check(const model::revision&, const request&, const progress_text&) const override {
        return {};
    }
    [[nodiscard]] std::string grounds(const finding&, const report&) const override { return std::string(name_); }
    [[nodiscard]] bool covers(const report&, const model::scope_part& part) const override {
        return !covered_.empty() && part.name == covered_;
    }

private:
    std::string_view name_;
    int strength_;
    std::string_view covered_;
};

const stand_in strong("strong", 2, "covered");
const stand_in weak("weak", 1, "");
const std::array<const engine*, 2> both{&weak, &strong};

report saying(std::string_view engine, verdict value, std::string_view part = "", std::size_t events = 3) {
    report all;
    all.engine = engine;
    finding& said = all.findings.emplace_back();
    said.property = "refill-exact";
    said.verdict = value;
    if (!part.empty()) {
        said.run.emplace().part.name = part;
        said.run->events.resize(events);
    }
    return all;
}

summary of(const std::vector<report>& reports) {
    static std::vector<report> kept;
    kept = reports; // a summary points into them
    return summarize(kept, both).at(0);
}

TEST(summary, takes_the_strongest_grounds_of_those_that_decided) {
    const auto all = of({saying("weak", verdict::holds), saying("strong", verdict::holds)});
    EXPECT_EQ(all.verdict, verdict::holds);
    EXPECT_EQ(all.decisive->by, &strong);
    EXPECT_EQ(all.voices.front().by, &strong);
}

TEST(summary, does_not_let_an_open_answer_outweigh_a_decided_one) {
    const auto all = of({saying("strong", verdict::inconclusive), saying("weak", verdict::holds)});
    EXPECT_EQ(all.verdict, verdict::holds);
    EXPECT_EQ(all.decisive->by, &weak);
}

TEST(summary, is_inconclusive_if_nobody_decided) {
    const auto all = of({saying("strong", verdict::inconclusive), saying("weak", verdict::inconclusive)});
    EXPECT_EQ(all.verdict, verdict::inconclusive);
    EXPECT_FALSE(all.decisive);
}

TEST(summary, is_violated_if_anybody_has_a_run) {
    const auto all = of({saying("strong", verdict::holds), saying("weak", verdict::violated, "elsewhere")});
    EXPECT_EQ(all.verdict, verdict::violated);
    EXPECT_THAT(all.contradiction, IsEmpty()) << "the run is beyond what the other engine speaks about";
}

TEST(summary, shows_the_shortest_run) {
    const auto all =
        of({saying("strong", verdict::violated, "elsewhere", 9), saying("weak", verdict::violated, "elsewhere", 4)});
    EXPECT_EQ(all.decisive->by, &weak);
}

TEST(summary, names_both_engines_that_contradict_each_other) {
    const auto all = of({saying("strong", verdict::holds), saying("weak", verdict::violated, "covered")});
    EXPECT_THAT(all.contradiction, HasSubstr("strong says that it holds"));
    EXPECT_THAT(all.contradiction, HasSubstr("weak has a run"));
}

TEST(summary, takes_an_answer_for_an_answer) {
    EXPECT_EQ(of({saying("weak", verdict::no, "elsewhere"), saying("strong", verdict::yes)}).verdict, verdict::no);
    EXPECT_EQ(of({saying("weak", verdict::measured)}).verdict, verdict::measured);
}

/// Grounds of a verdict of the engine "strong" with these premises.
std::string grounds_with(const std::vector<assumption>& premises, verdict value = verdict::holds) {
    report all = saying("strong", value);
    all.findings.front().assumptions = premises;
    return grounds_of({&strong, &all, &all.findings.front()});
}

TEST(grounds, name_what_is_assumed_and_not_what_is_proved) {
    EXPECT_EQ(grounds_with({}), "strong");
    EXPECT_EQ(grounds_with({{"conservation", true}}), "strong");
    EXPECT_EQ(grounds_with({{"up to 4 CPUs", false}, {"conservation", true}, {"times below 2^61 ns", false}}),
              "strong, assuming up to 4 CPUs, times below 2^61 ns");
}

TEST(grounds, do_not_repeat_what_the_engine_names_itself) {
    EXPECT_EQ(grounds_with({{"stron", false}, {"times below 2^61 ns", false}}), "strong, assuming times below 2^61 ns");
}

TEST(grounds, are_none_of_what_is_inconclusive) {
    EXPECT_EQ(grounds_with({{"up to 4 CPUs", false}}, verdict::inconclusive), "");
}

TEST(grounds, are_what_another_run_printed) {
    report all = saying("strong", verdict::holds);
    all.findings.front().printed_grounds = "3 events, elsewhere";
    EXPECT_EQ(grounds_of({&strong, &all, &all.findings.front()}), "3 events, elsewhere");
}

TEST(premises, say_which_are_proved) {
    finding said;
    EXPECT_EQ(premises_of(said), "");
    said.assumptions = {{"conservation", true}, {"up to 4 CPUs", false}};
    EXPECT_EQ(premises_of(said), "conservation (proved), up to 4 CPUs (assumed)");
}

TEST(summary, names_what_is_assumed_where_engines_contradict_each_other) {
    std::vector<report> reports{saying("strong", verdict::holds), saying("weak", verdict::violated, "covered")};
    reports.front().findings.front().assumptions = {{"up to 4 CPUs", false}};
    EXPECT_THAT(of(reports).contradiction, HasSubstr("(strong, assuming up to 4 CPUs)"));
}

TEST(verdict, has_a_name_that_can_be_read_again) {
    for (const verdict each : all_verdicts)
        EXPECT_EQ(verdict_from_string(to_string(each)), each);
    EXPECT_FALSE(verdict_from_string("perhaps"));
}

} // namespace
} // namespace bwcheck::verdicts
