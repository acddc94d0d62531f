"""The example for nginx, run by the real one: what it lets in, what it refuses, what the application sees."""

import pytest
from support import jwt, wire
from support.browser import Browser
from support.nginx import Application, Nginx
from support.people import ALICE
from support.wire import request

OURS = ["access_token_cookie", "csrf_access_token", "refresh_token_cookie", "csrf_refresh_token", "login_device"]


@pytest.fixture(scope="module")
def application():
    running = Application()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def nginx(server, application, tmp_path_factory):
    files = tmp_path_factory.mktemp("files")
    (files / "report.txt").write_text("quarterly figures")
    running = Nginx(tmp_path_factory.mktemp("nginx"), server.address, application, files)
    yield running
    running.stop()


@pytest.fixture
def browser(nginx):
    """alice, logged in through nginx."""
    logged_in = Browser(nginx.address)
    logged_in.login(*ALICE)
    return logged_in


def test_the_page_and_the_api_are_reached_through_it(nginx, browser):
    assert wire.ask(nginx.address, request("GET", "/")).one("Content-Type").startswith("text/html")
    assert browser.get("/protected").body == b'{"logged_in_as":"alice"}'
    assert browser.post("/refresh", csrf="csrf_refresh_token").status == 200
    assert browser.get("/me").json()["fresh"] is False


def test_files_are_for_those_who_are_logged_in(nginx, browser):
    assert browser.get("/files/report.txt").body == b"quarterly figures"
    assert browser.get("/files/none.txt").status == 404
    stranger = wire.ask(nginx.address, request("GET", "/files/report.txt"))
    assert stranger.status == 302
    assert stranger.one("Location").endswith("/")
    assert b"quarterly" not in stranger.body


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


@pytest.mark.parametrize("prefix", ["", "__Host-", "__Secure-"])
@pytest.mark.parametrize("place", range(5))
def test_the_application_sees_its_own_cookies_only(nginx, browser, application, prefix, place):
    cookies = [f"{prefix}{name}=secret" for name in OURS[1:]]
    cookies[place:place] = ["theme=dark", f"access_token_cookie={browser.value('access_token_cookie')}", "lang=ko"]
    response = wire.ask(nginx.address, request("GET", "/app/", fields=[("Cookie", "; ".join(cookies))]))
    assert response.status == 200
    assert application.requests[-1][2]["cookie"].rstrip("; ") == "theme=dark; lang=ko"


def test_cookies_of_the_application_reach_it(nginx, browser, application):
    cookies = {"theme": "dark"} | browser.sends_to("127.0.0.1", "http") | {"lang": "ko"}
    assert wire.ask(nginx.address, request("GET", "/app/", cookies=cookies)).status == 200
    assert application.requests[-1][2]["cookie"].rstrip("; ") == "theme=dark; lang=ko"


def test_a_flood_of_our_cookies_is_not_handed_on(nginx, browser, application):
    cookies = f"access_token_cookie={browser.value('access_token_cookie')}; " + "csrf_access_token=secret; " * 20
    assert wire.ask(nginx.address, request("GET", "/app/", fields=[("Cookie", cookies + "theme=dark")])).status == 200
    assert "secret" not in application.requests[-1][2].get("cookie", "")


def test_logging_out_ends_it(nginx, browser):
    cookies = browser.sends_to("127.0.0.1", "http")
    assert browser.post("/logout", csrf="csrf_access_token").status == 200
    assert browser.jar == {}
    assert wire.ask(nginx.address, request("GET", "/app/", cookies=cookies)).status == 401
    assert wire.ask(nginx.address, request("GET", "/files/report.txt", cookies=cookies)).status == 302


@pytest.mark.parametrize("target", ["/files/report.txt", "/files/none.txt", "/app/page"])
def test_renewed_cookies_reach_the_browser(nginx, server, browser, target):
    token = browser.value("access_token_cookie")
    nearly = server.key.resign(token, iat=jwt.now() - 3000, nbf=jwt.now() - 3000, exp=jwt.now() + 600)
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


def test_the_gate_itself_is_not_reached_from_outside(nginx):
    assert wire.ask(nginx.address, request("GET", "/_auth")).status == 404


def test_nothing_of_all_this_was_an_error(nginx, browser):
    browser.get("/app/")
    lines = [line for line in nginx.errors().splitlines() if "none.txt" not in line]
    assert lines == []
    assert not wire.TOKEN.search((nginx.directory / "access.log").read_text())
