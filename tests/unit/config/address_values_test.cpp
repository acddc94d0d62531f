#include "config/address_values.hpp"

#include "unit/config/refusals.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

using namespace jwtgate::config;
using namespace jwtgate::config::test;

BOOST_AUTO_TEST_SUITE(config_address_values)

BOOST_AUTO_TEST_CASE(listen_addresses_are_literal)
{
    for (auto const* text :
         {"127.0.0.1:8080", "0.0.0.0:0", "[::1]:65535", "[::]:80", "unix:/run/a.sock", "unix:a"}) {
        BOOST_TEST(listen_addresses(from(text)) == texts{text}, boost::test_tools::per_element());
    }
    for (auto const* text :
         {"8080",
          ":8080",
          "127.0.0.1",
          "127.0.0.1:",
          "127.0.0.1:65536",
          "127.0.0.1:-1",
          "::1:80",
          "[::1]",
          "[127.0.0.1]:80",
          "localhost:80",
          "unix:",
          "tcp:1",
          "127.0.0.1:80x"}) {
        BOOST_TEST(
            refusal_of(listen_addresses, from(text)) ==
            "opt (command line): \"" + std::string{text} + "\" is not 127.0.0.1:8080, [::1]:8080 or unix:PATH"
        );
    }
}

BOOST_AUTO_TEST_CASE(none_is_no_address_to_listen_on_where_that_may_be)
{
    BOOST_TEST(listen_addresses_or_none(from("none")).empty());
    texts const both{"127.0.0.1:9464", "unix:a"};
    BOOST_TEST(
        listen_addresses_or_none(from("127.0.0.1:9464,unix:a")) == both, boost::test_tools::per_element()
    );
    for (auto const* text : {"none,unix:a", "None", "9464"})
        BOOST_TEST(
            refusal_of(listen_addresses_or_none, from(text)).find("is not 127.0.0.1:8080") !=
            std::string::npos
        );
}

BOOST_AUTO_TEST_CASE(networks_are_canonical_and_of_one_family)
{
    auto const found = networks(from("127.0.0.1,10.1.2.3/8,::1,2001:db8:1::/32,0.0.0.0/0"));
    texts written;
    for (auto const& network : found) written.push_back(network.to_string());
    texts const expected{
        "::ffff:127.0.0.1/128", "::ffff:10.0.0.0/104", "::1/128", "2001:db8::/32", "::ffff:0.0.0.0/96"};
    BOOST_TEST(written == expected, boost::test_tools::per_element());
    BOOST_TEST(networks(from("none")).empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_network_is_refused)
{
    for (auto const* text :
         {"nginx", "10.0.0.0/33", "::1/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "/8"}) {
        BOOST_TEST(
            refusal_of(networks, from(text)) ==
            "opt (command line): \"" + std::string{text} +
                "\" is not an address, a network such as 10.0.0.0/8, or none"
        );
    }
    BOOST_TEST(
        refusal_of(networks, from("none,::1")).find("\"none\" is not an address") != std::string::npos
    );
}

BOOST_AUTO_TEST_CASE(modes_are_octal)
{
    for (auto const& [text, mode] :
         {std::pair{"0660", 0660U}, {"660", 0660U}, {"0600", 0600U}, {"0777", 0777U}})
        BOOST_TEST(socket_mode(from(text)) == mode);
    for (auto const* text :
         {"", "6", "66", "1777", "0668", "rw-rw----", "u=rw", "0660 ", "-660", "99999999999999"}) {
        BOOST_TEST(
            refusal_of(socket_mode, from(text)) ==
            "opt (command line): \"" + std::string{text} + "\" is no mode of a file; write 0660 or 0600"
        );
    }
}

BOOST_AUTO_TEST_CASE(origins_are_as_browsers_write_them)
{
    texts const expected{"https://app.example", "http://localhost:3000", "https://[::1]:8443", "https://a.b"};
    BOOST_TEST(
        origins(from("https://app.example,HTTP://LocalHost:3000,https://[::1]:8443, https://a.b:443")) ==
            expected,
        boost::test_tools::per_element()
    );
    BOOST_TEST(origins(from("none")).empty());
    for (auto const* text :
         {"app.example",
          "https://",
          "https://app.example/",
          "https://app.example/login",
          "https://app.example:",
          "https://app.example:80x",
          "https://app.example:70000",
          "https://*.example",
          "*",
          "null",
          "ftp://app.example",
          "https://user@app.example",
          "https://app.example?x",
          "https://app .example"}) {
        BOOST_TEST(
            refusal_of(origins, from(text)) ==
            "opt (command line): \"" + std::string{text} +
                "\" is not https://host or https://host:port, without a path, or none"
        );
    }
}

BOOST_AUTO_TEST_SUITE_END()
