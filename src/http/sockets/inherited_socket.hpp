#pragma once

#include <boost/asio/generic/stream_protocol.hpp>

#include <sys/types.h>

#include <string>

namespace jwtgate::http {

/// A listening socket that somebody opened before this process, and keeps open behind it: neither its file
/// nor what waits in its backlog is ours to end.
struct inherited_socket {
    int descriptor = -1;
    std::string spec;  ///< what it listens on, as `listen` has it; unix:@NAME where it has no file
    mode_t mode = 0;   ///< of a unix socket: who may connect, as the mode of its file says
};

/// Takes this descriptor over and keeps it from child processes. Throws std::runtime_error with one line that
/// names it when it is not a listening stream socket of IPv4, IPv6 or unix.
inherited_socket inherit(int descriptor);

/// The local address of a socket, as `listen` has it.
std::string spec_of(boost::asio::generic::stream_protocol::endpoint const& local);

}  // namespace jwtgate::http
