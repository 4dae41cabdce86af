#include "text/content_hash.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace bwcheck::text {
namespace {

std::string hash_of(std::initializer_list<std::string_view> contents) {
    content_hash hash;
    for (const std::string_view one : contents)
        hash.add(one);
    return hash.text();
}

TEST(content_hash, is_the_same_for_the_same) {
    EXPECT_EQ(hash_of({"a", "bc"}), hash_of({"a", "bc"}));
    EXPECT_EQ(hash_of({"a"}).size(), 32U);
}

TEST(content_hash, tells_contents_apart) {
    EXPECT_NE(hash_of({"a", "bc"}), hash_of({"ab", "c"}));
    EXPECT_NE(hash_of({"a", "b"}), hash_of({"b", "a"}));
    EXPECT_NE(hash_of({}), hash_of({""}));
    EXPECT_NE(hash_of({"a"}), hash_of({std::string_view("a\0", 2)}));
}

} // namespace
} // namespace bwcheck::text
