// How a state is packed into as few bits as its scope needs.
//
// Each field has a range that follows from the scope, as its row says (fields.hpp). A value outside of it is never cut
// off: packing says so, and the explorer reports a state that it could not follow. Quota, period and burst take few
// values each, so their number in a table is stored.
#pragma once

#include "model/fields.hpp"
#include "model/scope.hpp"
#include "text/input_error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace bwcheck::model {

/// Writes numbers of a few bits each into 64-bit words, one after the other. finish() writes the last word.
class bit_writer {
public:
    explicit bit_writer(std::uint64_t* words) : words_(words) {}
    /// `value` must fit `bits` (at most 64) bits.
    [[gnu::always_inline]] void put(std::uint64_t value, unsigned bits) {
        if (bits == 0)
            return;
        current_ |= value << used_;
        used_ += bits;
        if (used_ >= 64) {
            used_ -= 64;
            *words_++ = current_;
            current_ = used_ == 0 ? 0 : value >> (bits - used_);
        }
    }
    void finish() { *words_ = current_; }

private:
    std::uint64_t* words_;
    std::uint64_t current_ = 0;
    unsigned used_ = 0;
};

/// Reads them back.
class bit_reader {
public:
    explicit bit_reader(const std::uint64_t* words) : words_(words) {}
    [[nodiscard, gnu::always_inline]] std::uint64_t get(unsigned bits) {
        if (bits == 0)
            return 0;
        std::uint64_t value = *words_ >> used_;
        used_ += bits;
        if (used_ >= 64) {
            used_ -= 64;
            ++words_;
            if (used_ != 0)
                value |= *words_ << (bits - used_);
        }
        return bits == 64 ? value : value & ((std::uint64_t{1} << bits) - 1);
    }

private:
    const std::uint64_t* words_;
    unsigned used_ = 0;
};

/// The values that a number may take: an interval.
struct packed_range {
    std::int64_t min = 0;
    std::int64_t max = 1;
    unsigned bits = 1;

    packed_range() = default;
    packed_range(std::int64_t least, std::int64_t greatest)
        : min(least), max(greatest),
          bits(static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(greatest - least)))) {}

    [[nodiscard]] bool put(bit_writer& out, std::int64_t value) const {
        if (value < min || value > max)
            return false;
        out.put(static_cast<std::uint64_t>(value - min), bits);
        return true;
    }
    [[nodiscard]] std::int64_t get(bit_reader& in) const { return min + static_cast<std::int64_t>(in.get(bits)); }
};

/// The values that a number may take: a short list.
class packed_table {
public:
    packed_table() = default;
    explicit packed_table(std::vector<std::uint64_t> values);

    [[nodiscard]] bool put(bit_writer& out, std::uint64_t value) const {
        for (std::size_t number = 0; number < values_.size(); ++number) {
            if (values_[number] == value) {
                out.put(number, bits_);
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] std::uint64_t get(bit_reader& in) const { return values_[in.get(bits_)]; }
    [[nodiscard]] const std::vector<std::uint64_t>& values() const { return values_; }
    [[nodiscard]] unsigned bits() const { return bits_; }

private:
    std::vector<std::uint64_t> values_{0};
    unsigned bits_ = 0;
};

/// The packing of one scope part's states.
class layout {
public:
    /// Throws text::input_error if the part's numbers are too large to pack.
    explicit layout(const scope_part& part);

    /// Packs a reported field as well. One that is not kept is taken to be what its row says.
    void keep(field which) { kept_[static_cast<std::size_t>(which)] = true; }

    /// Whether the states are of a kernel in which local runtime expires.
    void keep_runtime_expires(bool keep) { keep_runtime_expires_ = keep; }

    [[nodiscard]] unsigned bits() const;

    /// False if a field is outside its range; then the words mean nothing.
    [[nodiscard]] bool pack(const task_group<plain>& tg, bit_writer& out) const {
        bool fits = true;
        bit_writer words = out; // in registers, as long as nobody else sees it
        const auto put_next = [&](field which, cpu_id, const auto& member) __attribute__((always_inline)) {
            fits = fits && put(words, which, member);
        };
        visit_fields(put_next, tg);
        visit_kept(put_next, tg);
        out = words;
        return fits;
    }

    /// Sets the fields of `tg` from the words; statistics become 0.
    void unpack(bit_reader& in, task_group<plain>& tg) const {
        tg.runtime_expires = keep_runtime_expires_;
        visit_statistics([](field, cpu_id, auto& member) { member = {}; }, tg);
        visit_fields([&](field which, cpu_id, auto& member) { get(in, which, member); }, tg);
        const auto restore = [&]<class Member>(field which, cpu_id, Member& member) {
            if (is_kept(which))
                get(in, which, member);
            else
                member = static_cast<Member>(info_of(which).left_out(tg));
        };
        visit_reported(restore, tg);
    }

    /// Which field of `tg` does not fit, for people: "runtime = 37, at most 31".
    [[nodiscard]] std::string misfit(const task_group<plain>& tg) const;

    /// The largest pool and local runtime that the layout has room for, ns. Histories are sized after them.
    [[nodiscard]] std::int64_t max_runtime() const { return range(field::runtime).max; }
    [[nodiscard]] std::int64_t max_remaining() const { return range(field::runtime_remaining).max; }
    [[nodiscard]] const packed_table& quotas() const { return table(field::quota); }
    [[nodiscard]] const packed_table& periods() const { return table(field::period); }
    [[nodiscard]] const packed_table& bursts() const { return table(field::burst); }

private:
    /// The fields that are packed although no behaviour depends on them, as visit_fields() visits the others.
    template <class Visit, class Group>
    void visit_kept(Visit&& visit, Group& tg) const {
        visit_reported(
            [&](field which, cpu_id cpu, auto& member) {
                if (is_kept(which))
                    visit(which, cpu, member);
            },
            tg);
    }
    [[nodiscard]] bool is_kept(field which) const { return kept_[static_cast<std::size_t>(which)]; }

    [[nodiscard]] const packed_range& range(field which) const { return ranges_[static_cast<std::size_t>(which)]; }
    [[nodiscard]] const packed_table& table(field which) const { return tables_[static_cast<std::size_t>(which)]; }

    [[nodiscard]] static constexpr bool is_table(field which) { return info_of(which).values != nullptr; }

    [[nodiscard, gnu::always_inline]] bool put(bit_writer& out, field which, std::uint64_t value) const {
        if (is_table(which))
            return table(which).put(out, value);
        if (info_of(which).saturates)
            value = std::min(value, static_cast<std::uint64_t>(range(which).max));
        return value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) &&
               range(which).put(out, static_cast<std::int64_t>(value));
    }
    [[nodiscard]] bool put(bit_writer& out, field which, std::int64_t value) const {
        return range(which).put(out, value);
    }
    [[nodiscard]] bool put(bit_writer& out, field /*which*/, bool value) const {
        out.put(value ? 1 : 0, 1);
        return true;
    }
    [[nodiscard]] bool put(bit_writer& out, field /*which*/, const throttled_list<plain::max_cpus>& list) const {
        if (list.size() > nr_cpus_) // some CPU is listed twice, as no kernel does that is free of mistakes
            return false;
        out.put(static_cast<std::uint64_t>(list.size()), cpu_bits_ + 1);
        for (int position = 0; position < nr_cpus_; ++position)
            out.put(position < list.size() ? static_cast<std::uint64_t>(list[position]) : 0, cpu_bits_);
        return true;
    }

    void get(bit_reader& in, field which, std::uint64_t& value) const {
        value = is_table(which) ? table(which).get(in) : static_cast<std::uint64_t>(range(which).get(in));
    }
    void get(bit_reader& in, field which, std::int64_t& value) const { value = range(which).get(in); }
    void get(bit_reader& in, field /*which*/, bool& value) const { value = in.get(1) != 0; }
    void get(bit_reader& in, field /*which*/, throttled_list<plain::max_cpus>& list) const {
        list.clear();
        const int size = static_cast<int>(in.get(cpu_bits_ + 1));
        for (int position = 0; position < nr_cpus_; ++position) {
            const auto cpu = static_cast<cpu_id>(in.get(cpu_bits_));
            if (position < size)
                list.push_back(cpu);
        }
    }

    int nr_cpus_;
    unsigned cpu_bits_;
    bool keep_runtime_expires_ = false;
    std::array<bool, field_infos.size()> kept_{};
    std::array<packed_range, field_infos.size()> ranges_; // of the numbers whose row has a range
    std::array<packed_table, field_infos.size()> tables_; // of those whose row has a list of values
};

} // namespace bwcheck::model
