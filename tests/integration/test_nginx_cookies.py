"""What the application behind nginx sees of cookies: its own, and never the server's."""

import pytest
from support import wire
from support.people import ALICE
from support.wire import request

OURS = ["access_token_cookie", "csrf_access_token", "refresh_token_cookie", "csrf_refresh_token", "login_device"]


@pytest.mark.parametrize("prefix", ["", "__Host-", "__Secure-", "blue_", "__Host-blue_", "__Secure-Blue-2."])
@pytest.mark.parametrize("place", range(5))
def test_the_application_sees_its_own_cookies_only(nginx, browser, application, prefix, place):
    cookies = [f"{prefix}{name}=secret" for name in OURS[1:]]
    cookies[place:place] = ["theme=dark", f"access_token_cookie={browser.value('access_token_cookie')}", "lang=ko"]
    response = wire.ask(nginx.address, request("GET", "/app/", fields=[("Cookie", "; ".join(cookies))]))
    assert response.status == 200
    assert application.requests[-1][2]["cookie"].rstrip("; ") == "theme=dark; lang=ko"


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("a=1", "a=1"),
        ("a=1; b=2; c=3", "a=1; b=2; c=3"),
        ("a=access_token_cookie=1", "a=access_token_cookie=1"),
        ("a=1;csrf_access_token=secret;b=2", "a=1;b=2"),
        ("csrf_access_token =secret; b=2", "b=2"),
        (";;csrf_access_token=secret;; ;b=2", ";;; ;b=2"),
        ("a=1; csrf_access_token=secret", "a=1"),
        ("a=1; csrf_access_token", "a=1; csrf_access_token"),
        ('a="1; csrf_access_token=secret; 2"', 'a="1; 2"'),
        ("a=1; " + "".join(f"{name}=secret; __Host-{name}=secret; b=2; " for name in OURS[1:]), "a=1" + "; b=2" * 4),
        ("; ".join(f"c{i}={i}" for i in range(600)), "; ".join(f"c{i}={i}" for i in range(600))),
        (";" * 7000, ";" * 7000),
        ("csrf_" * 1500 + "=1", "csrf_" * 1500 + "=1"),
    ],
    ids=lambda cookies: cookies[:16],
)
def test_what_stands_around_our_cookies_is_handed_on(nginx, server, application, sent, seen):
    token = server.tokens(*ALICE)["access_token"]
    response = wire.ask(nginx.address, request("GET", "/app/", fields=[("Cookie", sent)], bearer=token))
    assert response.status == 200
    assert application.requests[-1][2]["cookie"].rstrip("; ") == seen.rstrip("; ")


def test_cookies_of_the_application_reach_it(nginx, browser, application):
    cookies = {"theme": "dark"} | browser.sends_to("127.0.0.1", "http") | {"lang": "ko"}
    assert wire.ask(nginx.address, request("GET", "/app/", cookies=cookies)).status == 200
    assert application.requests[-1][2]["cookie"].rstrip("; ") == "theme=dark; lang=ko"


def test_a_flood_of_our_cookies_is_not_handed_on(nginx, browser, application):
    cookies = f"access_token_cookie={browser.value('access_token_cookie')}; " + "csrf_access_token=secret; " * 20
    assert wire.ask(nginx.address, request("GET", "/app/", fields=[("Cookie", cookies + "theme=dark")])).status == 200
    assert "secret" not in application.requests[-1][2].get("cookie", "")


def test_no_pattern_gave_up(nginx):
    assert nginx.errors() == ""
