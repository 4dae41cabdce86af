// Several users of the files, who do not know of each other.
#pragma once

#include "properties/property.hpp"
#include "properties/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <tuple>

namespace bwcheck::properties {

struct no_lost_credit {
    static constexpr property_info info{
        .id = "no-lost-credit",
        .statement = "Two users who each add credits, by whatever the interface offers for it, add the sum.",
        .kind = property_kind::probe,
        .claim = property_claim::question,
        .why = "Credits are sold.",
        .source = "Segall: \"it also forces it to be racy if it wants to add runtime\", \"not a disaster if it does "
                  "race\"; Sieber: \"races were non-critical here\"",
        .trigger = "a state in which both additions, one after the other, are accepted",
        .tries_out = true,
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        if (!here.tg.kernel->has_runtime_file())
            return verdict_here::silent();
        user<Num> one_after_the_other(here.tg);
        one_after_the_other.read();
        bool accepted = one_after_the_other.add();
        one_after_the_other.read();
        accepted = one_after_the_other.add() && accepted;
        if (!accepted)
            return verdict_here::silent();

        user<Num> interleaved(here.tg);
        const auto before = interleaved.total();
        interleaved.read(); // both users, at the same time
        static_cast<void>(interleaved.add());
        static_cast<void>(interleaved.add());
        return verdict_here::of(interleaved.total() ==
                                before + 2 * wide(added_us) * wide(here.tg.constants->nsec_per_usec));
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        const auto seen = here.tg.kernel->cpu_runtime_read_u64(here.tg);
        return fmt::format(
            "Two users want to add {0} us each. Both read {1} from cpu.max.runtime; the first writes {2}, then the "
            "second writes {2}: {0} us of credit are lost.",
            added_us, seen, seen + added_us);
    }

private:
    static constexpr std::uint64_t added_us = 1;

    /// Adds credit as the interface wants it: by reading and writing the sum, or by writing the delta.
    template <class Num>
    class user {
    public:
        explicit user(const model::task_group<Num>& tg) : trial_(tg) {}
        void read() { seen_ = trial_.tg.kernel->cpu_runtime_read_u64(trial_.tg); }
        [[nodiscard]] bool add() {
            const auto text = trial_.tg.kernel->takes_deltas() ? added_us : seen_ + added_us;
            return trial_.write_runtime(text) == model::status::ok;
        }
        /// All runtime there is, ns: in the pool, and with the CPUs.
        [[nodiscard]] auto total() const {
            auto sum = wide(trial_.tg.cfs_bandwidth.runtime);
            for (model::cpu_id cpu = 0; cpu < trial_.tg.nr_cpus; ++cpu)
                sum += wide(trial_.tg.cfs_rq(cpu).runtime_remaining);
            return sum;
        }

    private:
        trial<Num> trial_;
        typename Num::u64 seen_{};
    };
};

struct order_independent_config {
    static constexpr property_info info{
        .id = "order-independent-config",
        .statement =
            "If a write to cpu.max and one to cpu.max.burst are both accepted in one order, so they are in the "
            "other, and they end in the same (Q, P, B).",
        .kind = property_kind::transition,
        .claim = property_claim::question,
        .why = "A tool that changes both should not have to know which to change first.",
        .source = "the validation of each write against what the other file holds",
        .trigger = "a write to cpu.max in a scope with writes to cpu.max.burst",
        .tries_out = true,
    };

    /// Tries the write and each of the part's writes to the other file in both orders, in a new group that has the
    /// configuration. So the answer follows from that alone, and is asked for once wherever a thread comes across it.
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.is_write_to(model::file::cpu_max) || t.machine == 0 || !writes_burst(t.part))
            return verdict_here::silent();
        return verdict_here::of(remembered(t) == no_partner);
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        const std::size_t partner = find_partner(t);
        return describe<Num>(group_like(t), t.part.writes[t.event.index], t.part.writes[partner]);
    }

private:
    static constexpr std::size_t no_partner = std::numeric_limits<std::size_t>::max();

    template <class Num>
    struct outcome {
        model::status result;
        model::task_group<Num> tg;
    };

    [[nodiscard]] static bool writes_burst(const model::scope_part& part) {
        return std::any_of(part.writes.begin(), part.writes.end(),
                           [](const model::scope_write& write) { return write.file == model::file::cpu_max_burst; });
    }
    /// What find_partner() says, looked up if this thread has asked for the same before.
    template <class Num>
    [[nodiscard]] static std::size_t remembered(const transition<Num>& t) {
        static thread_local std::uint64_t machine = 0;
        static thread_local std::map<std::tuple<std::uint64_t, std::uint64_t, std::uint64_t, std::uint16_t>,
                                     std::size_t>
            answers;
        if (machine != t.machine)
            answers.clear();
        machine = t.machine;
        const auto& cfs_b = t.before.cfs_bandwidth;
        const auto [answer, is_new] =
            answers.try_emplace({cfs_b.quota, cfs_b.period, cfs_b.burst, t.event.index}, no_partner);
        if (is_new)
            answer->second = find_partner(t);
        return answer->second;
    }
    /// The first of the part's writes to cpu.max.burst with which the order matters; no_partner if there is none.
    template <class Num>
    [[nodiscard]] static std::size_t find_partner(const transition<Num>& t) {
        const auto from = group_like(t);
        for (std::size_t number = 0; number < t.part.writes.size(); ++number) {
            const model::scope_write& other = t.part.writes[number];
            if (other.file == model::file::cpu_max_burst &&
                order_matters<Num>(from, *t.request, request_of(*from.kernel, other)))
                return number;
        }
        return no_partner;
    }
    /// A new group of one CPU, with the configuration that the write met.
    template <class Num>
    [[nodiscard]] static model::task_group<Num> group_like(const transition<Num>& t) {
        auto tg = trial<Num>::new_group(*t.before.kernel, t.part, *t.before.constants);
        tg.nr_cpus = 1;
        tg.cfs_bandwidth.quota = t.before.cfs_bandwidth.quota;
        tg.cfs_bandwidth.period = t.before.cfs_bandwidth.period;
        tg.cfs_bandwidth.burst = t.before.cfs_bandwidth.burst;
        tg.cfs_bandwidth_used = limited(tg);
        tg.cfs_rq(0).runtime_enabled = limited(tg);
        return tg;
    }
    template <class Num>
    [[nodiscard]] static auto request_of(const model::kernel_table<Num>& kernel, const model::scope_write& write) {
        return model::request_of(kernel, write.file, write.text);
    }
    template <class Num>
    [[nodiscard]] static outcome<Num> after(const model::task_group<Num>& from,
                                            const model::write_request<Num>& request) {
        trial<Num> user(from);
        const model::status result = user.write(request);
        return {result, user.tg};
    }
    template <class Num>
    [[nodiscard]] static bool order_matters(const model::task_group<Num>& from, const model::write_request<Num>& a,
                                            const model::write_request<Num>& b) {
        const auto a_first = after<Num>(from, a);
        const auto a_then_b = after<Num>(a_first.tg, b);
        const auto b_first = after<Num>(from, b);
        const auto b_then_a = after<Num>(b_first.tg, a);
        const bool one_way = a_first.result == model::status::ok && a_then_b.result == model::status::ok;
        const bool other_way = b_first.result == model::status::ok && b_then_a.result == model::status::ok;
        if (!one_way && !other_way)
            return false;
        const auto& one = a_then_b.tg.cfs_bandwidth;
        const auto& other = b_then_a.tg.cfs_bandwidth;
        return !(one_way && other_way && one.quota == other.quota && one.period == other.period &&
                 one.burst == other.burst);
    }
    template <class Num>
    [[nodiscard]] static std::string describe(const model::task_group<Num>& from, const model::scope_write& a,
                                              const model::scope_write& b) {
        const auto tell = [&](const model::scope_write& first, const model::scope_write& second) {
            const auto one = after<Num>(from, request_of(*from.kernel, first));
            const auto two = after<Num>(one.tg, request_of(*from.kernel, second));
            return fmt::format(R"("{}" ({}) and then "{}" ({}))", to_string(first), name(one.result), to_string(second),
                               name(two.result));
        };
        const auto& cfs_b = from.cfs_bandwidth;
        return fmt::format("With quota {} ns and burst {} ns: {}; in the other order {}.",
                           limited(from) ? fmt::format("{}", cfs_b.quota) : "max", cfs_b.burst, tell(a, b), tell(b, a));
    }
};

} // namespace bwcheck::properties
