// C++ source as a list of tokens, as far as the model's style needs it: what an expression or a statement consists of,
// and where in the text it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::mutation {

enum class token_kind : std::uint8_t { word, number, literal, mark };

/// One token. White space, comments and preprocessor lines are not tokens.
struct token {
    token_kind kind = token_kind::mark;
    std::size_t begin = 0;    ///< offset in the text
    std::size_t end = 0;      ///< offset behind it
    bool after_space = false; ///< white space or a comment stands before it
};

/// A source text with its tokens.
class source {
public:
    /// Throws std::invalid_argument for a text that ends inside a comment or a literal.
    explicit source(std::string text);

    [[nodiscard]] std::size_t size() const { return tokens_.size(); }
    [[nodiscard]] const token& operator[](std::size_t number) const { return tokens_.at(number); }
    [[nodiscard]] std::string_view text() const { return text_; }

    /// The text of one token; empty behind the last one.
    [[nodiscard]] std::string_view word(std::size_t number) const {
        if (number >= tokens_.size())
            return {};
        return std::string_view(text_).substr(tokens_[number].begin, tokens_[number].end - tokens_[number].begin);
    }
    [[nodiscard]] bool is(std::size_t number, std::string_view expected) const { return word(number) == expected; }

    /// The text from token `first` to the one before `last`.
    [[nodiscard]] std::string slice(std::size_t first, std::size_t last) const;

    /// The same on one line: white space is one blank, comments are left out.
    [[nodiscard]] std::string line(std::size_t first, std::size_t last) const;

    /// The token that closes the bracket ( [ or { at `open`. Throws std::invalid_argument if there is none.
    [[nodiscard]] std::size_t closing(std::size_t open) const;

private:
    std::string text_;
    std::vector<token> tokens_;
};

} // namespace bwcheck::mutation
