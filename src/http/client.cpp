#include "http/client.hpp"

#include "core/task.hpp"
#include "http/sockets/unix_address.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <cstdint>
#include <optional>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using socket_type = asio::local::stream_protocol::socket;
using request_type = beast::http::request<beast::http::string_body>;
using outcome = core::result<client_response>;

constexpr auto completion = asio::as_tuple(asio::deferred);
constexpr std::uint64_t longest_answer = std::uint64_t{64} * 1024 * 1024;

request_type make_request(std::string_view target, std::string_view body)
{
    request_type req{beast::http::verb::post, {target.data(), target.size()}, 11};
    req.set(beast::http::field::host, "localhost");
    req.set(beast::http::field::content_type, "application/json");
    req.set(beast::http::field::connection, "close");
    req.body() = body;
    req.prepare_payload();
    return req;
}

core::task<void> exchange(
    socket_type& socket,
    unix_address::endpoint_type const& server,
    request_type const& req,
    std::optional<outcome>& out
)
{
    auto const [unreachable] = co_await socket.async_connect(server, completion);
    if (unreachable) co_return out.emplace(unreachable), void();
    auto const [unsent, sent] = co_await beast::http::async_write(socket, req, completion);
    if (unsent) co_return out.emplace(unsent), void();
    beast::flat_buffer buffer;
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(longest_answer);
    auto const [unread, read] = co_await beast::http::async_read(socket, buffer, parser, completion);
    if (unread) co_return out.emplace(unread), void();
    out.emplace(client_response{.status = parser.get().result_int(), .body = std::move(parser.get().body())});
}

}  // namespace

core::result<client_response> post_over_unix(
    std::string const& path, std::string_view target, std::string_view body, std::chrono::milliseconds timeout
)
try {
    unix_address const address{path};
    auto const req = make_request(target, body);
    std::optional<outcome> out;
    asio::io_context context{1};
    socket_type socket{context};
    asio::co_spawn(context, exchange(socket, address.endpoint(), req, out), asio::detached);
    context.run_for(timeout);
    return out ? std::move(*out) : outcome{asio::error::make_error_code(asio::error::timed_out)};

} catch (boost::system::system_error const& failure) {
    return failure.code();
}

}  // namespace jwtgate::http
