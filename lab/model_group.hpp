// The group as the model has it: a revision's machine at the kernel's constants, chosen at run time. What a real kernel
// is compared with.
#pragma once

#include "model/environment.hpp"
#include "model/event.hpp"
#include "model/interface/status.hpp"
#include "model/revisions/revision.hpp"
#include "model/scope.hpp"
#include "model/step_log.hpp"
#include "random/interesting.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::lab {

class model_group {
public:
    /// A new group. `period_timer`: time until the period timer would expire, ns; 0: a whole period.
    explicit model_group(const model::revision& revision, int nr_cpus = 1, std::int64_t period_timer = 0);
    model_group(const model_group&) = delete;
    model_group& operator=(const model_group&) = delete;

    /// A write(2) of this text to a file of the group.
    model::status write(const model::scope_write& written);
    /// Whether this can happen now. Not for writes.
    [[nodiscard]] bool enabled(const model::event& happening) const {
        return model::enabled(tg_, environment_, happening);
    }
    /// Lets it happen; it must be enabled. Not for writes.
    void happen(const model::event& happening) { static_cast<void>(tg_.kernel->apply(tg_, happening, nullptr)); }

    /// Sets the time until the period timer expires, or since it did, ns: while it is stopped, the model keeps only its
    /// phase.
    void set_period_timer(std::int64_t in) { tg_.cfs_bandwidth.period_timer = in; }

    [[nodiscard]] const model::task_group<model::plain>& tg() const { return tg_; }
    /// What happened inside the last write or event.
    [[nodiscard]] const model::step_log<model::plain>& log() const { return log_; }
    /// The numbers that the files show.
    [[nodiscard]] random::shown_values shown() const;

private:
    model::constants<model::plain> constants_;
    model::environment<model::plain> environment_;
    model::step_log<model::plain> log_;
    model::task_group<model::plain> tg_;
};

/// What real kernels can be compared with: all revisions, and the kernels of patched_kernels.hpp.
[[nodiscard]] std::vector<std::string_view> comparable_revisions();

/// One of comparable_revisions(). Throws std::invalid_argument for others.
[[nodiscard]] const model::revision& comparable_revision(std::string_view id);

/// A new group of one of comparable_revisions(), as the constructor makes it.
[[nodiscard]] inline std::unique_ptr<model_group> make_model_group(std::string_view revision, int nr_cpus = 1,
                                                                   std::int64_t period_timer = 0) {
    return std::make_unique<model_group>(comparable_revision(revision), nr_cpus, period_timer);
}

/// The text of a file of the group, as the model has it.
[[nodiscard]] std::string read_file(const model_group& group, model::file which);

} // namespace bwcheck::lab
