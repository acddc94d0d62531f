#include <jwtgate/jwt/good_texts.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::jwt::tests {
namespace {

std::string const text = "header.payload.the-signature-of-it";

BOOST_AUTO_TEST_SUITE(jwt_good_texts)

BOOST_AUTO_TEST_CASE(finds_what_it_remembers_and_no_other_text)
{
    good_texts known{16};
    BOOST_TEST(!known.find(text));
    known.remember(text, 3);
    BOOST_TEST(known.find(text).value() == 3U);
    for (std::size_t place = 0; place < text.size(); ++place) {
        auto other = text;
        other[place] = static_cast<char>(other[place] ^ 1);
        BOOST_TEST(!known.find(other), place);
        BOOST_TEST(!known.find(text.substr(0, place)), place);
        BOOST_TEST(!known.find(text.substr(place + 1)), place);
    }
    BOOST_TEST(!known.find(text + 'x'));
}

BOOST_AUTO_TEST_CASE(a_later_text_takes_the_place_of_an_earlier_one)
{
    good_texts known{1};
    known.remember(text, 1);
    known.remember("a shorter one", 2);
    BOOST_TEST(!known.find(text));
    BOOST_TEST(known.find("a shorter one").value() == 2U);
    known.remember(text, 4);
    BOOST_TEST(known.find(text).value() == 4U);
}

BOOST_AUTO_TEST_CASE(forgets_all_when_it_is_cleared_and_a_copy_has_nothing)
{
    good_texts known{16};
    known.remember(text, 1);
    auto copy = known;
    BOOST_TEST(!copy.find(text));
    copy.remember(text, 2);
    BOOST_TEST(copy.find(text).value() == 2U);
    known.clear();
    BOOST_TEST(!known.find(text));
}

BOOST_AUTO_TEST_CASE(leaves_out_what_is_too_long_or_too_short_and_all_without_places)
{
    good_texts known{16};
    for (auto const& odd : {std::string(1025, 'a'), std::string("1234567"), std::string()}) {
        known.remember(odd, 1);
        BOOST_TEST(!known.find(odd));
    }
    std::string const longest(1024, 'a');
    known.remember(longest, 1);
    BOOST_TEST(known.find(longest).value() == 1U);
    good_texts none{0};
    none.remember(text, 1);
    BOOST_TEST(!none.find(text));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
