#include "model/checked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace bwcheck::model {

namespace {
// One register a thread: engines run models on several threads, each with its own findings.
thread_local std::vector<wrap> noted;
constexpr std::size_t most_noted = 16;
} // namespace

std::vector<wrap> take_wraps() { return std::exchange(noted, {}); }

std::optional<wrap> take_first_wrap() {
    const auto all = take_wraps();
    return all.empty() ? std::nullopt : std::optional(all.front());
}

std::string to_string(const wrap& finding) {
    const std::string file = std::filesystem::path(finding.where.file_name()).filename().string();
    const std::string_view symbol =
        finding.operation == '<' ? std::string_view("<<") : std::string_view(&finding.operation, 1);
    if (finding.is_signed)
        return fmt::format("{} {} {} wraps at {}:{}:{}", as_s64(finding.left), symbol, as_s64(finding.right), file,
                           finding.where.line(), finding.where.column());
    return fmt::format("{} {} {} wraps at {}:{}:{}", finding.left, symbol, finding.right, file, finding.where.line(),
                       finding.where.column());
}

namespace detail {
void note_wrap(const wrap& finding) {
    const auto is_there = [&finding](const wrap& known) { return same_place(known.where, finding.where); };
    if (noted.size() < most_noted && std::none_of(noted.begin(), noted.end(), is_there))
        noted.push_back(finding);
}
} // namespace detail

template <class Integer>
void checked_number<Integer>::throw_out_of_range() {
    throw std::out_of_range("a constant of the model does not fit its number type");
}

template class checked_number<std::uint64_t>;
template class checked_number<std::int64_t>;
template class checked_number<std::int32_t>;

} // namespace bwcheck::model
