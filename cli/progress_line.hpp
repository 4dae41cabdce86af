// One line on the terminal that says how far an exploration is, for people who wait.
#pragma once

#include <string>
#include <string_view>

namespace bwcheck::cli {

/// Written over and over at the same place of standard error, if that is a terminal; it disappears at the end.
class progress_line {
public:
    /// `wanted`: otherwise nothing is ever written.
    explicit progress_line(bool wanted);
    ~progress_line() { clear(); }
    progress_line(const progress_line&) = delete;
    progress_line& operator=(const progress_line&) = delete;

    void show(std::string_view text);
    void clear();
    /// What stays on standard error: the line makes room for it.
    void say(std::string_view text);

private:
    bool wanted_;
    bool active_;
    bool shown_ = false;
};

} // namespace bwcheck::cli
