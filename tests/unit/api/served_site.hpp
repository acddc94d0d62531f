#pragma once

#include "api/application.hpp"
#include "support/fake_domain.hpp"
#include "support/request.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

using fields = std::vector<http::field>;

struct answer {
    std::string head;
    std::string body;

    std::string status() const { return head.substr(9, 3); }

    bool has(std::string_view line) const
    {
        return head.find("\r\n" + std::string(line)) != std::string::npos;
    }

    /// Of a field that stands once; empty when it does not.
    std::string value(std::string_view name) const
    {
        auto const start = "\r\n" + std::string(name) + ": ";
        auto const at = head.find(start);
        if (at == std::string::npos) return "";
        auto const begin = at + start.size();
        return head.substr(begin, head.find('\r', begin) - begin);
    }

    /// The values of Set-Cookie, in order.
    std::vector<std::string> set_cookies() const
    {
        std::vector<std::string> found;
        constexpr std::string_view start = "\r\nSet-Cookie: ";
        for (auto at = head.find(start); at != std::string::npos; at = head.find(start, at + 1)) {
            auto const value = at + start.size();
            found.push_back(head.substr(value, head.find('\r', value) - value));
        }
        return found;
    }

    /// Their names and values; of two with one name the last.
    std::map<std::string, std::string> cookies() const
    {
        std::map<std::string, std::string> found;
        for (auto const& line : set_cookies()) {
            auto const equals = line.find('=');
            found[line.substr(0, equals)] = line.substr(equals + 1, line.find(';') - equals - 1);
        }
        return found;
    }
};

inline constexpr std::string_view credentials_of_alice = R"({"username":"Alice","password":"correct horse"})";

/// An application and its site, asked without a connection. Its user alice has the roles admin and dev.
struct served_site {
    test::fake_domain domain;
    std::string_view host = "site.example";
    site const shared;
    request_counters counted;
    application served;

    explicit served_site(cookie_settings const& settings, std::vector<std::string> const& origins = {})
        : shared{make_site(settings, origins, domain)}, served{make_domain(), shared, counted}
    {
        domain.add_user("alice", "correct horse", {"admin", "dev"});
    }

    worker_domain make_domain()
    {
        return {domain.make_authenticator(), domain.make_service(), {domain.shared(), domain.keys}};
    }

    static site make_site(
        cookie_settings const& settings, std::vector<std::string> const& origins, test::fake_domain const& on
    )
    {
        session_cookies cookies(settings);
        former_cookies former(settings);
        credentials where(
            {.access_cookie = cookies.access(),
             .refresh_cookie = cookies.refresh(),
             .token_cookies = former.token_names(),
             .device_cookie = cookies.device()}
        );
        return {
            cookies,
            former,
            where,
            trusted_proxies({}),
            allowed_origins(origins),
            return_targets(origins),
            on.log,
            on.clock,
            on.random};
    }

    answer ask(
        std::string_view method,
        std::string_view path,
        fields given = {},
        std::string_view body = "",
        std::string_view query = ""
    )
    {
        given.push_back({"Host", host});
        bool const has_type = std::ranges::find(given, "Content-Type", &http::field::name) != given.end();
        if (!body.empty() && !has_type) given.push_back({"Content-Type", "application/json"});
        test::request req(method, path, std::move(given));
        req.body = body;
        req.query = query;
        req.arrived = domain.time.steady();
        http::out_buffer out;
        http::response res(out, {});
        if (auto work = served.handle(req, res); work.valid()) test::run_task(std::move(work));
        if (!res.finished()) throw std::logic_error("there is no answer");
        std::string const text(out.begin(), out.end());
        auto const end = text.find("\r\n\r\n");
        return {text.substr(0, end + 2), text.substr(end + 4)};
    }

    /// What a browser without scripts sends.
    answer submit(std::string_view path, std::string const& cookies, std::string_view body)
    {
        return ask(
            "POST", path, {{"Cookie", cookies}, {"Content-Type", "application/x-www-form-urlencoded"}}, body
        );
    }

    std::map<std::string, std::string> log_in()
    {
        return ask("POST", "/login", {}, credentials_of_alice).cookies();
    }
};

/// Of a request that carries these.
inline std::string cookie_field(std::map<std::string, std::string> const& cookies)
{
    std::string field;
    for (auto const& [name, value] : cookies)
        field.append(field.empty() ? "" : "; ").append(name).append("=").append(value);
    return field;
}

/// The code of a refusal.
inline std::string error_of(answer const& got)
{
    return std::string(boost::json::parse(got.body).at("error").as_string());
}

/// Over plain http, so that names have no prefix.
struct plain_site : served_site {
    plain_site() : served_site({.secure = false}) {}
};

}  // namespace jwtgate::api
