"""More connections than the server may have, or has descriptors for."""

import socket
import time

import pytest
from support import program, wire
from support.people import ALICE
from support.program import Server, wait_until
from support.wire import request

GOOD = request("GET", "/healthz")


def silent(server, count: int) -> list[socket.socket]:
    return [socket.create_connection(server.address, 5) for _ in range(count)]


def close(sockets) -> None:
    for each in sockets:
        each.close()


def is_answered_within(server, seconds: float) -> bool:
    try:
        with wire.Connection(server.address, seconds) as connection:
            return connection.ask(GOOD).status == 200
    except TimeoutError:
        return False


@pytest.mark.parametrize("threads, count", [("1", 22), ("2", 22), ("2", 100)])
def test_silent_connections_lock_nobody_out_for_longer_than_a_header_may_take(start, threads, count):
    options = ("--threads", threads, "--max-connections", "10", "--header-timeout", "500ms")
    server = start(*options, "--idle-timeout", "1h")
    held = silent(server, count)
    assert is_answered_within(server, 10)
    close(held)


def test_the_connection_idle_for_longest_is_closed_for_a_new_one(start):
    server = start("--threads", "2", "--max-connections", "5", "--idle-timeout", "1h")
    kept = [server.connect() for _ in range(10)]
    for connection in kept[:2]:
        assert connection.ask(GOOD).status == 200
    time.sleep(0.5)  # the workers compare times, not an order that they do not share
    for connection in kept[2:] + kept[:1]:
        assert connection.ask(GOOD).status == 200
    with server.connect() as fresh:
        assert fresh.ask(GOOD).status == 200
        assert kept[1].is_closed_by_peer()
        assert [connection.ask(GOOD).status for connection in kept if connection is not kept[1]] == [200] * 9
    for connection in kept:
        connection.socket.close()


def test_connections_within_a_request_are_not_closed_for_a_new_one(start):
    server = start("--threads", "1", "--max-connections", "2")
    upload = wire.login(*ALICE)
    busy = [server.connect() for _ in range(2)]
    for connection in busy:
        assert connection.ask(GOOD).status == 200
        connection.send(upload[:-1])
    with server.connect() as waiting:
        waiting.send(GOOD)
        waiting.socket.settimeout(0.5)
        with pytest.raises(TimeoutError):
            waiting.receive()
        assert busy[0].ask(upload[-1:]).status == 200
        waiting.socket.settimeout(5)
        assert waiting.receive().status == 200
        assert busy[1].ask(upload[-1:]).status == 200
    for connection in busy:
        connection.socket.close()


@pytest.mark.parametrize("descriptors", [64, 100])
@pytest.mark.parametrize("behaviour", ["silent", "idle", "within a request"])
def test_descriptors_are_kept_back_for_commands(tmp_path, descriptors, behaviour):
    sent = {"silent": b"", "idle": GOOD, "within a request": GOOD[:-4]}[behaviour]
    with limited_server(tmp_path / "data", descriptors) as server:
        server.add_user(*ALICE)
        assert "max-connections lowered" in server.log()
        held = silent(server, 2 * descriptors)
        for each in held:
            each.sendall(sent)
        time.sleep(0.3)  # no more are accepted by then
        done = server.user("disable", "alice")
        assert done.returncode == 0, done
        assert "cannot accept" not in server.log()
        close(held)
        assert wait_until(lambda: server.ask(GOOD).status == 200)


def limited_server(directory, descriptors: int) -> Server:
    """One that may have so many open files."""
    return Server(directory, "--threads", "2", descriptors=descriptors)


def test_a_start_with_too_few_descriptors_says_what_to_do(tmp_path):
    serve = ["serve", "--threads", "8", "--listen", "127.0.0.1:0", "--data-dir", tmp_path / "data"]
    done = program.run(*serve, descriptors=64)
    assert done.returncode == 1
    assert done.stderr.startswith("jwtgate: only 64 open files are allowed, too few for 8 threads")
    assert "ulimit -n" in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()
