#include "api/dto.hpp"

#include "api/body/json_body.hpp"
#include "api/errors.hpp"
#include "auth/token_minter.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace jwtgate::api {
namespace {

namespace json = boost::json;

using auth::to_numeric_date;

core::result<std::string_view> text_member(json::object const& body, std::string_view name, errc missing)
{
    auto const* const member = body.if_contains(name);
    if (member == nullptr || member->is_null()) return missing;
    auto const* const text = member->if_string();
    if (text == nullptr) return errc::wrong_member_type;
    if (text->find('\0') != json::string::npos) return errc::nul_inside;
    return std::string_view(text->data(), text->size());
}

std::string decoded(std::string_view segment)
{
    std::string bytes(jwt::base64url_decoded_size(segment.size()), '\0');
    return jwt::base64url_decode(segment, bytes.data()) ? bytes : "null";
}

std::string token_parts_json(std::string_view token)
{
    auto const first = token.find('.');
    auto const last = token.rfind('.');
    auto const header = decoded(token.substr(0, first));
    auto const payload = decoded(token.substr(first + 1, last - first - 1));
    return R"({"header":)" + header + R"(,"claims":)" + payload + '}';
}

json::object session_object(auth::session const& one, std::string_view current)
{
    return {
        {"id", one.id},
        {"created", to_numeric_date(one.created)},
        {"last_used", to_numeric_date(one.rotated_at)},
        {"address", one.address},
        {"user_agent", plain_text(one.user_agent)},
        {"current", one.id == current}};
}

}  // namespace

std::string plain_text(std::string_view text)
{
    std::string plain(text);
    std::ranges::replace_if(
        plain, [](char c) { return c < ' ' || c > '~'; }, '?'
    );
    return plain;
}

core::result<auth::credentials> read_credentials(std::string_view body)
{
    auto const object = parse_object(body);
    if (!object) return object.error();
    auto const name = text_member(*object, "username", errc::user_name_missing);
    if (!name) return name.error();
    auto const password = text_member(*object, "password", errc::password_missing);
    if (!password) return password.error();
    return auth::credentials{std::string(*name), core::secret(std::string(*password))};
}

core::result<auth::password_change> read_password_change(std::string_view body)
{
    auto const object = parse_object(body);
    if (!object) return object.error();
    auto const current = text_member(*object, "current", errc::current_missing);
    if (!current) return current.error();
    auto const wanted = text_member(*object, "new", errc::new_missing);
    if (!wanted) return wanted.error();
    return auth::password_change{core::secret(std::string(*current)), core::secret(std::string(*wanted))};
}

core::result<auth::accepted_invite> read_accepted_invite(std::string_view body)
{
    auto const object = parse_object(body);
    if (!object) return object.error();
    auto const invite = text_member(*object, "invite", errc::invite_missing);
    if (!invite) return invite.error();
    auto const wanted = text_member(*object, "new", errc::new_missing);
    if (!wanted) return wanted.error();
    return auth::accepted_invite{core::secret(std::string(*invite)), core::secret(std::string(*wanted))};
}

std::string error_json(std::string_view message, std::string_view code)
{
    return json::serialize(json::object{{"msg", message}, {"error", code}});
}

std::string token_json(auth::grant const& granted)
{
    return json::serialize(json::object{
        {"access_token", granted.access.token},
        {"refresh_token", granted.refresh_token},
        {"token_type", "Bearer"},
        {"expires_in", granted.access.lives_for.count()}});
}

std::string protected_json(std::string_view user_name)
{
    return R"({"logged_in_as":)" + json::serialize(json::string_view(user_name)) + '}';
}

std::string identity_json(identity const& who)
{
    auto const roles = who.claims.roles.value_or(jwt::string_list{});
    json::object body{
        {"username", who.claims.subject},
        {"roles", json::array(roles.begin(), roles.end())},
        {"session",
         {{"id", who.session.id},
          {"created", to_numeric_date(who.session.created)},
          {"expires", to_numeric_date(who.session.refresh_expires)}}},
        {"fresh", who.claims.fresh.value_or(false)},
        {"expires", who.claims.expires_at.value_or(0)},
        {"refresh_at", nullptr}};
    if (who.refresh_at) body["refresh_at"] = to_numeric_date(*who.refresh_at);
    auto text = json::serialize(body);
    text.back() = ',';
    return text + R"("token":)" + token_parts_json(who.token) + '}';
}

std::string sessions_json(std::vector<auth::session> const& sessions, std::string_view current)
{
    json::array all;
    for (auto const& one : sessions) all.push_back(session_object(one, current));
    return json::serialize(json::object{{"sessions", std::move(all)}});
}

}  // namespace jwtgate::api
