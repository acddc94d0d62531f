"""A restart under load: what clients are told while one server drains and the next one starts.

Promised is: on a socket that a service manager holds nobody is refused, and no request is answered twice. A connection
may be closed while nothing is asked; a request that meets the end of it gets no byte of an answer, so that a client may
send it again (RFC 9112 section 9.3.1).
"""

import json
import signal

import pytest
from support import program
from support.activation import listening
from support.load import Client, goes_on, load_of, outcomes_of
from support.nginx import Nginx, free_port, site_file
from support.people import ALICE
from support.wire import login, request

CHEAP = ("--argon2-memory", "8KiB", "--argon2-passes", "1")
MANY_LOGINS = ("--max-sessions", "100000", "--login-failures", "0", "--login-failures-address", "0")
OPTIONS = ("--threads", "2", *CHEAP, *MANY_LOGINS)


def crowd(address, base="") -> list[Client]:
    """Some who keep their connection and some who take a new one each time; each reads and writes."""
    asks = [request("GET", base + "/healthz"), login(*ALICE, base + "/token")]
    return [Client(address, asks, keeps) for keeps in (True, False) for _ in range(6)]


def end(server) -> None:
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(program.PATIENCE) == 0


def sessions_in(directory) -> int:
    done = program.run("session", "list", "--json", "--data-dir", directory)
    return len(json.loads(done.stdout))


def assert_each_login_made_one_session(server, outcomes):
    logins = outcomes["POST 200"]
    assert logins <= sessions_in(server.directory) <= logins + outcomes["raced"], outcomes


@pytest.fixture(params=["tcp", "unix"])
def held(request, tmp_path):
    with listening(str(tmp_path / "s") if request.param == "unix" else ("127.0.0.1", 0)) as one:
        yield one


def test_a_restart_on_a_held_socket_refuses_nobody_and_answers_everything_once(start, held):
    clients = crowd(held.getsockname())
    server = start(*OPTIONS, sockets=[held])
    with load_of(clients):
        for _ in range(2):
            assert goes_on(clients)
            end(server)
            server = start(*OPTIONS, sockets=[held])
        assert goes_on(clients)
    server.stop()
    outcomes = outcomes_of(clients)
    assert outcomes.keys() <= {"GET 200", "POST 200", "raced"}, outcomes
    assert_each_login_made_one_session(server, outcomes)


def test_a_kill_on_a_held_socket_refuses_nobody_who_comes_later(start, held):
    clients = crowd(held.getsockname())
    server = start(*OPTIONS, sockets=[held])
    with load_of(clients):
        assert goes_on(clients)
        server.kill()
        in_flight = len(clients)
        server = start(*OPTIONS, sockets=[held])
        assert goes_on(clients)
    outcomes = outcomes_of(clients)
    assert outcomes["refused"] + outcomes["raced"] + outcomes["broken"] <= in_flight, outcomes


def test_an_end_under_load_answers_whoever_has_a_connection(start):
    server = start(*OPTIONS)
    clients = crowd(server.address)
    with load_of(clients):
        assert goes_on(clients)
        end(server)
    outcomes = outcomes_of(clients)
    assert outcomes.keys() <= {"GET 200", "POST 200", "raced", "refused"}, outcomes
    assert_each_login_made_one_session(server, outcomes)


def test_a_restart_behind_nginx_shows_no_client_an_error(start, application, files, tmp_path):
    with listening() as held:
        server = start(*OPTIONS, sockets=[held])
        port = free_port()
        (tmp_path / "nginx").mkdir()
        nginx = Nginx(tmp_path / "nginx", port, site_file(port, application, files), held.getsockname())
        clients = crowd(nginx.address, "/jwtgate")
        with load_of(clients):
            for _ in range(2):
                assert goes_on(clients)
                end(server)
                server = start(*OPTIONS, sockets=[held])
            assert goes_on(clients)
        nginx.stop()
    outcomes = outcomes_of(clients)
    assert outcomes.keys() == {"GET 200", "POST 200"}, outcomes
    assert sessions_in(server.directory) == outcomes["POST 200"], outcomes
