#pragma once

#include "core/descriptor.hpp"
#include "http/deadlines.hpp"
#include "http/exchange.hpp"
#include "http/routine.hpp"
#include "http/sockets/socket_set.hpp"
#include "http/worker.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::http {

/// One client: the only loop that reads, parses, dispatches and writes. It lives on its worker's thread, from
/// the first byte to the last.
class connection final : public socket_set::member, private deadlines::waiter {
public:
    /// From any thread: serves `socket`, TCP or unix and non-blocking, until it ends. What is short of memory
    /// is closed.
    static void start(worker& home, core::descriptor socket, std::string peer_address) noexcept;

    connection(worker& home, core::descriptor socket, std::string peer_address);
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;
    ~connection() override;

private:
    using step = exchange::step;
    enum class wait { nothing, readable, writable, pass_over, handled };

    struct suspension;
    suspension until(wait what) noexcept;
    suspension turn() noexcept;

    static void begin(std::unique_ptr<connection> made) noexcept;
    routine run();
    void resume() noexcept;

    void ready(std::uint32_t events) noexcept override;
    void pass_over() noexcept override;
    void expire() noexcept override;

    step advance();
    bool take();
    bool receive();
    bool discard();
    bool send();
    void borrow();
    void rest();
    deadlines::phase phase_to_come() const noexcept;
    void start_handler();
    void begin_linger();
    void arm(deadlines::phase what);
    void disarm();
    bool is_in_request() const noexcept;

    worker& worker_;
    core::descriptor socket_;
    std::string peer_address_;
    std::unique_ptr<exchange> exchange_;
    routine loop_;
    std::size_t linger_left_ = 0;  // bytes

    wait waits_ = wait::nothing;
    deadlines::phase next_phase_ = deadlines::phase::first;  // of the read to come
    std::optional<deadlines::phase> phase_;                  // that is armed
    bool readable_ = false;                                  // as far as is known
    bool ended_ = false;                                     // by the client, behind what can be read
    bool expired_ = false;                                   // in the middle of a request
    bool handled_ = false;                                   // the handler has ended
    bool broken_ = false;                                    // nothing can be sent any more
};

}  // namespace jwtgate::http
