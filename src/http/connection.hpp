#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "http/application.hpp"
#include "http/deadlines.hpp"
#include "http/read_buffer.hpp"
#include "http/request_parser.hpp"
#include "http/response.hpp"
#include "http/worker.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::http {

/// TCP or unix, on a worker's own context.
using stream_socket =
    boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, worker::executor_type>;

/// One client: the only loop that reads, parses, dispatches and writes. It lives on its worker's thread, from
/// the first byte to the last.
class connection final : private deadlines::waiter {
public:
    /// From any thread: serves `socket`, which must be non-blocking, until it ends. What is short of memory
    /// is closed.
    static void start(worker& home, stream_socket socket, std::string peer_address) noexcept;

    connection(worker& home, stream_socket socket, std::string peer_address);
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;
    ~connection() override;

private:
    enum class step { read, await_handler, flush, end };

    core::task<void> run();
    core::task<void> run_handler();
    core::task<void> write_rest();
    core::task<void> linger();

    step advance();
    void prepare_read(need_more const& missing);
    deadlines::phase phase_of(need_more const& missing) const noexcept;
    void take(core::error_code failure, std::size_t size);
    bool answer(parsed_request const& parsed);
    void end_answer();
    void refuse(refusal why);
    void fail(std::string_view reason);
    bool write_at_once();
    void arm(deadlines::phase what);
    void disarm();
    void forget(std::size_t sent);
    bool is_in_request() const noexcept;
    void expire() noexcept override;

    worker& worker_;
    stream_socket socket_;
    std::string peer_address_;
    read_buffer in_;
    out_buffer out_;
    request_parser parser_;

    request request_;
    std::optional<response> response_;
    core::task<void> handler_;
    std::size_t request_size_ = 0;  // of the last one; 0: there was none
    std::size_t answer_begin_ = 0;  // in out_

    deadlines::phase next_phase_ = deadlines::phase::idle;  // of the read to come
    std::optional<deadlines::phase> phase_;                 // that is armed
    bool continue_sent_ = false;
    bool expired_ = false;
    bool closing_ = false;  // behind what is in out_
    bool broken_ = false;   // nothing can be sent any more
};

}  // namespace jwtgate::http
