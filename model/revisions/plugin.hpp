// What a shared object has in it that is a revision from outside: the ABI of plug-ins. It is one symbol,
// `bwcheck_plugin`, that begins with a mark. The mark is read before anything else is touched: behind it stands what
// only a plug-in made with the very same headers has in the same places.
#pragma once

#include "model/revisions/revision.hpp"

#include <cstdint>
#include <span>

namespace bwcheck::model {

/// Never changes: by it any bwcheck tells any plug-in apart. Texts end with a zero.
struct plugin_mark {
    char magic[16];        ///< plugin_magic
    std::uint32_t version; ///< plugin_version
    char headers[33];      ///< the hash of the headers it was made with (plugin/headers_hash.hpp)
};

inline constexpr char plugin_magic[] = "bwcheck plugin";
/// Of what stands behind the mark.
inline constexpr std::uint32_t plugin_version = 1;
/// The name of the symbol.
inline constexpr char plugin_symbol[] = "bwcheck_plugin";

struct plugin {
    plugin_mark mark;
    revision_info (*info)();
    /// As compiled(): `known` has the revision that this one is posted on, if it is a patch. To be called once.
    revision (*compile)(std::span<const revision> known);
};

} // namespace bwcheck::model
