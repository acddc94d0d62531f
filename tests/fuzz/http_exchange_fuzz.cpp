#include "fuzz/support/answer.hpp"
#include "http/request_parser.hpp"
#include "unit/api/served_site.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace {

using namespace jwtgate;
using namespace jwtgate::fuzz;
using namespace std::chrono_literals;
using api::served_site;

constexpr http::limits small{.header = 4096, .target = 512, .body = 256};
constexpr std::string_view date = "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n";

// "{access_token_cookie}" becomes the token.
std::string with_cookies(std::string text, std::map<std::string, std::string> const& cookies)
{
    for (auto const& [name, value] : cookies) {
        auto const mark = "{" + name + "}";
        for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + value.size()))
            text.replace(at, mark.size(), value);
    }
    return text;
}

bool is_gate(http::request const& req)
{
    return req.path == "/auth" || req.path.starts_with("/auth/");
}

// nginx makes a 500 of every other status, and closes behind a body.
void check_gate(answer const& given)
{
    require(given.status == 200 || given.status == 401 || given.status == 403);
    require(given.length == 0 && given.body.empty());
}

// Whether the connection goes on.
bool is_answered(served_site& site, http::parsed_request const& parsed)
{
    auto const& req = parsed.request;
    bool const head = req.method == "HEAD";
    http::out_buffer out;
    http::response res(
        out, {.head = head, .close = !parsed.keep_alive, .http_1_0 = parsed.http_1_0, .date = date}
    );
    if (auto work = site.served.handle(req, res); work.valid()) test::run_task(std::move(work));

    require(res.finished());
    auto const given = read_answer({out.data(), out.size()});
    require(given.closes == res.closes() && given.closes >= !parsed.keep_alive);
    require(given.status < 500 || given.status == 503);
    require(given.body.size() == (head ? 0 : given.length));
    if (is_gate(req)) check_gate(given);
    return !given.closes;
}

void refuse(served_site& site, http::refusal why)
{
    http::out_buffer out;
    http::response res(out, {.close = true, .date = date});
    site.served.refuse(why, res);

    auto const given = read_answer({out.data(), out.size()});
    require(given.closes && given.status >= 400 && given.status != 500);
    require(given.body.size() == given.length);
}

// As a connection does: one answer a request, in order, and none behind one that closes.
void serve(served_site& site, std::string_view bytes)
{
    http::request_parser parser{small, [&site](auto const& head) { return site.served.wants_body(head); }};
    for (;;) {
        auto const result = parser.feed(bytes);
        if (auto const* const why = std::get_if<http::refusal>(&result)) return refuse(site, *why);
        auto const* const parsed = std::get_if<http::parsed_request>(&result);
        if (parsed == nullptr || !is_answered(site, *parsed)) return;
        bytes.remove_prefix(parsed->size);
        parser.reset();
    }
}

}  // namespace

// The first octet says whether it is late enough for access cookies to be renewed.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0) return 0;
    served_site site({.secure = false}, {"https://app.example"});
    auto const input = with_cookies({data + 1, data + size}, site.log_in());
    site.domain.time.advance(data[0] % 2 == 0 ? 0min : 31min);
    serve(site, input);
    return 0;
}
