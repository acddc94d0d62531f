#pragma once

#include "api/session_cookies.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// What a request shows of its cookies.
struct shown_cookies {
    std::span<http::field const> fields;
    std::string_view host;                       ///< that was asked for, a port may stand behind it
    std::span<std::string const> signed_values;  ///< the values that a key of this server signed, and the
                                                 ///< CSRF values inside them
    std::size_t room;                            ///< bytes that the answer's head can take
};

/// The forms in which this server may have set its cookies under other options: names without a security
/// prefix or with another one, for this host alone or for a domain. Cookies of another cookie-prefix are not
/// among them.
class former_cookies {
public:
    explicit former_cookies(cookie_settings settings);

    /// The names that the tokens have in every form.
    std::vector<std::string> token_names() const;

    /// Whether the request shows more than one cookie of a token.
    bool has_several(std::span<http::field const> fields) const noexcept;

    /// Deletes each name that the request shows in every form but that in which the server sets it now; names
    /// with a value that this server did not sign stay, since another server in the same domain set them. A
    /// token and its CSRF value for which there is no room stay too, so that they go together the next time.
    void clear(http::response& res, shown_cookies const& shown, token_kinds kinds) const;

private:
    struct form {
        token_kind kind;
        std::string token;
        std::string csrf;
        bool host_only;  // browsers take no Domain with __Host-
        bool current;
    };

    std::vector<std::string> deletions_of(form const& which, shown_cookies const& shown) const;
    std::string deletion_of(std::string_view name, readable by_scripts, std::string_view domain) const;

    cookie_settings settings_;
    std::vector<form> forms_;
};

}  // namespace jwtgate::api
