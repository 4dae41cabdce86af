// Memory for the state set comes straight from the system: it is large, must start as zeros, and should only become
// real when it is touched. None of these does the ordinary heap promise.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

namespace bwcheck::explorer {

/// An array of zeroed 64-bit words whose pages are taken from the system when first touched.
class pages {
public:
    pages() = default;

    /// Throws std::bad_alloc when the address space is exhausted.
    explicit pages(std::size_t words) : bytes_(words * sizeof(std::uint64_t)) {
        void* mapped =
            mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (mapped == MAP_FAILED)
            throw std::bad_alloc();
        data_ = static_cast<std::uint64_t*>(mapped);
        // Look-ups are random, so with small pages nearly each would miss the TLB as well. Only a wish: failing is
        // fine.
        constexpr std::size_t worthwhile = std::size_t{4} << 20;
        if (bytes_ >= worthwhile)
            (void)madvise(mapped, bytes_, MADV_HUGEPAGE);
    }

    pages(pages&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}

    pages& operator=(pages&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }

    ~pages() {
        if (data_ != nullptr)
            munmap(data_, bytes_);
    }

    [[nodiscard]] std::uint64_t* data() const noexcept { return data_; }

private:
    std::uint64_t* data_ = nullptr;
    std::size_t bytes_ = 0;
};

} // namespace bwcheck::explorer
