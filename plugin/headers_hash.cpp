#include "plugin/headers_hash.hpp"

#include "text/content_hash.hpp"
#include "text/whole_file.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace bwcheck::plugin {

std::string hash_of_headers(const std::filesystem::path& source) {
    constexpr std::array rooms{"text", "model", "symbolic"};
    std::vector<std::filesystem::path> headers;
    for (const char* const room : rooms)
        for (const auto& entry : std::filesystem::recursive_directory_iterator(source / room))
            if (entry.path().extension() == ".hpp")
                headers.push_back(entry.path());
    std::sort(headers.begin(), headers.end());
    text::content_hash hash;
    for (const auto& header : headers) {
        hash.add(header.lexically_relative(source).string());
        hash.add(text::read_file(header, std::numeric_limits<std::size_t>::max()).value_or(""));
    }
    return hash.text();
}

} // namespace bwcheck::plugin
