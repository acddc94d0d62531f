#pragma once

#include "http/request.hpp"

#include <boost/asio/ip/network_v6.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// The proxies whose X-Forwarded-For is believed. A peer on a unix socket is always one of them.
class trusted_proxies {
public:
    /// IPv4 networks as IPv4-mapped IPv6 ones (::ffff:a.b.c.d/96+n).
    explicit trusted_proxies(std::vector<boost::asio::ip::network_v6> networks);

    /// Who sent the request: the socket's peer, or, when that is a trusted proxy, the rightmost address of
    /// X-Forwarded-For that is none. What is left of a text that is no address is not believed.
    std::string client_of(http::request const& req) const;

private:
    bool trusts(std::string_view address) const;

    std::vector<boost::asio::ip::network_v6> networks_;
};

}  // namespace jwtgate::api
