#pragma once

#include "core/worker_pool.hpp"
#include "http/application.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace jwtgate::http::test {

/// What the handlers of one server share with the test.
struct stage {
    std::promise<void> entered;  ///< a handler that waits has been reached
    std::promise<void> release;  ///< lets it go on
    core::worker_pool pool{1, 1};
};

/// One small handler a path; refusals are told by number, as 4xx with the value of the enumerator.
class test_application final : public application {
public:
    explicit test_application(stage& shared) : shared_{shared} {}

    core::task<void> handle(request const& req, response& res) override
    {
        if (req.path == "/throw") throw std::runtime_error("thrown at once");
        if (req.path == "/throw-later") return throw_later();
        if (req.path == "/wait") return wait(res);
        if (req.path == "/forever") return wait_forever();
        if (req.path == "/block") block();
        if (req.path != "/nothing") answer(req, res);
        return {};
    }

    bool wants_body(request const& head) const noexcept override { return head.path != "/no-body"; }

    void refuse(refusal why, std::string_view /*peer_address*/, response& res) noexcept override
    {
        res.start(400 + static_cast<unsigned>(why));
        res.finish("text/plain", "refused");
    }

private:
    static void answer(request const& req, response& res)
    {
        res.start(200);
        if (req.path == "/throw-late") throw std::runtime_error("thrown after the start");
        if (req.path == "/split") res.add("X", "a\r\nSet-Cookie: b");
        if (req.path == "/close") res.close();
        if (req.path == "/empty") return res.finish_empty();
        if (req.path == "/large") return res.finish("text/plain", std::string(large_size, 'x'));
        if (req.path == "/echo") return res.finish("text/plain", req.body);
        if (req.path == "/peer") return res.finish("text/plain", req.peer_address);
        if (req.path == "/thread") {
            auto const id = std::hash<std::thread::id>{}(std::this_thread::get_id());
            return res.finish("text/plain", std::to_string(id));
        }
        res.finish("text/plain", std::string(req.method) + " " + std::string(req.path));
    }

    static core::task<void> throw_later()
    {
        throw std::runtime_error("thrown later");
        co_return;
    }

    core::task<void> wait(response& res)
    {
        auto& shared = shared_;
        auto const job = [&shared] {
            shared.entered.set_value();
            shared.release.get_future().wait();
            return 0;
        };
        co_await shared_.pool.offload(job);
        res.start(200);
        res.finish("text/plain", "waited");
    }

    core::task<void> wait_forever()
    {
        boost::asio::steady_timer timer{co_await boost::asio::this_coro::executor};
        timer.expires_at(std::chrono::steady_clock::time_point::max());
        shared_.entered.set_value();
        co_await timer.async_wait(boost::asio::use_awaitable);
    }

    void block()
    {
        shared_.entered.set_value();
        shared_.release.get_future().wait();
    }

public:
    static constexpr std::size_t large_size = std::size_t{32} * 1024 * 1024;  // more than the kernel takes

private:
    stage& shared_;
};

}  // namespace jwtgate::http::test
