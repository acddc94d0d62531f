#pragma once

#include "core/ip_address.hpp"
#include "http/request.hpp"

#include <boost/asio/ip/network_v6.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// The proxies whose X-Forwarded-For, -Host and -Proto are believed. A peer on a unix socket is always one
/// of them.
class trusted_proxies {
public:
    /// IPv4 networks as IPv4-mapped IPv6 ones (::ffff:a.b.c.d/96+n); all canonical.
    explicit trusted_proxies(std::vector<boost::asio::ip::network_v6> networks);

    /// Who sent the request: the socket's peer, or, when that is a trusted proxy, the rightmost address of
    /// X-Forwarded-For that is none, in the one spelling of core::ip_address. A hop may stand in quotes, in
    /// brackets and before a port; one that is no address is not believed, nor what stands left of it.
    std::string client_of(http::request const& req) const;

    /// The host that the client asked for: X-Forwarded-Host of a trusted proxy, else Host. Empty when the
    /// proxy names several, or what is no host.
    std::string_view host_of(http::request const& req) const noexcept;

    /// The scheme that the client used, "https" or "http": X-Forwarded-Proto of a trusted proxy. Empty when
    /// it does not say.
    std::string_view scheme_of(http::request const& req) const noexcept;

    /// Whether who sent the request is one of them.
    bool trusts_peer(http::request const& req) const noexcept;

private:
    bool trusts(core::ip_address const& address) const noexcept;

    std::vector<boost::asio::ip::network_v6> networks_;
};

}  // namespace jwtgate::api
