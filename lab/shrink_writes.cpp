#include "lab/shrink_writes.hpp"

#include <algorithm>
#include <compare>
#include <tuple>

namespace bwcheck::lab {

namespace {

constexpr std::size_t longest_to_thin_out = 64; // bytes; longer texts are only halved

auto measure(const write_sequence& writes) {
    std::size_t bytes = 0;
    std::string all;
    for (const model::scope_write& each : writes) {
        bytes += each.text.size();
        all += each.text;
    }
    return std::tuple(writes.size(), bytes, all);
}

std::vector<std::string> simpler_texts(const std::string& text) {
    std::vector<std::string> all;
    for (std::size_t part = text.size() / 2; part > 0; part /= 2) {
        if (text.size() > longest_to_thin_out && part < longest_to_thin_out / 4)
            break;
        for (std::size_t begin = 0; begin < text.size(); begin += part)
            all.push_back(text.substr(0, begin) + text.substr(std::min(begin + part, text.size())));
    }
    if (text.size() > longest_to_thin_out)
        return all;
    for (std::size_t place = 0; place < text.size(); ++place) {
        std::string changed = text;
        if (changed[place] > '1' && changed[place] <= '9') {
            changed[place] = '1';
            all.push_back(changed);
        }
        if (changed[place] >= '1' && changed[place] <= '9') {
            changed[place] = '0';
            all.push_back(changed);
        }
    }
    return all;
}

} // namespace

bool is_simpler(const write_sequence& one, const write_sequence& other) { return measure(one) < measure(other); }

std::vector<write_sequence> shorter_writes(const write_sequence& writes) {
    std::vector<write_sequence> all;
    const std::size_t removable = writes.size() - 1;
    for (std::size_t part = std::max<std::size_t>(removable / 2, 1); removable > 0; part /= 2) {
        for (std::size_t begin = 0; begin < removable; begin += part) {
            write_sequence shorter(writes.begin(), writes.begin() + static_cast<std::ptrdiff_t>(begin));
            shorter.insert(shorter.end(),
                           writes.begin() + static_cast<std::ptrdiff_t>(std::min(begin + part, removable)),
                           writes.end());
            all.push_back(std::move(shorter));
        }
        if (part == 1)
            break;
    }
    for (std::size_t number = 0; number < writes.size(); ++number) {
        for (std::string& text : simpler_texts(writes[number].text)) {
            write_sequence simpler = writes;
            simpler[number].text = std::move(text);
            if (is_simpler(simpler, writes))
                all.push_back(std::move(simpler));
        }
    }
    return all;
}

} // namespace bwcheck::lab
