#include "web/page.hpp"

#include "web/page_bytes.hpp"

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
    asset{"/korean.js", script, bytes::korean_js},
    asset{"/memory.js", script, bytes::memory_js},
    asset{"/messages.js", script, bytes::messages_js},
    asset{"/password_rules.js", script, bytes::password_rules_js},
    asset{"/session.js", script, bytes::session_js},
    asset{"/texts.js", script, bytes::texts_js},
    asset{"/times.js", script, bytes::times_js},
    asset{"/view.js", script, bytes::view_js},
    asset{"/style.css", style, bytes::style_css},
    asset{"/form.css", style, bytes::form_css},
    asset{"/session.css", style, bytes::session_css},
    asset{"/account.css", style, bytes::account_css},
    asset{"/icon.svg", "image/svg+xml", bytes::icon_svg},
};

// A cookie's name is a token (RFC 6265 section 4.1.1): of what HTML would take for its own it can hold '&'
// only.
std::string escaped(std::string_view name)
{
    std::string text;
    for (char const c : name) {
        if (c == '&')
            text += "&amp;";
        else
            text += c;
    }
    return text;
}

std::string with(std::string_view text, std::string_view slot, std::string_view value)
{
    auto const at = text.find(slot);
    return std::string(text.substr(0, at)).append(value).append(text.substr(at + slot.size()));
}

}  // namespace

std::span<asset const> assets() noexcept
{
    return all_assets;
}

std::string index(server_facts const& facts)
{
    auto html = with(bytes::index_html, "{csrf-access-cookie}", escaped(facts.csrf_access_cookie));
    html = with(html, "{csrf-refresh-cookie}", escaped(facts.csrf_refresh_cookie));
    return with(html, "{password-min-length}", std::to_string(facts.password_min_length));
}

std::string_view content_security_policy() noexcept
{
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
           "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

}  // namespace jwtgate::web
