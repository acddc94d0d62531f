#include "fuzz/support/require.hpp"
#include "http/parser/request_parser.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace jwtgate::fuzz;
using namespace jwtgate::http;

constexpr limits small{.header = 512, .target = 64, .body = 64};

bool wants_body(request const& head)
{
    return head.path != "/";
}

bool is_same(request const& a, request const& b)
{
    bool same = a.method == b.method && a.path == b.path && a.query == b.query && a.body == b.body;
    same = same && a.fields.size() == b.fields.size();
    for (std::size_t i = 0; same && i < a.fields.size(); ++i) {
        same = a.fields[i].name == b.fields[i].name && a.fields[i].value == b.fields[i].value;
    }
    return same;
}

bool is_same(parse_result const& a, parse_result const& b)
{
    if (a.index() != b.index()) return false;
    if (auto const* const why = std::get_if<refusal>(&a)) return *why == std::get<refusal>(b);
    if (auto const* const more = std::get_if<need_more>(&a))
        return more->in_body == std::get<need_more>(b).in_body;
    auto const& one = std::get<parsed_request>(a);
    auto const& other = std::get<parsed_request>(b);
    return one.size == other.size && one.keep_alive == other.keep_alive && one.http_1_0 == other.http_1_0 &&
           is_same(one.request, other.request);
}

void check_views(parsed_request const& parsed, std::string_view bytes)
{
    auto const& req = parsed.request;
    require(parsed.size <= bytes.size());
    require(is_within(req.method, bytes));
    require(req.path == "/" || is_within(req.path, bytes));
    for (auto const part : {req.query, req.body}) require(part.empty() || is_within(part, bytes));
    for (auto const& [name, value] : req.fields) require(is_within(name, bytes) && is_within(value, bytes));
}

// Each part is a copy that goes away, as a connection's buffer may: what still points into it is found by
// ASan.
void check_in_parts(std::string_view bytes, std::size_t step, parse_result const& whole)
{
    request_parser parser{small, wants_body};
    std::string part;
    for (std::size_t size = step;; size += step) {
        part = std::string{bytes.substr(0, size)};
        auto const result = parser.feed(part);
        bool const is_last = size >= bytes.size() || !std::holds_alternative<need_more>(result);
        if (is_last) return require(is_same(result, whole));
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0) return 0;
    std::string const input(data + 1, data + size);
    std::size_t const step = data[0] % 16U + 1;
    std::string_view rest = input;
    request_parser parser{small, wants_body};
    for (;;) {
        auto const result = parser.feed(rest);
        check_in_parts(rest, step, result);
        auto const* const parsed = std::get_if<parsed_request>(&result);
        if (parsed == nullptr) return 0;
        check_views(*parsed, rest);
        rest.remove_prefix(parsed->size);
        parser.reset();
    }
}
