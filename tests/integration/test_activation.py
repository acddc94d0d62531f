"""Socket activation: listening sockets that a service manager holds, and that outlive each server on them."""

import os
import re
import socket
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from support import activation, program, wire
from support.activation import listening
from support.nginx import free_port
from support.people import ALICE
from support.program import Server
from support.wire import request

GOOD = request("GET", "/healthz")


@pytest.fixture
def held():
    with listening() as one:
        yield one


def status_at(address, data: bytes = GOOD) -> int:
    return wire.ask(address, data).status


def test_what_was_handed_over_stands_in_the_place_of_listen(start, held, tmp_path):
    path = str(tmp_path / "s")
    with listening(path) as second:
        server = start(sockets=[held, second])
        assert (server.address, server.read_address()) == (held.getsockname(), path)
        assert (status_at(held.getsockname()), status_at(path)) == (200, 200)
        assert "listen" not in server.log()


def test_a_listen_that_is_not_used_is_told(start, held):
    other = ("127.0.0.1", free_port())
    server = start("--listen", "%s:%d" % other, sockets=[held])
    assert server.address == held.getsockname()
    assert "listen is not used" in server.log()
    with pytest.raises(ConnectionRefusedError):
        status_at(other)


@pytest.mark.parametrize(
    "variables",
    [{"LISTEN_FDS": "1"}, {"LISTEN_FDS": "1", "LISTEN_PID": "1"}, {"LISTEN_FDS": "x", "LISTEN_PID": "1"}],
)
def test_what_was_handed_to_another_process_is_not_touched(start, variables):
    assert start(variables=variables).ask(GOOD).status == 200


def test_a_child_is_handed_nothing(start, held):
    about = Path(f"/proc/{start(sockets=[held]).process.pid}/fdinfo/3").read_text()
    assert int(re.search(r"flags:\s*(\d+)", about)[1], 8) & os.O_CLOEXEC


def datagrams(tmp_path):
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.bind(("127.0.0.1", 0))
    return bound


def not_listening(tmp_path):
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    return bound


def packets(tmp_path):
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    bound.bind(str(tmp_path / "packets"))
    bound.listen()
    return bound


def file(tmp_path):
    (tmp_path / "file").write_text("")
    return open(tmp_path / "file")


@pytest.mark.parametrize("wrong", [datagrams, not_listening, packets, file])
def test_what_is_no_listening_socket_ends_the_start(tmp_path, held, wrong):
    with closing(wrong(tmp_path)) as second:
        done = started_with(tmp_path, held, second)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("jwtgate: cannot listen on descriptor 4: ") and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()


def started_with(tmp_path, *sockets) -> subprocess.CompletedProcess:
    command = [program.BINARY, "serve", "--data-dir", tmp_path / "data"]
    return subprocess.run(
        [*activation.handing_over(sockets), *command],
        pass_fds=[each.fileno() for each in sockets],
        capture_output=True,
        text=True,
        timeout=program.PATIENCE,
        env=program.environment(),
    )


@pytest.mark.parametrize("end", [Server.stop, Server.kill])
def test_the_file_of_a_unix_socket_stays_as_it_is(start, tmp_path, end):
    path = str(tmp_path / "s")
    with listening(path) as held:
        os.chmod(path, 0o640)
        for _ in range(2):
            server = start("--listen-mode", "0600", sockets=[held])
            assert status_at(path) == 200
            end(server)
            assert oct(stat.S_IMODE(os.stat(path).st_mode)) == "0o640"


@pytest.mark.parametrize(("mode", "is_told"), [(0o660, False), (0o666, True)])
def test_a_unix_socket_that_everybody_may_write_is_told(start, tmp_path, mode, is_told):
    path = str(tmp_path / "s")
    with listening(path) as held:
        os.chmod(path, mode)
        assert ("SocketMode" in start(sockets=[held]).log()) == is_told


def test_an_ipv4_client_of_an_ipv6_socket_has_its_own_address(start):
    if not socket.has_dualstack_ipv6():
        pytest.skip("no IPv6 here")
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as held:
        server = start(sockets=[held])
        address = ("127.0.0.1", held.getsockname()[1])
        assert "other machines may reach [::]" in server.log()
        for fields, shown in (([], "127.0.0.1"), ([("X-Forwarded-For", "192.0.2.7")], "192.0.2.7")):
            login = request("POST", "/token", body={"username": ALICE[0], "password": ALICE[1]}, fields=fields)
            token = wire.ask(address, login).json()["access_token"]
            sessions = wire.ask(address, request("GET", "/sessions", bearer=token)).json()["sessions"]
            assert [each["address"] for each in sessions if each["current"]] == [shown]


@pytest.mark.parametrize("end", [Server.stop, Server.kill])
def test_who_comes_while_no_server_runs_waits_for_the_next(start, held, end):
    server = start(sockets=[held])
    token = server.tokens(*ALICE)["access_token"]
    end(server)
    waiting = [wire.Connection(held.getsockname()) for _ in range(100)]
    for each in waiting:
        each.send(request("GET", "/auth", bearer=token))
    start(sockets=[held])
    assert [each.receive().status for each in waiting] == [200] * 100
    for each in waiting:
        each.socket.close()


def test_the_way_of_systemd_itself(tmp_path):
    """With its own program, which hands over what it listens on as soon as somebody has come."""
    program.add_user(tmp_path / "data", *ALICE)
    port = free_port()
    where = ["--data-dir", tmp_path / "data", "--cookie-secure", "false"]
    process = subprocess.Popen(
        ["systemd-socket-activate", f"--listen=127.0.0.1:{port}", program.BINARY, "serve", *where],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=program.environment(),
    )
    try:
        assert program.wait_until(lambda: is_reached(port), program.PATIENCE)
        assert process.stdout.readline() == f"listening on http://127.0.0.1:{port}\n"
        assert status_at(("127.0.0.1", port), wire.login(*ALICE)) == 200
    finally:
        process.terminate()
        assert process.wait(program.PATIENCE) == 0
        process.stdout.close()


def is_reached(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
