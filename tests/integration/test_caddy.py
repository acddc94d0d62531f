"""The file for Caddy, run by the real one: what it lets in, what it refuses, what the application sees."""

import pytest
from support import caddy, jwt, wire
from support.browser import Browser
from support.nginx import free_port
from support.people import ALICE, BOB
from support.wire import request

PAGE = ("Accept", "text/html")


@pytest.fixture(scope="module")
def proxy(server, application, files, tmp_path_factory):
    (files / "public").mkdir(exist_ok=True)
    (files / "public" / "note.txt").write_text("for everybody")
    port = free_port()
    site = caddy.site_file(port, server.address, application, files)
    running = caddy.Caddy(tmp_path_factory.mktemp("caddy"), port, site)
    yield running
    running.stop()


def enter(proxy, who=ALICE) -> Browser:
    browser = Browser(proxy.address, base="/jwtgate")
    browser.login(*who)
    return browser


def test_the_page_and_the_api_are_reached_through_it(proxy):
    assert wire.ask(proxy.address, request("GET", "/jwtgate/")).one("Content-Type").startswith("text/html")
    assert wire.ask(proxy.address, request("GET", "/jwtgate")).one("Location") == "/jwtgate/"
    assert enter(proxy).get("/jwtgate/protected").body == b'{"logged_in_as":"alice"}'


def test_a_person_who_is_not_logged_in_is_led_to_the_login_and_a_program_told(proxy, application):
    asked = len(application.requests)
    person = wire.ask(proxy.address, request("GET", "/app/page?a=1&b", fields=[PAGE]))
    login = "/jwtgate/?rd=http%3A%2F%2F127.0.0.1%2Fapp%2Fpage%3Fa%3D1%26b"
    assert (person.status, person.one("Location")) == (302, login)
    assert wire.ask(proxy.address, request("GET", "/app/page")).status == 401
    assert wire.ask(proxy.address, request("POST", "/app/page", body=b"x")).status == 401
    assert len(application.requests) == asked


def test_the_application_learns_who_is_asking_from_the_gate_only(proxy, application):
    forged = [
        ("Remote-User", "root"), ("Remote_User", "root"), ("remote-groups", "wheel"), ("Remote_Groups", "wheel"),
        ("X-Original-URL", "https://evil.example/"), ("Authorization", "Basic eDp5"),
    ]
    assert enter(proxy).get("/app/page?x=1", fields=forged).body == b"hello"
    method, path, fields = application.requests[-1]
    assert (method, path) == ("GET", "/app/page?x=1")
    assert (fields["remote-user"], fields["remote-groups"]) == ("alice", "admin,staff")
    assert not {"remote_user", "remote_groups", "x-original-url", "authorization"} & fields.keys()


OURS = "csrf_access_token=x; __Host-blue_login_csrf=x"


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("theme=dark; {ours}; lang=ko", "theme=dark; lang=ko"),
        ("{ours}; theme=dark; {ours}; lang=ko; {ours}", "theme=dark; lang=ko"),
        ("{ours}", ""),
        ("a=access_token_cookie=1; {ours}", "a=access_token_cookie=1"),
        ("a=1;csrf_access_token =x;b=2", "a=1;b=2"),
    ],
)
def test_the_application_sees_its_own_cookies_only(proxy, server, application, sent, seen):
    token = server.tokens(*ALICE)["access_token"]
    cookies = [("Cookie", sent.format(ours=f"{OURS}; access_token_cookie={token}"))]
    assert wire.ask(proxy.address, request("GET", "/app/", fields=cookies, bearer=token)).status == 200
    assert application.requests[-1][2].get("cookie", "").rstrip("; ") == seen


def test_what_is_posted_arrives_whole(proxy, application):
    browser = enter(proxy)
    for size in (0, 1, 300_000):
        assert browser.post("/app/form", body=b"x" * size).status == 200
        assert (application.requests[-1][0], len(application.bodies[-1])) == ("POST", size)


def test_a_role_is_needed_where_the_site_says_so(proxy, application):
    assert enter(proxy, ALICE).get("/staff/page").body == b"hello"
    asked = len(application.requests)
    assert enter(proxy, BOB).get("/staff/page").status == 403
    assert wire.ask(proxy.address, request("GET", "/staff/page")).status == 401
    assert len(application.requests) == asked
    assert wire.ask(proxy.address, request("GET", "/public/note.txt")).body == b"for everybody"


@pytest.mark.parametrize("status", [200, 404, 500])
def test_renewed_cookies_reach_the_browser(proxy, server, status):
    token = enter(proxy).value("access_token_cookie")
    nearly = server.key.resign(token, iat=jwt.now() - 3000, nbf=jwt.now() - 3000, exp=jwt.now() + 600)
    response = wire.ask(proxy.address, request("GET", f"/app/{status}", cookies={"access_token_cookie": nearly}))
    assert response.status == status
    renewed = wire.values(response)
    assert list(renewed) == ["access_token_cookie", "csrf_access_token"]
    assert server.lets_in(renewed["access_token_cookie"])


def test_another_site_cannot_post_or_open_a_websocket(proxy, application):
    browser = enter(proxy)
    asked = len(application.requests)
    assert browser.post("/app/", fields=[("Sec-Fetch-Site", "cross-site")], body=b"x").status == 403
    fields = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")]
    assert browser.get("/app/", fields=[*fields, ("Origin", "http://evil.example")]).status == 403
    assert len(application.requests) == asked
    assert browser.get("/app/", fields=[*fields, ("Origin", "http://127.0.0.1")]).status == 101


def test_logging_out_ends_it(proxy):
    browser = enter(proxy)
    cookies = browser.sends_to("127.0.0.1", "http")
    assert browser.post("/jwtgate/logout", csrf="csrf_access_token").status == 200
    assert wire.ask(proxy.address, request("GET", "/app/", cookies=cookies)).status == 401


def test_an_answer_that_names_nobody_lets_nobody_in(application, files, tmp_path):
    """Caddy 2.6.2 mixes up the connections of two upstreams now and then; here it always asks the application."""
    port = free_port()
    running = caddy.Caddy(tmp_path, port, caddy.site_file(port, ("127.0.0.1", application.port), application, files))
    try:
        for target in ("/app/page", "/staff/page"):
            assert wire.ask(running.address, request("GET", target)).status == 502
    finally:
        running.stop()
