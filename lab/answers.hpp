// What the guest says on its console. Each line of it begins so that nothing the kernel prints there can be taken for
// one, and the last one says how many there were, so that output that was cut off does not go unnoticed.
//
//   @bwcheck hello RELEASE CPUS PAGE TICK "TROUBLE"
//   @bwcheck NUMBER ERRNO TIME "VALUE"
//   @bwcheck end COUNT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

/// The kernel that runs.
struct guest_hello {
    std::string release;         ///< as uname -r prints it
    std::uint64_t nr_cpus = 0;   ///< that are online
    std::uint64_t page_size = 0; ///< bytes
    std::uint64_t tick_ns = 0;   ///< between two ticks of the scheduler, ns
    std::string trouble;         ///< why it cannot be used; empty if it can

    friend bool operator==(const guest_hello&, const guest_hello&) = default;
};

/// What came of one command.
struct answer {
    std::uint64_t number = 0;  ///< of the command, from 0
    int error = 0;             ///< an errno of Linux, or 0
    std::uint64_t time_us = 0; ///< CLOCK_MONOTONIC at its end
    /// read: what the file holds. write: how many bytes were taken. wait: each child's CPU time in µs, in the order of
    /// their making, with blanks between them. wake: µs from the write's return to a child's execution. Otherwise
    /// empty.
    std::string value;

    friend bool operator==(const answer&, const answer&) = default;
};

struct guest_end {
    std::uint64_t count = 0; ///< of answers

    friend bool operator==(const guest_end&, const guest_end&) = default;
};

// As a line, with its end.
[[nodiscard]] std::string to_string(const guest_hello& one);
[[nodiscard]] std::string to_string(const answer& answer);
[[nodiscard]] std::string to_string(const guest_end& one);

/// Gathers the guest's lines from what appears on the console, piece by piece.
class answer_reader {
public:
    /// More of the console's output.
    void take(std::string_view piece);

    [[nodiscard]] const std::optional<guest_hello>& hello() const { return hello_; }
    [[nodiscard]] const std::vector<answer>& answers() const { return answers_; }
    /// The guest has said all.
    [[nodiscard]] bool ended() const { return ended_; }
    /// What is wrong with what it said; empty if nothing is.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }

private:
    void take_line(std::string_view line);

    std::string unfinished_;
    std::optional<guest_hello> hello_;
    std::vector<answer> answers_;
    bool ended_ = false;
    std::string trouble_;
};

} // namespace bwcheck::lab
