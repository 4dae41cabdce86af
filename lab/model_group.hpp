// The group as the model has it: a revision's machine at the kernel's constants, chosen at run time. What a real kernel
// is compared with.
#pragma once

#include "model/event.hpp"
#include "model/interface/status.hpp"
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
    virtual ~model_group() = default;
    model_group(const model_group&) = delete;
    model_group& operator=(const model_group&) = delete;

    /// A write(2) of this text to a file of the group.
    virtual model::status write(const model::scope_write& what) = 0;
    /// Whether this can happen now. Not for writes.
    [[nodiscard]] virtual bool enabled(const model::event& what) const = 0;
    /// Lets it happen; it must be enabled. Not for writes.
    virtual void happen(const model::event& what) = 0;

    [[nodiscard]] virtual const model::task_group<model::plain>& tg() const = 0;
    /// What happened inside the last write or event.
    [[nodiscard]] const model::step_log<model::plain>& log() const { return *tg().log; }
    /// The numbers that the files show.
    [[nodiscard]] virtual random::shown_values shown() const = 0;

protected:
    model_group() = default;
};

/// What real kernels can be compared with: all revisions, and the kernels of patched_kernels.hpp.
[[nodiscard]] std::vector<std::string_view> comparable_revisions();

/// A new group of a revision, which must be one of comparable_revisions(). `period_timer`: time until the period
/// timer would expire, ns; 0: a whole period.
[[nodiscard]] std::unique_ptr<model_group> make_model_group(std::string_view revision, int nr_cpus = 1,
                                                            std::int64_t period_timer = 0);

/// The text of a file of the group, as the model has it.
[[nodiscard]] std::string read_file(const model_group& group, model::file which);

} // namespace bwcheck::lab
