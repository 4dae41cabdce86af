#include "cli/reports/merged_results.hpp"

#include "cli/engines.hpp"
#include "cli/reports/check_json.hpp"
#include "properties/catalogue.hpp"
#include "random/case_verdict.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace bwcheck::cli {

namespace {

using verdicts::verdict;
using json = nlohmann::ordered_json;
using shard_list = std::vector<const printed_result*>;

/// The places of things in the order in which they first came up.
template <class Key>
class first_seen {
public:
    std::size_t operator()(const Key& key) { return places_.try_emplace(key, places_.size()).first->second; }

private:
    std::map<Key, std::size_t> places_;
};

std::string_view property_id(const printed_result& result) { return properties::catalogue_infos[result.property].id; }

std::string name_of(const printed_result& result) {
    return fmt::format("{} of {}, engine {}", property_id(result), result.revision, result.engine);
}

/// Seeds from `begin` up to, and without, `end`.
struct seed_range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

std::uint64_t sum(std::uint64_t a, std::uint64_t b, const printed_result& of) {
    std::uint64_t all = 0;
    if (__builtin_add_overflow(a, b, &all))
        throw text::input_error(
            fmt::format("{}: with the others, its numbers for {} do not fit 64 bits", of.source, name_of(of)));
    return all;
}

/// "1, 4 to 6": of numbers in their order.
std::string ranges_text(const std::set<std::uint64_t>& numbers) {
    std::string text;
    for (auto first = numbers.begin(); first != numbers.end();) {
        auto last = first;
        auto next = std::next(first);
        while (next != numbers.end() && *next == *last + 1)
            last = next++;
        text += text.empty() ? "" : ", ";
        text += first == last ? fmt::format("{}", *first) : fmt::format("{} to {}", *first, *last);
        first = next;
    }
    return text;
}

/// By revision and engine: what has to be the same in all shards, what they were asked, and what of it ran.
class suite {
public:
    const printed_result* first = nullptr;
    seed_range seeds;
    properties::property_set asked = 0;
    std::optional<verdicts::shard> whole; ///< empty: nobody says that it has a share only
    std::set<std::uint64_t> shards;       ///< the numbers of those that are there

    /// "shard 3 of 3 is missing"; empty if none is.
    [[nodiscard]] std::string missing_shards() const {
        std::set<std::uint64_t> missing;
        for (std::uint64_t number = 1; whole && number <= whole->of; ++number)
            if (!shards.contains(number))
                missing.insert(number);
        return missing.empty() ? "" : shards_text(missing) + (missing.size() == 1 ? " is missing" : " are missing");
    }
    /// "shard 2 of 3 was not asked for refill-exact"; empty if all were. `there`: those that have the property.
    [[nodiscard]] std::string unasked_shards(const std::set<std::uint64_t>& there, std::string_view property) const {
        std::set<std::uint64_t> unasked;
        std::set_difference(shards.begin(), shards.end(), there.begin(), there.end(),
                            std::inserter(unasked, unasked.end()));
        return unasked.empty() ? ""
                               : fmt::format("{} {} not asked for {}", shards_text(unasked),
                                             unasked.size() == 1 ? "was" : "were", property);
    }

private:
    [[nodiscard]] std::string shards_text(const std::set<std::uint64_t>& numbers) const {
        return fmt::format("shard{} {} of {}", numbers.size() == 1 ? "" : "s", ranges_text(numbers), whole->of);
    }
};

verdicts::case_report cases_of(const printed_result& result) {
    verdicts::case_report ran;
    ran.first_seed = result.random->seed;
    ran.cases = result.random->cases;
    ran.wanted_cases = result.random->wanted;
    ran.events = result.random->events;
    ran.stopped_by = "shards";
    return ran;
}

/// What was seen of one property by all shards that ran random cases.
class random_merge {
public:
    random_merge(shard_list shards, const suite& all) : shards_(std::move(shards)), all_(all) {
        std::stable_sort(shards_.begin(), shards_.end(), [](const printed_result* a, const printed_result* b) {
            return a->random->seed < b->random->seed;
        });
    }

    [[nodiscard]] printed_result result() const {
        refuse_overlap();
        const auto& info = properties::catalogue_infos[shards_.front()->property];
        printed_result merged = worst();
        merged.random = printed_cases{.seed = shards_.front()->random->seed, .cases = 0, .wanted = 0, .events = 0};
        merged.fired = 0;
        merged.seconds = 0;
        merged.measured.reset();
        merged.coverage.reset();
        if (info.kind == properties::property_kind::coverage)
            merged.coverage.emplace();
        for (const printed_result* one : shards_) {
            merged.random->cases = sum(merged.random->cases, one->random->cases, *one);
            merged.random->events = sum(merged.random->events, one->random->events, *one);
            if (merged.random->wanted && one->random->wanted)
                merged.random->wanted = sum(*merged.random->wanted, *one->random->wanted, *one);
            else
                merged.random->wanted.reset();
            merged.fired = sum(merged.fired, one->fired, *one);
            merged.seconds += one->seconds;
            if (one->measured)
                merged.measured = std::max(merged.measured.value_or(*one->measured), *one->measured);
            if (one->coverage && merged.coverage)
                merged.coverage->merge(*one->coverage);
        }
        // A measure that goes beyond its bound has a run, and could be larger still in what did not run.
        if (!verdicts::is_broken(merged.verdict) && (merged.trace.empty() || !missing().empty()))
            conclude(merged);
        return merged;
    }

    /// What did not run of it: "shard 3 of 3 is missing: seeds 81 to 120 did not run"; empty if all did.
    [[nodiscard]] std::string missing() const {
        std::set<std::uint64_t> there;
        for (const printed_result* one : shards_)
            if (one->shard)
                there.insert(one->shard->number);
        const std::string missing = all_.missing_shards();
        const std::string unasked = all_.unasked_shards(there, property_id(*shards_.front()));
        const std::string shards = missing + (missing.empty() || unasked.empty() ? "" : ", and ") + unasked;
        seed_range wanted = all_.seeds;
        if (!missing.empty()) {
            wanted.begin = std::min(wanted.begin, all_.whole->first_seed);
            wanted.end = std::max(wanted.end, all_.whole->first_seed + all_.whole->cases);
        }
        const std::string seeds = missing_seeds(wanted);
        return shards + (shards.empty() || seeds.empty() ? "" : ": ") + seeds;
    }

private:
    void refuse_overlap() const {
        const printed_result* before = nullptr;
        for (const printed_result* one : shards_) {
            if (one->random->cases == 0)
                continue;
            if (before != nullptr && before->random->end() > one->random->seed)
                throw text::input_error(fmt::format("{} and {}: both ran seed {} for {}", before->source, one->source,
                                                    one->random->seed, name_of(*one)));
            before = one;
        }
    }

    /// A violation, if there is one, or else any.
    [[nodiscard]] const printed_result& worst() const {
        const auto violated = std::find_if(shards_.begin(), shards_.end(), [](const printed_result* one) {
            return verdicts::is_broken(one->verdict) || !one->trace.empty();
        });
        return violated == shards_.end() ? *shards_.front() : **violated;
    }

    /// "seeds 3 to 5, 9 to 9 did not run"; empty if all did.
    [[nodiscard]] std::string missing_seeds(seed_range wanted) const {
        std::vector<std::string> gaps;
        std::uint64_t next = wanted.begin;
        const auto until = [&](std::uint64_t seed) {
            if (next < seed)
                gaps.push_back(fmt::format("{} to {}", next, seed - 1));
        };
        for (const printed_result* one : shards_) {
            if (one->random->cases == 0)
                continue;
            until(one->random->seed);
            next = one->random->end();
        }
        until(wanted.end);
        return gaps.empty() ? "" : fmt::format("seeds {} did not run", fmt::join(gaps, ", "));
    }

    void conclude(printed_result& merged) const {
        const auto done =
            random::conclude(properties::catalogue_infos[merged.property], {.cases = merged.random->cases,
                                                                            .wanted_cases = merged.random->wanted,
                                                                            .events = merged.random->events,
                                                                            .fired = merged.fired,
                                                                            .coverage = merged.coverage,
                                                                            .missing = missing()});
        merged.verdict = done.verdict;
        merged.reason = done.reason;
        merged.machine.reset();
        verdicts::report all;
        all.scope = merged.scope;
        all.cases = cases_of(merged);
        merged.grounds = done.verdict == verdict::inconclusive ? "" : engine_named(merged.engine).grounds({}, all);
    }

    shard_list shards_;
    const suite& all_;
};

/// Writes what was merged over what was printed.
void update_json(printed_result& merged) {
    json& whole = merged.whole;
    whole["verdict"] = to_string(merged.verdict);
    whole["grounds"] = merged.grounds;
    if (!merged.machine)
        whole["machine"] = nullptr;
    whole["reason"] = merged.reason;
    whole["seconds"] = rounded_seconds(merged.seconds);
    json& bounds = whole["bounds"];
    bounds["measured"] = merged.measured ? json(*merged.measured) : json(nullptr);
    bounds["checks"] = checks_json(merged.coverage);
    bounds["fired"] = merged.fired;
    bounds["seed"] = merged.random->seed;
    bounds["cases"] = merged.random->cases;
    bounds["wanted_cases"] = merged.random->wanted ? json(*merged.random->wanted) : json(nullptr);
    bounds["events"] = merged.random->events;
}

printed_result merge_one(const shard_list& shards, const suite& all) {
    if (shards.front()->random) {
        printed_result merged = random_merge(shards, all).result();
        update_json(merged);
        return merged;
    }
    if (!engine_named(shards.front()->engine).always() && shards.size() > 1) // every machine tries what was saved
        throw text::input_error(
            fmt::format("{} and {}: both have {}", shards[0]->source, shards[1]->source, name_of(*shards[0])));
    return *shards.front();
}

/// The result of a property that was asked for and that no shard has.
printed_result nobody_has(std::size_t property, const suite& all) {
    printed_result open = *all.first;
    open.property = property;
    open.verdict = verdict::inconclusive;
    open.reason = all.missing_shards();
    if (open.reason.empty())
        open.reason = "asked for, and no shard looked at it";
    open.grounds = "";
    open.assumptions.clear();
    open.trace = "";
    open.machine.reset();
    open.fired = 0;
    open.measured.reset();
    open.coverage.reset();
    open.second.reset();
    open.refutations.clear();
    open.contradiction = "";
    open.parts.clear(); // of this property; what the engine explored stays
    json& whole = open.whole;
    whole["property"] = property_id(open);
    whole["verdict"] = to_string(open.verdict);
    whole["grounds"] = "";
    whole["assumptions"] = json::array();
    whole["reason"] = open.reason;
    whole["location"] = nullptr;
    whole["trace"] = nullptr;
    whole["machine"] = nullptr;
    json& bounds = whole["bounds"];
    for (const char* const none : {"measured", "checks", "proof"})
        bounds[none] = nullptr;
    bounds["fired"] = 0;
    bounds["parts"] = json::array();
    return open;
}

/// A run in which no engine looks at a property says so; that is no news if another run has one that does.
bool judged_elsewhere(const printed_result& result, const std::vector<printed_result>& shards) {
    return result.reason.starts_with(not_judged) &&
           std::any_of(shards.begin(), shards.end(), [&](const printed_result& other) {
               return other.revision == result.revision && other.property == result.property &&
                      !other.reason.starts_with(not_judged);
           });
}

/// "1/3 of 120 cases from seed 1"
std::string described(const verdicts::shard& shard) {
    return fmt::format("{}/{}{}", shard.number, shard.of,
                       shard.cases > 0 ? fmt::format(" of {} cases from seed {}", shard.cases, shard.first_seed) : "");
}

void add_to(suite& all, const printed_result& one) {
    if (all.first == nullptr)
        all.first = &one;
    if (one.scope != all.first->scope)
        throw text::input_error(fmt::format(R"({} and {}: {} was run in the scope "{}" and in "{}")", all.first->source,
                                            one.source, one.revision, all.first->scope, one.scope));
    all.asked |= one.asked;
    if (one.shard) {
        if (all.whole && !all.whole->same_whole(*one.shard))
            throw text::input_error(fmt::format("{}: is a share of another check of {} than the others: {}, and not {}",
                                                one.source, one.revision, described(*one.shard),
                                                described(*all.whole)));
        all.whole = one.shard;
        all.shards.insert(one.shard->number);
    }
    if (!one.random || one.random->cases == 0)
        return;
    if (all.seeds.end == 0)
        all.seeds = {one.random->seed, one.random->end()};
    all.seeds.begin = std::min(all.seeds.begin, one.random->seed);
    all.seeds.end = std::max(all.seeds.end, one.random->end());
}

/// Whether a suite should have a result of that property: its engine looks at it, or nobody has anything on it.
bool concerns(std::size_t property, const suite& all, const std::vector<printed_result>& shards) {
    return properties::contains(engine_named(all.first->engine).judges(), property) ||
           std::none_of(shards.begin(), shards.end(), [&](const printed_result& other) {
               return other.revision == all.first->revision && other.property == property;
           });
}

/// Two scopes may have one name by chance: what was found in one says nothing about the other.
void refuse_other_scopes_of_one_name(const std::vector<printed_result>& shards) {
    std::map<std::string_view, const printed_result*> known;
    for (const printed_result& one : shards) {
        const printed_result& first = *known.try_emplace(one.scope, &one).first->second;
        if (first.scope_hash != one.scope_hash)
            throw text::input_error(fmt::format(R"({} and {}: their scopes are both called "{}", and are not the same)",
                                                first.source, one.source, one.scope));
    }
}

/// Machines that shared properties explored the same parts; of each that is told which was explored the least.
void keep_least_explored(verdicts::report& known, const printed_result& more) {
    for (const verdicts::part_report& part : more.explored) {
        const auto same = std::find_if(known.parts.begin(), known.parts.end(),
                                       [&](const verdicts::part_report& other) { return other.part == part.part; });
        if (same == known.parts.end())
            known.parts.push_back(part);
        else if (same->exhausted() && !part.exhausted())
            *same = part;
    }
    for (const model::scope_part& machine : more.exhausted)
        if (std::find(known.exhausted.begin(), known.exhausted.end(), machine) == known.exhausted.end())
            known.exhausted.push_back(machine);
    std::erase_if(known.exhausted, [&](const model::scope_part& machine) {
        return std::any_of(known.parts.begin(), known.parts.end(), [&](const verdicts::part_report& part) {
            return part.part == machine.name && !part.exhausted();
        });
    });
}

} // namespace

merge merged_results(const std::vector<printed_result>& shards) {
    refuse_other_scopes_of_one_name(shards);
    using suite_key = std::pair<std::string, std::string>;
    first_seen<std::string> revisions;
    first_seen<suite_key> engines;
    std::map<suite_key, suite> suites;
    std::map<std::string, properties::property_set> asked;
    std::map<std::string, std::vector<std::string>> errors;
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, shard_list> found;
    for (const printed_result& one : shards) {
        const suite_key key{one.revision, one.engine};
        add_to(suites[key], one);
        asked[one.revision] |= one.asked;
        std::vector<std::string>& known = errors[one.revision];
        for (const std::string& error : one.errors)
            if (std::find(known.begin(), known.end(), error) == known.end())
                known.push_back(error);
        found[{revisions(one.revision), engines(key), one.property}].push_back(&one);
    }
    std::vector<printed_result> made; // for what nobody has; `found` points to them
    made.reserve(suites.size() * properties::catalogue_size);
    for (const auto& [key, all] : suites)
        if (all.whole)
            properties::for_each_of(all.asked, [&, &key = key, &all = all](std::size_t property) {
                const std::tuple place{revisions(key.first), engines(key), property};
                if (!found.contains(place) && concerns(property, all, shards))
                    found[place] = {&made.emplace_back(nobody_has(property, all))};
            });
    merge merged;
    merged.results.reserve(found.size());
    for (const auto& [key, of_one] : found) {
        const printed_result& first = *of_one.front();
        if (judged_elsewhere(first, shards))
            continue;
        const suite& all = suites[{first.revision, first.engine}];
        merged.results.push_back(merge_one(of_one, all));
        printed_result& added = merged.results.back();
        added.asked = asked[first.revision];
        for (const printed_result* one : of_one)
            if (added.contradiction.empty())
                added.contradiction = one->contradiction;
        added.errors = errors[first.revision];
        added.shard.reset();
        added.whole["bounds"]["shard"] = nullptr;
        std::vector<std::string>& sentences = merged.missing[first.revision];
        const std::string missing = first.random ? random_merge(of_one, all).missing() : all.missing_shards();
        std::string sentence = fmt::format("{}: {}", first.engine, missing);
        if (!missing.empty() && std::find(sentences.begin(), sentences.end(), sentence) == sentences.end())
            sentences.push_back(std::move(sentence));
    }
    return merged;
}

std::string merged_json(const merge& merged) {
    json reports = json::array();
    const std::vector<printed_result>& all = merged.results;
    for (auto first = all.begin(); first != all.end();) {
        const auto end =
            std::find_if(first, all.end(), [&](const printed_result& one) { return one.revision != first->revision; });
        json results = json::array();
        for (auto one = first; one != end; ++one)
            results.push_back(one->whole);
        const auto checked = as_checked({first, end});
        reports.push_back(report_json(first->revision, std::move(results), result_of(checked), first->asked,
                                      merged.missing.at(first->revision)));
        first = end;
    }
    return reports_text(reports);
}

std::vector<checked_revision> as_checked(const std::vector<printed_result>& merged) {
    std::vector<checked_revision> all;
    for (const printed_result& one : merged) {
        if (all.empty() || all.back().report.revision != one.revision || all.back().report.engine != one.engine) {
            all.emplace_back();
            all.back().report.engine = one.engine;
            all.back().report.revision = one.revision;
            all.back().report.scope = one.scope;
            all.back().report.scope_hash = one.scope_hash;
            all.back().report.asked = one.asked;
            all.back().printed_errors = one.errors;
        }
        checked_revision& of_engine = all.back();
        verdicts::finding result;
        result.property = property_id(one);
        result.verdict = one.verdict;
        result.reason = one.reason;
        result.assumptions = one.assumptions;
        result.printed_grounds = one.grounds;
        result.measured = one.measured;
        result.coverage = one.coverage;
        result.fired = one.fired;
        for (const verdicts::part_report& part : one.parts)
            result.parts.push_back(part.part);
        keep_least_explored(of_engine.report, one);
        if (one.machine)
            result.run.emplace().part = *one.machine;
        if (!one.contradiction.empty())
            of_engine.printed_contradictions[std::string(result.property)] = one.contradiction;
        if (!one.refutations.empty())
            result.proof.emplace().refutations = one.refutations;
        of_engine.report.findings.push_back(std::move(result));
        of_engine.report.seconds = std::max(of_engine.report.seconds, one.seconds);
        if (!one.trace.empty())
            of_engine.traces[std::string(property_id(one))].path = one.trace;
        if (one.second) {
            verdicts::proof_report& proof =
                of_engine.report.proof ? *of_engine.report.proof : of_engine.report.proof.emplace();
            proof.second.add(*one.second);
        }
        if (one.random && (!of_engine.report.cases || of_engine.report.cases->cases < one.random->cases))
            of_engine.report.cases = cases_of(one);
    }
    return all;
}

} // namespace bwcheck::cli
