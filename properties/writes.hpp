// What a single write does, and leaves alone.
#pragma once

#include "model/fields.hpp"
#include "properties/property.hpp"
#include "properties/trial.hpp"

#include <fmt/format.h>

namespace bwcheck::properties {

/// What the files of a group show, µs. An infinite quota is runtime_inf.
template <class Num>
struct shown_settings {
    using u64 = typename Num::u64;
    u64 quota_us;
    u64 period_us;
    u64 burst_us;
    u64 runtime_us;

    explicit shown_settings(const model::task_group<Num>& tg)
        : quota_us(limited(tg) ? tg.cfs_bandwidth.quota / tg.constants->nsec_per_usec : u64(model::runtime_inf)),
          period_us(tg.cfs_bandwidth.period / tg.constants->nsec_per_usec),
          burst_us(tg.cfs_bandwidth.burst / tg.constants->nsec_per_usec),
          runtime_us(tg.kernel->cpu_runtime_read_u64(tg)) {}
};

struct read_back_exact {
    static constexpr property_info info{
        .id = "read-back-exact",
        .statement = "When a write to cpu.max or cpu.max.burst has returned, the file reads back as what was written.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Tools save and restore settings by reading and writing them.",
        .source =
            "49217ea147df, which repaired a burst that read back as a thousandth; cpu_max_show(), cpu_burst_read_u64()",
        .trigger = "an accepted write to cpu.max or cpu.max.burst",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.accepted() || t.request->file == model::file::cpu_max_runtime)
            return verdict_here::silent();
        const shown_settings<Num> shown(t.after);
        if (t.request->file == model::file::cpu_max_burst)
            return verdict_here::of(shown.burst_us == t.request->value_us);
        const bool quota_exact =
            t.request->unlimited ? !limited(t.after) : limited(t.after) && shown.quota_us == t.request->quota_us;
        return verdict_here::of(quota_exact && (!t.request->has_period || shown.period_us == t.request->period_us));
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        const shown_settings<Num> shown(t.after);
        return fmt::format(R"(The write was accepted; now cpu.max reads "{} {}" and cpu.max.burst reads "{}".)",
                           limited(t.after) ? fmt::format("{}", shown.quota_us) : "max", shown.period_us,
                           shown.burst_us);
    }
};

struct rejected_write_changes_nothing {
    static constexpr property_info info{
        .id = "rejected-write-changes-nothing",
        .statement = "A write that returns an error leaves everything as it was: the group, its CPUs, and cpu.stat.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "An error means that nothing was done.",
        .source = "convention of every interface file: what returns an error has not been done",
        .trigger = "a write that is rejected",
        .shows_statistics = true,
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.is_write() || t.accepted())
            return verdict_here::silent();
        return verdict_here::of(same_state(t.before, t.after) && same_statistics(t.before, t.after));
    }
};

struct other_setting_unchanged {
    static constexpr property_info info{
        .id = "other-setting-unchanged",
        .statement = "A write to one file leaves the values read from the others unchanged.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "Files that look independent are used by tools that do not know of each other.",
        .source = "convention of cgroup interface files; 49217ea147df",
        .trigger = "an accepted write",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.accepted())
            return verdict_here::silent();
        return verdict_here::of(changed(t).empty());
    }
    template <class Num>
    static std::string explain(const transition<Num>& t) {
        return changed(t);
    }

private:
    template <class Num>
    [[nodiscard]] static std::string changed(const transition<Num>& t) {
        const shown_settings<Num> before(t.before);
        const shown_settings<Num> after(t.after);
        const auto differ = [](std::string_view name, const auto& was, const auto& is) {
            return fmt::format("The write was not to {}, but it reads {} now; before the write it read {}.", name, is,
                               was);
        };
        const model::file written = t.request->file;
        if (written != model::file::cpu_max && after.quota_us != before.quota_us)
            return differ("cpu.max", before.quota_us, after.quota_us);
        if (written != model::file::cpu_max && after.period_us != before.period_us)
            return differ("cpu.max (its period)", before.period_us, after.period_us);
        if (written != model::file::cpu_max_burst && after.burst_us != before.burst_us)
            return differ("cpu.max.burst", before.burst_us, after.burst_us);
        if (written != model::file::cpu_max_runtime && t.after.kernel->has_runtime_file() &&
            after.runtime_us != before.runtime_us)
            return differ("cpu.max.runtime", before.runtime_us, after.runtime_us);
        return "";
    }
};

struct write_sets_runtime {
    static constexpr property_info info{
        .id = "write-sets-runtime",
        .statement =
            "Right after an accepted cpu.max.runtime write, R is the value written (with deltas: the old value and the "
            "delta), before anybody takes from it; and reading the file shows what is there.",
        .kind = property_kind::transition,
        .claim = property_claim::requirement,
        .why = "It is the purpose of the file.",
        .source = "PATCH 1/2: \"The write sets cfs_b->runtime directly\"",
        .trigger = "an accepted write to cpu.max.runtime",
    };
    template <class Num>
    static verdict_here on_transition(const transition<Num>& t) {
        if (!t.accepted() || t.request->file != model::file::cpu_max_runtime)
            return verdict_here::silent();
        const auto& unit = t.after.constants->nsec_per_usec;
        if (t.after.kernel->cpu_runtime_read_u64(t.after) != t.after.cfs_bandwidth.runtime / unit)
            return verdict_here::of(false);
        const auto scale = wide(unit);
        for (const auto& step : t.steps()) {
            if (step.function != model::step::cpu_runtime_write_u64)
                continue;
            if (t.after.kernel->takes_deltas())
                return verdict_here::of(wide(step.runtime_after) ==
                                        wide(step.runtime_before) + wide(t.request->delta_us) * scale);
            return verdict_here::of(wide(step.runtime_after) == wide(t.request->value_us) * scale);
        }
        return verdict_here::of(false);
    }
};

struct read_back_writable {
    static constexpr property_info info{
        .id = "read-back-writable",
        .statement = "A value read from cpu.max.runtime can be written back at once.",
        .kind = property_kind::probe,
        .claim = property_claim::requirement,
        .why = "Live update and migration save the credits by reading them and restore them by writing.",
        .source = "Sieber: \"preserving credits across live update (kexec) and live migration\"",
        .trigger = "a state of a revision that has the file",
        .tries_out = true,
    };
    template <class Num>
    static verdict_here on_state(const situation<Num>& here) {
        if (!here.tg.kernel->has_runtime_file())
            return verdict_here::silent();
        trial<Num> user(here.tg);
        return verdict_here::of(user.write_runtime(here.tg.kernel->cpu_runtime_read_u64(here.tg)) == model::status::ok);
    }
    template <class Num>
    static std::string explain(const situation<Num>& here) {
        const auto& cfs_b = here.tg.cfs_bandwidth;
        return fmt::format(
            "cpu.max.runtime reads {} us here. Writing that back is refused: the pool holds {} ns, and quota + burst "
            "is {} + {} ns.",
            here.tg.kernel->cpu_runtime_read_u64(here.tg), cfs_b.runtime, cfs_b.quota, cfs_b.burst);
    }
};

} // namespace bwcheck::properties
