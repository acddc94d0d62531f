#include "http/parser/control_octets.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace jwtgate::http;

BOOST_AUTO_TEST_SUITE(http_control_octets)

BOOST_AUTO_TEST_CASE(finds_every_control_octet_but_the_tab_at_every_place)
{
    for (std::size_t size : {1U, 15U, 16U, 17U, 40U}) {
        for (std::size_t place = 0; place < size; ++place) {
            for (int octet = 0; octet < 256; ++octet) {
                std::string text(size, 'a');
                text[place] = static_cast<char>(octet);
                bool const is_bad = (octet < 0x20 && octet != '\t') || octet == 0x7f;
                BOOST_REQUIRE(has_control(text) == is_bad);
                BOOST_REQUIRE(find_control(text) == (is_bad ? place : size));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(finds_the_first_of_several)
{
    BOOST_TEST(find_control("") == 0U);
    BOOST_TEST(find_control(std::string(20, 'a') + "\r\n") == 20U);
    BOOST_TEST(find_control("\r" + std::string(20, 'a') + "\n") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
