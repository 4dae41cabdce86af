// What a question is asked about: named inputs. Symbolic for a proof, given for a replay; the question's body is the
// same.
#pragma once

#include "model/arithmetic.hpp"
#include "model/checked.hpp"
#include "model/event.hpp"
#include "model/kernel_table.hpp"
#include "model/scope.hpp"
#include "symbolic/numbers.hpp"
#include "symbolic/open_flags.hpp"
#include "symbolic/path_enumerator.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace bwcheck::solver {

// Questions and answers are made of what numbers are made of there: expressions, paths, obligations.
using namespace symbolic;

/// All values at once. Inputs belong to the running path_enumerator.
class symbolic_inputs {
public:
    using num = symbolic::numbers;

    explicit symbolic_inputs(const model::kernel_table<num>& kernel) : kernel_(kernel) {}
    /// The functions that the question is about.
    [[nodiscard]] const model::kernel_table<num>& kernel() const { return kernel_; }

    /// Any unsigned or signed 64-bit value. The name ends with the unit: "quota us".
    [[nodiscard]] num::u64 u64(std::string_view name) {
        return num::u64::of(paths().table().variable(name, num::u64::type));
    }
    [[nodiscard]] num::s64 s64(std::string_view name) {
        return num::s64::of(paths().table().variable(name, num::s64::type));
    }
    /// -2^61 .. 2^61 - 1.
    [[nodiscard]] num::s64 s62(std::string_view name) {
        return num::s64::of(paths().table().variable(name, {62, true}));
    }
    /// 0 .. 2^61 - 1.
    [[nodiscard]] num::u64 u61(std::string_view name) {
        return num::u64::of(paths().table().variable(name, {61, false}));
    }
    [[nodiscard]] num::s32 s32(std::string_view name) {
        return num::s32::of(paths().table().variable(name, num::s32::type));
    }
    /// Each of 0 .. alternatives - 1.
    [[nodiscard]] unsigned choose(const std::string& name, unsigned alternatives) {
        return paths().choose(name, alternatives);
    }
    [[nodiscard]] bool flip(const std::string& name) { return choose(name, 2) == 1; }
    /// Either, chosen when it is first read.
    [[nodiscard]] static symbolic::symbolic_flag flag(open_flags& among, open_flags::number which,
                                                      std::string_view /*name*/) {
        return {among, which};
    }
    /// The rest is only asked of inputs for which this holds.
    void assume(const truth& statement) { paths().assume(statement.statement(), statement.where()); }
    void assume(bool statement) {
        if (!statement)
            abandon();
    }
    /// These inputs are not the question.
    [[noreturn]] void abandon() { throw path_enumerator::abandoned{}; }
    /// Whether wraps are findings from here on.
    void watch_wraps(bool watch) { paths().report_wraps(watch); }

    /// See path_enumerator::forget_origin().
    [[nodiscard]] num::u64 forget_origin(const num::u64& number, std::string_view name) {
        return num::u64::of(paths().forget_origin(number.value(), name, model::source_place::current()));
    }
    static constexpr bool keeps_record = false;

private:
    [[nodiscard]] static path_enumerator& paths() { return path_enumerator::current(); }

    const model::kernel_table<num>& kernel_;
};

/// Writes and other events, as a run of the machine: an event of kind write has the number of its write.
struct run_record {
    std::vector<model::scope_write> writes;
    std::vector<model::event> events;
    std::uint64_t first_phase = 0; ///< as in model::scope_part, ns
};

/// One value each, from a solver's model or a test.
template <model::arithmetic Num>
class given_inputs {
public:
    using num = Num;
    static_assert(std::is_same_v<Num, model::plain> || std::is_same_v<Num, model::checked>);

    given_inputs(const model::kernel_table<Num>& kernel, const assignment& values) : kernel_(kernel), values_(values) {}
    /// The functions that the question is about.
    [[nodiscard]] const model::kernel_table<Num>& kernel() const { return kernel_; }

    [[nodiscard]] typename num::u64 u64(std::string_view name) const {
        return static_cast<std::uint64_t>(value_of(name));
    }
    [[nodiscard]] typename num::s64 s64(std::string_view name) const {
        return static_cast<std::int64_t>(value_of(name));
    }
    [[nodiscard]] typename num::s64 s62(std::string_view name) const { return s64(name); }
    [[nodiscard]] typename num::u64 u61(std::string_view name) const { return u64(name); }
    [[nodiscard]] typename num::s32 s32(std::string_view name) const {
        return static_cast<std::int32_t>(value_of(name));
    }
    [[nodiscard]] unsigned choose(const std::string& name, unsigned /*alternatives*/) const {
        return static_cast<unsigned>(value_of(name));
    }
    [[nodiscard]] bool flip(const std::string& name) const { return choose(name, 2) == 1; }
    [[nodiscard]] bool flag(const open_flags& /*among*/, open_flags::number /*which*/, const std::string& name) const {
        return flip(name);
    }
    void assume(bool statement) const {
        if (!statement)
            abandon();
    }
    [[noreturn]] void abandon() const { throw path_enumerator::abandoned{}; }
    void watch_wraps(bool watch) {
        const auto wrapped = model::take_wraps();
        if (!watch && watching_)
            wraps_.insert(wraps_.end(), wrapped.begin(), wrapped.end());
        watching_ = watch;
    }

    [[nodiscard]] typename num::u64 forget_origin(const typename num::u64& number, std::string_view name) const {
        return values_.contains(name) ? u64(name) : number;
    }
    static constexpr bool keeps_record = true;
    /// What happened from a new group on, so that it can happen again.
    [[nodiscard]] run_record& record() { return record_; }
    /// The wraps of all stretches in which they were watched. Ends the watch.
    [[nodiscard]] const std::vector<model::wrap>& wraps() {
        watch_wraps(false);
        return wraps_;
    }

private:
    [[nodiscard]] int128 value_of(std::string_view name) const {
        const auto found = values_.find(name);
        return found == values_.end() ? 0 : found->second;
    }

    const model::kernel_table<Num>& kernel_;
    const assignment& values_;
    run_record record_;
    std::vector<model::wrap> wraps_;
    bool watching_ = false;
};

} // namespace bwcheck::solver
