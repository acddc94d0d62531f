#include "fuzz/support/answer.hpp"
#include "http/exchange.hpp"
#include "unit/api/served_site.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

/// Passes everything on to the site, and remembers what it was asked, in order.
class watched final : public http::application {
public:
    enum class question { get, head, gate, gate_head, refused };

    explicit watched(http::application& site) : site_{site} {}

    core::task<void> handle(http::request const& req, http::response& res) override
    {
        bool const head = req.method == "HEAD";
        if (is_gate(req))
            asked.push_back(head ? question::gate_head : question::gate);
        else
            asked.push_back(head ? question::head : question::get);
        return site_.handle(req, res);
    }

    bool wants_body(http::request const& head) const noexcept override { return site_.wants_body(head); }

    void refuse(http::refusal why, std::string_view peer_address, http::response& res) noexcept override
    {
        require(why != http::refusal::failed);
        asked.push_back(question::refused);
        site_.refuse(why, peer_address, res);
    }

    std::vector<question> asked;

private:
    http::application& site_;
};

// nginx makes a 500 of every other status, and closes behind a body.
void check_gate(answer const& given)
{
    require(given.status == 200 || given.status == 401 || given.status == 403);
    require(given.length == 0 && given.body.empty());
}

void check(answer const& given, watched::question asked)
{
    using enum watched::question;
    require(given.status < 500 || given.status == 503 || (asked == refused && given.status == 505));
    require(asked != refused || (given.closes && given.status >= 400));
    if (asked == gate || asked == gate_head) check_gate(given);
}

// What was refused may have been HEAD; nothing comes behind it.
body body_of(watched::question asked, std::string_view sent)
{
    using enum watched::question;
    bool const ends_with_head = asked == refused && sent.ends_with("\r\n\r\n");
    return asked == head || asked == gate_head || ends_with_head ? body::left_out : body::sent;
}

// One answer a request, in order, whole, and none behind one that closes.
void check_all(std::string_view sent, watched const& site, bool ended)
{
    bool closed = false;
    for (auto const asked : site.asked) {
        require(!closed);
        while (sent.starts_with("HTTP/1.1 100 ")) sent.remove_prefix(sent.find("\r\n\r\n") + 4);
        auto const given = read_answer(sent, body_of(asked, sent));
        check(given, asked);
        closed = given.closes;
    }
    require(closed == ended && (sent.empty() || sent == "HTTP/1.1 100 Continue\r\n\r\n"));
}

/// What a connection does, over memory: so many bytes at a time.
class in_memory {
public:
    explicit in_memory(served_site& site) : site_{site.served}, log_{site.domain.log} {}

    void feed(std::string_view bytes, std::size_t step)
    {
        while (!bytes.empty() && next_ != http::exchange::step::end) {
            auto const space = exchange_.in().space();
            auto const part = bytes.substr(0, std::min(step, space.size()));
            std::ranges::copy(part, space.begin());
            exchange_.in().commit(part.size());
            bytes.remove_prefix(part.size());
            answer();
        }
        check_all(sent_, site_, next_ == http::exchange::step::end);
    }

private:
    void answer()
    {
        do {
            next_ = exchange_.advance();
            send();
            if (next_ != http::exchange::step::await_handler) continue;
            test::run_task(exchange_.run_handler());
            send();
        } while (next_ != http::exchange::step::read && next_ != http::exchange::step::end);
    }

    void send()
    {
        sent_.append(exchange_.out().data(), exchange_.out().size());
        exchange_.forget(exchange_.out().size());
    }

    watched site_;
    core::log const& log_;
    http::moment now_{.time = {}, .date = date};
    bool draining_ = false;
    http::exchange exchange_{{site_, small, log_, now_, draining_}};
    http::exchange::step next_ = http::exchange::step::read;
    std::string sent_;
};

}  // namespace

// The first octet says whether it is late enough for access cookies to be renewed, and how many bytes come
// at a time.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0) return 0;
    served_site site({.secure = false}, {"https://app.example"});
    auto const input = with_cookies({data + 1, data + size}, site.log_in());
    site.domain.time.advance(data[0] % 2 == 0 ? 0min : 31min);
    in_memory{site}.feed(input, data[0] / 2U + 1);
    return 0;
}
