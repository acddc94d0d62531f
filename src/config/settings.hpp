#pragma once

#include "api/credentials.hpp"
#include "api/rules/rule.hpp"
#include "api/session_cookies.hpp"
#include "api/site_texts.hpp"
#include "auth/passwords/password.hpp"
#include "auth/settings.hpp"
#include "core/log/log.hpp"
#include "http/server.hpp"

#include <boost/asio/ip/network_v6.hpp>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace jwtgate::config {

/// A configuration that cannot be used. The text is one line that names the option and what is wrong with it.
struct error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct password_settings {
    auth::password_cost cost;
    std::size_t threads = 1;
};

/// The value of every option, checked. What each of them means stands in the table of config/options.cpp.
struct settings {
    std::filesystem::path data_dir;
    std::filesystem::path database;  ///< the SQLite file
    std::filesystem::path key_file;
    http::server_config server;
    std::vector<std::string> metrics_listen;  ///< none: no metrics
    auth::settings auth;
    std::vector<api::token_location> token_locations;  ///< in the order in which they are searched
    api::cookie_settings cookies;
    bool csrf_protect = true;
    std::vector<boost::asio::ip::network_v6> trusted_proxies;  ///< canonical; IPv4 as ::ffff:a.b.c.d
    std::vector<std::string> origins;                          ///< of other sites, as browsers write them
    std::vector<std::string> redirect_origins;                 ///< that the page may lead back to, as those
    api::site_texts texts;
    std::vector<api::rule> rules;  ///< of the gate, in their order
    password_settings passwords;
    core::log_level log_level = core::log_level::info;
    core::log_format log_format = core::log_format::text;
};

}  // namespace jwtgate::config
