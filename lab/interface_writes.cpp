#include "lab/interface_writes.hpp"

#include "lab/text_forms.hpp"

#include <algorithm>

namespace bwcheck::lab {

namespace {

using model::file;

constexpr std::size_t longest_sequence = 20;

void add(interface_writes& all, const std::string& source, write_sequence sequence) {
    all.writes += sequence.size();
    all.sources[source] += sequence.size();
    all.sequences.push_back(std::move(sequence));
}

void add_text_forms(interface_writes& all) {
    const std::vector<write_sequence> surroundings{
        {},
        {{file::cpu_max, "50000 200000"}, {file::cpu_max_burst, "10000"}},
        {{file::cpu_max_burst, "7000"}, {file::cpu_max, "max 1000"}},
    };
    // In a group of its own each, so that an accepted one does not change what the next one meets.
    const auto forms = text_forms();
    std::size_t turn = 0;
    for (const model::scope_write& form : forms) {
        write_sequence sequence = surroundings[turn++ % surroundings.size()];
        sequence.push_back(form);
        add(all, "text forms", std::move(sequence));
    }
}

write_sequence random_sequence(std::string_view revision, std::size_t longest, rc::Random& random) {
    constexpr std::uint64_t one_in_to_burst = 3;
    constexpr std::uint64_t one_in_to_runtime = 4;
    constexpr model::constants<model::plain> limits;
    const auto group = make_model_group(revision);
    write_sequence sequence;
    while (sequence.size() < longest) {
        file where = random::dice(random, one_in_to_burst) == 0 ? file::cpu_max_burst : file::cpu_max;
        if (group->shown().runtime_file != model::runtime_interface::none &&
            random::dice(random, one_in_to_runtime) == 0)
            where = file::cpu_max_runtime;
        sequence.push_back({where, random::interesting_text(random, where, limits, group->shown())});
        static_cast<void>(group->write(sequence.back()));
    }
    return sequence;
}

} // namespace

interface_writes choose_writes(std::string_view revision, std::size_t writes, std::uint64_t seed) {
    interface_writes all;
    auto edges = find_guard_edges(revision);
    for (std::size_t number = 0; number < edges.found.size(); ++number)
        if (edges.found[number] > 0)
            all.edges[std::string(to_string(static_cast<model::guard>(number)))] = edges.found[number];
    for (write_sequence& sequence : edges.sequences)
        add(all, "edges", std::move(sequence));
    add_text_forms(all);
    constexpr std::size_t least_random = 1000;
    const std::size_t enough = std::max(writes, all.writes + least_random);
    rc::Random random(seed);
    while (all.writes < enough)
        add(all, "random", random_sequence(revision, std::min(longest_sequence, enough - all.writes), random));
    return all;
}

} // namespace bwcheck::lab
