#include "api/rules/canonical_path.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace jwtgate::api;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(api_rules_canonical_path)

BOOST_AUTO_TEST_CASE(what_is_clear_is_decoded_once)
{
    for (auto const& [path, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"/", "/"},
             {"/admin", "/admin"},
             {"/admin/", "/admin/"},
             {"/a/b.c/d..e/...", "/a/b.c/d..e/..."},
             {"/.well-known/x", "/.well-known/x"},
             {"/..a/.b./c..", "/..a/.b./c.."},
             {"/%61dmin", "/admin"},
             {"/%41%7e%2D%5F", "/A~-_"},
             {"/%40x/a%2Bb+c", "/@x/a+b+c"},
             {"/a%20b", "/a b"},
             {"/a%7Cb|c", "/a|b|c"},
             {"/%EA%B4%80%eb%a6%ac", "/\xea\xb4\x80\xeb\xa6\xac"},
             {"/%f0%9f%94%91", "/\xf0\x9f\x94\x91"},
             {"/a:b@c!$&'()*,=~\"<>^`{|}[]", "/a:b@c!$&'()*,=~\"<>^`{|}[]"},
         }) {
        auto const found = canonical_path::read(path);
        BOOST_TEST_CONTEXT(path)
        {
            BOOST_TEST_REQUIRE(found.has_value());
            BOOST_TEST(found->text() == expected);
            auto const moved = *found;
            BOOST_TEST(moved.text() == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_two_readers_could_take_for_two_paths_is_refused)
{
    using u = unclear;
    for (auto const& [path, why] : std::vector<std::pair<std::string_view, unclear>>{
             {"", u::no_slash},
             {"admin", u::no_slash},
             {"*", u::no_slash},
             {"%2fadmin", u::no_slash},
             {"/a b", u::control},
             {"/a\tb", u::control},
             {"/a\r\nb", u::control},
             {"/a\0b"sv, u::control},
             {"/a\x7f", u::control},
             {"/\xea\xb4\x80", u::not_ascii},
             {"/\xc0\xae\xc0\xae/admin", u::not_ascii},
             {"/public\\..\\admin", u::backslash},
             {"/\\admin", u::backslash},
             {"/admin;x", u::semicolon},
             {"/public/..;/admin", u::semicolon},
             {"/;", u::semicolon},
             {"/admin#", u::fragment},
             {"/public#/../admin", u::fragment},
             {"//", u::empty_segment},
             {"//admin", u::empty_segment},
             {"/public//admin", u::empty_segment},
             {"/admin//", u::empty_segment},
             {"/.", u::dot_segment},
             {"/..", u::dot_segment},
             {"/./admin", u::dot_segment},
             {"/public/../admin", u::dot_segment},
             {"/public/..", u::dot_segment},
             {"/public/./", u::dot_segment},
             {"/%", u::bad_encoding},
             {"/%2", u::bad_encoding},
             {"/%zz", u::bad_encoding},
             {"/%u002e", u::bad_encoding},
             {"/%%32%65", u::bad_encoding},
             {"/100%/x", u::bad_encoding},
             {"/public%2f..%2fadmin", u::hidden_delimiter},
             {"/public%2Fadmin", u::hidden_delimiter},
             {"/public%5cadmin", u::hidden_delimiter},
             {"/%2e%2e/admin", u::hidden_delimiter},
             {"/.%2e/admin", u::hidden_delimiter},
             {"/a%2Ehtml", u::hidden_delimiter},
             {"/%252e%252e/admin", u::hidden_delimiter},
             {"/%25", u::hidden_delimiter},
             {"/admin%3f", u::hidden_delimiter},
             {"/admin%23", u::hidden_delimiter},
             {"/admin%3bx", u::hidden_delimiter},
             {"/admin%00", u::hidden_delimiter},
             {"/admin%0d%0a", u::hidden_delimiter},
             {"/admin%09", u::hidden_delimiter},
             {"/admin%7F", u::hidden_delimiter},
             {"/%c0%af", u::not_utf8},
             {"/%c0%ae%c0%ae/admin", u::not_utf8},
             {"/%e0%80%af", u::not_utf8},
             {"/%f0%80%80%af", u::not_utf8},
             {"/%ed%a0%80", u::not_utf8},
             {"/%f4%90%80%80", u::not_utf8},
             {"/%f8%88%80%80%80", u::not_utf8},
             {"/%ff", u::not_utf8},
             {"/%80", u::not_utf8},
             {"/%ea%b4", u::not_utf8},
             {"/%ea%b4x", u::not_utf8},
         }) {
        auto const found = canonical_path::read(path);
        BOOST_TEST_CONTEXT(path)
        {
            BOOST_TEST_REQUIRE(!found.has_value());
            BOOST_TEST((found.error() == why), words_for(found.error()));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
