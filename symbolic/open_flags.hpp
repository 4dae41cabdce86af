// Truth values of a state that may be either, until somebody looks.
//
// A proof begins in any state. To take each combination of its flags would be thousands of ways, although a step looks
// at a few; so a flag is chosen when it is first read, and then the same on the rest of the path. Implications between
// flags are kept on the way: with two flags to each, whatever is chosen step by step can always be completed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bwcheck::symbolic {

/// The flags of one state, on one path.
class open_flags {
public:
    using number = std::uint32_t;

    /// A new flag, by the name of the choice.
    [[nodiscard]] number add(std::string name);
    /// From now on: if `a` then `b`, or with `b_is` false, not `b`. Both must still be open.
    void implies(number a, number b, bool b_is = true);
    /// What the flag is; chosen now if it is open, unless the others leave no choice.
    [[nodiscard]] bool read(number which);

private:
    struct rule {
        number a;
        bool a_is;
        number b;
        bool b_is;
    };
    struct flag {
        std::string name;
        std::optional<bool> value;
    };

    [[nodiscard]] bool possible(number which, bool value) const;
    void set(number which, bool value);

    std::vector<flag> flags_;
    std::vector<rule> rules_; // each in both directions
};

/// What stands for a bool in a symbolic state: a known value, or one of open_flags.
class symbolic_flag {
public:
    constexpr symbolic_flag() = default;
    constexpr symbolic_flag(bool value) // NOLINT(google-explicit-constructor): stands where C has a bool
        : value_(value) {}
    symbolic_flag(open_flags& among, open_flags::number which) : among_(&among), which_(which) {}

    operator bool() const { // NOLINT(google-explicit-constructor): stands where C has a bool
        return among_ == nullptr ? value_ : among_->read(which_);
    }

    /// Whether both are the same for certain, without a look at them.
    [[nodiscard]] friend bool identical(const symbolic_flag& a, const symbolic_flag& b) {
        return a.among_ == b.among_ && a.which_ == b.which_ && a.value_ == b.value_;
    }

private:
    open_flags* among_ = nullptr;
    open_flags::number which_ = 0;
    bool value_ = false;
};

} // namespace bwcheck::symbolic
