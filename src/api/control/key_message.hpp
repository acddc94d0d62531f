#pragma once

#include <boost/describe/class.hpp>

#include <functional>
#include <string>

namespace jwtgate::api {

/// One `jwtgate key ...` tells the running server that it has changed a key file.
struct key_message {
    std::string key_file;  ///< absolute
};
BOOST_DESCRIBE_STRUCT(key_message, (), (key_file))

struct key_reply {
    std::string refused;  ///< one line that says why the server does not follow; empty: it does, or there is
    std::string note;     ///< one line that says why it need not
};
BOOST_DESCRIBE_STRUCT(key_reply, (), (refused, note))

/// Puts the keys of this file in force, if it is the server's own.
using key_follower = std::function<key_reply(std::string const& key_file)>;

}  // namespace jwtgate::api
