#pragma once

#include "api/body/json_body.hpp"
#include "core/result.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace jwtgate::api {

/// What a command says that the running server does not know.
inline constexpr char const* unknown_command =
    "the running server is of another version and does not know this command; restart it";

/// A struct with a description (Boost.Describe) as JSON, for the control socket.
template <class T>
std::string write_message(T const& message)
{
    return boost::json::serialize(boost::json::value_from(message));
}

/// Refuses what write_message cannot have made.
template <class T>
core::result<T> read_message(std::string_view text)
{
    auto body = parse_object(text);
    if (!body) return body.error();
    return boost::json::try_value_to<T>(boost::json::value(std::move(*body)));
}

}  // namespace jwtgate::api
