#include "cli/shard.hpp"

#include "cli/engines.hpp"
#include "cli/known_names.hpp"
#include "cli/numbers.hpp"
#include "properties/catalogue.hpp"
#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bwcheck::cli {

namespace {

verdicts::shard parse_shard(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        throw text::input_error(
            fmt::format("--shard: must be I/N, such as 2/8, not \"{}\"", text::printable(text, text::most_repeated)));
    const std::uint64_t of = whole_number("--shard", text.substr(slash + 1), 1, most_shards);
    verdicts::shard read;
    read.number = whole_number("--shard", text.substr(0, slash), 1, of);
    read.of = of;
    return read;
}

void share_seeds(check_options& options, verdicts::shard& shard) {
    if (options.cases == 0)
        throw text::input_error("--shard: takes --cases, the number of random cases of all shards together");
    shard.first_seed = options.seed;
    shard.cases = options.cases;
    // As even as can be: the first `left` shards have one case more.
    const std::uint64_t each = options.cases / shard.of;
    const std::uint64_t left = options.cases % shard.of;
    const std::uint64_t before = shard.number - 1;
    options.seed += each * before + std::min(before, left);
    options.cases = each + (before < left ? 1 : 0);
    if (options.cases == 0)
        throw text::input_error(fmt::format("--shard: there are fewer cases than {} shards", shard.of));
}

void share_properties(check_options& options, const verdicts::shard& shard) {
    std::vector<std::string> share;
    std::vector<std::string> all = options.properties;
    if (all.empty())
        for (const std::string_view id : properties::catalogue_ids())
            all.emplace_back(id);
    for (std::size_t place = shard.number - 1; place < all.size(); place += shard.of)
        share.push_back(all[place]);
    if (share.empty())
        throw text::input_error(fmt::format("--shard: there are fewer properties than {} shards", shard.of));
    options.properties = std::move(share);
}

} // namespace

check_options share_of(check_options whole, std::string_view shard) {
    verdicts::shard mine = parse_shard(shard);
    mine.properties = properties_of(whole.properties);
    if (whole.engines.size() != 1)
        throw text::input_error(
            "--shard: takes one --engine: seeds of random cases are shared out, or else properties");
    if (engine_named(whole.engines.front()).shares_seeds())
        share_seeds(whole, mine);
    else
        share_properties(whole, mine);
    whole.shard = mine;
    return whole;
}

} // namespace bwcheck::cli
