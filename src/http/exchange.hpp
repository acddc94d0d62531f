#pragma once

#include "http/read_buffer.hpp"
#include "http/request.hpp"
#include "http/request_parser.hpp"
#include "http/response.hpp"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace jwtgate::http {

/// The memory of a connection that has a request or an answer under way; an idle one has none.
struct exchange {
    exchange(http::limits const& limits, body_rule wants_body)
        : in{limits.header + limits.body}, parser{limits, std::move(wants_body)}
    {}

    bool empty() const noexcept { return in.empty() && out.empty(); }

    read_buffer in;
    out_buffer out;
    request_parser parser;
    http::request request;
    std::optional<http::response> response;
};

/// Those that nobody uses at the moment. They are empty, and the few that are kept hold no more than a usual
/// request and its answer took.
class spare_exchanges {
public:
    std::unique_ptr<exchange> take() noexcept
    {
        if (kept_.empty()) return nullptr;
        auto taken = std::move(kept_.back());
        kept_.pop_back();
        return taken;
    }

    void keep(std::unique_ptr<exchange> unused)
    {
        if (kept_.size() == most_kept) return;
        unused->in.shrink();
        if (unused->out.capacity() > usual_out_size) unused->out.shrink_to_fit();
        kept_.push_back(std::move(unused));
    }

private:
    static constexpr std::size_t most_kept = 64;
    static constexpr std::size_t usual_out_size = std::size_t{8} * 1024;

    std::vector<std::unique_ptr<exchange>> kept_;
};

}  // namespace jwtgate::http
