"""The gate looks at heads: bodies are neither waited for nor read, and large heads pass. Raw, and behind a bare nginx."""

import os
import subprocess

import pytest
from support import wire
from support.nginx import Application, free_port
from support.people import ALICE
from support.program import PATIENCE, wait_until
from support.wire import request

GOOD = request("GET", "/healthz")


@pytest.fixture(scope="module")
def token(server) -> str:
    return server.tokens(*ALICE)["access_token"]


def gate(token: str, *fields: str, method: str = "POST", path: str = "/auth", version: str = "1.1") -> bytes:
    lines = [f"{method} {path} HTTP/{version}", "Host: h", f"Authorization: Bearer {token}", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


BODIES = {
    "a length and no body": (["Content-Length: 77"], b""),
    "a length and a part of the body": (["Content-Length: 77"], b"abc"),
    "a length and the body": (["Content-Length: 3"], b"abc"),
    "a length beyond max-body": (["Content-Length: 1000000000"], b""),
    "the largest length": (["Content-Length: 18446744073709551615"], b""),
    "a waiting client": (["Content-Length: 77", "Expect: 100-continue"], b""),
    "chunked and no body": (["Transfer-Encoding: chunked"], b""),
    "chunked and the body": (["Transfer-Encoding: chunked"], b"3\r\nabc\r\n0\r\n\r\n"),
    "another encoding": (["Transfer-Encoding: gzip, chunked"], b""),
    "a kept connection": (["Connection: keep-alive", "Content-Length: 5"], b""),
    "another request behind": (["Content-Length: 5"], GOOD),
}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/auth", "/auth?role=staff", "/auth/", "/auth/app/x"])
@pytest.mark.parametrize("fields, body", BODIES.values(), ids=BODIES.keys())
def test_it_is_answered_when_the_head_is_complete(server, token, fields, body, path, method):
    for credential, status in ((token, 200), ("x", 401)):
        with server.connect() as connection:
            connection.socket.settimeout(3)
            response = connection.ask(gate(credential, *fields, method=method, path=path) + body)
            assert (response.status, response.body) == (status, b"")
            assert response.one("Content-Length") == "0"
            assert response.one("Connection") == "close"
            assert connection.is_closed_by_peer()


@pytest.mark.parametrize("fields", [[], ["Content-Length: 0"]])
def test_without_a_body_the_connection_is_kept(server, token, fields):
    with server.connect() as connection:
        for method in ("GET", "POST"):
            response = connection.ask(gate(token, *fields, method=method))
            assert (response.status, response.one("Connection")) == (200, None)


@pytest.mark.parametrize("length", ["-1", "5, 5", "x", ""])
def test_a_length_that_is_none_is_still_malformed(server, token, length):
    assert server.ask(gate(token, f"Content-Length: {length}")).status == 400


def test_other_routes_want_a_length(server):
    for path in ("/login", "/healthz", "/authx", "/nowhere"):
        head = f"POST {path} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert server.ask(head.encode() + b"0\r\n\r\n").status == 411


CONFIGURATION = """
daemon off;
pid {directory}/nginx.pid;
{user}
events {{}}
http {{
    access_log off;
    {temporary}
    server {{
        listen 127.0.0.1:{port};
        location = /_auth {{
            internal;
            proxy_pass http://127.0.0.1:{jwtgate}/auth;
        }}
        location / {{
            auth_request /_auth;
            proxy_pass http://127.0.0.1:{application};
        }}
    }}
}}
"""


@pytest.fixture(scope="module")
def application():
    running = Application()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def bare_nginx(server, application, tmp_path_factory):
    """The address of an nginx that somebody has set up with proxy_pass and nothing else."""
    directory, port = tmp_path_factory.mktemp("nginx"), free_port()
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    (directory / "nginx.conf").write_text(
        CONFIGURATION.format(
            directory=directory,
            user="user root;" if os.geteuid() == 0 else "",
            temporary="\n".join(f"{name}_temp_path {directory}/{name};" for name in names),
            port=port,
            jwtgate=server.address[1],
            application=application.port,
        )
    )
    process = subprocess.Popen(["nginx", "-p", directory, "-c", directory / "nginx.conf", "-e", directory / "error.log"])

    def answers() -> bool:
        assert process.poll() is None, (directory / "error.log").read_text()
        try:
            return wire.ask(("127.0.0.1", port), GOOD).status == 401
        except OSError:
            return False

    assert wait_until(answers, PATIENCE)
    yield ("127.0.0.1", port)
    process.terminate()
    process.wait(PATIENCE)
    assert "[error]" not in (directory / "error.log").read_text()


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("size", [0, 1, 77, 100_000])
def test_a_bare_nginx_lets_requests_with_bodies_pass(bare_nginx, application, token, size, method):
    response = wire.ask(bare_nginx, request(method, "/app", bearer=token, body=b"x" * size))
    assert (response.status, response.body) == (200, b"hello")
    assert wire.ask(bare_nginx, request(method, "/app", bearer="x", body=b"x" * size)).status == 401


@pytest.mark.parametrize("count, size", [(1, 8_000), (3, 8_000), (3, 7_000), (60, 500), (90, 300)])
def test_whatever_header_nginx_takes_passes(bare_nginx, token, count, size):
    fields = [(f"X-Large-{number}", "x" * (size - 20)) for number in range(count)]
    response = wire.ask(bare_nginx, request("GET", "/app", bearer=token, fields=fields))
    assert (response.status, response.body) == (200, b"hello")


def test_a_header_beyond_the_limits_is_refused(server, token):
    at_most = [f"X-{number}: {'x' * 150}" for number in range(250)]
    assert server.ask(gate(token, *at_most)).status == 200
    assert server.ask(gate(token, *["X: y"] * 254)).status == 200
    assert server.ask(gate(token, *["X: y"] * 255)).status == 431
    assert server.ask(gate(token, "X: " + "x" * 40 * 1024)).status == 431
