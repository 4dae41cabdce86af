// A revision's machine over numbers that notice when they wrap, to run beside one that is judged: what the catalogue
// says of single operations is found out by doing them.
#pragma once

#include "model/checked.hpp"
#include "properties/catalogue.hpp"
#include "properties/trial.hpp"
#include "properties/wraps.hpp"

#include <vector>

namespace bwcheck::properties {

/// A no-wrap property that an operation broke.
struct noticed_wrap {
    std::size_t property = 0; ///< its number in the catalogue
    model::wrap operation;
};

/// `Num` is one of the families of checked numbers.
template <model::arithmetic Num>
class watched_machine {
public:
    /// A new group after the part's setup.
    watched_machine(const model::kernel_table<Num>& kernel, const model::scope_part& part)
        : constants_(model::constants_over<Num>(part.constants)), tg_(trial<Num>::new_group(kernel, part, constants_)) {
        static_cast<void>(model::take_wraps());
        tg_.log = &log_;
        for (const model::scope_write& write : part.setup)
            happen({.kind = model::event_kind::write}, &write);
    }
    watched_machine(const watched_machine&) = delete;
    watched_machine& operator=(const watched_machine&) = delete;

    /// `written`: of a write.
    void happen(const model::event& event, const model::scope_write* written) {
        model::write_request<Num> request;
        if (event.kind == model::event_kind::write) {
            if (!model::file_exists(*tg_.kernel, written->file))
                return;
            request = model::request_of(*tg_.kernel, written->file, written->text);
        }
        static_cast<void>(tg_.kernel->apply(tg_, event, &request));
    }

    /// The wraps since the last call, in the order in which they happened.
    [[nodiscard]] static std::vector<noticed_wrap> take_wraps() {
        std::vector<noticed_wrap> noticed;
        for (const model::wrap& wrap : model::take_wraps())
            noticed.push_back({property_of_wrap(wrap.where), wrap});
        return noticed;
    }

    [[nodiscard]] const model::task_group<Num>& group() const { return tg_; }

private:
    model::constants<Num> constants_;
    model::step_log<Num> log_;
    model::task_group<Num> tg_;
};

} // namespace bwcheck::properties
