#pragma once

#include "http/parser/request_head.hpp"
#include "http/refusal.hpp"
#include "http/request.hpp"
#include "http/target.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace jwtgate::http {

/// Reads one head. Beast checks the grammar of each line; what it lets through, or has two ways to read, is
/// checked here. It must not see a folded line, which it would unfold into memory of its own.
class head_reader final : public boost::beast::http::basic_parser<true> {
public:
    /// Both outlive the reader; what they hold in the end are views into the text.
    head_reader(request_head& out, std::vector<field>& fields) noexcept : head_{out}, fields_{fields} {}

    /// `text` is a whole head, or a request line alone: then only that is checked. Once.
    std::optional<refusal> read(std::string_view text)
    {
        header_limit(static_cast<std::uint32_t>(text.size()));
        body_limit(boost::none);
        head_ = {};
        fields_.clear();
        error_code failure;
        auto const taken = put(boost::asio::buffer(text), failure);
        if (why_) return why_;
        if (taken != text.size()) return reason_of(failure, text.substr(0, text.find('\r')));
        if (!is_header_done()) return std::nullopt;
        if (!has_right_host()) return refusal::malformed;
        head_.keep_alive = persists();
        head_.content_length = length_.value_or(0);
        head_.request.fields = fields_;
        return std::nullopt;
    }

private:
    using error_code = boost::system::error_code;

    static std::string_view to_std(boost::beast::string_view text) noexcept
    {
        return {text.data(), text.size()};
    }

    static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

    refusal reason_of(error_code failure, std::string_view line) const noexcept
    {
        using boost::beast::http::error;
        bool const is_encoded = failure == error::bad_transfer_encoding || head_.transfer_encoded;
        if (is_encoded) return refusal::length_required;
        bool const is_version = failure == error::bad_version && names_a_version(line);
        return is_version ? refusal::unsupported_version : refusal::malformed;
    }

    // Of a request line whose first two words are known to be right: "GET /path HTTP/2.0".
    static bool names_a_version(std::string_view line) noexcept
    {
        auto const target = line.find(' ') + 1;
        auto const version = line.substr(line.find(' ', target) + 1);
        return version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
               version[6] == '.' && is_digit(version[7]);
    }

    // Digits only: no sign, no list, no overflow.
    static std::optional<std::size_t> to_length(std::string_view text) noexcept
    {
        std::size_t length = 0;
        auto const* const end = text.data() + text.size();
        auto const [stop, failure] = std::from_chars(text.data(), end, length);
        if (failure != std::errc{} || stop != end) return std::nullopt;
        return length;
    }

    void on_request_impl(
        boost::beast::http::verb /*known*/,
        boost::beast::string_view method,
        boost::beast::string_view text,
        int version,
        error_code& failure
    ) override
    {
        auto const target = split_target(to_std(text));
        if (!target) return refuse(refusal::malformed, failure);
        head_.request.method = to_std(method);
        head_.request.path = target->path;
        head_.request.query = target->query;
        target_host_ = target->host;
        head_.http_1_0 = version == 10;
    }

    void on_field_impl(
        boost::beast::http::field known,
        boost::beast::string_view name,
        boost::beast::string_view value,
        error_code& failure
    ) override
    {
        if (fields_.size() == max_fields) return refuse(refusal::header_too_large, failure);
        fields_.push_back({.name = to_std(name), .value = to_std(value)});
        if (auto const why = check(known, value)) refuse(*why, failure);
    }

    std::optional<refusal> check(boost::beast::http::field known, boost::beast::string_view value)
    {
        using boost::beast::http::field;
        switch (known) {
            case field::transfer_encoding:
                head_.transfer_encoded = true;
                break;
            case field::content_length:
                return take_length(to_std(value));
            case field::host:
                return take_host(to_std(value));
            case field::connection:
                take_connection(boost::beast::http::token_list{value});
                break;
            case field::expect:
                head_.expects_continue |= expects_continue(to_std(value));
                break;
            default:
                break;
        }
        return std::nullopt;
    }

    std::optional<refusal> take_length(std::string_view value) noexcept
    {
        if (length_) return refusal::malformed;
        length_ = to_length(value);
        return length_ ? std::nullopt : std::optional{refusal::malformed};
    }

    std::optional<refusal> take_host(std::string_view value) noexcept
    {
        ++hosts_;
        host_ = value;
        return is_host(value) ? std::nullopt : std::optional{refusal::malformed};
    }

    // Who reads the one must not think of another server than who reads the other (RFC 9112 section 3.2).
    bool has_right_host() const noexcept
    {
        if (hosts_ == 0) return head_.http_1_0;
        return hosts_ == 1 && (target_host_.empty() || same_name(target_host_, host_));
    }

    void take_connection(boost::beast::http::token_list options)
    {
        closes_ |= options.exists("close");
        keeps_ |= options.exists("keep-alive");
    }

    // RFC 9112 section 9.3. Beast's own keep_alive() obeys Proxy-Connection too, which no RFC knows.
    bool persists() const noexcept { return !closes_ && (keeps_ || !head_.http_1_0); }

    bool expects_continue(std::string_view value) const noexcept
    {
        return !head_.http_1_0 && same_name(value, "100-continue");
    }

    void refuse(refusal why, error_code& failure) noexcept
    {
        why_ = why;
        failure = boost::beast::http::error::bad_field;
    }

    void on_header_impl(error_code& /*failure*/) override {}

    void on_finish_impl(error_code& /*failure*/) override {}

    void on_response_impl(
        int /*status*/, boost::beast::string_view /*reason*/, int /*version*/, error_code& /*failure*/
    ) override
    {}

    void on_body_init_impl(boost::optional<std::uint64_t> const& /*length*/, error_code& /*failure*/) override
    {}

    std::size_t on_body_impl(boost::beast::string_view /*body*/, error_code& /*failure*/) override
    {
        return 0;
    }

    void on_chunk_header_impl(
        std::uint64_t /*size*/, boost::beast::string_view /*extensions*/, error_code& /*failure*/
    ) override
    {}

    std::size_t
    on_chunk_body_impl(std::uint64_t /*left*/, boost::beast::string_view /*body*/, error_code& /*failure*/)
        override
    {
        return 0;
    }

    request_head& head_;
    std::vector<field>& fields_;
    std::optional<refusal> why_;
    std::optional<std::size_t> length_;
    std::string_view host_;
    std::string_view target_host_;
    unsigned hosts_ = 0;
    bool closes_ = false;
    bool keeps_ = false;
};

}  // namespace jwtgate::http
