"""Bytes that are not the HTTP they should be, and odd ones that are."""

import pytest
from support import wire
from support.wire import request

GOOD = request("GET", "/healthz")
BAD = (400, "Bad request", "bad_http")
NO_LENGTH = (411, "Content-Length required", "length_required")
BAD_VERSION = (505, "HTTP version is not supported", "bad_http")


def get(*lines: bytes, first: bytes = b"GET /healthz HTTP/1.1") -> bytes:
    return b"\r\n".join([first, b"Host: h", *lines]) + b"\r\n\r\n"


def post(*lines: bytes, body: bytes = b"") -> bytes:
    return get(*lines, first=b"POST /login HTTP/1.1") + body


REFUSED = {
    "bare LF": (b"GET /healthz HTTP/1.1\nHost: h\n\n", BAD),
    "bare LF between fields": (b"GET /healthz HTTP/1.1\r\nHost: h\nX: y\r\n\r\n", BAD),
    "bare CR in a value": (get(b"X: a\rb"), BAD),
    "fold": (get(b"X: a", b" b"), BAD),
    "fold with a tab": (get(b"X: a", b"\tb"), BAD),
    "space before the colon": (get(b"X : a"), BAD),
    "field without a colon": (get(b"X"), BAD),
    "field without a name": (get(b": a"), BAD),
    "control octet in a name": (get(b"X\x01: a"), BAD),
    "control octet in a value": (get(b"X: a\x01"), BAD),
    "NUL in a value": (get(b"X: a\x00b"), BAD),
    "NUL in the target": (get(first=b"GET /\x00 HTTP/1.1"), BAD),
    "control octet in the target": (get(first=b"GET /\x7f HTTP/1.1"), BAD),
    "space in the target": (get(first=b"GET /a b HTTP/1.1"), BAD),
    "two spaces": (get(first=b"GET  /healthz HTTP/1.1"), BAD),
    "tab between": (get(first=b"GET\t/healthz HTTP/1.1"), BAD),
    "space in front": (get(first=b" GET /healthz HTTP/1.1"), BAD),
    "no target": (get(first=b"GET HTTP/1.1"), BAD),
    "no method": (get(first=b" /healthz HTTP/1.1"), BAD),
    "method of odd octets": (get(first=b"G(T /healthz HTTP/1.1"), BAD),
    "authority form": (get(first=b"CONNECT h:80 HTTP/1.1"), BAD),
    "asterisk form": (get(first=b"OPTIONS * HTTP/1.1"), BAD),
    "relative target": (get(first=b"GET healthz HTTP/1.1"), BAD),
    "version in lower case": (get(first=b"GET /healthz http/1.1"), BAD),
    "version with spaces behind": (get(first=b"GET /healthz HTTP/1.1 "), BAD),
    "HTTP/0.9": (b"GET /healthz\r\n\r\n", BAD),
    "HTTP/1.2": (get(first=b"GET /healthz HTTP/1.2"), BAD_VERSION),
    "HTTP/2.0": (get(first=b"GET /healthz HTTP/2.0"), BAD_VERSION),
    "a TLS hello": (bytes.fromhex("16030100b8010000b40303") + b"\x11" * 200, BAD),
    "no Host": (b"GET /healthz HTTP/1.1\r\n\r\n", BAD),
    "no Host in HTTP/1.1 of absolute form": (b"GET http://h/healthz HTTP/1.1\r\n\r\n", BAD),
    "two Hosts in HTTP/1.0": (b"GET /healthz HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", BAD),
    "empty Host in HTTP/1.0": (b"GET /healthz HTTP/1.0\r\nHost: \r\n\r\n", BAD),
    "two Hosts": (get(b"Host: h"), BAD),
    "empty Host": (b"GET /healthz HTTP/1.1\r\nHost: \r\n\r\n", BAD),
    "Host of odd octets": (b"GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n", BAD),
    "Host with a user": (b"GET /healthz HTTP/1.1\r\nHost: a@b\r\n\r\n", BAD),
    "Host list": (b"GET /healthz HTTP/1.1\r\nHost: a, b\r\n\r\n", BAD),
    "lengths that differ": (post(b"Content-Length: 0", b"Content-Length: 5", body=b"abcde"), BAD),
    "lengths that agree": (post(b"Content-Length: 5", b"Content-Length: 5", body=b"abcde"), BAD),
    "length list": (post(b"Content-Length: 5, 5", body=b"abcde"), BAD),
    "length with a sign": (post(b"Content-Length: +5", body=b"abcde"), BAD),
    "length below zero": (post(b"Content-Length: -1"), BAD),
    "length in hexadecimal": (post(b"Content-Length: 0x5", body=b"abcde"), BAD),
    "length with a space in it": (post(b"Content-Length: 5 5", body=b"abcde"), BAD),
    "empty length": (post(b"Content-Length:"), BAD),
    "length beyond 64 bits": (post(b"Content-Length: 18446744073709551616"), BAD),
    "chunked": (post(b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"), NO_LENGTH),
    "chunked in HTTP/1.0": (get(b"Transfer-Encoding: chunked", first=b"POST /login HTTP/1.0"), NO_LENGTH),
    "chunked and a length": (post(b"Content-Length: 5", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"), NO_LENGTH),
    "gzip": (post(b"Transfer-Encoding: gzip", b"Content-Length: 0"), NO_LENGTH),
    "chunked, gzip": (post(b"Transfer-Encoding: chunked, gzip"), NO_LENGTH),
    "identity": (post(b"Transfer-Encoding: identity", b"Content-Length: 0"), NO_LENGTH),
    "encoding of odd case": (post(b"tRANSFER-eNCODING: xchunked", b"Content-Length: 0"), NO_LENGTH),
    "empty encoding": (post(b"Transfer-Encoding:", b"Content-Length: 0"), NO_LENGTH),
    "a smuggled request behind": (post(b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + GOOD), NO_LENGTH),
}


@pytest.mark.parametrize("data, refusal", REFUSED.values(), ids=REFUSED.keys())
def test_refuses_and_closes(server, data, refusal):
    status, msg, error = refusal
    with server.connect() as connection:
        response = connection.ask(data)
        assert response.status == status
        assert response.json() == {"msg": msg, "error": error}
        assert response.one("Connection") == "close"
        assert response.one("Cache-Control") == "no-store"
        assert connection.is_closed_by_peer()
    assert server.ask(GOOD).status == 200


ACCEPTED = {
    "an empty line in front": b"\r\n" + GOOD,
    "absolute form": get(first=b"GET http://h/healthz HTTP/1.1"),
    "absolute form of another host": get(first=b"GET http://other/healthz HTTP/1.1"),
    "a query": get(first=b"GET /healthz?a=%00&b HTTP/1.1"),
    "no space behind the colon": get(b"X:y"),
    "spaces around a value": get(b"X: \t y \t "),
    "an empty value": get(b"X:"),
    "octets above ASCII in a value": get(b"X: \xc3\xa4\xff"),
    "underscores": get(b"X_Y: z"),
    "a body of a GET": get(b"Content-Length: 5") + b"abcde",
    "lower-case fields": b"GET /healthz HTTP/1.1\r\nhost: h\r\n\r\n",
    "HTTP/1.0 without Host": b"GET /healthz HTTP/1.0\r\n\r\n",
    "HTTP/1.0": b"GET /healthz HTTP/1.0\r\nHost: h\r\n\r\n",
    "Host with a port": b"GET /healthz HTTP/1.1\r\nHost: h:8080\r\n\r\n",
    "Host of IPv6": b"GET /healthz HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_accepts(server, data):
    assert server.ask(data).status == 200


def test_bytes_may_arrive_one_by_one(server):
    with server.connect() as connection:
        for i in range(len(GOOD)):
            connection.send(GOOD[i : i + 1])
        assert connection.receive().status == 200


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


@pytest.mark.parametrize(
    "version, field, stays",
    [
        ("1.1", None, True),
        ("1.1", "close", False),
        ("1.1", "Close, X", False),
        ("1.0", None, False),
        ("1.0", "keep-alive", True),
        ("1.0", "close", False),
    ],
)
def test_connections_are_kept_as_asked(server, version, field, stays):
    lines = [f"GET /healthz HTTP/{version}", "Host: h", *([f"Connection: {field}"] if field else [])]
    with server.connect() as connection:
        connection.ask("\r\n".join(lines).encode() + b"\r\n\r\n")
        if stays:
            assert connection.ask(GOOD).status == 200
        else:
            assert connection.is_closed_by_peer()


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
