#include "http/parser/plain_head.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace jwtgate::http;

constexpr limits small{.header = 100, .target = 20};

/// How much of it is a plain head.
std::size_t plain_size(std::string_view bytes)
{
    request_head head;
    std::vector<field> fields;
    return read_plain_head(bytes, small, head, fields);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_plain_head)

BOOST_AUTO_TEST_CASE(reads_a_head_and_leaves_what_is_behind_it)
{
    std::string const text = "GET /a?b HTTP/1.1\r\nHost: x:80\r\nEmpty:\r\nX-Y: \t a b\t \r\n\r\n";
    auto const bytes = text + "GET /next";
    request_head head;
    std::vector<field> fields;
    BOOST_TEST(read_plain_head(bytes, small, head, fields) == text.size());
    BOOST_TEST(head.request.method == "GET");
    BOOST_TEST(head.request.path == "/a");
    BOOST_TEST(head.request.query == "b");
    BOOST_TEST(head.keep_alive);
    BOOST_TEST(!head.http_1_0);
    BOOST_TEST_REQUIRE(head.request.fields.size() == 3U);
    BOOST_TEST(head.request.fields[0].value == "x:80");
    BOOST_TEST(head.request.fields[1].value == "");
    BOOST_TEST(head.request.fields[2].name == "X-Y");
    BOOST_TEST(head.request.fields[2].value == "a b");
}

BOOST_AUTO_TEST_CASE(leaves_to_others_what_frames_or_is_not_whole_or_not_right)
{
    BOOST_TEST(plain_size("GET / HTTP/1.1\r\nHost: x\r\n\r\n") == 27U);
    for (std::string const head : {
             "GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\ncontent-length: 0\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nTransfer-encoding: chunked\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nEXPECT: 100-continue\r\n\r\n",
             "GET / HTTP/1.0\r\nHost: x\r\n\r\n",
             "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET / HTTP/1.1\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
             "GET / HTTP/1.1\nHost: x\r\n\r\n",
             "GET /123456789012345678901 HTTP/1.1\r\nHost: x\r\n\r\n",
         }) {
        BOOST_TEST(plain_size(head) == 0U, head);
    }
    std::string const whole = "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n";
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST(plain_size(std::string_view{whole}.substr(0, size)) == 0U, size);
    auto const padding = std::string(small.header - whole.size(), 'b');
    BOOST_TEST(plain_size("GET / HTTP/1.1\r\nHost: x\r\nA: b" + padding + "\r\n\r\n") == small.header);
    BOOST_TEST(plain_size("GET / HTTP/1.1\r\nHost: x\r\nA: bb" + padding + "\r\n\r\n") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
