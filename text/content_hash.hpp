// Tells contents apart, so that what was made from the same ones need not be made again. 128 bits of XXH3: nobody meets
// two contents with the same one by chance; whoever wants to can make them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace bwcheck::text {

class content_hash {
public:
    content_hash();
    ~content_hash();
    content_hash(const content_hash&) = delete;
    content_hash& operator=(const content_hash&) = delete;

    /// Takes in bytes, with their number: "ab" and "c" are not "a" and "bc".
    void add(std::string_view bytes);

    /// Of all that was added so far, as 32 hexadecimal digits.
    [[nodiscard]] std::string text() const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace bwcheck::text
