// The catalogue as a page that a person reads: docs/properties.md is made from the definitions, so that it cannot say
// something else than they do.
#pragma once

#include <string>

namespace bwcheck::properties {

/// docs/properties.md, as Markdown.
[[nodiscard]] std::string catalogue_page();

} // namespace bwcheck::properties
