// Prints docs/properties.md.
#include "properties/catalogue_page.hpp"

#include <cstdio>

int main() { return std::fputs(bwcheck::properties::catalogue_page().c_str(), stdout) < 0 ? 1 : 0; }
