#include "text/nearest.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace jwtgate::text {

BOOST_AUTO_TEST_SUITE(text_nearest)

BOOST_AUTO_TEST_CASE(a_mistyped_word_meant_the_nearest_name)
{
    std::vector<std::string> const names{"add", "list", "show", "passwd", "disable", "enable", "delete"};

    struct row {
        char const* word;
        char const* name;
    };

    for (auto const& [word, name] : {
             row{"lst", "list"},
             row{"lits", "list"},
             row{"list", "list"},
             row{"lists", "list"},
             row{"LIST", ""},
             row{"ad", "add"},
             row{"password", "passwd"},
             row{"disabel", "disable"},
             row{"enabled", "enable"},
             row{"remove", ""},
             row{"decode", ""},
             row{"x", ""},
             row{"", ""},
         }) {
        BOOST_TEST(nearest(word, names) == name, word);
    }
}

BOOST_AUTO_TEST_CASE(among_no_names_there_is_none)
{
    BOOST_TEST(nearest("list", {}) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::text
