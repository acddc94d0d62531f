#include "api/access_log.hpp"

#include <string>

namespace jwtgate::api {
namespace {

// "/sessions/..." for "/sessions/b4f3".
std::string first_segment(std::string_view path)
{
    auto const end = path.find('/', 1);
    if (end == std::string_view::npos) return std::string(path);
    return std::string(path.substr(0, end)) + "/...";
}

}  // namespace

void log_access(core::log const& log, access const& what)
{
    auto const microseconds = std::chrono::duration_cast<std::chrono::microseconds>(what.took).count();
    log.debug(
        "request",
        {{"method", what.request.method},
         {"path", first_segment(what.request.path)},
         {"route", what.route},
         {"status", std::to_string(what.status)},
         {"duration_us", std::to_string(microseconds)},
         {"address", what.address}}
    );
}

void log_refused(
    core::log const& log, std::string_view address, std::string_view route, unsigned status
) noexcept
{
    auto const number = std::to_string(status);
    log.debug("request", {{"route", route}, {"status", number}, {"address", address}});
}

}  // namespace jwtgate::api
