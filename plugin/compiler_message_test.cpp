#include "plugin/compiler_message.hpp"

#include <gmock/gmock.h>

namespace bwcheck::plugin {
namespace {

TEST(first_error_in, is_the_first_with_its_place) {
    EXPECT_EQ(first_error_in("In file included from made_from_header.inc:5:\n"
                             "./my.hpp: In static member function 'f':\n"
                             "./my.hpp:7:3: error: 'x' was not declared in this scope\n"
                             "./my.hpp:9:3: error: expected ';'\n",
                             "./my.hpp"),
              "./my.hpp:7:3: 'x' was not declared in this scope");
    EXPECT_EQ(first_error_in("./my.hpp:3:10: fatal error: nothing.hpp: No such file or directory\n", "./my.hpp"),
              "./my.hpp:3:10: nothing.hpp: No such file or directory");
}

TEST(first_error_in, says_where_the_header_needs_what_is_wrong) {
    EXPECT_EQ(first_error_in("model/machine.hpp: In instantiation of 'apply':\n"
                             "./my.hpp:12:34:   required from 'f'\n"
                             "model/machine.hpp:7:3: error: no match for 'operator+'\n",
                             "./my.hpp"),
              "model/machine.hpp:7:3: no match for 'operator+', which ./my.hpp:12:34 needs");
}

TEST(first_error_in, is_one_line_whatever_was_printed) {
    EXPECT_EQ(first_error_in("", "my.hpp"), "the compiler does not say why");
    EXPECT_EQ(first_error_in("\n\nkilled\nby a signal\n", "my.hpp"), "killed");
    EXPECT_EQ(first_error_in("a: error: b\tc", "my.hpp"), "a: b\\tc");
}

} // namespace
} // namespace bwcheck::plugin
