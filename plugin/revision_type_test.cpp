#include "plugin/revision_type.hpp"
#include "text/input_error.hpp"

#include <gmock/gmock.h>

namespace bwcheck::plugin {
namespace {

using testing::HasSubstr;

std::string refusal_of(std::string_view header) {
    try {
        return "accepted: " + revision_type_in(header);
    } catch (const text::input_error& error) {
        return error.what();
    }
}

TEST(revision_type_in, is_the_struct_with_an_info) {
    EXPECT_EQ(
        revision_type_in("namespace bwcheck::model {\n"
                         "struct helper { int info; };\n"
                         "struct my_patch { static constexpr revision_info info{.id = \"my-patch\"};\n"
                         "    template <arithmetic Num, class Kernel>\n"
                         "    struct functions : mainline::functions<Num, Kernel> { void f() { if (a > 0) {} } };\n"
                         "};\n}\n"),
        "bwcheck::model::my_patch");
    EXPECT_EQ(revision_type_in("struct a final { constexpr static ::bwcheck::model::revision_info info = {}; };"), "a");
    EXPECT_EQ(revision_type_in("namespace { namespace b { class c : d<e, f> { revision_info info; }; } }"), "b::c");
}

TEST(revision_type_in, does_not_look_at_comments_and_texts) {
    EXPECT_EQ(revision_type_in("// struct no { revision_info info; };\n"
                               "/* struct no { revision_info info; }; { { */\n"
                               "#define NO struct no { \\\n revision_info info; };\n"
                               "constexpr auto text = \"{ } struct no { revision_info info\";\n"
                               "constexpr auto raw = R\"x(struct no { revision_info info; )\" )x\";\n"
                               "constexpr char brace = '{'; constexpr int number = 100'000;\n"
                               "struct yes { revision_info info; };\n"),
              "yes");
}

TEST(revision_type_in, refuses_a_header_without_one_and_with_several) {
    EXPECT_THAT(refusal_of("struct a { int b; };"), HasSubstr("there is no revision in it; a revision is a struct"));
    EXPECT_THAT(refusal_of(""), HasSubstr("there is no revision in it"));
    EXPECT_THAT(refusal_of("revision_info info;"), HasSubstr("there is no revision in it"));
    EXPECT_EQ(refusal_of("struct a { revision_info info; }; namespace n { struct b { revision_info info; }; }"),
              "there are 2 revisions in it, a, n::b; each needs a header of its own");
}

} // namespace
} // namespace bwcheck::plugin
