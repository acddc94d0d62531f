#include "http/target.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace {

using namespace jwtgate::http;
using namespace std::string_view_literals;

std::string listed(std::string_view query)
{
    std::string all;
    while (auto const found = next_parameter(query)) {
        all.append("[").append(found->name).append("|").append(found->value).append("]");
    }
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_target)

BOOST_AUTO_TEST_CASE(splits_origin_and_absolute_form)
{
    struct row {
        std::string_view text;
        std::string_view path;
        std::string_view query;
    };

    for (auto const& [text, path, query] : {
             row{"/", "/", ""},
             row{"/a/b", "/a/b", ""},
             row{"/a?", "/a", ""},
             row{"/a?b=c?d", "/a", "b=c?d"},
             row{"/a%2Fb?c=%26", "/a%2Fb", "c=%26"},
             row{"//x", "//x", ""},
             row{"/http://x/", "/http://x/", ""},
             row{"http://x/a?b", "/a", "b"},
             row{"HTTP://x:80/a", "/a", ""},
             row{"https://[::1]:80/", "/", ""},
             row{"http://x", "/", ""},
             row{"http://x?b=/c", "/", "b=/c"},
         }) {
        BOOST_TEST_CONTEXT(text)
        {
            auto const found = split_target(text);
            BOOST_REQUIRE(found.has_value());
            BOOST_TEST(found->path == path);
            BOOST_TEST(found->query == query);
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_every_other_target)
{
    for (auto const text :
         {""sv,
          "*"sv,
          "a"sv,
          "?a"sv,
          "x:80"sv,
          "ftp://x/"sv,
          "http:/x"sv,
          "http://"sv,
          "http:///a"sv,
          "http://u@x/"sv,
          "http://x:y/"sv,
          "http://x y/"sv,
          "/a b"sv,
          "/a\tb"sv,
          "/a\x7f"sv,
          "/a\0b"sv,
          "/\xc3\xa4"sv,
          "/a#b"sv}) {
        BOOST_TEST_CONTEXT(text) BOOST_TEST(!split_target(text).has_value());
    }
}

BOOST_AUTO_TEST_CASE(tells_a_host_from_what_is_none)
{
    for (auto const text :
         {"x"sv,
          "example.org"sv,
          "my_app-1.~x:8080"sv,
          "127.0.0.1:80"sv,
          "[::1]"sv,
          "[::ffff:1.2.3.4]:80"sv,
          "x:"sv}) {
        BOOST_TEST_CONTEXT(text) BOOST_TEST(is_host(text));
    }
    for (auto const text :
         {""sv,
          ":80"sv,
          "x:8a"sv,
          "x:1:2"sv,
          "::1"sv,
          "[]"sv,
          "[::1"sv,
          "[::1]x"sv,
          "[g::]"sv,
          "a b"sv,
          "a,b"sv,
          "a/b"sv,
          "u@x"sv,
          "a\0b"sv,
          "\xc3\xa4"sv,
          "a\"b"sv}) {
        BOOST_TEST_CONTEXT(text) BOOST_TEST(!is_host(text));
    }
}

BOOST_AUTO_TEST_CASE(splits_a_query_into_parameters)
{
    BOOST_TEST(listed("") == "");
    BOOST_TEST(listed("a=b") == "[a|b]");
    BOOST_TEST(listed("role=a&role=b") == "[role|a][role|b]");
    BOOST_TEST(listed("a&b=&=c&&d=e=f&") == "[a|][b|][|c][d|e=f]");
    BOOST_TEST(listed("a=%26+;b=c") == "[a|%26+;b=c]");
}

BOOST_AUTO_TEST_CASE(decodes_percent_encoding_strictly)
{
    BOOST_TEST(percent_decode("").value() == "");
    BOOST_TEST(percent_decode("a+b%20%2f%2F%25").value() == "a+b //%");
    BOOST_TEST(percent_decode("%EC%95%88").value() == "\xec\x95\x88");
    for (auto const text :
         {"%"sv, "%2"sv, "a%2g"sv, "%g2"sv, "%%41"sv, "%+1"sv, "%00"sv, "%0a"sv, "%1F"sv, "%7f"sv}) {
        BOOST_TEST_CONTEXT(text) BOOST_TEST(!percent_decode(text).has_value());
    }
}

BOOST_AUTO_TEST_CASE(encodes_all_but_the_safe_octets)
{
    BOOST_TEST(percent_encode("Az09._@+-") == "Az09._@+-");
    BOOST_TEST(percent_encode("a,b\r\n%/~\xc3\xa4") == "a%2Cb%0D%0A%25%2F%7E%C3%A4");
    BOOST_TEST(percent_encode("\0"sv) == "%00");
}

BOOST_AUTO_TEST_CASE(decoding_undoes_encoding)
{
    std::string text;
    for (int octet = ' '; octet < 256; ++octet) {
        if (octet != 0x7f) text += static_cast<char>(octet);
    }

    BOOST_TEST(percent_decode(percent_encode(text)).value() == text);
}

BOOST_AUTO_TEST_SUITE_END()
