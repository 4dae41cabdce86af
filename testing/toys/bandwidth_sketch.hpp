// CPUs that draw slices of run time from a common pool which is refilled each period: a sketch of bandwidth control as
// one would write it in Murphi for comparing model checkers. It shows that the explorer carries a machine of this kind,
// and it is what the benchmarks explore.
#pragma once

#include "explorer/transition_system.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace bwcheck::explorer::toys {

class bandwidth_sketch {
public:
    static constexpr std::size_t most_cpus = 8;

    /// How large the sketch is. The numbers are small units of time.
    struct size {
        std::size_t cpus = 6;
        int quota = 12;
        int burst = 16;
        int period = 8;
        int slice = 4;
    };

    struct cpu {
        std::int8_t remaining = 0;
        bool throttled = false;
        bool running = false;
        auto operator<=>(const cpu&) const = default;
    };

    struct state {
        std::int8_t runtime = 0;
        std::int8_t phase = 0;
        std::array<cpu, most_cpus> cpus{};
        auto operator<=>(const state&) const = default;
    };

    enum class action : std::uint8_t { wake, sleep, tick, period, write };

    struct event {
        action what{};
        std::int8_t argument = 0; ///< the CPU, or the value written
        bool operator==(const event&) const = default;
    };

    struct tally {
        int most_throttled = 0;
        void merge(const tally& other) { most_throttled = std::max(most_throttled, other.most_throttled); }
    };

    explicit bandwidth_sketch(const size& chosen) : size_(chosen) {}

    /// Property 0: the pool never holds more than quota and burst. Property 1: it never happens that all CPUs run
    /// but each is throttled; it does happen.
    [[nodiscard]] std::size_t property_count() const { return 2; }
    [[nodiscard]] std::size_t packed_words() const { return 1; }

    bool pack(const state& s, word* words) const {
        word packed = static_cast<word>(s.runtime) | static_cast<word>(s.phase) << 6;
        int at = 10;
        for (std::size_t c = 0; c < size_.cpus; ++c, at += 6) {
            const cpu& each = s.cpus[c];
            if (each.remaining < -2 || each.remaining > size_.slice)
                return false;
            packed |= (static_cast<word>(each.remaining + 2) | word{each.throttled} << 4 | word{each.running} << 5)
                      << at;
        }
        words[0] = packed;
        return s.runtime >= 0 && s.runtime <= size_.quota + size_.burst;
    }

    void unpack(const word* words, state& s) const {
        s = {};
        s.runtime = static_cast<std::int8_t>(words[0] & 63);
        s.phase = static_cast<std::int8_t>((words[0] >> 6) & 15);
        int at = 10;
        for (std::size_t c = 0; c < size_.cpus; ++c, at += 6) {
            const word packed = words[0] >> at;
            s.cpus[c] = {static_cast<std::int8_t>(static_cast<int>(packed & 15) - 2), (packed >> 4 & 1) != 0,
                         (packed >> 5 & 1) != 0};
        }
    }

    void initial_states(auto&& visit) const {
        state s;
        s.runtime = static_cast<std::int8_t>(size_.quota);
        visit(s);
    }

    void successors(const state& from, tally& /*counts*/, auto&& visit) const {
        const auto go = [&](action what, std::size_t argument, const state& to) {
            visit(event{what, static_cast<std::int8_t>(argument)}, to, findings{});
        };
        for (std::size_t c = 0; c < size_.cpus; ++c) {
            state to = from;
            if (!from.cpus[c].running) {
                wake(to, to.cpus[c]);
                go(action::wake, c, to);
            } else if (!from.cpus[c].throttled) {
                sleep(to, to.cpus[c]);
                go(action::sleep, c, to);
            }
        }
        state to = from;
        if (from.phase < size_.period) {
            tick(to);
            go(action::tick, 0, to);
        } else {
            to.phase = 0;
            to.runtime = narrow(std::min(to.runtime + size_.quota, size_.quota + size_.burst));
            distribute(to);
            go(action::period, 0, to);
        }
        for (int value = 0; value <= size_.quota + size_.burst; value += 3) {
            to = from;
            to.runtime = narrow(value);
            distribute(to);
            go(action::write, static_cast<std::size_t>(value), to);
        }
    }

    findings judge(const state& s, tally& counts) const {
        int throttled = 0;
        for (std::size_t c = 0; c < size_.cpus; ++c)
            throttled += s.cpus[c].running && s.cpus[c].throttled ? 1 : 0;
        counts.most_throttled = std::max(counts.most_throttled, throttled);
        findings findings{.triggered = 1, .violated = s.runtime > size_.quota + size_.burst ? 1U : 0U};
        if (throttled == static_cast<int>(size_.cpus)) {
            findings.triggered |= 2U;
            findings.violated |= 2U;
        }
        return findings;
    }

private:
    static std::int8_t narrow(int value) { return static_cast<std::int8_t>(value); }

    static void draw(state& s, cpu& by, int target) {
        const int amount = std::min<int>(target - by.remaining, s.runtime);
        s.runtime = narrow(s.runtime - amount);
        by.remaining = narrow(by.remaining + amount);
    }

    void draw_slice(state& s, cpu& by) const {
        draw(s, by, size_.slice);
        by.throttled = by.throttled || by.remaining <= 0;
    }

    void wake(state& s, cpu& who) const {
        who.running = true;
        if (!who.throttled && who.remaining <= 0)
            draw_slice(s, who);
    }

    void sleep(state& s, cpu& who) const {
        who.running = false;
        if (who.remaining > 1) {
            s.runtime = narrow(std::min(s.runtime + who.remaining - 1, size_.quota + size_.burst));
            who.remaining = 1;
        }
    }

    void tick(state& s) const {
        ++s.phase;
        for (std::size_t c = 0; c < size_.cpus; ++c) {
            cpu& each = s.cpus[c];
            if (each.running && !each.throttled && --each.remaining <= 0)
                draw_slice(s, each);
        }
    }

    void distribute(state& s) const {
        for (std::size_t c = 0; c < size_.cpus; ++c) {
            cpu& each = s.cpus[c];
            if (each.throttled && s.runtime > 0) {
                draw(s, each, 1);
                each.throttled = each.remaining <= 0;
            }
        }
    }

    size size_;
};

} // namespace bwcheck::explorer::toys
