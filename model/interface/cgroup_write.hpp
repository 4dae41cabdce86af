// What happens to a write(2) to a cgroup file before the file's own code sees it. References are to Linux 6.1.
#pragma once

#include "model/interface/ctype.hpp"
#include "model/interface/status.hpp"

#include <cstddef>
#include <string_view>

namespace bwcheck::model {

struct cgroup_write {
    status error = status::ok;
    bool reaches_file = false; // whether the file's handler is called, with the text below
    std::string_view text{};   // a part of what was written

    friend bool operator==(const cgroup_write&, const cgroup_write&) = default;
};

// kernfs_fop_write_iter() of fs/kernfs/file.c refuses more than a page; cgroup_file_write() of kernel/cgroup/cgroup.c
// answers an empty write with 0, unseen by the handler. The buffer gets a NUL at its end, so one inside it ends the
// text.
constexpr cgroup_write accept_cgroup_write(std::string_view bytes, std::size_t page_size = 4096) {
    if (bytes.size() > page_size)
        return {.error = status::e2big};
    if (bytes.empty())
        return {};
    return {.reaches_file = true, .text = until_nul(bytes)};
}

} // namespace bwcheck::model
