#include "api/former_cookies.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace jwtgate::api {
namespace {

constexpr auto both = {token_kind::access, token_kind::refresh};

struct question {
    cookie_settings settings;
    std::string_view host;
    std::string_view cookie;
    std::string_view deleted;  // "name@domain" of each, an empty domain for this host alone
};

// The names and domains of what is deleted, where the values "s1", "s2" and "c1" were signed by this server.
std::string deleted_by(question const& asked)
{
    std::vector<std::string> const ours{"s1", "s2", "c1"};
    std::vector<http::field> const fields{{"Cookie", asked.cookie}};
    http::out_buffer out;
    http::response res(out, {});
    res.start(200);
    out.clear();
    former_cookies(asked.settings).clear(res, {fields, asked.host, ours, 4096}, both);
    std::string names;
    for (std::string_view rest{out.data(), out.size()}; !rest.empty();) {
        auto const line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(line.size() + 2);
        constexpr std::string_view start = "Set-Cookie: ";
        constexpr std::string_view domain = "; Domain=";
        names.append(names.empty() ? "" : " ")
            .append(line.substr(start.size(), line.find('=') - start.size())) += '@';
        if (auto const at = line.find(domain); at != std::string_view::npos)
            names += line.substr(at + domain.size(), line.find(';', at + 1) - at - domain.size());
    }
    return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_former_cookies)

BOOST_AUTO_TEST_CASE(tokens_have_six_names_and_a_prefix_of_the_site_stands_in_each)
{
    auto const names = former_cookies({.prefix = "wiki_"}).token_names();
    BOOST_TEST(
        (std::set<std::string>(names.begin(), names.end()) ==
         std::set<std::string>{
             "wiki_access_token_cookie",
             "wiki_refresh_token_cookie",
             "__Host-wiki_access_token_cookie",
             "__Host-wiki_refresh_token_cookie",
             "__Secure-wiki_access_token_cookie",
             "__Secure-wiki_refresh_token_cookie"})
    );
}

BOOST_AUTO_TEST_CASE(what_a_request_shows_goes_in_every_form_but_the_current_one)
{
    cookie_settings const plain{.secure = false};
    cookie_settings const host{};
    cookie_settings const domain{.domain = "site.example"};
    cookie_settings const wiki{.secure = false, .prefix = "wiki_"};
    std::vector<question> const table{
        {plain, "site.example", "", ""},
        {plain, "site.example", "other=s1", ""},
        {plain, "site.example", "access_token_cookie=s1", "access_token_cookie@site.example"},
        {plain,
         "login.site.example:8443",
         "access_token_cookie=s1",
         "access_token_cookie@login.site.example access_token_cookie@site.example"},
        {plain,
         "Login.SITE.example",
         "access_token_cookie=s1; access_token_cookie=s2",
         "access_token_cookie@login.site.example access_token_cookie@site.example"},
        {plain, "site.example", "csrf_access_token=c1", "csrf_access_token@site.example"},
        {plain, "site.example", "refresh_token_cookie=s2", "refresh_token_cookie@site.example"},
        // Not signed by this server: another one's.
        {plain, "site.example", "access_token_cookie=x", ""},
        {plain, "site.example", "access_token_cookie=s1; access_token_cookie=x", ""},
        {plain, "site.example", "access_token_cookie=x; access_token_cookie=s1", ""},
        {plain, "site.example", "access_token_cookie=s1; access_token_cookie=", ""},
        {plain, "site.example", "csrf_access_token=c1; csrf_access_token=x", ""},
        {plain,
         "site.example",
         "access_token_cookie=s1; refresh_token_cookie=x",
         "access_token_cookie@site.example"},
        // Another cookie-prefix is another server.
        {plain, "site.example", "wiki_access_token_cookie=s1", ""},
        {wiki, "site.example", "access_token_cookie=s1", ""},
        {wiki, "site.example", "wiki_access_token_cookie=s1", "wiki_access_token_cookie@site.example"},
        // Where no domain is above the host.
        {plain, "localhost", "access_token_cookie=s1", ""},
        {plain, "127.0.0.1:8080", "access_token_cookie=s1", ""},
        {plain, "[::1]:8080", "access_token_cookie=s1", ""},
        {plain, "", "access_token_cookie=s1", ""},
        {plain, "site.example.", "access_token_cookie=s1", ""},
        {plain, "a..example", "access_token_cookie=s1", ""},
        {plain, "a;b.example", "access_token_cookie=s1", ""},
        {plain, "a.b.c.d.e.f.g.h.example", "access_token_cookie=s1", ""},
        // cookie-secure changed.
        {host, "site.example", "__Host-access_token_cookie=s1", ""},
        {host,
         "site.example",
         "access_token_cookie=s1",
         "access_token_cookie@ access_token_cookie@site.example"},
        {host,
         "site.example",
         "__Host-access_token_cookie=s1; __Secure-access_token_cookie=s2",
         "__Secure-access_token_cookie@ __Secure-access_token_cookie@site.example"},
        {plain, "site.example", "__Host-access_token_cookie=s1", "__Host-access_token_cookie@"},
        {host, "127.0.0.1", "access_token_cookie=s1", "access_token_cookie@"},
        // cookie-domain changed.
        {domain, "site.example", "__Secure-access_token_cookie=s1", "__Secure-access_token_cookie@"},
        {{.domain = "SITE.example"},
         "login.site.example",
         "__Secure-access_token_cookie=s1",
         "__Secure-access_token_cookie@ __Secure-access_token_cookie@login.site.example"},
        {domain, "site.example", "__Host-access_token_cookie=s1", "__Host-access_token_cookie@"},
    };
    for (auto const& row : table)
        BOOST_TEST(deleted_by(row) == row.deleted, row.settings.prefix << row.host << " " << row.cookie);
}

BOOST_AUTO_TEST_CASE(a_deletion_has_the_attributes_without_which_a_browser_ignores_it)
{
    std::vector<std::string> const ours{"s1"};
    auto const written = [&](cookie_settings settings, std::string_view cookie) {
        std::vector<http::field> const fields{{"Cookie", cookie}};
        http::out_buffer out;
        http::response res(out, {});
        res.start(200);
        out.clear();
        former_cookies(std::move(settings)).clear(res, {fields, "127.0.0.1", ours, 4096}, both);
        return std::string(out.begin(), out.end());
    };
    BOOST_TEST(
        written({.secure = false}, "__Host-access_token_cookie=s1") ==
        "Set-Cookie: __Host-access_token_cookie=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; "
        "Secure; HttpOnly; SameSite=Lax\r\n"
    );
    BOOST_TEST(
        written({.same_site = http::same_site::none}, "access_token_cookie=s1") ==
        "Set-Cookie: access_token_cookie=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; "
        "Secure; HttpOnly; SameSite=None\r\n"
    );
}

BOOST_AUTO_TEST_CASE(a_token_and_its_csrf_value_go_together_or_stay)
{
    std::vector<http::field> const fields{
        {"Cookie",
         "access_token_cookie=s1; csrf_access_token=c1; refresh_token_cookie=s2; csrf_refresh_token=c1"}};
    std::vector<std::string> const ours{"s1", "s2", "c1"};
    auto const deletions_in = [&](std::size_t room) {
        http::out_buffer out;
        http::response res(out, {});
        res.start(200);
        out.clear();
        former_cookies({.secure = false}).clear(res, {fields, "site.example", ours, room}, both);
        return std::ranges::count(out, '\n');
    };
    BOOST_TEST(deletions_in(100) == 0);
    BOOST_TEST(deletions_in(200) == 0);
    BOOST_TEST(deletions_in(300) == 2);
    BOOST_TEST(deletions_in(400) == 2);
    BOOST_TEST(deletions_in(600) == 4);
}

BOOST_AUTO_TEST_CASE(one_cookie_of_each_token_is_not_several)
{
    auto const several = [](std::string_view cookie) {
        std::vector<http::field> const fields{{"Cookie", cookie}};
        return former_cookies({.secure = false}).has_several(fields);
    };
    BOOST_TEST(!several(""));
    BOOST_TEST(
        !several("access_token_cookie=a; refresh_token_cookie=b; csrf_access_token=c; csrf_refresh_token=d")
    );
    BOOST_TEST(!several("csrf_access_token=c; csrf_access_token=d"));
    BOOST_TEST(!several("access_token_cookie=a; wiki_access_token_cookie=b"));
    BOOST_TEST(several("access_token_cookie=a; access_token_cookie=b"));
    BOOST_TEST(several("access_token_cookie=a; access_token_cookie=a"));
    BOOST_TEST(several("refresh_token_cookie=a; x=y; refresh_token_cookie=b"));
    BOOST_TEST(several("access_token_cookie=a; __Host-access_token_cookie=b"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
