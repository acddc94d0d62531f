#include "http/response.hpp"

#include "http/parser/control_octets.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace jwtgate::http {
namespace {

struct reason {
    unsigned status;
    std::string_view line;
};

constexpr auto reasons = std::to_array<reason>({
    {200, "HTTP/1.1 200 OK\r\n"},
    {204, "HTTP/1.1 204 No Content\r\n"},
    {302, "HTTP/1.1 302 Found\r\n"},
    {303, "HTTP/1.1 303 See Other\r\n"},
    {304, "HTTP/1.1 304 Not Modified\r\n"},
    {400, "HTTP/1.1 400 Bad Request\r\n"},
    {401, "HTTP/1.1 401 Unauthorized\r\n"},
    {403, "HTTP/1.1 403 Forbidden\r\n"},
    {404, "HTTP/1.1 404 Not Found\r\n"},
    {405, "HTTP/1.1 405 Method Not Allowed\r\n"},
    {408, "HTTP/1.1 408 Request Timeout\r\n"},
    {409, "HTTP/1.1 409 Conflict\r\n"},
    {411, "HTTP/1.1 411 Length Required\r\n"},
    {413, "HTTP/1.1 413 Content Too Large\r\n"},
    {414, "HTTP/1.1 414 URI Too Long\r\n"},
    {415, "HTTP/1.1 415 Unsupported Media Type\r\n"},
    {422, "HTTP/1.1 422 Unprocessable Content\r\n"},
    {429, "HTTP/1.1 429 Too Many Requests\r\n"},
    {431, "HTTP/1.1 431 Request Header Fields Too Large\r\n"},
    {500, "HTTP/1.1 500 Internal Server Error\r\n"},
    {503, "HTTP/1.1 503 Service Unavailable\r\n"},
    {505, "HTTP/1.1 505 HTTP Version Not Supported\r\n"},
});

template <class String>
void append_number(String& out, std::size_t number)
{
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_two_digits(std::string& out, unsigned number)
{
    out += static_cast<char>('0' + number / 10);
    out += static_cast<char>('0' + number % 10);
}

// Of a list of words of three letters.
std::string_view word(std::string_view list, std::size_t index)
{
    return list.substr(index * 3, 3);
}

void append_status_line(out_buffer& out, unsigned status)
{
    auto const found = std::ranges::find(reasons, status, &reason::status);
    if (found != reasons.end()) {
        out += found->line;
        return;
    }
    out += "HTTP/1.1 ";
    append_number(out, status);
    out += " \r\n";
}

constexpr bool has_no_content(unsigned status)
{
    return status == 204 || status == 304;
}

}  // namespace

void response::start(unsigned status)
{
    if (started_) out_.resize(begin_);
    begin_ = out_.size();
    status_ = status;
    started_ = true;
    finished_ = false;
    append_status_line(out_, status);
    out_ += frame_.date;
    out_ += carried_;
}

void response::add(std::string_view name, std::string_view value)
{
    add(name, [value](out_buffer& out) { out += value; });
}

// Returns where it begins.
out_buffer::size_type response::begin_field(std::string_view name)
{
    BOOST_ASSERT(started_ && !finished_);
    auto const begin = out_.size();
    out_.append(name).append(": ");
    return begin;
}

void response::end_field(out_buffer::size_type begin)
{
    if (has_control(std::string_view{out_}.substr(begin))) {
        out_.resize(begin);
        throw std::invalid_argument("a header field would hold a control octet");
    }
    out_ += "\r\n";
}

void response::finish(std::string_view content_type, std::string_view body)
{
    add("Content-Type", content_type);
    end_head(body.size());
    if (!frame_.head) out_ += body;
}

void response::finish_empty()
{
    BOOST_ASSERT(started_ && !finished_);
    end_head(0);
}

void response::end_head(std::size_t length)
{
    frame_.close = closes();
    if (frame_.close) {
        out_ += "Connection: close\r\n";
    } else if (frame_.http_1_0) {
        out_ += "Connection: keep-alive\r\n";
    }
    if (!has_no_content(status_)) {
        out_ += "Content-Length: ";
        append_number(out_, length);
        out_ += "\r\n";
    }
    out_ += "\r\n";
    finished_ = true;
}

std::string_view date_line::at(std::chrono::sys_seconds now)
{
    if (now == built_for_) return line_;
    built_for_ = now;
    build(now);
    return line_;
}

// IMF-fixdate of RFC 9110 section 5.6.7, independent of the locale.
void date_line::build(std::chrono::sys_seconds now)
{
    constexpr std::string_view weekdays = "SunMonTueWedThuFriSat";
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    auto const day = std::chrono::floor<std::chrono::days>(now);
    std::chrono::year_month_day const date{day};
    std::chrono::hh_mm_ss const time{now - day};

    line_ = "Date: ";
    line_.append(word(weekdays, std::chrono::weekday{day}.c_encoding())).append(", ");
    append_two_digits(line_, static_cast<unsigned>(date.day()));
    line_.append(" ").append(word(months, static_cast<unsigned>(date.month()) - 1)).append(" ");
    append_number(line_, static_cast<std::size_t>(static_cast<int>(date.year())));
    line_ += ' ';
    append_two_digits(line_, static_cast<unsigned>(time.hours().count()));
    line_ += ':';
    append_two_digits(line_, static_cast<unsigned>(time.minutes().count()));
    line_ += ':';
    append_two_digits(line_, static_cast<unsigned>(time.seconds().count()));
    line_ += " GMT\r\n";
}

}  // namespace jwtgate::http
