#include "api/source/return_targets.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

namespace jwtgate::api {
namespace {

boost::json::value const& table()
{
    static auto const read = [] {
        std::ifstream file(JWTGATE_VECTORS "/redirects.json");
        return boost::json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
    }();
    return read;
}

return_targets const known({"https://app.example", "http://plain.example:8080"});
constexpr asked_site login{.host = "login.example", .scheme = "https"};

std::string found(std::string_view url, asked_site const& asked)
{
    return known.find(url, asked).value_or("none");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_source_return_targets)

BOOST_AUTO_TEST_CASE(leads_back_to_itself_and_to_known_origins)
{
    for (auto const& row : table().at("allowed").as_array()) {
        auto const url = boost::json::value_to<std::string>(row.at(0));
        BOOST_TEST(found(url, login) == boost::json::value_to<std::string>(row.at(1)), url);
    }
}

BOOST_AUTO_TEST_CASE(leads_nowhere_else)
{
    auto const& hostile = table().at("hostile").as_array();
    BOOST_TEST(hostile.size() >= 200);
    for (auto const& row : hostile) {
        auto const url = boost::json::value_to<std::string>(row);
        BOOST_TEST(found(url, login) == "none", url);
    }
}

BOOST_AUTO_TEST_CASE(what_it_has_found_it_finds_again)
{
    for (auto const& row : table().at("allowed").as_array()) {
        auto const target = boost::json::value_to<std::string>(row.at(1));
        BOOST_TEST(found(target, login) == target);
    }
}

BOOST_AUTO_TEST_CASE(takes_its_own_site_over_http_unless_it_was_asked_over_https)
{
    std::string const url = "http://login.example/x";
    BOOST_TEST(found(url, login) == "none");
    BOOST_TEST(found(url, {.host = "login.example", .scheme = "http"}) == url);
    BOOST_TEST(found(url, {.host = "login.example"}) == url);
    BOOST_TEST(
        found("https://login.example/x", {.host = "login.example", .scheme = "http"}) ==
        "https://login.example/x"
    );
}

BOOST_AUTO_TEST_CASE(a_site_that_does_not_know_its_host_leads_to_paths_and_known_origins)
{
    BOOST_TEST(found("https://login.example/x", {}) == "none");
    BOOST_TEST(found("https:///x", {}) == "none");
    BOOST_TEST(found("/x", {}) == "/x");
    BOOST_TEST(found("https://app.example/x", {}) == "https://app.example/x");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
