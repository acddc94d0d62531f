"""Bytes that are not the HTTP they should be, and odd ones that are."""

from contextlib import ExitStack

import pytest
from support import wire
from support.program import Server
from support.requests import TABLE, cuts, raw_requests
from support.wire import request

GOOD = request("GET", "/healthz")


def get(*lines: bytes, first: bytes = b"GET /healthz HTTP/1.1") -> bytes:
    return b"\r\n".join([first, b"Host: h", *lines]) + b"\r\n\r\n"


def post(*lines: bytes, body: bytes = b"") -> bytes:
    return get(*lines, first=b"POST /login HTTP/1.1") + body


LAST = get(b"Connection: close")
REFUSALS = {
    400: ("Bad request", "bad_http"),
    411: ("Content-Length required", "length_required"),
    413: ("Request body is too large", "too_large"),
    414: ("Request target is too large", "too_large"),
    431: ("Request header is too large", "too_large"),
    505: ("HTTP version is not supported", "bad_http"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A server with the limits of the table."""
    limits = ("--max-header", "2048", "--max-target", "100", "--max-body", "50")
    with Server(tmp_path_factory.mktemp("small") / "data", *limits) as running:
        yield running


def check_answers(connection, raw):
    """What came back when a last request was sent behind this one: nothing more than the answers, then the end."""
    response = connection.receive(head=raw.data.startswith(b"HEAD "))
    assert response.status == raw.status
    if raw.refused:
        assert response.json() == dict(zip(("msg", "error"), REFUSALS[raw.status]))
        assert response.one("Cache-Control") == "no-store"
    assert (response.one("Connection") == "close") == (not raw.kept)
    if raw.kept:
        assert connection.receive().status == 200
    assert connection.is_closed_by_peer()


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{group}: {row['name']}") for group, rows in TABLE.items() for row in rows]
)
def test_each_request_gets_one_answer_however_it_is_cut(small, row):
    sent = [(raw, parts) for raw in raw_requests(row) for parts in cuts(row, raw.data)]
    with ExitStack() as open_ones:
        connections = [open_ones.enter_context(small.connect()) for _ in sent]
        for i in range(max(len(parts) for _, parts in sent)):
            for connection, (_, parts) in zip(connections, sent):
                connection.send(b"".join(parts[i : i + 1]))
        for connection, (raw, _) in zip(connections, sent):
            connection.send(LAST)
            check_answers(connection, raw)
    assert small.ask(GOOD).status == 200


def test_pipelined_requests_are_answered_in_order(server):
    with server.connect() as connection:
        others = [request("GET", "/nowhere"), wire.login("nobody", "x"), request("HEAD", "/healthz")]
        connection.send(b"".join([GOOD, *others, GOOD]))
        answers = [connection.receive(head=i == 3).status for i in range(5)]
        assert answers == [200, 404, 401, 200, 200]


def test_what_follows_a_refusal_that_closes_is_not_answered(server):
    with server.connect() as connection:
        connection.send(GOOD + b"GET / HTTP/3.0\r\n\r\n" + GOOD)
        assert connection.receive().status == 200
        assert connection.receive().status == 505
        assert connection.is_closed_by_peer()


def test_head_is_get_without_the_body(server):
    with server.connect() as connection:
        head, get_ = connection.ask(request("HEAD", "/healthz")), connection.ask(GOOD)
        dateless = [[field for field in response.fields if field[0] != "Date"] for response in (head, get_)]
        assert (head.status, head.body) == (200, b"")
        assert dateless[0] == dateless[1]


def test_a_waiting_client_is_told_to_go_on(server):
    body = b'{"username":"nobody","password":"x"}'
    head = post(b"Content-Type: application/json", b"Expect: 100-continue", f"Content-Length: {len(body)}".encode())
    with server.connect() as connection:
        assert connection.ask(head).status == 100
        assert connection.ask(body).status == 401


def test_slow_requests_run_out_of_time(start):
    server = start("--header-timeout", "300ms", "--body-timeout", "300ms", "--idle-timeout", "300ms")
    for slow in (b"G", GOOD[:-2], post(b"Content-Length: 5", body=b"abcd")):
        with server.connect() as connection:
            response = connection.ask(slow)
            assert (response.status, response.json()["error"]) == (408, "timeout")
            assert connection.is_closed_by_peer()
    with server.connect() as connection:
        assert connection.ask(GOOD).status == 200
        assert connection.is_closed_by_peer()
    assert server.ask(GOOD).status == 200


def test_limits_are_options(start):
    server = start("--max-header", "512", "--max-target", "64", "--max-body", "64")
    for data, status in [
        (request("GET", "/healthz?" + "a" * 64), 414),
        (request("GET", "/healthz", fields=[("X", "a" * 512)]), 431),
        (post(b"Content-Length: 65"), 413),
    ]:
        assert server.ask(data).status == status
    assert server.ask(GOOD).status == 200
