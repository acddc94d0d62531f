#include "api/body/media_type.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {

BOOST_AUTO_TEST_SUITE(api_body_media_type)

BOOST_AUTO_TEST_CASE(json_with_any_parameters_is_json)
{
    for (auto const text :
         {"application/json",
          "Application/JSON",
          "application/json;",
          "application/json ;",
          "application/json; ",
          "application/json;;",
          "application/json; indent=4",
          "application/json;indent=4;",
          "application/json;charset=utf-8",
          "application/json;charset=UTF-8",
          "application/json; charset=\"utf-8\"",
          "application/json ;\tcharset=Utf-8",
          "application/json; charset=us-ascii",
          "application/json; CHARSET=US-ASCII",
          "application/json; charset=utf-8; charset=utf-8",
          R"(application/json; profile="https://x.example/;charset=latin1")",
          R"(application/json; a="\"; charset=latin1")",
          R"(application/json; a="")",
          R"(application/json; a="\\"; charset=utf-8)"})
        BOOST_TEST(is_utf8_type(text, "application/json"), text);
}

BOOST_AUTO_TEST_CASE(another_type_charset_or_form_is_not)
{
    for (auto const text :
         {"",
          ";",
          "json",
          "application",
          "application/",
          "text/json",
          "text/plain",
          "application/jsonx",
          "application/json5",
          "application/json+x",
          "application/vnd.api+json",
          "application/problem+json",
          "application/x-www-form-urlencoded",
          "application /json",
          "application/ json",
          " application/json",
          "\"application/json\"",
          "application/\"json\"",
          "application/json, application/json",
          "application/json text/plain",
          "application/json charset=utf-8",
          "application/json; charset=latin1",
          "application/json; charset=iso-8859-1",
          "application/json; charset=utf-16",
          "application/json; charset=utf8",
          "application/json; charset=\"latin1\"",
          "application/json; charset=\"utf-8 \"",
          "application/json; charset=",
          "application/json; charset=\"\"",
          "application/json; charset",
          "application/json; charset =utf-8",
          "application/json; charset= utf-8",
          "application/json; charset=utf-8; charset=latin1",
          "application/json; charset=latin1; charset=utf-8",
          "application/json; charset='utf-8'",
          "application/json; charset=\"utf-8",
          "application/json; charset=\"utf-8\\",
          "application/json; charset=\"utf-8\"x",
          "application/json; =utf-8",
          "application/json; indent",
          "application/json; indent=4 x",
          "application/json; indent=4, text/plain"})
        BOOST_TEST(!is_utf8_type(text, "application/json"), text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
