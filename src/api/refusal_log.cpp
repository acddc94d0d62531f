#include "api/refusal_log.hpp"

#include "api/source/origin.hpp"

#include <bit>

namespace jwtgate::api {
namespace {

constexpr std::size_t name_limit = 64;

std::string_view named_source(http::request const& req) noexcept
{
    auto const origin = req.find("Origin");
    return without_path(origin.data() != nullptr ? origin : req.find("Referer"));
}

}  // namespace

void log_cross_site(core::log const& log, http::request const& req, std::string_view host)
{
    log.warn(
        "cross-site request refused",
        {{"path", req.path},
         {"host", host},
         {"origin", named_source(req)},
         {"sec_fetch_site", req.find("Sec-Fetch-Site")}}
    );
}

void parameter_warning::warn(core::log const& log, std::string_view name)
{
    name = name.substr(0, name_limit);
    times_ = name == last_ ? times_ + 1 : 1;
    last_ = name;
    if (!std::has_single_bit(times_)) return;
    log.warn(
        "the gate refuses a request whose query has another parameter than role: see what the proxy asks for",
        {{"parameter", name}, {"times", std::to_string(times_)}}
    );
}

void unclear_warning::warn(core::log const& log, unclear why)
{
    auto const times = ++times_[static_cast<std::size_t>(why)];
    if (!std::has_single_bit(times)) return;
    log.warn(
        "the gate refuses a request that no rule can be applied to",
        {{"reason", words_for(why)}, {"times", std::to_string(times)}}
    );
}

}  // namespace jwtgate::api
