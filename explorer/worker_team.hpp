// Threads that outlive a level. A search has thousands of levels, many of them tiny, so starting threads for each would
// cost more than the work; and a tiny level should not even wake those that sleep.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace bwcheck::explorer {

/// The calling thread and size()-1 others, which sleep while there is nothing to do.
class worker_team {
public:
    explicit worker_team(std::size_t size) {
        try {
            for (std::size_t worker = 1; worker < size; ++worker)
                threads_.emplace_back([this, worker] { serve(worker); });
        } catch (...) { // the system may refuse a thread; those that run must still end
            dismiss();
            throw;
        }
    }

    worker_team(const worker_team&) = delete;
    worker_team& operator=(const worker_team&) = delete;

    ~worker_team() { dismiss(); }

    [[nodiscard]] std::size_t size() const noexcept { return threads_.size() + 1; }

    /// Calls task(0) on this thread and, with `together`, task(1) to task(size()-1) on the others; returns when all
    /// have returned. When calls throw, throws what the first of them threw.
    void run(bool together, const std::function<void(std::size_t)>& task) {
        if (!together || threads_.empty()) {
            task(0);
            return;
        }
        {
            const std::scoped_lock lock(mutex_);
            task_ = &task;
            busy_ = threads_.size();
            ++round_;
        }
        called_.notify_all();
        attempt(task, 0);
        std::unique_lock lock(mutex_);
        finished_.wait(lock, [this] { return busy_ == 0; });
        if (thrown_)
            std::rethrow_exception(std::exchange(thrown_, nullptr));
    }

private:
    void dismiss() {
        {
            const std::scoped_lock lock(mutex_);
            dismissed_ = true;
        }
        called_.notify_all();
        for (auto& thread : threads_)
            thread.join();
    }

    void serve(std::size_t worker) {
        std::unique_lock lock(mutex_);
        for (std::uint64_t served = 0;;) {
            called_.wait(lock, [&] { return dismissed_ || round_ != served; });
            if (dismissed_)
                return;
            served = round_;
            const auto& task = *task_;
            lock.unlock();
            attempt(task, worker);
            lock.lock();
            if (--busy_ == 0)
                finished_.notify_one();
        }
    }

    void attempt(const std::function<void(std::size_t)>& task, std::size_t worker) {
        try {
            task(worker);
        } catch (...) {
            const std::scoped_lock lock(mutex_);
            if (!thrown_)
                thrown_ = std::current_exception();
        }
    }

    std::mutex mutex_;
    std::condition_variable called_;
    std::condition_variable finished_;
    const std::function<void(std::size_t)>* task_ = nullptr;
    std::uint64_t round_ = 0;
    std::size_t busy_ = 0;
    bool dismissed_ = false;
    std::exception_ptr thrown_;
    std::vector<std::thread> threads_;
};

} // namespace bwcheck::explorer
