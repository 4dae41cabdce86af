#include "text/content_hash.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <cstdint>
#include <new>

namespace bwcheck::text {

struct content_hash::state {
    XXH3_state_t* xxh3 = XXH3_createState();

    state() {
        if (xxh3 == nullptr)
            throw std::bad_alloc();
        XXH3_128bits_reset(xxh3);
    }
    ~state() { XXH3_freeState(xxh3); }
    state(const state&) = delete;
    state& operator=(const state&) = delete;
};

content_hash::content_hash() : state_(std::make_unique<state>()) {}
content_hash::~content_hash() = default;

void content_hash::add(std::string_view bytes) {
    const std::uint64_t size = bytes.size();
    XXH3_128bits_update(state_->xxh3, &size, sizeof(size));
    XXH3_128bits_update(state_->xxh3, bytes.data(), bytes.size());
}

std::string content_hash::text() const {
    const XXH128_hash_t digest = XXH3_128bits_digest(state_->xxh3);
    return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
}

} // namespace bwcheck::text
