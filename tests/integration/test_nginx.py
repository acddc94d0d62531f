"""The example site for nginx, run by the real one: what it lets in, what it refuses, what the application sees."""

import json
from urllib.parse import quote

import pytest
from support import jwt, wire
from support.browser import Browser
from support.nginx import Nginx, free_port, readme_site
from support.people import ALICE
from support.wire import request

PAGE = ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
GUARDED = ["/files/report.txt", "/files/none.txt", "/app/page"]


def test_the_page_and_the_api_are_reached_through_it(nginx, browser):
    assert wire.ask(nginx.address, request("GET", "/jwtgate/")).one("Content-Type").startswith("text/html")
    assert browser.get("/jwtgate/protected").body == b'{"logged_in_as":"alice"}'
    assert browser.post("/jwtgate/refresh", csrf="csrf_refresh_token").status == 200
    assert browser.get("/jwtgate/me").json()["fresh"] is False


def test_files_are_for_those_who_are_logged_in(nginx, browser):
    assert browser.get("/files/report.txt").body == b"quarterly figures"
    assert browser.get("/files/none.txt").status == 404


@pytest.mark.parametrize("target", GUARDED)
@pytest.mark.parametrize(
    ("method", "fields", "status"),
    [
        ("GET", [PAGE], 302),
        ("HEAD", [PAGE], 302),
        ("POST", [PAGE, ("Content-Length", "0")], 302),
        ("GET", [("Accept", "Text/HTML")], 302),
        ("GET", [PAGE, ("Cookie", "access_token_cookie=x")], 302),
        ("GET", [PAGE, ("Authorization", "Bearer x")], 302),
        ("GET", [], 401),
        ("GET", [("Accept", "*/*")], 401),
        ("GET", [("Accept", "image/avif,image/webp,*/*;q=0.8")], 401),
        ("GET", [("Accept", "application/json")], 401),
        ("POST", [("Accept", "application/json"), ("Content-Length", "0")], 401),
        ("DELETE", [("Accept", "*/*")], 401),
    ],
)
def test_a_person_who_is_not_logged_in_is_led_to_the_login_and_a_program_told(
    nginx, application, target, method, fields, status
):
    asked = len(application.requests)
    stranger = wire.ask(nginx.address, request(method, target, fields=fields))
    login = f"/jwtgate/?rd=http%3A%2F%2F127.0.0.1{quote(target, safe='.')}" if status == 302 else None
    assert (stranger.status, stranger.one("Location")) == (status, login)
    assert b"quarterly" not in stranger.body
    assert len(application.requests) == asked


def without_host(target, fields=(), body=b"") -> bytes:
    lines = ["POST" if body else "GET"] + [f"{name}: {value}" for name, value in fields]
    lines[0] += f" {target} HTTP/1.0"
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize("target", ["/jwtgate/healthz", "/jwtgate/", "/jwtgate/logout"])
def test_http_1_0_without_a_host_is_answered(nginx, target):
    assert wire.ask(nginx.address, without_host(target)).status == 200


@pytest.mark.parametrize(("target", "status"), [("/files/report.txt", 200), ("/app/page", 200), ("/jwtgate/me", 200)])
def test_http_1_0_without_a_host_passes_the_gate(nginx, browser, target, status):
    assert wire.ask(nginx.address, without_host(target)).status == 401
    cookie = [("Cookie", f"access_token_cookie={browser.value('access_token_cookie')}")]
    assert wire.ask(nginx.address, without_host(target, cookie)).status == status


ORIGINS = [
    # Host, Origin, X-Forwarded-Host as the client sends it, status; {} is the port that nginx listens on.
    ("127.0.0.1:{}", "http://127.0.0.1:{}", None, 200),
    ("app.example.org:{}", "http://app.example.org:{}", None, 200),
    ("app.example.org", "http://app.example.org", None, 200),
    ("app.example.org", "https://app.example.org", None, 200),
    ("app.example.org:{}", "http://app.example.org", None, 403),
    ("app.example.org:8443", "https://app.example.org:8443", None, 200),
    ("127.0.0.1:{}", "http://evil.example", None, 403),
    ("127.0.0.1:{}", "http://evil.example", "evil.example", 403),
    ("127.0.0.1:{}", "http://127.0.0.1:{}", "evil.example", 200),
    (None, "http://app.example.org:{}", None, 200),
    (None, "http://app.example.org", None, 403),
    (None, "http://evil.example", "evil.example", 403),
]


@pytest.mark.parametrize(("host", "origin", "forwarded", "status"), ORIGINS)
def test_the_server_learns_the_host_as_the_browser_calls_it(nginx, host, origin, forwarded, status):
    port = nginx.address[1]
    body = json.dumps({"username": ALICE[0], "password": ALICE[1]}).encode()
    fields = [("Content-Type", "application/json"), ("Origin", origin.format(port))]
    if forwarded:
        fields.append(("X-Forwarded-Host", forwarded))
    if host is None:
        data = without_host("/jwtgate/login", [*fields, ("Content-Length", str(len(body)))], body)
    else:
        data = request("POST", "/jwtgate/login", fields=fields, body=body, host=host.format(port))
    assert wire.ask(nginx.address, data).status == status


def test_every_header_that_nginx_takes_reaches_the_server(nginx, browser):
    """nginx takes four lines of 8 KiB (large_client_header_buffers)."""
    filler = [("X-Filler", "x" * 8000)] * 3
    for target in ("/jwtgate/protected", "/files/report.txt", "/app/page"):
        assert browser.get(target, fields=filler).status == 200, target


def test_the_largest_answer_reaches_the_browser(nginx, server):
    roles = [f"role-{i:02}-{'x' * 24}" for i in range(32)]
    server.add_user("carol", "a long enough password", *roles)
    carol = Browser(nginx.address, base="/jwtgate")
    carol.login("carol", "a long enough password")
    nearly = nearly_expired(server, carol)
    for target in ("/jwtgate/me", "/files/report.txt", "/app/page"):
        response = wire.ask(nginx.address, request("GET", target, cookies={"access_token_cookie": nearly}))
        assert (response.status, len(wire.values(response))) == (200, 2), target


@pytest.mark.parametrize("size", [0, 1, 20_000, 300_000])
def test_the_application_gets_what_is_posted(nginx, browser, application, size):
    for target in ("/app/form", "/app/"):
        assert browser.post(target, body=b"x" * size).status == 200
        method, path, fields = application.requests[-1]
        assert (method, path, fields["content-length"]) == ("POST", target, str(size))


def test_the_application_gets_what_is_posted_in_chunks(nginx, browser, application):
    token = browser.value("access_token_cookie")
    fields = [("Transfer-Encoding", "chunked")]
    head = request("POST", "/app/form", fields=fields, cookies={"access_token_cookie": token})
    assert wire.ask(nginx.address, head + b"5\r\nhello\r\n0\r\n\r\n").status == 200
    assert application.requests[-1][2]["content-length"] == "5"


def test_the_application_is_for_those_who_are_logged_in(nginx, browser, application):
    assert browser.get("/app/page?x=1").body == b"hello"
    assert application.requests[-1][:2] == ("GET", "/app/page?x=1")
    asked = len(application.requests)
    for options in ({}, {"bearer": "x"}, {"cookies": {"access_token_cookie": "x"}}):
        assert wire.ask(nginx.address, request("GET", "/app/page", **options)).status == 401
    assert len(application.requests) == asked


def test_the_application_learns_who_is_asking_from_the_gate_only(nginx, browser, application):
    forged = [("Remote-User", "root"), ("Remote-Groups", "wheel"), ("remote-user", "root")]
    assert browser.get("/app/", fields=forged).status == 200
    fields = application.requests[-1][2]
    assert (fields["remote-user"], fields["remote-groups"]) == ("alice", "admin,staff")


def test_a_token_in_a_header_lets_in_and_is_not_handed_on(nginx, server, application):
    token = server.tokens(*ALICE)["access_token"]
    assert wire.ask(nginx.address, request("GET", "/app/", bearer=token)).status == 200
    assert "authorization" not in application.requests[-1][2]
    assert token not in str(application.requests[-1])


def test_logging_out_ends_it(nginx, browser):
    cookies = browser.sends_to("127.0.0.1", "http")
    assert browser.post("/jwtgate/logout", csrf="csrf_access_token").status == 200
    assert browser.jar == {}
    assert wire.ask(nginx.address, request("GET", "/app/", cookies=cookies)).status == 401
    assert wire.ask(nginx.address, request("GET", "/files/report.txt", cookies=cookies)).status == 401


def nearly_expired(server, browser) -> str:
    token = browser.value("access_token_cookie")
    return server.key.resign(token, iat=jwt.now() - 3000, nbf=jwt.now() - 3000, exp=jwt.now() + 600)


@pytest.mark.parametrize("target", GUARDED)
def test_renewed_cookies_reach_the_browser(nginx, server, browser, target):
    nearly = nearly_expired(server, browser)
    response = wire.ask(nginx.address, request("GET", target, cookies={"access_token_cookie": nearly}))
    assert response.status in (200, 404)
    renewed = wire.values(response)
    assert list(renewed) == ["access_token_cookie", "csrf_access_token"]
    assert server.lets_in(renewed["access_token_cookie"])
    assert renewed["csrf_access_token"] == browser.value("csrf_access_token")


def test_another_site_cannot_post_to_the_application(nginx, browser, application):
    fields = [("Sec-Fetch-Site", "cross-site")]
    assert browser.get("/app/", fields=fields).status == 200
    asked = len(application.requests)
    assert browser.post("/app/", fields=fields, body=b"x").status == 403
    assert len(application.requests) == asked
    assert browser.post("/app/", fields=[("Sec-Fetch-Site", "same-origin")], body=b"x").status == 200


def test_another_site_cannot_open_a_websocket(nginx, browser, application):
    fields = [("Connection", "Upgrade"), ("Upgrade", "websocket")]
    asked = len(application.requests)
    assert browser.get("/app/", fields=[*fields, ("Origin", "http://evil.example")]).status == 403
    assert len(application.requests) == asked
    assert browser.get("/app/", fields=[*fields, ("Origin", "http://127.0.0.1")]).status == 101


def test_the_gate_itself_is_not_reached_from_outside(nginx):
    assert wire.ask(nginx.address, request("GET", "/_jwtgate_auth")).status == 404


def test_nothing_of_all_this_was_an_error(nginx, browser):
    browser.get("/app/")
    lines = [line for line in nginx.errors().splitlines() if "none.txt" not in line]
    assert lines == []
    assert not wire.TOKEN.search((nginx.directory / "access.log").read_text())


def test_what_readme_shows_works(server, files, tmp_path):
    port = free_port()
    nginx = Nginx(tmp_path, port, readme_site(port, files), server.address)
    try:
        host = f"127.0.0.1:{port}"
        browser = Browser(nginx.address, host=host, base="/jwtgate")
        stranger = wire.ask(nginx.address, request("GET", "/files/report.txt", fields=[PAGE], host=host))
        assert stranger.one("Location") == f"/jwtgate/?rd=http%3A%2F%2F127.0.0.1%3A{port}%2Ffiles%2Freport.txt"
        browser.login(*ALICE)
        assert browser.get("/files/report.txt").body == b"quarterly figures"
        assert browser.post("/files/report.txt", fields=[("Sec-Fetch-Site", "cross-site")], body=b"x").status == 403
    finally:
        nginx.stop()
