// Where in the model an operation stands, so that a finding can name the expression that wrapped.
//
// This is std::source_location, except for compilers (clang 14 over libstdc++ 12) that cannot yet evaluate it; they get
// the same four accessors from their builtins, which keeps clang-tidy and clangd usable on the model.
#pragma once

#include <cstdint>
#include <source_location>
#include <string_view>

namespace bwcheck::model {

#if defined(__cpp_lib_source_location)
using source_place = std::source_location;
#else
class source_place {
public:
    static constexpr source_place current(const char* file = __builtin_FILE(), std::uint32_t line = __builtin_LINE(),
                                          std::uint32_t column = __builtin_COLUMN(),
                                          const char* function = __builtin_FUNCTION()) {
        source_place place;
        place.file_ = file;
        place.line_ = line;
        place.column_ = column;
        place.function_ = function;
        return place;
    }
    [[nodiscard]] constexpr const char* file_name() const { return file_; }
    [[nodiscard]] constexpr std::uint32_t line() const { return line_; }
    [[nodiscard]] constexpr std::uint32_t column() const { return column_; }
    [[nodiscard]] constexpr const char* function_name() const { return function_; }

private:
    const char* file_ = "";
    const char* function_ = "";
    std::uint32_t line_ = 0;
    std::uint32_t column_ = 0;
};
#endif

/// Whether two places are the same expression.
[[nodiscard]] inline bool same_place(const source_place& a, const source_place& b) {
    return a.line() == b.line() && a.column() == b.column() && std::string_view(a.file_name()) == b.file_name();
}

} // namespace bwcheck::model
