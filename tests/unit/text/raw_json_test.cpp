#include "text/raw_json.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace jwtgate::text;

namespace {

using texts = std::vector<std::string_view>;

constexpr auto each = boost::test_tools::per_element();

}  // namespace

BOOST_AUTO_TEST_SUITE(text_raw_json)

BOOST_AUTO_TEST_CASE(tells_json_from_other_text)
{
    for (auto const* text : {"{}", " [1] ", "\"a\"", "1e400", R"({"a":{"a":[]}})"})
        BOOST_TEST(is_json(text), text);
    for (auto const* text :
         {"", "{", "{} x", "{'a':1}", "[1,]", "01", "\"\x01\"", "\"\xff\"", R"("\ud800")", "NaN"})
        BOOST_TEST(!is_json(text), text);
}

BOOST_AUTO_TEST_CASE(tells_objects_from_other_json)
{
    for (auto const* text : {"{}", " \n{\"a\":1} "}) BOOST_TEST(is_json_object(text), text);
    for (auto const* text : {"", "{", "[]", "1", "\"{}\"", "{} {}"}) BOOST_TEST(!is_json_object(text), text);
}

BOOST_AUTO_TEST_CASE(items_are_cut_where_they_end)
{
    BOOST_TEST(items_of("[]") == texts{}, each);
    BOOST_TEST(items_of(" { \n } ") == texts{}, each);
    BOOST_TEST(
        items_of("[1 , \"a\",\n[2,3],{\"b\":4,\"c\":5}]") ==
            (texts{"1", "\"a\"", "[2,3]", R"({"b":4,"c":5})"}),
        each
    );
    BOOST_TEST(items_of(R"(["],","\"],","\\",1])") == (texts{R"("],")", R"("\"],")", R"("\\")", "1"}), each);
}

BOOST_AUTO_TEST_CASE(members_have_their_names_unescaped_and_their_values_as_written)
{
    auto const members =
        members_of(R"( {"a" : 1.0,"\u0062:\"" :{"x":[1,2]} , "c":12345678901234567890123} )");
    BOOST_REQUIRE_EQUAL(members.size(), 3U);
    BOOST_TEST(members[0].name == "a");
    BOOST_TEST(members[0].value == "1.0");
    BOOST_TEST(members[1].name == "b:\"");
    BOOST_TEST(members[1].value == R"({"x":[1,2]})");
    BOOST_TEST(members[2].value == "12345678901234567890123");
}

BOOST_AUTO_TEST_CASE(strings_are_unescaped)
{
    BOOST_TEST(string_of(R"("a\u00e9\n\"")") == "a\xc3\xa9\n\"");
}

BOOST_AUTO_TEST_CASE(compact_takes_white_space_away_outside_of_strings_only)
{
    BOOST_TEST(
        compact(" {\n\t\"a b\" : [ 1 , 2.50 ] ,\r\n\"c\":\" \\\" d \" } ") ==
        R"({"a b":[1,2.50],"c":" \" d "})"
    );
    BOOST_TEST(compact("1") == "1");
}

BOOST_AUTO_TEST_SUITE_END()
