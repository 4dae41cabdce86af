#include "cli/reports/expectation.hpp"

#include "cli/known_names.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"
#include "text/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace bwcheck::cli {

namespace {

constexpr std::size_t largest_file = std::size_t{16} << 20U;

std::string verdict_names() {
    std::string names;
    for (const verdicts::verdict each : verdicts::all_verdicts)
        names += fmt::format("{}{}", names.empty() ? "" : ", ", to_string(each));
    return names;
}

/// Up to a comment.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(" \t\r", at)) != std::string_view::npos && line[at] != '#') {
        const std::size_t end = std::min(line.find_first_of(" \t\r", at), line.size());
        words.emplace_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

/// Revision and engine.
using run_key = std::pair<std::string, std::string>;

run_key run_in(const expected_key& key) { return {std::get<0>(key), std::get<1>(key)}; }

std::string words_for(const expected_key& key) {
    return fmt::format("{} {} {}", std::get<0>(key), std::get<1>(key), std::get<2>(key));
}

bool asks(const asked_for& asked, const expected_key& key) {
    const auto has = [](const std::vector<std::string>& names, const std::string& name) {
        return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
    };
    const auto& [revision, engine, property] = key;
    return has(asked.revisions, revision) && has(asked.engines, engine) &&
           properties::contains(asked.properties, properties::property_number(property).value());
}

/// What is not as expected about a result; empty if it is.
std::string difference(const expectations& expected, const run_key& run, const verdicts::finding& result) {
    const expected_key key{run.first, run.second, std::string(result.property)};
    const auto known = expected.find(key);
    if (known == expected.end())
        return fmt::format("{}: {}, nothing was expected", words_for(key), to_string(result.verdict));
    if (known->second == result.verdict)
        return "";
    const bool open = result.verdict == verdicts::verdict::inconclusive && !result.reason.empty();
    return fmt::format("{}: {}, expected {}{}", words_for(key), to_string(result.verdict), to_string(known->second),
                       open ? ": " + text::printable(result.reason) : "");
}

} // namespace

expectations parse_expectations(std::string_view text, std::string_view source) {
    expectations read;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const auto words = words_of(line);
        if (words.empty())
            continue;
        const auto fail = [&](const std::string& message) {
            throw text::input_error(fmt::format("{}:{}: {}", source, number, message));
        };
        if (words.size() != 4)
            fail(fmt::format("has {} words, must be REVISION ENGINE PROPERTY VERDICT", words.size()));
        try {
            check_revision(words[0]);
            check_reported_engine(words[1]);
            static_cast<void>(property_of(words[2]));
        } catch (const text::input_error& error) {
            fail(error.what());
        }
        const auto expected = verdicts::verdict_from_string(words[3]);
        if (!expected) {
            fail(fmt::format("the verdict must be one of {}, not \"{}\"", verdict_names(),
                             text::printable(words[3], text::most_repeated)));
        } else if (!read.emplace(expected_key{words[0], words[1], words[2]}, *expected).second) {
            fail(fmt::format("{} {} {} was there before", words[0], words[1], words[2]));
        }
    }
    if (read.empty())
        throw text::input_error(fmt::format("{}: expects nothing", source));
    return read;
}

expectations load_expectations(const std::string& path) {
    return parse_expectations(text::read_text_file(path, largest_file, "a file of verdicts"), path);
}

namespace {

/// On what grounds it is so, or why it is inconclusive: of no weight when the file is read again.
std::string comment_on(const verdicts::finding& result, const checked_revision& checked, const comparisons& against) {
    const bool open = result.verdict == verdicts::verdict::inconclusive;
    std::string text = text::printable(open ? result.reason : grounds_of(result, checked));
    if (const std::string words = words_against(result.property, against.of(checked.report.revision)); !words.empty())
        text += (text.empty() ? "" : "; ") + words;
    return text.empty() ? "" : " # " + text;
}

} // namespace

std::string expectations_text(const std::vector<checked_revision>& all, const comparisons& against) {
    std::string text = "# REVISION ENGINE PROPERTY VERDICT\n";
    for (const checked_revision& checked : all)
        for (const verdicts::finding& result : checked.report.findings)
            text += fmt::format("{} {} {} {}{}\n", checked.report.revision, checked.report.engine, result.property,
                                to_string(result.verdict), comment_on(result, checked, against));
    return text;
}

std::vector<std::string> differences(const expectations& expected, const std::vector<checked_revision>& all,
                                     const asked_for& asked) {
    std::set<run_key> known;
    std::map<run_key, std::size_t> wanted;
    for (const auto& [key, verdict] : expected) {
        known.insert(run_in(key));
        if (asks(asked, key))
            ++wanted[run_in(key)];
    }
    std::vector<std::string> sentences;
    std::set<expected_key> seen;
    std::set<run_key> ran;
    for (const checked_revision& checked : all) {
        const run_key run{checked.report.revision, checked.report.engine};
        if (!checked.report.findings.empty())
            ran.insert(run);
        if (!known.contains(run))
            sentences.push_back(fmt::format("{} {}: nothing was expected, and there {} {} result{}", run.first,
                                            run.second, checked.report.findings.size() == 1 ? "is" : "are",
                                            checked.report.findings.size(),
                                            checked.report.findings.size() == 1 ? "" : "s"));
        else
            for (const verdicts::finding& result : checked.report.findings) {
                seen.emplace(run.first, run.second, result.property);
                if (std::string different = difference(expected, run, result); !different.empty())
                    sentences.push_back(std::move(different));
            }
    }
    for (const auto& [run, number] : wanted)
        if (!ran.contains(run))
            sentences.push_back(fmt::format("{} {}: no result, {} expected", run.first, run.second, number));
    for (const auto& [key, verdict] : expected)
        if (asks(asked, key) && ran.contains(run_in(key)) && !seen.contains(key))
            sentences.push_back(fmt::format("{}: no result, expected {}", words_for(key), to_string(verdict)));
    return sentences;
}

} // namespace bwcheck::cli
