#pragma once

#include "core/result.hpp"
#include "core/secret.hpp"
#include "http/request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// What a form of a page without scripts sends: one value a name, in memory that is wiped.
class form_body {
public:
    /// Reads `application/x-www-form-urlencoded` (WHATWG URL standard section 5.1). Errors: bad_form for a
    /// name that stands twice, a '%' without its two digits, an encoded control octet, or a NUL.
    static core::result<form_body> parse(std::string_view body);

    /// Empty when there is none of this name.
    std::string_view value(std::string_view name) const noexcept;

private:
    struct member {
        std::string name;
        core::secret value;
    };

    std::vector<member> members_;
};

/// Whether the body is said to be one of a form.
bool has_form(http::request const& req) noexcept;

/// None for a request whose body is no form. Errors: as parse, and content_encoding.
std::optional<core::result<form_body>> form_of(http::request const& req);

}  // namespace jwtgate::api
