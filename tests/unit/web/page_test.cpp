#include "web/page.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace jwtgate;

struct expected_asset {
    std::string_view path;
    std::string_view content_type;
    std::string_view file;
};

std::ostream& operator<<(std::ostream& out, expected_asset const& expected)
{
    return out << expected.path;
}

constexpr std::string_view javascript = "text/javascript; charset=utf-8";
constexpr std::string_view css = "text/css; charset=utf-8";

std::vector<expected_asset> const expected_assets{
    {"/", "text/html; charset=utf-8", "page/index.html"},
    {"/account.js", javascript, "script/account.js"},
    {"/account_view.js", javascript, "script/account_view.js"},
    {"/app.js", javascript, "script/app.js"},
    {"/client.js", javascript, "script/client.js"},
    {"/device.js", javascript, "script/device.js"},
    {"/english.js", javascript, "script/english.js"},
    {"/invite.js", javascript, "script/invite.js"},
    {"/korean.js", javascript, "script/korean.js"},
    {"/memory.js", javascript, "script/memory.js"},
    {"/messages.js", javascript, "script/messages.js"},
    {"/new_password.js", javascript, "script/new_password.js"},
    {"/onward.js", javascript, "script/onward.js"},
    {"/password_rules.js", javascript, "script/password_rules.js"},
    {"/session.js", javascript, "script/session.js"},
    {"/site.js", javascript, "script/site.js"},
    {"/texts.js", javascript, "script/texts.js"},
    {"/times.js", javascript, "script/times.js"},
    {"/view.js", javascript, "script/view.js"},
    {"/style.css", css, "page/style.css"},
    {"/form.css", css, "page/form.css"},
    {"/session.css", css, "page/session.css"},
    {"/account.css", css, "page/account.css"},
    {"/icon.svg", "image/svg+xml", "page/icon.svg"},
};

std::vector<std::string_view> scripts()
{
    std::vector<std::string_view> found;
    for (auto const& expected : expected_assets) {
        if (expected.content_type == javascript) found.push_back(expected.path);
    }
    return found;
}

web::asset const* find(std::string_view path)
{
    auto const all = web::assets();
    auto const found = std::find_if(all.begin(), all.end(), [path](auto const& a) { return a.path == path; });
    return found == all.end() ? nullptr : &*found;
}

std::string read(std::string_view name)
{
    std::ifstream file{std::string{JWTGATE_WEB_FOLDER "/"}.append(name), std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::string> matches(std::string_view path, std::string const& pattern)
{
    auto const text = std::string{find(path)->body};
    std::regex const expression{pattern, std::regex::icase};
    std::vector<std::string> found;
    for (std::sregex_iterator i{text.begin(), text.end(), expression}; i != std::sregex_iterator{}; ++i) {
        found.push_back(i->size() > 1 ? i->str(1) : i->str());
    }
    return found;
}

struct forbidden {
    std::string_view what;
    std::string_view path;
    std::string pattern;
};

std::ostream& operator<<(std::ostream& out, forbidden const& thing)
{
    return out << thing.what << " in " << thing.path;
}

std::string const markup_sinks =
    R"re(innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\()re";

// A proxy may serve the page under a path.
std::string const absolute_addresses = R"re((?:from |import\(|fetch\(|ask\("\w+", |change\("\w+", )["'`]/)re";

std::vector<forbidden> const forbidden_things{
    {"script without a source", "/", R"re(<script(?![^>]*\ssrc=)[^>]*>)re"},
    {"script with a body", "/", R"re(<script[^>]*>\s*[^<\s])re"},
    {"event attribute", "/", R"re(\son\w+\s*=)re"},
    {"script address", "/", "javascript:"},
    {"style element", "/", "<style"},
    {"style attribute", "/", R"re(\sstyle\s*=)re"},
    {"absolute address", "/", R"re((?:src|href|action)="/)re"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(web_page)

BOOST_DATA_TEST_CASE(holds_each_file_byte_for_byte, expected_assets, expected)
{
    auto const* const asset = find(expected.path);
    BOOST_REQUIRE(asset != nullptr);
    BOOST_TEST(asset->content_type == expected.content_type);
    BOOST_TEST(!asset->body.empty());
    BOOST_TEST((asset->body == read(expected.file)));
}

BOOST_AUTO_TEST_CASE(holds_nothing_else)
{
    BOOST_TEST(web::assets().size() == expected_assets.size());
}

BOOST_DATA_TEST_CASE(holds_nothing_that_the_policy_is_against, forbidden_things, thing)
{
    BOOST_TEST(matches(thing.path, thing.pattern).empty());
}

BOOST_DATA_TEST_CASE(holds_no_script_that_makes_markup_or_knows_where_it_is, scripts(), path)
{
    BOOST_TEST(matches(path, markup_sinks).empty());
    BOOST_TEST(matches(path, absolute_addresses).empty());
}

BOOST_AUTO_TEST_CASE(refers_only_to_itself)
{
    auto references = matches("/", R"re((?:src|href)="([^"#{]*)")re");
    BOOST_TEST(references.size() >= expected_assets.size() - 1);
    for (auto const script : scripts()) {
        auto const imports = matches(script, R"re(from "\./([^"]*)")re");
        references.insert(references.end(), imports.begin(), imports.end());
    }
    for (auto const& reference : references) {
        BOOST_TEST(find("/" + reference) != nullptr, reference << " is no asset");
    }
}

BOOST_AUTO_TEST_CASE(says_what_its_server_is_like)
{
    auto const html = web::index(
        {.csrf_access_cookie = "__Host-blue_csrf_access_token",
         .csrf_refresh_cookie = "&lt_csrf_refresh_token",
         .cookie_domain = "site.example",
         .cookie_secure = false,
         .password_min_length = 12,
         .site_name = "Ferien & <Haus>",
         .contact = "\"Bob\""},
        {.host = "login.site.example", .form_csrf = "abc"}
    );
    for (auto const* const expected : {
             R"("csrf-access-cookie" content="__Host-blue_csrf_access_token")",
             R"("csrf-refresh-cookie" content="&amp;lt_csrf_refresh_token")",
             R"("cookie-domain" content="site.example")",
             R"("cookie-secure" content="false")",
             R"("password-min-length" content="12")",
             "<title>Ferien &amp; &lt;Haus&gt;</title>",
             R"(<span class="contact">&quot;Bob&quot;</span>)",
             R"("asked-host" content="login.site.example")",
             R"(<input type="hidden" name="csrf" value="abc">)",
         })
        BOOST_TEST(html.find(expected) != html.npos, expected);
    BOOST_TEST(html.find('{') == html.npos);
    BOOST_TEST(html.ends_with("</html>\n"));
}

BOOST_AUTO_TEST_CASE(what_is_filled_in_is_text_and_no_place)
{
    auto const html = web::index({.site_name = "{contact}", .contact = "secret"}, {});
    BOOST_TEST(html.find("<title>{contact}</title>") != html.npos);
}

BOOST_AUTO_TEST_CASE(leads_on_where_it_is_told_to)
{
    web::destination const target{"https://app.example/?a=1&b='2'", "app.example", "domain"};
    auto const html = web::index({}, {.leads_to = target});
    BOOST_TEST(html.find(R"("continue" content="https://app.example/?a=1&amp;b=&#39;2&#39;")") != html.npos);
    BOOST_TEST(html.find(R"("continue-fault" content="domain")") != html.npos);
    BOOST_TEST(html.find(R"(<p class="destination"><span)") != html.npos);
    BOOST_TEST(web::index({}, {}).find(R"(<p class="destination" hidden>)") != html.npos);
}

BOOST_AUTO_TEST_CASE(a_browser_without_scripts_is_shown_what_its_session_can_do)
{
    auto const form = [](std::string const& html) {
        return html.find(R"(aria-labelledby="login-title">)") != std::string::npos;
    };
    auto const unknown = web::index({}, {});
    BOOST_TEST(form(unknown));
    BOOST_TEST(unknown.find("<noscript></noscript>") != unknown.npos);
    auto const known =
        web::index({}, {.who = web::visitor::known, .user_name = "alice", .session_csrf = "c1"});
    BOOST_TEST(!form(known));
    BOOST_TEST(known.find("Logged in as <strong>alice</strong>") != known.npos);
    BOOST_TEST(known.find(R"(action="logout">)") != known.npos);
    BOOST_TEST(known.find(R"(name="csrf" value="c1")") != known.npos);
    auto const resumable = web::index({}, {.who = web::visitor::resumable, .session_csrf = "c2"});
    BOOST_TEST(!form(resumable));
    BOOST_TEST(resumable.find(R"(action="refresh">)") != resumable.npos);
    BOOST_TEST(resumable.find(R"(name="csrf" value="c2")") != resumable.npos);
}

BOOST_AUTO_TEST_CASE(policy_allows_its_own_origin_and_nothing_inline)
{
    std::string const own =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    BOOST_TEST(web::content_security_policy("") == own);
    BOOST_TEST(web::content_security_policy("https://app.example") == own + " https://app.example");
}

BOOST_AUTO_TEST_SUITE_END()
