#include "api/body/json_body.hpp"

#include "api/errors.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::api {
namespace {

struct example {
    std::string_view text;
    core::error_code outcome;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(api_json_body)

BOOST_AUTO_TEST_CASE(accepts_one_object_without_duplicate_names)
{
    std::string const deep = std::string(40, '[') + std::string(40, ']');
    std::vector<example> const table{
        {R"({})", {}},
        {R"( {"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]} )", {}},
        {R"({"a":"x:y","b":"\":","c\"":":"})", {}},
        {R"({"a":"\\","b":1})", {}},
        {R"({"a":1,"a":1})", errc::duplicate_member},
        {R"({"a":1,"\u0061":2})", errc::duplicate_member},
        {R"({"x":{"a":1,"b":2,"a":3}})", errc::duplicate_member},
        {R"({"x":[1,[{"a":1,"a":null}]]})", errc::duplicate_member},
        {R"([])", errc::not_an_object},
        {R"("a")", errc::not_an_object},
        {R"(null)", errc::not_an_object},
        {R"()", errc::bad_json},
        {R"({)", errc::bad_json},
        {R"({"a":1}x)", errc::bad_json},
        {R"({"a":1,})", errc::bad_json},
        {R"({'a':1})", errc::bad_json},
        {R"({"a":01})", errc::bad_json},
        {"{\"a\":\"\xff\"}", errc::bad_json},
        {"\xef\xbb\xbf{}", errc::bad_json},
        {deep, errc::bad_json},
    };
    for (auto const& row : table) {
        auto const parsed = parse_object(row.text);
        BOOST_TEST_CONTEXT(row.text) BOOST_TEST(parsed.error() == row.outcome);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
