#include "plugin/revision_type.hpp"

#include "text/input_error.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>
#include <vector>

namespace bwcheck::plugin {

namespace {

bool in_a_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The words and signs of C++ text, one at a time: without comments, texts in quotation marks, and directives.
class words_of {
public:
    explicit words_of(std::string_view text) : rest_(text) {}

    /// A word, "::", or one other character; empty at the end.
    [[nodiscard]] std::string_view next() {
        while (!rest_.empty()) {
            const char first = rest_.front();
            if (std::isspace(static_cast<unsigned char>(first)) != 0)
                drop(1);
            else if (rest_.starts_with("//") || first == '#')
                drop_line();
            else if (rest_.starts_with("/*"))
                drop_through("*/", 2);
            else if (rest_.starts_with("R\""))
                drop_raw_text();
            else if (first == '"' || first == '\'')
                drop_quoted(first);
            else
                return take(rest_.starts_with("::") ? 2 : in_a_word(first) ? length_of_word() : 1);
        }
        return {};
    }

private:
    void drop(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }
    std::string_view take(std::size_t count) {
        const std::string_view taken = rest_.substr(0, count);
        drop(count);
        return taken;
    }
    /// Digits may be grouped, as in 100'000.
    [[nodiscard]] std::size_t length_of_word() const {
        const bool is_number = std::isdigit(static_cast<unsigned char>(rest_.front())) != 0;
        std::size_t length = 1;
        while (length < rest_.size() && (in_a_word(rest_[length]) || (is_number && rest_[length] == '\'')))
            ++length;
        return length;
    }
    void drop_line() {
        std::size_t end = rest_.find('\n');
        while (end != std::string_view::npos && end > 0 && rest_[end - 1] == '\\')
            end = rest_.find('\n', end + 1);
        drop(end);
    }
    void drop_through(std::string_view end, std::size_t from) {
        const std::size_t at = rest_.find(end, from);
        drop(at == std::string_view::npos ? at : at + end.size());
    }
    void drop_raw_text() {
        const std::size_t open = rest_.find('(');
        if (open == std::string_view::npos)
            return drop(open);
        drop_through(fmt::format("){}\"", rest_.substr(2, open - 2)), open);
    }
    void drop_quoted(char quote) {
        std::size_t at = 1;
        while (at < rest_.size() && rest_[at] != quote && rest_[at] != '\n')
            at += rest_[at] == '\\' ? 2 : 1;
        drop(at + 1);
    }

    std::string_view rest_;
};

/// What a `{` opens: a namespace or a type with its name, or anything else.
struct opened_brace {
    enum class kind { other, name_space, type } what = kind::other;
    std::string name{};
};

class search {
public:
    explicit search(std::string_view text) : words_(text) {}

    [[nodiscard]] std::vector<std::string> run() {
        std::string_view before;
        for (std::string_view word = words_.next(); !word.empty(); before = word, word = words_.next()) {
            if (word == "{") {
                around_.push_back(std::exchange(begun_, {}));
            } else if (word == "}") {
                if (!around_.empty())
                    around_.pop_back();
            } else if (before == "revision_info" && word == "info") {
                if (!around_.empty() && around_.back().what == opened_brace::kind::type)
                    found_.push_back(qualified_name());
            } else {
                begin(word);
            }
        }
        return std::move(found_);
    }

private:
    /// Takes in what comes before a `{`.
    void begin(std::string_view word) {
        using kind = opened_brace::kind;
        if (word == "namespace" || word == "struct" || word == "class") {
            if (begun_.what == kind::other) // not in a list of template arguments behind `struct NAME :`
                begun_ = {word == "namespace" ? kind::name_space : kind::type, ""};
            bases_ = false;
        } else if (word == ";" || (!bases_ && (word == ">" || word == "," || word == "=" || word == ")"))) {
            begun_ = {};
        } else if (word == ":") {
            bases_ = true;
        } else if (begun_.what == kind::name_space ? word == "::" || in_a_word(word.front())
                                                   : begun_.name.empty() && in_a_word(word.front())) {
            begun_.name += word;
        }
    }

    [[nodiscard]] std::string qualified_name() const {
        std::string name;
        for (const opened_brace& each : around_)
            if (!each.name.empty())
                name += (name.empty() ? "" : "::") + each.name;
        return name;
    }

    words_of words_;
    std::vector<opened_brace> around_;
    opened_brace begun_;
    bool bases_ = false; ///< behind the `:` of a type that has begun
    std::vector<std::string> found_;
};

} // namespace

std::string revision_type_in(std::string_view header) {
    const auto found = search(header).run();
    if (found.empty())
        throw text::input_error("there is no revision in it; a revision is a struct with a member "
                                "`static constexpr revision_info info{...}`, as CONTRIBUTING.md shows");
    if (found.size() > 1)
        throw text::input_error(
            text::printable(fmt::format("there are {} revisions in it, {}; each needs a header of its own",
                                        found.size(), fmt::join(found, ", ")),
                            4 * text::most_repeated));
    return found.front();
}

} // namespace bwcheck::plugin
