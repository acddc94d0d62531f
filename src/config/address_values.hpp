#pragma once

#include "config/option_values.hpp"

#include <boost/asio/ip/network_v6.hpp>

#include <sys/types.h>

#include <string>
#include <vector>

namespace jwtgate::config {

/// What settings say of addresses: where this server is, and who is near it. Each throws error when
/// the setting is not what its name says.
/// @{
std::vector<std::string> listen_addresses(setting const& from);

/// The same; "none" alone is an empty list.
std::vector<std::string> listen_addresses_or_none(setting const& from);

/// In octal, as chmod has it.
mode_t socket_mode(setting const& from);

/// Addresses and CIDR networks; "none" alone is an empty list.
std::vector<boost::asio::ip::network_v6> networks(setting const& from);

/// As browsers write them: in lower case, without the port that the scheme implies; "none" alone is
/// an empty list.
std::vector<std::string> origins(setting const& from);
/// @}

}  // namespace jwtgate::config
