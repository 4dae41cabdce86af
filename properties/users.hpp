// Several users of the files, who do not know of each other.
#pragma once

#include "properties/property.hpp"
#include "properties/trial.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>

namespace bwcheck::properties {

struct no_lost_credit {
    static constexpr property_info info{
        .id = "no-lost-credit",
        .statement = "Two users who each add credits, by whatever the interface offers for it, add the sum.",
        .kind = property_kind::probe,
        .why = "Credits are sold.",
        .source = "Segall: \"it also forces it to be racy if it wants to add runtime\"",
        .trigger = "a state in which both additions, one after the other, are accepted",
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
        .statement = "The final (Q, B) does not depend on the order of a write to cpu.max and one to cpu.max.burst, "
                     "and no order "
                     "is refused when the other is accepted.",
        .kind = property_kind::survey,
        .why = "A tool that changes both should not have to know which to change first.",
        .source = "the validation of each write against what the other file holds",
        .trigger = "a scope with writes to cpu.max and to cpu.max.burst",
    };

    /// Walks through all configurations that the part's writes lead to, and tries both orders in each.
    template <class Num>
    static survey_result on_scope(const model::kernel_table<Num>& kernel, const model::scope_part& part) {
        const auto constants = model::constants_over<Num>(part.constants);
        auto start = trial<Num>::new_group(kernel, part, constants);
        for (const auto& setup : part.setup)
            if (setup.file != model::file::cpu_max_runtime)
                start = after<Num>(start, request_of(kernel, setup)).tg;

        std::map<configuration, std::vector<model::event>> paths{{configuration_of(start), {}}};
        std::vector<model::task_group<Num>> frontier{start};
        survey_result result;
        while (!frontier.empty()) {
            const auto here = frontier.front();
            frontier.erase(frontier.begin());
            const auto path = paths.at(configuration_of(here));
            for (std::size_t first = 0; first < part.writes.size(); ++first) {
                const auto a = request_of(kernel, part.writes[first]);
                if (a.file == model::file::cpu_max_runtime)
                    continue;
                auto longer = path;
                longer.push_back(write_event(first));
                for (std::size_t second = 0; second < part.writes.size(); ++second) {
                    const auto b = request_of(kernel, part.writes[second]);
                    if (a.file != model::file::cpu_max || b.file != model::file::cpu_max_burst)
                        continue;
                    result.verdict = compare<Num>(here, a, b, result.verdict);
                    if (!result.verdict.broken())
                        continue;
                    result.events = longer;
                    result.events.push_back(write_event(second));
                    result.explanation = describe<Num>(here, part.writes[first], part.writes[second]);
                    return result;
                }
                const auto next = after<Num>(here, a);
                if (next.result == model::status::ok && paths.emplace(configuration_of(next.tg), longer).second)
                    frontier.push_back(next.tg);
            }
        }
        return result;
    }

private:
    using configuration = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;

    template <class Num>
    struct outcome {
        model::status result;
        model::task_group<Num> tg;
    };

    [[nodiscard]] static model::event write_event(std::size_t number) {
        return {.kind = model::event_kind::write, .index = static_cast<std::uint16_t>(number)};
    }
    template <class Num>
    [[nodiscard]] static auto request_of(const model::kernel_table<Num>& kernel, const model::scope_write& write) {
        return model::request_of(kernel, write.file, write.text);
    }
    template <class Num>
    [[nodiscard]] static configuration configuration_of(const model::task_group<Num>& tg) {
        return {tg.cfs_bandwidth.quota, tg.cfs_bandwidth.period, tg.cfs_bandwidth.burst};
    }
    template <class Num>
    [[nodiscard]] static outcome<Num> after(const model::task_group<Num>& from,
                                            const model::write_request<Num>& request) {
        trial<Num> user(from);
        const model::status result = user.write(request);
        return {result, user.tg};
    }
    /// Whether both orders end in the same configuration, with the same refusals.
    template <class Num>
    [[nodiscard]] static verdict_here compare(const model::task_group<Num>& from, const model::write_request<Num>& a,
                                              const model::write_request<Num>& b, verdict_here otherwise) {
        const auto a_first = after<Num>(from, a);
        const auto a_then_b = after<Num>(a_first.tg, b);
        const auto b_first = after<Num>(from, b);
        const auto b_then_a = after<Num>(b_first.tg, a);
        const bool one_way = a_first.result == model::status::ok && a_then_b.result == model::status::ok;
        const bool other_way = b_first.result == model::status::ok && b_then_a.result == model::status::ok;
        if (!one_way && !other_way)
            return otherwise;
        return verdict_here::of(one_way && other_way && configuration_of(a_then_b.tg) == configuration_of(b_then_a.tg));
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
