#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::web {

/// One file of the page, as it goes over the wire.
struct asset {
    std::string_view path;  ///< request path, with the leading slash
    std::string_view content_type;
    std::string_view body;
};

/// The whole page, compiled into the program: it needs no file at run time. Lives as long as the program.
std::span<asset const> assets() noexcept;

/// What the page has to know of its server.
struct server_facts {
    std::string_view csrf_access_cookie;
    std::string_view csrf_refresh_cookie;
    std::string_view cookie_domain;  ///< empty: the cookies are for one host
    bool cookie_secure = true;
    std::size_t password_min_length = 0;  ///< in characters
    std::string_view site_name;
    std::string_view contact;  ///< whom to ask about a lost password; empty: nobody
};

/// Where the page leads on to.
struct destination {
    std::string_view url;    ///< empty: nowhere
    std::string_view host;   ///< of it, for people to read
    std::string_view fault;  ///< why it will not be reached: "refused", "scheme", "domain"; empty: it will
};

/// Who looks at the page, for a browser without scripts.
enum class visitor {
    unknown,    ///< is shown the form
    known,      ///< has a live access token
    resumable,  ///< has a live refresh token only
};

/// What one answer shows beside that. Texts may hold anything: they are escaped.
struct page_view {
    std::string_view host;       ///< as the server was asked
    std::string_view form_csrf;  ///< what the login form repeats
    destination leads_to;
    std::string_view alarm;  ///< why the form has to be filled in again
    visitor who = visitor::unknown;
    std::string_view user_name;
    std::string_view session_csrf;  ///< what the forms of a session repeat
};

/// The HTML of the page; the asset of "/" has empty places there.
std::string index(server_facts const& facts, page_view const& view);

/// The Content-Security-Policy that the page is written for: scripts, styles, images and requests of its own
/// origin, nothing inline, and no framing. It goes with every asset. Forms end here or at the origin
/// `leads_to`, where there is one: browsers hold the redirect behind a form to it.
std::string content_security_policy(std::string_view leads_to);

}  // namespace jwtgate::web
