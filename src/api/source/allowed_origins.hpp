#pragma once

#include "http/request.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// The other sites whose pages may send unsafe requests and read the answers (CORS, Fetch standard section
/// 3.2).
class allowed_origins {
public:
    /// Each as `canonical_origin` has it.
    explicit allowed_origins(std::span<std::string const> origins);

    /// What every answer to a request from one of them carries: whole lines, which live as long as this.
    /// Empty for any other request.
    std::string_view fields_for(http::request const& req) const noexcept;

    /// Whether the request comes from one of them.
    bool allow(http::request const& req) const noexcept { return !fields_for(req).empty(); }

private:
    struct allowed {
        std::string origin;
        std::string fields;
    };

    std::vector<allowed> allowed_;
};

/// Whether a browser asks what a page of another site may send (Fetch standard section 3.2.2).
bool is_preflight(http::request const& req) noexcept;

}  // namespace jwtgate::api
