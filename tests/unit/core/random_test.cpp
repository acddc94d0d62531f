#include "core/random.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cctype>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace jwtgate;

/// Fills with the first of these bytes, the next time with the second, and so on.
struct scripted {
    std::vector<unsigned char> bytes;
    std::size_t calls = 0;

    core::random_source source()
    {
        return [this](std::span<unsigned char> out) {
            for (auto& byte : out) byte = bytes.at(calls);
            ++calls;
        };
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(core_random)

BOOST_AUTO_TEST_CASE(an_id_is_base64url_without_padding)
{
    struct row {
        std::size_t bytes;
        std::string text;
    };

    for (auto const& [bytes, text] :
         {row{1, "Kg"}, row{2, "Kio"}, row{3, "Kioq"}, row{16, "KioqKioqKioqKioqKioqKg"}}) {
        scripted random{.bytes = {42}};
        BOOST_TEST(core::random_id(random.source(), bytes) == text);
    }
}

BOOST_AUTO_TEST_CASE(an_id_begins_with_a_letter_or_digit)
{
    scripted random{.bytes = {0xff, 0xfb, 0xfa, 0xd7}};  // '_', '-', '-', '1'
    BOOST_TEST(core::random_id(random.source(), 3) == "19fX");
    BOOST_TEST(random.calls == 4U);
}

BOOST_AUTO_TEST_CASE(secure_ids_differ_and_can_stand_on_a_command_line)
{
    auto const random = core::secure_random();
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        auto const id = core::random_id(random, 16);
        BOOST_TEST(id.size() == 22U);
        BOOST_TEST(std::isalnum(static_cast<unsigned char>(id.front())) != 0);
        BOOST_TEST(seen.insert(id).second);
    }
}

BOOST_AUTO_TEST_CASE(secure_randomness_fills_all_that_is_asked_for)
{
    auto const random = core::secure_random();
    std::array<bool, 32> touched{};
    for (int i = 0; i < 20; ++i) {
        std::array<unsigned char, 32> bytes{};
        random(bytes);
        for (std::size_t at = 0; at < bytes.size(); ++at) touched[at] = touched[at] || bytes[at] != 0;
    }
    for (bool const each : touched) BOOST_TEST(each);
}

BOOST_AUTO_TEST_SUITE_END()
