// Which type in a header is the revision: nobody has to say so on the command line.
#pragma once

#include <string>
#include <string_view>

namespace bwcheck::plugin {

/// The type that has a member `revision_info info`, with the namespaces around it: "bwcheck::model::my_patch". `header`
/// is the text of the header. Throws text::input_error if there is none, or more than one.
[[nodiscard]] std::string revision_type_in(std::string_view header);

} // namespace bwcheck::plugin
