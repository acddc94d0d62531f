"""GET /metrics, on a listener of its own."""

import os
import stat
import time
from pathlib import Path

import pytest
from support import wire
from support.metrics import complaints_of_promtool, samples, scrape
from support.people import ALICE
from support.program import wait_until
from support.wire import request

ROUTES = ["/", "/app.js", "/auth", "/healthz", "/login", "/me", "/protected", "/sessions", "/token", "/user"]


@pytest.fixture
def measured(start, tmp_path):
    """A server with metrics; where they are."""
    server = start("--metrics-listen", f"unix:{tmp_path}/metrics.sock", "--threads", "2", "--login-failures", "2")
    server.metrics = str(tmp_path / "metrics.sock")
    return server


def threads_of(server) -> int:
    """How many it keeps: the one that writes the address to stdout ends by itself."""
    counts = []
    assert wait_until(lambda: counts.append(server.threads()) or len(counts) == 10)
    return min(counts)


def requests_of(text: str) -> dict[str, float]:
    prefix = "jwtgate_http_requests_total"
    return {name[len(prefix) :]: value for name, value in samples(text).items() if name.startswith(prefix)}


def test_without_the_option_there_is_nothing(start):
    server = start()
    without = threads_of(server)
    assert server.ask(request("GET", "/metrics")).json()["error"] == "not_found"
    server.stop()
    server = start("--metrics-listen", "none")
    assert threads_of(server) == without
    server.stop()
    assert threads_of(start("--metrics-listen", "127.0.0.1:0")) == without + 1


def test_the_address_is_told_behind_that_of_the_server(start):
    server = start("--metrics-listen", "127.0.0.1:0,[::1]:0")
    for host in ("127.0.0.1", "[::1]"):
        told = server.process.stdout.readline()
        assert told.startswith(f"metrics on http://{host}:"), told
        scrape((host.strip("[]"), int(told.rsplit(":")[-1])))


def test_requests_are_counted_by_route_and_status(measured):
    tokens = measured.tokens(*ALICE)
    with measured.connect() as connection:
        for _ in range(3):
            assert connection.ask(request("GET", "/auth", bearer=tokens["access_token"])).status == 200
        assert connection.ask(request("GET", "/auth")).status == 401
        assert connection.ask(request("GET", "/app.js")).status == 200
        assert connection.ask(request("HEAD", "/style.css")).status == 200
        assert connection.ask(request("DELETE", "/sessions/abc")).status == 401
        assert connection.ask(request("PUT", "/me")).status == 405
    assert measured.ask(b"GET / HTTP/1.1\r\n\r\n").status == 400
    assert measured.ask(b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").status == 411
    text = scrape(measured.metrics)
    assert requests_of(text) == {
        '{route="/auth",status="200"}': 3,
        '{route="/auth",status="401"}': 1,
        '{route="/me",status="405"}': 1,
        '{route="/sessions/{id}",status="401"}': 1,
        '{route="/token",status="200"}': 1,
        '{route="page",status="200"}': 2,
        '{route="refused",status="400"}': 1,
        '{route="refused",status="411"}': 1,
    }
    read = samples(text)
    assert read['jwtgate_http_request_duration_seconds_count{route="/auth"}'] == 4
    assert read['jwtgate_http_request_duration_seconds_bucket{route="/auth",le="+Inf"}'] == 4
    assert 0 < read['jwtgate_http_request_duration_seconds_sum{route="/token"}'] < 60
    assert complaints_of_promtool(text) == ""


def test_logins_refreshes_and_reuse_are_counted_by_outcome(measured):
    tokens = measured.tokens(*ALICE)
    for token in ("refresh_token", "refresh_token", "access_token"):
        measured.ask(request("POST", "/refresh", bearer=tokens[token]))
    for _ in range(3):
        measured.ask(wire.login("alice", "a wrong password"))
    read = samples(scrape(measured.metrics))
    assert {name: value for name, value in read.items() if name.startswith("jwtgate_logins_total") and value} == {
        'jwtgate_logins_total{outcome="ok"}': 1,
        'jwtgate_logins_total{outcome="bad_credentials"}': 2,
        'jwtgate_logins_total{outcome="too_many_failures"}': 1,
    }
    assert read['jwtgate_refreshes_total{outcome="ok"}'] == 2
    assert read["jwtgate_refresh_reuse_total"] == 0


def test_reuse_raises_its_alarm_and_the_session_is_among_those_that_ended(start, tmp_path):
    server = start("--metrics-listen", f"unix:{tmp_path}/metrics.sock", "--refresh-grace", "0s")
    tokens = server.tokens(*ALICE)
    for status in (200, 401):
        assert server.ask(request("POST", "/refresh", bearer=tokens["refresh_token"])).status == status
    read = samples(scrape(str(tmp_path / "metrics.sock")))
    assert read["jwtgate_refresh_reuse_total"] == read['jwtgate_refreshes_total{outcome="reused"}'] == 1
    assert read["jwtgate_ended_sessions"] == 1


def test_nothing_that_is_sent_adds_a_name(measured):
    with measured.connect() as connection:
        for number in range(100):
            assert connection.ask(request("GET", f'/x{number}"}}\\')).status in (400, 404)
            if number % 2:
                assert connection.ask(request(f"M{number}", "/me")).status == 405
    for number in range(10):
        measured.ask(f"GET /{number} HTTP/1.{number}\r\nHost: a\r\n\r\n".encode())
    names = {name.split('"')[1] for name in requests_of(scrape(measured.metrics))}
    assert names <= {"unknown", "refused", "/me"}


def test_open_connections_and_the_process_are_shown(measured):
    with measured.connect() as one, measured.connect() as other:
        for connection in (one, other):
            assert connection.ask(request("GET", "/healthz")).status == 200
        assert wait_until(lambda: samples(scrape(measured.metrics))["jwtgate_http_connections"] == 2)
        with wire.Connection(measured.metrics) as kept:
            read = samples(kept.ask(request("GET", "/metrics")).body.decode())
            assert wait_until(lambda: read["process_open_fds"] == len(os.listdir(f"/proc/{measured.process.pid}/fd")))
    assert 1_000_000 < read["process_resident_memory_bytes"] < 1_000_000_000
    assert time.time() - 600 < read["process_start_time_seconds"] <= time.time()
    assert (read["jwtgate_password_queue_length"], read["jwtgate_log_lines_dropped_total"]) == (0, 0)


def test_the_listener_serves_nothing_else_and_the_server_no_metrics(measured):
    for target in ROUTES:
        assert wire.ask(measured.metrics, request("GET", target)).status == 404
    refused = wire.ask(measured.metrics, request("POST", "/metrics", body={}))
    assert (refused.status, refused.one("Allow")) == (405, "GET, HEAD")
    assert wire.ask(measured.metrics, wire.login(*ALICE)).status == 404
    assert wire.ask(measured.metrics, request("HEAD", "/metrics")).status == 200
    assert wire.ask(measured.metrics, b"GET /metrics HTTP/1.1\r\n\r\n").status == 400
    assert measured.ask(request("GET", "/metrics")).status == 404


def test_the_socket_has_the_mode_of_the_others_and_goes_with_the_server(start, tmp_path):
    file = tmp_path / "metrics.sock"
    server = start("--metrics-listen", f"unix:{file}", "--listen-mode", "0600")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with wire.Connection(str(file)) as scraper:
        assert scraper.ask(request("GET", "/metrics")).status == 200
        server.stop()
        assert scraper.is_closed_by_peer()
    assert not Path(file).exists()
