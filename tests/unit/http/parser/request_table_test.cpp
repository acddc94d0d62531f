#include "unit/http/parser/request_table.hpp"

#include "http/parser/request_parser.hpp"
#include "unit/http/parser/parser_probe.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;

constexpr std::string_view next_request = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";

// Every outcome there is: of all parts in one, of two parts, and of one octet after the other.
std::set<std::string> outcomes(std::string const& bytes)
{
    std::set<std::string> found{described(bytes), fed_in_parts(bytes, 1)};
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) found.insert(fed_in_two(bytes, cut));
    found.insert(described(bytes + std::string{next_request}));
    return found;
}

// What is taken for a next request must not be a part of this one.
bool ends_where_the_next_begins(std::string const& bytes)
{
    request_parser parser{small, wants_body};
    auto const result = parser.feed(bytes);
    auto const* const parsed = std::get_if<parsed_request>(&result);
    return parsed == nullptr || !parsed->keep_alive || parsed->size == bytes.size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_request_table)

BOOST_AUTO_TEST_CASE(each_request_has_one_outcome_however_it_is_cut)
{
    for (auto const& [name, bytes, outcome] : request_table()) {
        BOOST_TEST_CONTEXT(name << ": " << bytes)
        {
            BOOST_TEST(outcomes(bytes) == std::set{outcome}, boost::test_tools::per_element());
            BOOST_TEST(ends_where_the_next_begins(bytes));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
