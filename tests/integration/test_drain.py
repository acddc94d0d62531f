"""SIGTERM: what has begun is finished, what is idle is closed, and the exit status is 0."""

import signal
import socket

import pytest
from support import program, wire
from support.people import ALICE
from support.wire import request

GOOD = request("GET", "/healthz")
LOGIN = wire.login(*ALICE)


@pytest.fixture(params=[signal.SIGTERM, signal.SIGINT])
def ending(request):
    return request.param


def has_stopped_accepting(server) -> bool:
    """A connection that was still in the backlog when the listener closed is reset."""
    try:
        with socket.create_connection(server.address, 1):
            return False
    except (ConnectionRefusedError, ConnectionResetError):
        return True


def test_a_request_in_flight_is_answered(start, ending):
    server = start()
    with server.connect() as busy:
        busy.send(LOGIN[:-10])
        program.wait_until(lambda: server.ask(GOOD).status == 200)
        server.process.send_signal(ending)
        assert program.wait_until(lambda: has_stopped_accepting(server))
        response = busy.ask(LOGIN[-10:])
        assert (response.status, response.body) == (200, b'{"login":true}')
        assert response.one("Connection") == "close"
        assert busy.is_closed_by_peer()
    assert server.process.wait(program.PATIENCE) == 0


def test_a_kept_connection_may_ask_once_more(start):
    server = start()
    with server.connect() as kept, server.connect() as idle:
        assert kept.ask(GOOD).status == idle.ask(GOOD).status == 200
        server.process.send_signal(signal.SIGTERM)
        assert program.wait_until(lambda: has_stopped_accepting(server))
        response = kept.ask(GOOD)
        assert (response.status, response.one("Connection")) == (200, "close")
        assert kept.is_closed_by_peer()
        assert idle.is_closed_by_peer()
    assert server.process.wait(program.PATIENCE) == 0


def test_a_request_that_never_ends_is_not_waited_for(start):
    server = start("--drain-timeout", "300ms")
    with server.connect() as stuck:
        stuck.send(LOGIN[:-10])
        assert server.ask(GOOD).status == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(5) == 0


def test_a_second_signal_ends_it_at_once(start):
    server = start("--drain-timeout", "1h", "--body-timeout", "1h")
    with server.connect() as stuck:
        stuck.send(LOGIN[:-10])
        assert server.ask(GOOD).status == 200
        server.process.send_signal(signal.SIGTERM)
        assert program.wait_until(lambda: has_stopped_accepting(server))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(5) != 0


def test_an_idle_server_stops_soon(start):
    server = start("--drain-timeout", "1h")
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(5) == 0


def test_nothing_is_left_that_a_start_would_trip_over(start):
    server = start()
    address = "127.0.0.1:%d" % server.address[1]
    server.ask(GOOD)
    server.stop()
    assert [path.name for path in server.directory.iterdir() if path.is_socket()] == []
    start(listen=address).tokens(*ALICE)
