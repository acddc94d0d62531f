#include "app/control_client.hpp"

#include "http/client.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>

namespace jwtgate::app {
namespace {

using namespace std::chrono_literals;

// A server that starts or stops holds the lock while its socket is not there: worth waiting for.
constexpr auto patience = 2s;
constexpr auto pause = 50ms;
constexpr auto answer_timeout = 30s;

std::optional<std::string> answer_of(std::string const& socket, control_request const& request)
{
    auto const answer = http::post_over_unix(socket, request.target, request.body, answer_timeout);
    if (!answer && answer.error() == boost::system::errc::permission_denied)
        throw std::runtime_error("the running server takes commands from its own user or root only");
    if (!answer) return std::nullopt;
    return answer->body;
}

}  // namespace

std::variant<std::string, directory_lock> ask_server(
    std::filesystem::path const& data_dir, control_request const& request, new_files& made
)
{
    auto const socket = control_socket(data_dir).string();
    auto const deadline = std::chrono::steady_clock::now() + patience;
    do {
        if (auto answer = answer_of(socket, request)) return std::move(*answer);
        if (auto held = try_lock(data_dir, made)) return std::move(*held);
        std::this_thread::sleep_for(pause);
    } while (std::chrono::steady_clock::now() < deadline);
    throw std::runtime_error(
        "data directory " + data_dir.string() + " is in use by a process that does not answer"
    );
}

}  // namespace jwtgate::app
