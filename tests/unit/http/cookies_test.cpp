#include "http/cookies.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace jwtgate::http;
using namespace std::chrono_literals;

std::string listed(std::string_view value)
{
    std::vector<field> const fields{{"Cookie", value}};
    std::string all;
    for_each_cookie(fields, [&all](std::string_view name, std::string_view of) {
        all.append("[").append(name).append("|").append(of).append("]");
    });
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_cookies)

BOOST_AUTO_TEST_CASE(splits_a_cookie_field)
{
    struct row {
        std::string_view value;
        std::string_view cookies;
    };

    for (auto const& [value, cookies] : {
             row{"", ""},
             row{"a=b", "[a|b]"},
             row{"a=b; c=d", "[a|b][c|d]"},
             row{"a=b;c=d", "[a|b][c|d]"},
             row{"  a=b \t;\t c=d  ", "[a|b][c|d]"},
             row{"a=", "[a|]"},
             row{"a=b=c==", "[a|b=c==]"},
             row{"a=\"b\"", "[a|\"b\"]"},
             row{"a=b; a=c", "[a|b][a|c]"},
             row{"A=1; a=2", "[A|1][a|2]"},
             row{"a b=c d", "[a b|c d]"},
             row{";;; a=b ;; ;", "[a|b]"},
             row{"flag; =empty; a=b", "[a|b]"},
             row{"a=1, b=2", "[a|1, b=2]"},
             row{"a=b; c", "[a|b]"},
         }) {
        BOOST_TEST_CONTEXT(value) BOOST_TEST(listed(value) == cookies);
    }
}

BOOST_AUTO_TEST_CASE(reads_every_cookie_field_and_no_other)
{
    std::vector<field> const fields{{"cookie", "a=1"}, {"Set-Cookie", "a=2"}, {"COOKIE", "b=3"}};

    BOOST_TEST(find_cookie(fields, "a").value.value() == "1");
    BOOST_TEST(!find_cookie(fields, "a").conflicting);
    BOOST_TEST(find_cookie(fields, "b").value.value() == "3");
}

BOOST_AUTO_TEST_CASE(two_different_values_of_one_name_conflict)
{
    struct row {
        std::vector<field> fields;
        bool conflicting;
    };

    for (auto const& [fields, conflicting] : {
             row{{{"Cookie", "t=x; t=x"}}, false},
             row{{{"Cookie", "t=x"}, {"Cookie", "t=x"}}, false},
             row{{{"Cookie", "t=x; t=y"}}, true},
             row{{{"Cookie", "t=x"}, {"Cookie", "t=y"}}, true},
             row{{{"Cookie", "t=x; t="}}, false},
             row{{{"Cookie", "t=; t=x"}}, false},
             row{{{"Cookie", "t=; t=x; t=y"}}, true},
             row{{{"Cookie", "t=x; T=y; tt=y"}}, false},
             row{{{"Cookie", "t=x; t=y; t=x"}}, true},
         }) {
        BOOST_TEST_CONTEXT(fields.front().value)
        {
            BOOST_TEST(find_cookie(fields, "t").conflicting == conflicting);
            BOOST_TEST(find_cookie(fields, "t").value.value() == "x");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_cookie_that_was_not_sent_has_no_value)
{
    std::vector<field> const fields{{"Cookie", "token2=x; tok=y; token="}};

    BOOST_TEST(!find_cookie(fields, "token").value.has_value());
    BOOST_TEST(!find_cookie({}, "token").value.has_value());
}

BOOST_AUTO_TEST_CASE(writes_all_attributes)
{
    set_cookie const full{
        .name = "__Secure-t",
        .value = "v",
        .max_age = 1h,
        .domain = "example.org",
        .same_site = same_site::strict};
    set_cookie const bare{
        .name = "t", .value = "", .secure = false, .http_only = false, .same_site = same_site::none};

    BOOST_TEST(
        to_field_value(full) ==
        "__Secure-t=v; Path=/; Max-Age=3600; Domain=example.org; Secure; HttpOnly; SameSite=Strict"
    );
    BOOST_TEST(to_field_value(bare) == "t=; Path=/; Max-Age=0; SameSite=None");
}

BOOST_AUTO_TEST_CASE(deletes_with_the_same_attributes_and_no_value)
{
    set_cookie const set{.name = "__Host-t", .value = "secret", .max_age = 1h};

    BOOST_TEST(
        to_deletion(set) ==
        "__Host-t=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax"
    );
}

BOOST_AUTO_TEST_SUITE_END()
