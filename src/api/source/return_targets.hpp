#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// The site that a request asks, as far as it is known.
struct asked_site {
    std::string_view host;    ///< as a Host field has it
    std::string_view scheme;  ///< "https", "http", or empty
};

/// Where a login may lead back to: the site that was asked itself, and those of `origin` and
/// `redirect-origin`.
class return_targets {
public:
    /// Each as canonical_origin has it.
    explicit return_targets(std::vector<std::string> origins);

    /// The URL as a Location field may hold it: a path of the site that was asked, or a known origin in its
    /// canonical form and a path. What a URI may not hold (RFC 3986) is percent-encoded in the path, so that
    /// browsers and we mean the same place. None for any other site, http where https was asked, a user name,
    /// a control octet, or a form that browsers might read in another way.
    std::optional<std::string> find(std::string_view url, asked_site const& asked) const;

private:
    bool is_known(std::string_view origin, asked_site const& asked) const noexcept;

    std::vector<std::string> origins_;
};

}  // namespace jwtgate::api
