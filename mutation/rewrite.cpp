#include "mutation/rewrite.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace bwcheck::mutation {

std::string mutant::key() const {
    const std::size_t slash = file.rfind('/');
    return file.substr(slash == std::string::npos ? 0 : slash + 1) + " " + function + ": " + before + " -> " +
           (after.empty() ? "(dropped)" : after);
}

namespace {

/// A statement, written out.
struct statement {
    std::string plain;     ///< as it was
    std::string switched;  ///< with its mutants
    std::string line;      ///< as it was, on one line
    std::size_t first = 0; ///< its tokens
    std::size_t last = 0;
    std::size_t source_line = 0;
    bool movable = false; ///< it may change places with another
};

class rewriter {
public:
    rewriter(std::string_view file, const std::string& text, std::size_t first)
        : in_(text), file_(file), next_number_(first) {}

    rewritten run() {
        std::string body;
        // The head of the file, up to its first token: comments, #pragma and #include.
        const std::string_view text = in_.text();
        const std::size_t head = in_.size() == 0 ? text.size() : in_[0].begin;
        body += text.substr(0, head);
        body += "#include \"mutation/active_mutant.hpp\"\n#pragma GCC system_header // the compiler is right about "
                "mutants\n\n";
        copied_ = head;
        declarations(0, in_.size(), body);
        body += text.substr(copied_);
        return {std::move(body), std::move(mutants_)};
    }

private:
    // --- declarations: finds the function bodies and copies everything else ---

    void declarations(std::size_t from, std::size_t to, std::string& out) {
        std::size_t start = from;
        for (std::size_t at = from; at < to; ++at) {
            if (in_.is(at, ";")) {
                start = at + 1;
                continue;
            }
            if (in_.is(at, "(")) {
                at = in_.closing(at);
                continue;
            }
            if (!in_.is(at, "{"))
                continue;
            const std::size_t end = in_.closing(at);
            if (opens_function(at)) {
                name_function(start, at);
                copy_up_to(in_[at].end, out);
                if (!only_speaks()) {
                    out += block(at + 1, end);
                    copied_ = in_[end].begin;
                }
                start = end + 1;
            } else if (opens_scope(start, at)) {
                declarations(at + 1, end, out);
                start = end + 1;
            }
            at = end;
        }
    }
    void copy_up_to(std::size_t offset, std::string& out) {
        out += in_.text().substr(copied_, offset - copied_);
        copied_ = offset;
    }
    [[nodiscard]] bool opens_function(std::size_t brace) const {
        return in_.is(brace - 1, ")") || (in_.is(brace - 1, "const") && in_.is(brace - 2, ")"));
    }
    [[nodiscard]] bool opens_scope(std::size_t from, std::size_t brace) const {
        for (std::size_t at = from; at < brace; ++at)
            if (in_.is(at, "namespace") || ((in_.is(at, "struct") || in_.is(at, "class")) && !in_.is(at - 1, "enum")))
                return true;
        return false;
    }
    /// Whether it is ours and not the kernel's: what a revision promises, and how a check is gone through. A mistake
    /// there is no mistake of the kernel.
    [[nodiscard]] bool only_speaks() const {
        return function_ == "accepts_burst" || function_ == "accepts_burst_alone" || function_ == "refused_by";
    }
    void name_function(std::size_t from, std::size_t brace) {
        for (std::size_t at = from; at < brace; ++at) {
            if (!in_.is(at, "("))
                continue;
            function_ = in_.slice(at - 1, at);
            returns_bool_ = in_.is(at - 2, "bool");
            return;
        }
    }

    // --- statements ---

    /// The statements from token `from` to the one before `to`, with their mutants.
    std::string block(std::size_t from, std::size_t to) {
        std::vector<statement> all;
        for (std::size_t at = from; at < to; at = all.back().last)
            all.push_back(parse(at, to));
        std::string text = "\n";
        for (std::size_t number = 0; number < all.size();) {
            std::size_t end = number;
            while (end < all.size() && all[end].movable)
                ++end;
            text += end - number > 1 ? run_of(all, number, end) : all[number].switched + "\n";
            number = std::max(end, number + 1);
        }
        return text;
    }

    /// Movable statements in a row, with the mutants that exchange two neighbours.
    std::string run_of(const std::vector<statement>& all, std::size_t from, std::size_t to) {
        std::string text;
        for (std::size_t number = from; number + 1 < to; ++number) {
            const statement& first = all[number];
            const statement& other = all[number + 1];
            if (independent(first, other))
                continue;
            text += "if (" +
                    note(mutant_kind::swapped, first.source_line, first.line + " " + other.line,
                         other.line + " " + first.line) +
                    ") {\n";
            for (std::size_t place = from; place < to; ++place)
                text += all[place == number ? number + 1 : place == number + 1 ? number : place].plain + "\n";
            text += "} else ";
        }
        text += "{\n";
        for (std::size_t place = from; place < to; ++place)
            text += all[place].switched + "\n";
        return text + "}\n";
    }

    statement parse(std::size_t at, std::size_t to) {
        statement made;
        made.first = at;
        made.source_line = line_of(at);
        const std::string_view first = in_.word(at);
        if (first == "{")
            parse_block(made);
        else if (first == "if")
            parse_if(made, to);
        else if (first == "while")
            parse_while(made, to);
        else if (first == "switch")
            parse_switch(made);
        else if (first == "for" || first == "do" || first == "try")
            throw std::invalid_argument(std::string(file_) + ": " + function_ + ": no mutants are known of \"" +
                                        std::string(first) + "\"");
        else if (first == "case" || first == "default")
            parse_label(made, to);
        else
            parse_simple(made, to);
        made.plain = in_.slice(made.first, made.last);
        made.line = in_.line(made.first, made.last);
        return made;
    }

    void parse_block(statement& made) {
        const std::size_t end = in_.closing(made.first);
        made.switched = "{" + block(made.first + 1, end) + "}";
        made.last = end + 1;
        made.movable = !leaves(made.first, made.last) && !logs(made.first, made.last);
    }

    void parse_if(statement& made, std::size_t to) {
        const std::size_t open = made.first + 1;
        const std::size_t close = in_.closing(open);
        if (logs(close + 1, close + 6)) { // whether something is told does not matter to the kernel
            made.last = close + 1;
            while (!in_.is(made.last++, ";")) {
            }
            made.switched = in_.slice(made.first, made.last);
            return;
        }
        made.switched =
            "if (" +
            chosen(variants_of_condition(in_, open + 1, close), open + 1, close, "if (", ")", made.source_line) +
            ") {\n";
        const statement then = parse(close + 1, to);
        made.switched += then.switched + "\n}";
        made.last = then.last;
        if (in_.is(made.last, "else")) {
            const statement otherwise = parse(made.last + 1, to);
            made.switched += " else {\n" + otherwise.switched + "\n}";
            made.last = otherwise.last;
        }
        made.movable = !leaves(made.first, made.last) && !logs(made.first, made.last);
    }

    void parse_while(statement& made, std::size_t to) {
        const std::size_t open = made.first + 1;
        const std::size_t close = in_.closing(open);
        // No "never": that is the loop's body dropped; and no "always", which goes round for ever.
        made.switched = "while (::bwcheck::mutation::goes_round() && " +
                        chosen(variants_of(in_, open + 1, close), open + 1, close, "while (", ")", made.source_line) +
                        ") {\n";
        const statement body = parse(close + 1, to);
        made.switched += body.switched + "\n}";
        made.last = body.last;
    }

    void parse_switch(statement& made) {
        const std::size_t close = in_.closing(made.first + 1);
        const std::size_t end = in_.closing(close + 1);
        made.switched = in_.slice(made.first, close + 2) + block(close + 2, end) + "}";
        made.last = end + 1;
    }

    void parse_label(statement& made, std::size_t to) {
        while (made.last = made.last == 0 ? made.first : made.last, made.last < to && !in_.is(made.last, ":"))
            ++made.last;
        ++made.last;
        made.switched = in_.slice(made.first, made.last);
    }

    /// Everything that ends with a semicolon.
    void parse_simple(statement& made, std::size_t to) {
        std::size_t end = made.first;
        while (end < to && !in_.is(end, ";"))
            end = in_.is(end, "(") || in_.is(end, "[") || in_.is(end, "{") ? in_.closing(end) + 1 : end + 1;
        if (end == to)
            throw std::invalid_argument(std::string(file_) + ": " + function_ + ": a statement does not end");
        made.last = end + 1;
        const std::size_t first = made.first;
        if (in_.is(first, "return"))
            made.switched = returned(made, end);
        else if (in_.is(first, "break") || in_.is(first, "continue") || in_.is(first, "using") || logs(first, end))
            made.switched = in_.slice(first, end + 1);
        else if (const std::size_t name = declared_name(first, end); name != end)
            made.switched = declared(made, name, end);
        else
            made.switched = executed(made, end);
    }

    std::string returned(const statement& made, std::size_t end) {
        const std::size_t value = made.first + 1;
        if (value == end)
            return "return;";
        std::vector<variant> variants = variants_of(in_, value, end);
        const bool literal = end - value == 1 && (in_.is(value, "true") || in_.is(value, "false"));
        if (returns_bool_ && !literal)
            variants = variants_of_condition(in_, value, end);
        return "return " + chosen(variants, value, end, "return ", ";", made.source_line) + ";";
    }

    std::string declared(const statement& made, std::size_t name, std::size_t end) {
        if (!in_.is(name + 1, "="))
            return in_.slice(made.first, end + 1);
        const std::size_t value = name + 2;
        const bool truth = in_.is(name - 1, "bool");
        const bool literal = end - value == 1;
        const auto variants = truth && !literal ? variants_of_condition(in_, value, end) : variants_of(in_, value, end);
        const std::string head = in_.line(made.first, value);
        return in_.slice(made.first, value) + " " + chosen(variants, value, end, head + " ", ";", made.source_line) +
               ";";
    }

    std::string executed(statement& made, std::size_t end) {
        made.movable = true;
        std::string text = "{ ";
        for (const variant& one : variants_of(in_, made.first, end))
            text += "if (" + note(one.kind, made.source_line, in_.line(made.first, end + 1), one.shown + ";") + ") { " +
                    one.code + "; } else ";
        const std::string dropped = note(mutant_kind::dropped, made.source_line, in_.line(made.first, end + 1), "");
        return text + "if (!" + dropped + ") { " + in_.slice(made.first, end + 1) + " } }";
    }

    /// The expression from `from` to the one before `to`, or whichever of its variants is active.
    std::string chosen(const std::vector<variant>& variants, std::size_t from, std::size_t to, const std::string& head,
                       const std::string& tail, std::size_t source_line) {
        const std::string was = in_.slice(from, to);
        if (variants.empty())
            return "(" + was + ")";
        std::string text = "(";
        for (const variant& one : variants)
            text += note(one.kind, source_line, head + in_.line(from, to) + tail, head + one.shown + tail) + " ? (" +
                    one.code + ") : ";
        return text + "(" + was + "))";
    }

    // --- what a statement is ---

    /// Whether it tells the observers something, and does nothing for the kernel.
    [[nodiscard]] bool logs(std::size_t from, std::size_t to) const {
        for (std::size_t at = from; at + 4 < to; ++at)
            if (in_.is(at, "tg") && in_.is(at + 2, "log") && in_.is(at + 3, "->") && !in_.is(at + 4, "rejects"))
                return true;
        return in_.is(from, "const") && in_.is(from + 1, "step_scope");
    }
    /// Whether it may end the function or the loop around it.
    [[nodiscard]] bool leaves(std::size_t from, std::size_t to) const {
        for (std::size_t at = from; at < to; ++at)
            for (const std::string_view word : {"return", "break", "continue", "step_scope"})
                if (in_.is(at, word))
                    return true;
        return false;
    }
    /// The name that a declaration introduces; `end` if this is none.
    [[nodiscard]] std::size_t declared_name(std::size_t from, std::size_t end) const {
        std::size_t at = from;
        while (in_.is(at, "const") || in_.is(at, "constexpr") || in_.is(at, "static") || in_.is(at, "typename"))
            ++at;
        if (in_[at].kind != token_kind::word)
            return end;
        ++at;
        while (at < end) {
            if (in_.is(at, "::"))
                at += 2;
            else if (in_.is(at, "<") && !in_[at].after_space)
                while (!in_.is(at++, ">")) {
                }
            else if (in_.is(at, "&"))
                ++at;
            else
                break;
        }
        const bool named = at < end && in_[at].kind == token_kind::word;
        return named && in_[at - 1].kind != token_kind::number && !in_.is(at - 1, ".") ? at : end;
    }
    /// Whether two assignments without calls have nothing to do with each other, so that their order cannot matter.
    [[nodiscard]] bool independent(const statement& first, const statement& other) const {
        const std::string target = target_of(first);
        const std::string other_target = target_of(other);
        return !target.empty() && !other_target.empty() && other.line.find(target) == std::string::npos &&
               first.line.find(other_target) == std::string::npos;
    }
    /// What an assignment writes to; empty for anything else.
    [[nodiscard]] std::string target_of(const statement& statement) const {
        static constexpr std::array<std::string_view, 4> harmless{"as_s64", "as_u64", "as_s32", "min"};
        std::string target;
        for (std::size_t at = statement.first; at < statement.last; ++at) {
            if (in_.is(at, "{") || in_.is(at, "if"))
                return "";
            if (in_.is(at, "(") && at != statement.first && in_[at - 1].kind == token_kind::word &&
                std::find(harmless.begin(), harmless.end(), in_.word(at - 1)) == harmless.end())
                return "";
            if (target.empty() && (in_.is(at, "=") || in_.is(at, "+=") || in_.is(at, "-=") || in_.is(at, "*=")))
                target = in_.line(statement.first, at);
        }
        return target;
    }

    std::string note(mutant_kind kind, std::size_t source_line, std::string before, std::string after) {
        mutants_.push_back({std::string(file_), source_line, function_, kind, std::move(before), std::move(after)});
        return "::bwcheck::mutation::is(" + std::to_string(next_number_++) + ")";
    }
    [[nodiscard]] std::size_t line_of(std::size_t at) const {
        const std::string_view text = in_.text().substr(0, in_[at].begin);
        return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    }

    source in_;
    std::string_view file_;
    std::size_t next_number_;
    std::size_t copied_ = 0;
    std::string function_;
    bool returns_bool_ = false;
    std::vector<mutant> mutants_;
};

} // namespace

rewritten rewrite(std::string_view file, const std::string& text, std::size_t first) {
    return rewriter(file, text, first).run();
}

} // namespace bwcheck::mutation
