#include "lab/answers.hpp"

#include "text/quoted_text.hpp"

#include <charconv>
#include <system_error>

namespace bwcheck::lab {

namespace {

constexpr std::string_view prefix = "@bwcheck ";

/// Takes a line of the guest apart.
class fields {
public:
    explicit fields(std::string_view line) : rest_(line) {}

    [[nodiscard]] std::string word() {
        const std::string_view found = rest_.substr(0, rest_.find(' '));
        ok_ = ok_ && !found.empty();
        advance(found.size());
        return std::string(found);
    }
    template <class Number>
    [[nodiscard]] Number number() {
        const std::string text = word();
        Number value = 0;
        const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        ok_ = ok_ && error == std::errc() && stopped == text.data() + text.size();
        return value;
    }
    [[nodiscard]] std::string text() {
        auto found = text::take_quoted(rest_);
        ok_ = ok_ && found.has_value();
        return found.value_or("");
    }
    /// All that was asked for was there, and nothing else.
    [[nodiscard]] bool complete() const { return ok_ && rest_.empty(); }

private:
    void advance(std::size_t count) {
        rest_.remove_prefix(count);
        if (!rest_.empty())
            rest_.remove_prefix(1);
    }

    std::string_view rest_;
    bool ok_ = true;
};

} // namespace

std::string to_string(const guest_hello& one) {
    return std::string(prefix) + "hello " + one.release + ' ' + std::to_string(one.nr_cpus) + ' ' +
           std::to_string(one.page_size) + ' ' + std::to_string(one.tick_ns) + ' ' + text::in_quotes(one.trouble) +
           '\n';
}

std::string to_string(const answer& answer) {
    return std::string(prefix) + std::to_string(answer.number) + ' ' + std::to_string(answer.error) + ' ' +
           std::to_string(answer.time_us) + ' ' + text::in_quotes(answer.value) + '\n';
}

std::string to_string(const guest_end& one) { return std::string(prefix) + "end " + std::to_string(one.count) + '\n'; }

void answer_reader::take(std::string_view piece) {
    while (!piece.empty()) {
        const auto end = piece.find('\n');
        unfinished_ += piece.substr(0, end);
        if (end == std::string_view::npos)
            return;
        piece.remove_prefix(end + 1);
        std::string_view line = unfinished_;
        while (line.ends_with('\r'))
            line.remove_suffix(1);
        // A message of the kernel may have been cut off before it.
        if (const auto begin = line.find(prefix); begin != std::string_view::npos)
            take_line(line.substr(begin + prefix.size()));
        unfinished_.clear();
    }
}

void answer_reader::take_line(std::string_view line) {
    fields in(line);
    bool in_order = !ended_;
    if (line.starts_with("hello ")) {
        static_cast<void>(in.word());
        in_order = in_order && !hello_;
        guest_hello one;
        one.release = in.word();
        one.nr_cpus = in.number<std::uint64_t>();
        one.page_size = in.number<std::uint64_t>();
        one.tick_ns = in.number<std::uint64_t>();
        one.trouble = in.text();
        hello_ = one;
    } else if (line.starts_with("end ")) {
        static_cast<void>(in.word());
        in_order = in_order && in.number<std::uint64_t>() == answers_.size();
        ended_ = true;
    } else {
        answer answer;
        answer.number = in.number<std::uint64_t>();
        answer.error = in.number<int>();
        answer.time_us = in.number<std::uint64_t>();
        answer.value = in.text();
        in_order = in_order && hello_ && answer.number == answers_.size();
        answers_.push_back(std::move(answer));
    }
    if (trouble_.empty() && (!in.complete() || !in_order))
        trouble_ = "the guest's answer " + std::to_string(answers_.size()) +
                   " is garbled: " + text::in_quotes(line.substr(0, 80));
}

} // namespace bwcheck::lab
