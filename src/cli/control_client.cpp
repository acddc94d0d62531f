#include "cli/control_client.hpp"

#include "api/control/message.hpp"
#include "files/data_directory.hpp"
#include "http/client.hpp"

#include <boost/asio/error.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace jwtgate::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

// A server that starts or stops holds its locks while its socket is not there: worth waiting for.
constexpr auto patience = 2s;
constexpr auto pause = 50ms;
constexpr auto answer_timeout = 5s;
constexpr unsigned ok = 200;
constexpr unsigned not_found = 404;

[[noreturn]] void fail(std::string const& reason)
{
    throw std::runtime_error("the running server " + reason);
}

/// The msg of an error's body.
std::string reason_in(http::client_response const& answer)
{
    boost::system::error_code failed;
    auto const body = boost::json::parse(answer.body, failed);
    auto const* const members = failed ? nullptr : body.if_object();
    auto const* const msg = members != nullptr ? members->if_contains("msg") : nullptr;
    auto const* const text = msg != nullptr ? msg->if_string() : nullptr;
    return text != nullptr ? std::string(*text) : "status " + std::to_string(answer.status);
}

bool is_there(std::filesystem::path const& directory)
{
    std::error_code failed;
    return std::filesystem::status(directory, failed).type() != std::filesystem::file_type::not_found;
}

/// None when no server answers there.
std::optional<std::string> answer_of(std::string const& socket, control_request const& request)
{
    auto answer = http::post_over_unix(socket, request.target, request.body, answer_timeout);
    if (!answer && answer.error() == boost::system::errc::permission_denied)
        fail("takes commands from its own user or root only");
    if (!answer && answer.error() == boost::asio::error::timed_out) fail("does not answer within 5 s");
    if (!answer) return std::nullopt;
    if (answer->status == not_found) throw std::runtime_error(api::unknown_command);
    if (answer->status != ok) fail("refused the command: " + reason_in(*answer));
    return std::move(answer->body);
}

}  // namespace

std::variant<std::string, files::data_claim> ask_server(
    config::settings const& chosen, control_request const& request, files::missing_database treated
)
{
    // First: where others may write, anyone could answer.
    if (is_there(chosen.data_dir)) files::check_data_directory(chosen.data_dir);
    auto const socket = files::control_socket(chosen.data_dir).string();
    auto const deadline = steady_clock::now() + patience;
    for (;;) {
        if (auto answer = answer_of(socket, request)) return std::move(*answer);
        auto claimed = files::data_claim::try_make(chosen, treated);
        if (claimed) return std::move(*claimed);
        if (steady_clock::now() > deadline) throw std::runtime_error(claimed.error().line());
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace jwtgate::cli
