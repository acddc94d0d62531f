#include "web/page.hpp"

#include "web/page_bytes.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace jwtgate::web {

namespace {

constexpr std::string_view script = "text/javascript; charset=utf-8";
constexpr std::string_view style = "text/css; charset=utf-8";

constexpr std::array all_assets{
    asset{"/", "text/html; charset=utf-8", bytes::index_html},
    asset{"/account.js", script, bytes::account_js},
    asset{"/account_view.js", script, bytes::account_view_js},
    asset{"/app.js", script, bytes::app_js},
    asset{"/client.js", script, bytes::client_js},
    asset{"/device.js", script, bytes::device_js},
    asset{"/english.js", script, bytes::english_js},
    asset{"/invite.js", script, bytes::invite_js},
    asset{"/korean.js", script, bytes::korean_js},
    asset{"/memory.js", script, bytes::memory_js},
    asset{"/messages.js", script, bytes::messages_js},
    asset{"/new_password.js", script, bytes::new_password_js},
    asset{"/onward.js", script, bytes::onward_js},
    asset{"/password_rules.js", script, bytes::password_rules_js},
    asset{"/session.js", script, bytes::session_js},
    asset{"/site.js", script, bytes::site_js},
    asset{"/texts.js", script, bytes::texts_js},
    asset{"/times.js", script, bytes::times_js},
    asset{"/view.js", script, bytes::view_js},
    asset{"/style.css", style, bytes::style_css},
    asset{"/form.css", style, bytes::form_css},
    asset{"/session.css", style, bytes::session_css},
    asset{"/account.css", style, bytes::account_css},
    asset{"/icon.svg", "image/svg+xml", bytes::icon_svg},
};

// What stands in a place of the page: text, or markup of our own.
struct filling {
    std::string_view place;
    std::string text;
};

using fillings = std::span<filling const>;

std::string_view entity_of(char c) noexcept
{
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

std::string escaped(std::string_view text)
{
    std::string safe;
    for (char const& c : text) {
        auto const entity = entity_of(c);
        safe += entity.empty() ? std::string_view(&c, 1) : entity;
    }
    return safe;
}

// One pass: what is filled in is not looked at again.
std::string filled(std::string_view page, fillings with)
{
    std::string text;
    while (true) {
        auto const begin = page.find('{');
        auto const end = page.find('}', begin);
        if (end == std::string_view::npos) return text.append(page);
        auto const place = page.substr(begin + 1, end - begin - 1);
        text.append(page.substr(0, begin)).append(std::ranges::find(with, place, &filling::place)->text);
        page.remove_prefix(end + 1);
    }
}

std::string hidden_if(bool is_hidden)
{
    return is_hidden ? " hidden" : "";
}

// For a browser without scripts: what a session can be asked for.
std::string plain_session(page_view const& view)
{
    if (view.who == visitor::unknown) return "";
    auto const page = view.who == visitor::known ? bytes::known_html : bytes::resumable_html;
    auto const fills = std::to_array<filling>({
        {"user-name", escaped(view.user_name)},
        {"session-csrf", escaped(view.session_csrf)},
        {"continue", escaped(view.leads_to.url)},
        {"continue-host", escaped(view.leads_to.host)},
        {"no-continue", hidden_if(view.leads_to.url.empty())},
        {"alarm", escaped(view.alarm)},
        {"no-alarm", hidden_if(view.alarm.empty())},
    });
    return filled(page, fills);
}

}  // namespace

std::span<asset const> assets() noexcept
{
    return all_assets;
}

std::string index(server_facts const& facts, page_view const& view)
{
    auto const& target = view.leads_to;
    auto const fills = std::to_array<filling>({
        {"csrf-access-cookie", escaped(facts.csrf_access_cookie)},
        {"csrf-refresh-cookie", escaped(facts.csrf_refresh_cookie)},
        {"cookie-domain", escaped(facts.cookie_domain)},
        {"cookie-secure", facts.cookie_secure ? "true" : "false"},
        {"password-min-length", std::to_string(facts.password_min_length)},
        {"site-name", escaped(facts.site_name)},
        {"contact", escaped(facts.contact)},
        {"no-contact", hidden_if(facts.contact.empty())},
        {"host", escaped(view.host)},
        {"form-csrf", escaped(view.form_csrf)},
        {"continue", escaped(target.url)},
        {"continue-host", escaped(target.host)},
        {"continue-fault", escaped(target.fault)},
        {"no-continue", hidden_if(target.url.empty())},
        {"alarm", escaped(view.alarm)},
        {"no-alarm", hidden_if(view.alarm.empty())},
        {"signed-out-hidden", hidden_if(view.who != visitor::unknown)},
        {"plain-session", plain_session(view)},
    });
    return filled(bytes::index_html, fills);
}

std::string content_security_policy(std::string_view leads_to)
{
    return std::string("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; ")
        .append("connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'")
        .append(leads_to.empty() ? "" : " ")
        .append(leads_to);
}

}  // namespace jwtgate::web
