#include "web/page.hpp"

#include "web/page_bytes.hpp"

#include <array>

namespace jwtgate::web {

namespace {

constexpr std::string_view script = "text/javascript; charset=utf-8";

constexpr std::array all_assets{
    asset{"/", "text/html; charset=utf-8", bytes::index_html},
    asset{"/app.js", script, bytes::app_js},
    asset{"/client.js", script, bytes::client_js},
    asset{"/texts.js", script, bytes::texts_js},
    asset{"/style.css", "text/css; charset=utf-8", bytes::style_css},
    asset{"/icon.svg", "image/svg+xml", bytes::icon_svg},
};

}  // namespace

std::span<asset const> assets() noexcept
{
    return all_assets;
}

std::string_view content_security_policy() noexcept
{
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
           "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

}  // namespace jwtgate::web
