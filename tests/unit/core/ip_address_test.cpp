#include "core/ip_address.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::core {
namespace {

using namespace std::string_view_literals;

std::string written(std::string_view text)
{
    auto const address = ip_address::parse(text);
    return address ? address->text() : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(core_ip_address)

BOOST_AUTO_TEST_CASE(has_one_spelling)
{
    struct row {
        std::string_view text;
        std::string_view spelling;
    };

    std::vector<row> const table{
        {"203.0.113.7", "203.0.113.7"},
        {"0.0.0.0", "0.0.0.0"},
        {"255.255.255.255", "255.255.255.255"},
        {"2001:db8::1", "2001:db8::1"},
        {"2001:DB8:0:0::1", "2001:db8::1"},
        {"2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"::", "::"},
        {"0:0:0:0:0:0:0:0", "::"},
        {"::1", "::1"},
        {"::ffff:203.0.113.7", "203.0.113.7"},
        {"::FFFF:cb00:7107", "203.0.113.7"},
        {"0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"},
        {"64:ff9b::203.0.113.7", "64:ff9b::cb00:7107"},
        {"fe80::1%eth0", "fe80::1"},
        {"fe80::1%25eth0", "fe80::1"},
        {"::1%1", "::1"},
    };
    for (auto const& [text, spelling] : table) BOOST_TEST(written(text) == spelling, text);
    BOOST_TEST(written("fe80::1%" + std::string(7000, 'z')) == "fe80::1");
}

BOOST_AUTO_TEST_CASE(equal_addresses_are_equal_however_they_were_spelled)
{
    auto const parsed = [](std::string_view text) { return ip_address::parse(text).value(); };
    BOOST_TEST((parsed("2001:DB8::0:1") == parsed("2001:db8::1")));
    BOOST_TEST((parsed("::ffff:203.0.113.7") == parsed("203.0.113.7")));
    BOOST_TEST((parsed("fe80::1%eth0") == parsed("fe80::1%eth1")));
    BOOST_TEST((parsed("::1") != parsed("::2")));
    BOOST_TEST((parsed("203.0.113.7").bytes()[15] == 7));
    BOOST_TEST((parsed("203.0.113.7").bytes()[10] == 0xff));
}

BOOST_AUTO_TEST_CASE(whatever_else_is_no_address)
{
    for (auto const text :
         {"",
          " ",
          "1",
          "203.0.113",
          "203.0.113.7.1",
          "203.0.113.256",
          "203.0.113.07",
          "0x7f.0.0.1",
          "127.1",
          "203.0.113.7 ",
          " 203.0.113.7",
          "203.0.113.7:80",
          "[::1]",
          ":::",
          "1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:8:9",
          "::1::2",
          "12345::",
          "::g",
          "203.0.113.7%1",
          "::1%",
          "%eth0",
          "localhost",
          "unknown",
          "_hidden",
          "::ffff:203.0.113.256"})
        BOOST_TEST(!ip_address::parse(text), text);
    BOOST_TEST(!ip_address::parse("203.0.113.7\0"sv));
    BOOST_TEST(!ip_address::parse("::1\0x"sv));
    BOOST_TEST(!ip_address::parse(std::string(7000, '1')));
}

BOOST_AUTO_TEST_CASE(a_network_is_what_one_subscriber_is_given)
{
    auto const network_of = [](std::string_view text) {
        auto const address = ip_address::parse(text).value();
        auto const bytes = address.network();
        return std::string(bytes.begin(), bytes.end());
    };
    BOOST_TEST(network_of("192.0.2.1") == network_of("::ffff:192.0.2.1"));
    BOOST_TEST(network_of("192.0.2.1") != network_of("192.0.2.2"));
    BOOST_TEST(network_of("2001:db8:1:2::1") == "\x20\x01\x0d\xb8\x00\x01\x00\x02"sv);
    BOOST_TEST(network_of("2001:db8:1:2:ffff:ffff:ffff:ffff") == network_of("2001:db8:1:2::"));
    BOOST_TEST(network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1"));
    BOOST_TEST(network_of("::1") != network_of("127.0.0.1"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::core
