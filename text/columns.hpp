// Text in columns: cells that are wrapped to the width of theirs, side by side.
#pragma once

#include "text/style.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bwcheck::text {

/// How many columns of a terminal a text takes: one for each character, as UTF-8 counts them.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// Breaks a text into lines of at most `width` characters, at spaces where possible. Continuation lines are indented.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent = 0);

/// A paragraph of a cell.
struct cell_text {
    std::string text;
    emphasis how = emphasis::none;
};

/// The paragraphs of one cell, from the top.
using cell = std::vector<cell_text>;

/// One row of cells as lines, each cell `widths[i]` wide, with `gap` spaces between them.
[[nodiscard]] std::string columns(const std::vector<cell>& row, const std::vector<std::size_t>& widths,
                                  const style& look, std::size_t gap = 2);

} // namespace bwcheck::text
