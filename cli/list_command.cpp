// `bwcheck list`: what there is to check, to check with, and to check in.
#include "cli/commands.hpp"
#include "cli/standard_output.hpp"
#include "model/revisions/registry.hpp"
#include "model/revisions/revision_graph.hpp"
#include "model/scope.hpp"
#include "properties/catalogue.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace bwcheck::cli {

namespace {

using json = nlohmann::ordered_json;

bool wanted(listing one, listing asked) { return asked == listing::all || asked == one; }

model::scope named_scope(std::string_view name) { return model::parse_scope(model::named_scope_text(name), name); }

json revisions_json() {
    json all = json::array();
    for (const model::revision& each : model::revisions()) {
        const model::revision_info& info = each.info;
        all.push_back({{"id", info.id},
                       {"base", info.base.empty() ? json(nullptr) : json(info.base)},
                       {"summary", info.summary},
                       {"source", info.source}});
    }
    return all;
}

json properties_json() {
    json all = json::array();
    for (const auto& info : properties::catalogue_infos)
        all.push_back({{"id", info.id},
                       {"statement", info.statement},
                       {"kind", properties::to_string(info.kind)},
                       {"claim", properties::to_string(info.claim)},
                       {"why", info.why},
                       {"source", info.source},
                       {"trigger", info.trigger}});
    return all;
}

json scopes_json() {
    json all = json::array();
    for (const std::string_view name : model::scope_names()) {
        const model::scope scope = named_scope(name);
        json parts = json::array();
        for (const auto& part : scope.parts)
            parts.push_back(part.name);
        all.push_back({{"name", name}, {"about", scope.about}, {"parts", parts}});
    }
    return all;
}

/// Names and what they are, one below the other.
class table {
public:
    explicit table(std::string_view heading) : heading_(heading) {}

    void add(std::string_view name, std::string_view about) { rows_.emplace_back(name, about); }

    [[nodiscard]] std::string text(bool with_heading) const {
        std::size_t width = 0;
        for (const auto& [name, about] : rows_)
            width = std::max(width, name.size());
        std::string all = with_heading ? fmt::format("{}:\n", heading_) : "";
        for (const auto& [name, about] : rows_)
            all += fmt::format("{}{:<{}}  {}\n", with_heading ? "  " : "", name, width, about);
        return all;
    }

private:
    std::string_view heading_;
    std::vector<std::pair<std::string, std::string>> rows_;
};

std::string list_text(listing listing) {
    table revisions("revisions");
    for (const model::revision& each : model::revisions())
        revisions.add(each.info.id, each.info.summary);
    table catalogue("properties");
    for (const auto& info : properties::catalogue_infos)
        catalogue.add(info.id, info.statement);
    table scopes("scopes");
    for (const std::string_view name : model::scope_names())
        scopes.add(name, named_scope(name).about);
    std::string text;
    for (const auto& [one, listed] : {std::pair(listing::revisions, &revisions),
                                      std::pair(listing::properties, &catalogue), std::pair(listing::scopes, &scopes)})
        if (wanted(one, listing))
            text += fmt::format("{}{}", text.empty() ? "" : "\n", listed->text(listing == listing::all));
    return text;
}

std::string list_json(listing listing) {
    json all;
    if (wanted(listing::revisions, listing))
        all["revisions"] = revisions_json();
    if (wanted(listing::properties, listing))
        all["properties"] = properties_json();
    if (wanted(listing::scopes, listing))
        all["scopes"] = scopes_json();
    return all.dump(2) + "\n";
}

} // namespace

exit_status run(const list_options& options) {
    if (options.dot) {
        std::vector<model::revision_info> infos;
        for (const model::revision& each : model::revisions())
            infos.push_back(each.info);
        write_output(model::revisions_as_dot(infos));
        return exit_status::success;
    }
    write_output(options.json ? list_json(options.what) : list_text(options.what));
    return exit_status::success;
}

} // namespace bwcheck::cli
