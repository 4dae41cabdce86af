// Where things are in the guest's file system, which bwcheck packs and the guest's program finds.
#pragma once

namespace bwcheck::lab {

inline constexpr const char* script_path = "/script";
inline constexpr const char* hierarchy = "/cgroup";             ///< where cgroup2 is mounted
inline constexpr const char* limited_group = "bwcheck-limited"; ///< one that always has a limit, and never a task

} // namespace bwcheck::lab
