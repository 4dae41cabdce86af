// Whatever is in a scope, a trace or a file of expectations: it is read, or refused in one line, and nothing else
// happens. Inputs are valid texts in which bytes, words and lines were damaged, and noise; the seed is fixed.
#include "cli/expectation.hpp"
#include "cli/usage_error.hpp"
#include "counterexamples/known_trace.hpp"
#include "counterexamples/trace_json.hpp"
#include "model/scope.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace bwcheck::cli {
namespace {

class damage {
public:
    explicit damage(std::uint64_t seed) : random_(seed) {}

    std::string applied_to(std::string text) {
        for (std::uint64_t times = 1 + below(4); times > 0; --times)
            once(text);
        return text;
    }
    std::string noise() {
        std::string bytes(below(200), '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(below(256));
        return bytes;
    }

private:
    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
    std::size_t somewhere(const std::string& text) { return below(text.size() + 1); }

    void once(std::string& text) {
        const std::size_t at = somewhere(text);
        const std::size_t length = std::min<std::size_t>(below(30), text.size() - at);
        static const std::string_view pieces[] = {
            "-1",       "18446744073709551616", "1e9", "\"", "[", "{", "]",    "}",       "\n", "null", "\0",
            "\xff\xfe", "9999999999",           "#",   "=",  ",", "0", "true", "\\u0000", "x"};
        switch (below(6)) {
        case 0:
            text.erase(at, length);
            break;
        case 1:
            text.insert(at, text.substr(somewhere(text), 40));
            break;
        case 2:
            text.insert(at, pieces[below(std::size(pieces))]);
            break;
        case 3:
            if (at < text.size())
                text[at] = static_cast<char>(below(256));
            break;
        case 4:
            text.resize(at);
            break;
        default:
            text.replace(at, length, pieces[below(std::size(pieces))]);
            break;
        }
    }

    std::mt19937_64 random_;
};

/// Reads many damaged texts; those that are refused are refused with one line. Returns how many were read.
template <class Error, class Read>
int read_damaged(const std::string& valid, int rounds, Read&& read) {
    int accepted = 0;
    for (int round = 0; round < rounds; ++round) {
        damage hammer(static_cast<std::uint64_t>(round));
        const std::string text = round % 10 == 0 ? hammer.noise() : hammer.applied_to(valid);
        try {
            read(text);
            ++accepted;
        } catch (const Error& refused) {
            const std::string_view what = refused.what();
            EXPECT_FALSE(what.empty());
            EXPECT_EQ(what.find('\n'), std::string_view::npos) << what;
        }
        // Anything else is thrown on, and the test fails.
    }
    return accepted;
}

TEST(ParserFuzz, Scopes) {
    const std::string valid(model::named_scope_text("smoke"));
    const int accepted = read_damaged<model::scope_error>(valid, 3000, [](const std::string& text) {
        const model::scope read = model::parse_scope(text, "damaged");
        EXPECT_FALSE(read.parts.empty());
        for (const auto& part : read.parts)
            EXPECT_GE(part.nr_cpus, 1);
    });
    EXPECT_GT(accepted, 0) << "some damage is to comments and names";
    EXPECT_LT(accepted, 2000);
}

TEST(ParserFuzz, Traces) {
    const std::string valid = counterexamples::trace_to_json(counterexamples::known_trace());
    const int accepted = read_damaged<counterexamples::trace_error>(valid, 3000, [](const std::string& text) {
        const auto read = counterexamples::trace_from_json(text);
        // What was taken for a trace is one, also the next time.
        const std::string again = counterexamples::trace_to_json(read);
        EXPECT_EQ(counterexamples::trace_to_json(counterexamples::trace_from_json(again)), again);
    });
    EXPECT_LT(accepted, 2000);
}

TEST(ParserFuzz, Expectations) {
    const std::string valid = "# known\n"
                              "mainline explore runtime-capped violated\n"
                              "linux-6.1 explore conservation holds\n"
                              "cpu-max-runtime-v2 random write-latency inconclusive\n";
    const int accepted = read_damaged<usage_error>(
        valid, 20'000, [](const std::string& text) { EXPECT_FALSE(parse_expectations(text, "damaged").empty()); });
    EXPECT_GT(accepted, 0);
    EXPECT_LT(accepted, 15'000);
}

} // namespace
} // namespace bwcheck::cli
