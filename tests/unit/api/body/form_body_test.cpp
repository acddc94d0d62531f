#include "api/body/form_body.hpp"

#include "api/errors.hpp"
#include "support/request.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

using namespace std::string_view_literals;

constexpr auto form_type = "application/x-www-form-urlencoded";

// What is known of the body of a request with these fields.
struct sent {
    sent(std::vector<http::field> fields, std::string_view body) : req("POST", "/login", std::move(fields))
    {
        req.body = body;
    }

    test::request req;
};

bool is_form(std::vector<http::field> fields)
{
    return has_form(sent(std::move(fields), "").req);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_body_form_body)

BOOST_AUTO_TEST_CASE(reads_what_a_browser_sends)
{
    auto const form = form_body::parse("username=alice&password=a+b%2Bc%26%3D%25&empty=&%6eame=%C3%BC&&bare");
    BOOST_REQUIRE(form.has_value());
    BOOST_TEST(form->value("username") == "alice");
    BOOST_TEST(form->value("password") == "a b+c&=%");
    BOOST_TEST(form->value("empty").empty());
    BOOST_TEST(form->value("name") == "\xc3\xbc");
    BOOST_TEST(form->value("bare").empty());
    BOOST_TEST(form->value("missing").empty());
}

BOOST_AUTO_TEST_CASE(refuses_what_can_be_read_in_two_ways)
{
    for (auto const body :
         {"a=1&a=2"sv,
          "a=1&%61=2"sv,
          "a=%"sv,
          "a=%4"sv,
          "a=%zz"sv,
          "%=1"sv,
          "a=%00"sv,
          "a=\0"sv,
          "a=%0a"sv}) {
        BOOST_TEST((form_body::parse(body).error() == errc::bad_form), body);
    }
}

BOOST_AUTO_TEST_CASE(is_told_by_the_content_type)
{
    BOOST_TEST(!form_of(sent({{"Content-Type", "application/json"}}, "{}").req).has_value());
    BOOST_TEST(!form_of(sent({}, "a=1").req).has_value());
    auto const plain = form_of(sent({{"Content-Type", form_type}}, "a=1").req);
    BOOST_REQUIRE((plain && plain->has_value()));
    BOOST_TEST((*plain)->value("a") == "1");
    BOOST_TEST(is_form({{"Content-Type", "Application/X-WWW-Form-Urlencoded; charset=utf-8"}}));
    BOOST_TEST(!is_form({{"Content-Type", "application/x-www-form-urlencoded; charset=latin1"}}));
    BOOST_TEST(!is_form({{"Content-Type", form_type}, {"Content-Type", form_type}}));
    auto const packed = form_of(sent({{"Content-Type", form_type}, {"Content-Encoding", "gzip"}}, "a=1").req);
    BOOST_REQUIRE(packed.has_value());
    BOOST_TEST((packed->error() == errc::content_encoding));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
