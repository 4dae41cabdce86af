// Writes docs/historical-bugs.md to standard output.
#include "explorer/bug_table.hpp"

#include <fmt/format.h>

int main() { fmt::print("{}", bwcheck::explorer::bug_table()); }
