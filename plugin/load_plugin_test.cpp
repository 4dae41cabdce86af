#include "model/revisions/plugin.hpp"
#include "model/revisions/registry.hpp"
#include "plugin/headers_hash.hpp"
#include "plugin/load_plugin.hpp"
#include "programs/tool.hpp"
#include "text/input_error.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace bwcheck::plugin {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// A header as a user writes one. `body`: what its functions are to have.
std::string header_text(const std::string& type, const std::string& id, const std::string& body = "") {
    return fmt::format(R"(#pragma once
#include "model/revisions/mainline.hpp"
namespace bwcheck::model {{
struct {} {{
    static constexpr revision_info info{{
        .id = "{}", .base = mainline::info.id, .summary = "A patch.", .source = "a test"}};
    using posted_on = mainline;
    template <arithmetic Num, class Kernel>
    struct functions : mainline::functions<Num, Kernel> {{
        {}
    }};
}};
}} // namespace bwcheck::model
)",
                       type, id, body);
}

class plugin : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "bwcheck-plugin-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        how_.cache = directory_ / "cache";
        how_.with.options.emplace_back("-O0"); // quicker
        how_.on_compile = [this](std::string_view) { ++compiled_; };
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }

    std::string write(const std::string& name, const std::string& text) {
        std::ofstream(directory_ / name) << text;
        return (directory_ / name).string();
    }
    std::string refusal_of(const std::string& header) {
        try {
            static_cast<void>(load_header(header, how_));
        } catch (const text::input_error& error) {
            EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
            return error.what();
        }
        return "";
    }
    /// What is said of a shared object whose mark is this.
    std::string refusal_of_mark(const std::string& mark) {
        const std::string source =
            write("foreign.cpp", fmt::format("struct mark {{ char magic[16]; unsigned version; char "
                                             "headers[33]; }};\nextern \"C\" const mark bwcheck_plugin;\n"
                                             "extern \"C\" const mark bwcheck_plugin{{{}}};\n",
                                             mark));
        const std::string made = (directory_ / fmt::format("foreign{}.so", ++foreign_)).string();
        EXPECT_TRUE(
            programs::run_tool({how_.with.compiler, "-shared", "-fPIC", "-o", made, source}, "g++", {}).succeeded());
        return refusal_of_object(made);
    }
    static std::string refusal_of_object(const std::string& file) {
        try {
            static_cast<void>(load_plugin(file));
        } catch (const text::input_error& error) {
            return error.what();
        }
        return "";
    }

    std::filesystem::path directory_;
    compiling how_;
    int compiled_ = 0;
    int foreign_ = 0;
};

TEST_F(plugin, makes_a_revision_of_a_header_once) {
    const std::string header =
        write("good.hpp", header_text("good", "good-patch", "static void scale_period(task_group<Num>&) {}"));
    const model::revision& loaded = load_header(header, how_);
    EXPECT_EQ(loaded.info.id, "good-patch");
    EXPECT_EQ(model::find_revision("good-patch"), &loaded);
    EXPECT_EQ(loaded.posted_on, model::find_revision("mainline"));
    EXPECT_EQ(loaded.info.posted_on, "mainline");
    EXPECT_EQ(loaded.over_plain->posted_on, loaded.posted_on->over_plain);
    EXPECT_TRUE(static_cast<bool>(loaded.over_symbolic));
    // Its own function, and not one that the program has under the same name.
    EXPECT_NE(loaded.over_plain->scale_period, loaded.posted_on->over_plain->scale_period);
    EXPECT_EQ(compiled_, 1);

    EXPECT_EQ(&load_header(header, how_), &loaded);
    EXPECT_EQ(compiled_, 1);

    // The same id again, from elsewhere: what was made of it is there as well, but it is another header.
    const std::string copy = write("copy.hpp", header_text("good", "mainline"));
    EXPECT_EQ(refusal_of(copy), copy + ": there is a revision mainline already; give the new one another id");
    EXPECT_EQ(compiled_, 2);
}

TEST_F(plugin, is_made_again_if_what_is_kept_is_damaged) {
    const std::string header = write("damaged.hpp", header_text("damaged", "damaged-patch"));
    const auto made = compile_plugin(header, how_);
    std::ofstream(made) << "no shared object";
    EXPECT_EQ(load_header(header, how_).info.id, "damaged-patch");
    EXPECT_EQ(compiled_, 2);
}

TEST_F(plugin, is_another_if_a_header_beside_it_has_changed) {
    write("beside.hpp", "#pragma once\n");
    const std::string header = write("with.hpp", "#include \"beside.hpp\"\nstruct with { revision_info info; };\n");
    EXPECT_THAT(refusal_of(header), HasSubstr("with.hpp:2:15: 'revision_info' does not name a type"));
    write("beside.hpp", "#error this is read\n");
    EXPECT_THAT(refusal_of(header), HasSubstr("beside.hpp:1:2: #error this is read"));
}

TEST_F(plugin, says_the_first_error_of_a_header_that_does_not_compile) {
    const std::string header = write("bad.hpp", header_text("bad", "bad-patch", "static int f() { return unknown; }"));
    EXPECT_THAT(
        refusal_of(header),
        StartsWith(fmt::format("{0} does not compile: {0}:10:33: 'unknown' was not declared in this scope", header)));
    const std::string without = write(
        "without.hpp",
        "#include \"model/revision.hpp\"\nnamespace bwcheck::model { struct without {\n"
        "static constexpr revision_info info{.id = \"a\", .base = \"\", .summary = \"\", .source = \"\"}; }; }\n");
    EXPECT_THAT(refusal_of(without),
                HasSubstr("a revision has a member: template <arithmetic Num, class Kernel> struct functions"));
}

TEST_F(plugin, is_refused_if_there_is_no_such_header_or_no_revision_in_it) {
    EXPECT_THAT(refusal_of("/nowhere/my.hpp"), AllOf(StartsWith("/nowhere/my.hpp: "), HasSubstr("No such file")));
    EXPECT_THAT(refusal_of(directory_.string()), HasSubstr("Is a directory"));
    const std::string empty = write("empty.hpp", "");
    EXPECT_THAT(refusal_of(empty), StartsWith(empty + ": there is no revision in it"));
    EXPECT_EQ(compiled_, 0);
}

TEST_F(plugin, says_that_the_cache_cannot_be_written) {
    const std::string header = write("good.hpp", header_text("good", "good-patch"));
    how_.cache = "/dev/null";
    EXPECT_EQ(refusal_of(header),
              "/dev/null/plugins: cannot be written: Not a directory; compiled revisions are kept there, "
              "or where XDG_CACHE_HOME says");
}

TEST_F(plugin, says_that_there_is_no_compiler) {
    const std::string header = write("good.hpp", header_text("good", "good-patch"));
    how_.with.compiler = "/nowhere/c++";
    EXPECT_EQ(refusal_of(header),
              "/nowhere/c++: there is no such compiler, which this bwcheck was built with; on Debian: "
              "apt-get install g++");
}

TEST_F(plugin, says_that_the_headers_are_others_than_those_it_was_built_with) {
    const std::string header = write("good.hpp", header_text("good", "good-patch"));
    how_.with.source = directory_;
    EXPECT_THAT(refusal_of(header), HasSubstr("cannot be read: No such file or directory"));
    for (const char* const room : {"text", "model", "symbolic"})
        std::filesystem::create_directory(directory_ / room);
    EXPECT_THAT(refusal_of(header), HasSubstr("are not those that this bwcheck was built with; build it again"));
}

TEST_F(plugin, is_refused_by_name_if_it_is_foreign) {
    EXPECT_THAT(refusal_of_mark("\"another\", 1, \"\""), HasSubstr("foreign1.so: is no revision of bwcheck"));
    EXPECT_THAT(refusal_of_mark("\"bwcheck plugin\", 77, \"\""), HasSubstr("is for plug-ins of version 77"));
    EXPECT_THAT(refusal_of_mark(fmt::format("\"bwcheck plugin\", {}, \"{:032}\"", model::plugin_version, 0)),
                HasSubstr("was made with the headers of another bwcheck; hand over the header"));
    const std::string text = write("text.so", "not an object");
    EXPECT_THAT(refusal_of_object(text), StartsWith(text + ": cannot be loaded: "));
}

TEST(names_a_file, tells_files_from_revisions) {
    for (const char* const file : {"./my", "my.hpp", "my.so", "/tmp/x/my.hpp", "../my.hpp"})
        EXPECT_TRUE(names_a_file(file)) << file;
    for (const char* const id : {"mainline", "linux-6.1", "", "hpp"})
        EXPECT_FALSE(names_a_file(id)) << id;
}

TEST(cache_directory, is_where_the_environment_says) {
    const auto with = [](const char* cache, const char* home) {
        ::setenv("XDG_CACHE_HOME", cache, 1);
        ::setenv("HOME", home, 1);
        return cache_directory();
    };
    EXPECT_EQ(with("/c", "/h"), "/c/bwcheck");
    EXPECT_EQ(with("", "/h"), "/h/.cache/bwcheck");
    EXPECT_EQ(with("relative", "/h"), "/h/.cache/bwcheck");
    EXPECT_THROW(static_cast<void>(with("", "")), text::input_error);
}

} // namespace
} // namespace bwcheck::plugin
