// bwcheck lab is a program of its own, which is only built for those who ask for it: it takes as long to compile as all
// that checks properties.
#pragma once

namespace bwcheck::cli {

/// Becomes the program, which lies beside this one. Throws text::input_error if it is not there.
[[noreturn]] void become_lab_program(const char* const* argv);

} // namespace bwcheck::cli
