// Where the workers of a level meet while the state set grows. Growth can become necessary in the middle of a level, on
// any worker, and needs everybody: first to stand still, then to help. A worker that has finished its part of the level
// therefore does not simply leave, it waits here, ready to help, until all have finished.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace bwcheck::explorer {

/// The meeting point of the workers of one level, for something that can grow as a state_set does.
///
/// Each worker polls growth_wanted() now and then and calls pause() when it is set or when it wants growth itself; at
/// the end of its work, also when it ends early, it calls finish(). When all are here, either somebody paused, then all
/// grow the set together and those that paused go on; or all have finished, and the level is over.
template <class Growing>
class rendezvous {
public:
    rendezvous(Growing& set, std::size_t workers) : set_(set), workers_(workers) {}

    [[nodiscard]] bool growth_wanted() const noexcept { return wanted_.load(std::memory_order_relaxed); }

    /// False when the set cannot grow any more.
    bool pause() {
        wanted_.store(true, std::memory_order_relaxed);
        return meet() == verdict::grown;
    }

    void finish() {
        while (meet() != verdict::level_over) {
        }
    }

private:
    enum class verdict { grown, cannot_grow, level_over };

    verdict meet() {
        const verdict decided = arrive([this] {
            // Nobody else runs now. A worker that paused has asked for growth before it came.
            if (!wanted_.exchange(false, std::memory_order_relaxed))
                verdict_ = verdict::level_over;
            else
                verdict_ = set_.begin_growth() ? verdict::grown : verdict::cannot_grow;
        });
        if (decided == verdict::grown) {
            set_.migrate();
            arrive([this] { set_.end_growth(); });
        }
        return decided;
    }

    // Waits for all; the last to come does `last` before the others go on.
    template <class F>
    verdict arrive(F last) {
        std::unique_lock lock(mutex_);
        if (++arrived_ == workers_) {
            last();
            arrived_ = 0;
            ++round_;
            all_here_.notify_all();
        } else {
            const std::uint64_t mine = round_;
            all_here_.wait(lock, [&] { return round_ != mine; });
        }
        return verdict_;
    }

    Growing& set_;
    std::size_t workers_;
    std::atomic<bool> wanted_ = false;
    std::mutex mutex_;
    std::condition_variable all_here_;
    std::size_t arrived_ = 0;
    std::uint64_t round_ = 0;
    verdict verdict_ = verdict::level_over;
};

} // namespace bwcheck::explorer
