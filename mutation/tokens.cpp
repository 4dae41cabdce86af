#include "mutation/tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace bwcheck::mutation {

namespace {

bool is_word_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Longest first. ">>" is left out: two templates may end there.
constexpr std::array<std::string_view, 20> long_marks{"<<=", "...", "::", "->", "++", "--", "+=", "-=", "*=", "/=",
                                                      "%=",  "==",  "!=", "<=", ">=", "&&", "||", "<<", "|=", "&="};

class scanner {
public:
    explicit scanner(std::string_view text) : text_(text) {}

    std::vector<token> scan() {
        std::vector<token> found;
        while (true) {
            const bool space = skip_blanks();
            if (at_ == text_.size())
                return found;
            token next{token_kind::mark, at_, at_, space};
            next.kind = take();
            next.end = at_;
            found.push_back(next);
        }
    }

private:
    [[nodiscard]] bool starts(std::string_view expected) const { return text_.substr(at_).starts_with(expected); }

    void skip_past(std::string_view expected, std::string_view complaint) {
        const std::size_t found = text_.find(expected, at_);
        if (found == std::string_view::npos)
            throw std::invalid_argument(std::string(complaint));
        at_ = found + expected.size();
    }

    void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }

    /// White space, comments and preprocessor lines (of which the model has no continued ones). Whether there was any.
    bool skip_blanks() {
        const std::size_t from = at_;
        while (at_ < text_.size())
            if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0)
                ++at_;
            else if (starts("//") || text_[at_] == '#')
                skip_line();
            else if (starts("/*"))
                skip_past("*/", "a comment does not end");
            else
                break;
        return at_ != from;
    }

    token_kind take() {
        const char first = text_[at_];
        if (first == '"' || first == '\'') {
            take_literal(first);
            return token_kind::literal;
        }
        if (is_word_part(first)) {
            const bool number = std::isdigit(static_cast<unsigned char>(first)) != 0;
            // A ' between digits belongs to the number.
            while (at_ < text_.size() && (is_word_part(text_[at_]) || (number && text_[at_] == '\'')))
                ++at_;
            return number ? token_kind::number : token_kind::word;
        }
        const auto* const mark =
            std::find_if(long_marks.begin(), long_marks.end(), [&](std::string_view one) { return starts(one); });
        at_ += mark == long_marks.end() ? 1 : mark->size();
        return token_kind::mark;
    }

    void take_literal(char quote) {
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\\')
                ++at_;
            else if (text_[at_] == quote) {
                ++at_;
                return;
            }
        }
        throw std::invalid_argument("a literal does not end");
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

source::source(std::string text) : text_(std::move(text)), tokens_(scanner(text_).scan()) {}

std::string source::slice(std::size_t first, std::size_t last) const {
    if (first >= last)
        return "";
    return text_.substr(tokens_.at(first).begin, tokens_.at(last - 1).end - tokens_.at(first).begin);
}

std::string source::line(std::size_t first, std::size_t last) const {
    std::string joined;
    for (std::size_t number = first; number < last; ++number) {
        if (number != first && tokens_.at(number).after_space)
            joined += ' ';
        joined += word(number);
    }
    return joined;
}

std::size_t source::closing(std::size_t open) const {
    int depth = 0;
    for (std::size_t number = open; number < size(); ++number) {
        const std::string_view mark = word(number);
        if (mark == "(" || mark == "[" || mark == "{")
            ++depth;
        else if ((mark == ")" || mark == "]" || mark == "}") && --depth == 0)
            return number;
    }
    throw std::invalid_argument("a bracket is not closed: " + line(open, std::min(open + 8, size())));
}

} // namespace bwcheck::mutation
