// A wrap is booked by the function that it is in, whoever brings that function.
#include "model/checked.hpp"
#include "properties/wraps.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>

namespace bwcheck::properties {
namespace {

using model::source_place;

/// Places in functions of all kinds.
template <class Num, class Kernel>
struct functions {
    static source_place to_ratio(const typename Num::u64& /*runtime*/) { return source_place::current(); }
    static auto scale_period(int /*times*/) { return source_place::current(); }
    static source_place distribute_to() {
        const auto place = [](auto /*cpu*/) { return source_place::current(); };
        return place(0);
    }
    static decltype(source_place()) burst_is_valid() { return source_place::current(); }
};
using places = functions<model::checked, functions<model::plain, void>>;

source_place return_cfs_rq_runtime() { return source_place::current(); }

std::string_view id_at(const source_place& place) { return catalogue_infos[property_of_wrap(place)].id; }

/// All headers of kernel functions, one after the other.
std::string model_text() {
    std::string all;
    for (const char* room : {"fair", "interface", "revisions"})
        for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(BWCHECK_MODEL) / room)) {
            std::stringstream text;
            text << std::ifstream(file.path()).rdbuf();
            all += text.str();
        }
    return all;
}

TEST(wraps, are_booked_by_function) {
    EXPECT_EQ(id_at(places::to_ratio(1)), "ratio-no-wrap");
    EXPECT_EQ(id_at(places::scale_period(1)), "scaling-no-wrap");
    EXPECT_EQ(id_at(places::burst_is_valid()), "validation-no-wrap");
}

TEST(wraps, in_a_lambda_belong_to_the_function_around_it) {
    const std::string_view function = function_of(places::distribute_to());
    EXPECT_TRUE(function == "distribute_to" || function == "operator()") << function; // the latter from clang
}

TEST(wraps, of_functions_that_no_property_owns_are_not_lost) {
    EXPECT_EQ(function_of(return_cfs_rq_runtime()), "return_cfs_rq_runtime");
    EXPECT_EQ(id_at(return_cfs_rq_runtime()), "distribute-no-wrap");
    EXPECT_EQ(id_at(source_place{}), "distribute-no-wrap");
}

TEST(own_functions, stand_in_the_model_and_have_one_owner) {
    const std::string model = model_text();
    std::map<std::string_view, std::string_view> owners;
    for (std::size_t property = 0; property < catalogue_size; ++property) {
        const std::string_view id = catalogue_infos[property].id;
        EXPECT_TRUE(catalogue_infos[property].kind != property_kind::operation || !own_functions_of(property).empty());
        for (const std::string_view function : own_functions_of(property)) {
            EXPECT_TRUE(owners.emplace(function, id).second)
                << function << " is of " << owners[function] << " and " << id;
            const std::regex definition("static [^;={}]*\\b" + std::string(function) + "\\(");
            EXPECT_TRUE(std::regex_search(model, definition)) << id << " names " << function << ", which is nowhere";
        }
    }
}

} // namespace
} // namespace bwcheck::properties
