"""An access cookie that nears its end is renewed by the next answer."""

import pytest
from support import jwt, wire
from support.people import ALICE
from support.program import wait_until
from support.wire import request


@pytest.fixture
def claims(server):
    """Those of a fresh access token."""
    return jwt.claims(server.tokens(*ALICE)["access_token"])


def ageing(claims: dict, left: int = 600, **changes) -> dict:
    """The claims of the same token later, when only so much of its life is left."""
    now = jwt.now()
    return claims | {"iat": now + left - 3600, "nbf": now + left - 3600, "exp": now + left} | changes


def with_cookie(server, claims: dict, method: str = "GET", target: str = "/protected", **options) -> wire.Response:
    return server.ask(request(method, target, cookies={"access_token_cookie": server.key.sign(claims)}, **options))


@pytest.mark.parametrize("target", ["/protected", "/me"])
def test_the_same_session_goes_on(server, claims, target):
    before = jwt.now()
    response = with_cookie(server, ageing(claims), target=target)
    assert response.status == 200
    cookies = wire.set_cookies(response)
    assert list(cookies) == ["access_token_cookie", "csrf_access_token"]
    renewed = jwt.claims(cookies["access_token_cookie"][""])
    assert list(renewed) == list(claims)
    assert {name: renewed[name] for name in ("sub", "sid", "roles", "csrf", "sxp", "type")} == {
        name: claims[name] for name in ("sub", "sid", "roles", "csrf", "sxp", "type")
    }
    assert renewed["fresh"] is False
    assert renewed["jti"] != claims["jti"]
    assert before <= renewed["iat"] <= jwt.now()
    assert renewed["exp"] == renewed["iat"] + 3600
    assert cookies["csrf_access_token"][""] == claims["csrf"]
    assert int(cookies["access_token_cookie"]["max-age"]) == 3600
    assert server.lets_in(cookies["access_token_cookie"][""])


def test_nothing_is_renewed_before_the_window(server, claims):
    assert with_cookie(server, ageing(claims, left=1900)).all("Set-Cookie") == []
    assert len(with_cookie(server, ageing(claims, left=1700)).all("Set-Cookie")) == 2


def test_a_token_from_a_header_is_never_renewed(server, claims):
    token = server.key.sign(ageing(claims))
    for target in ("/protected", "/me", "/auth"):
        response = server.ask(request("GET", target, bearer=token))
        assert response.status == 200
        assert response.all("Set-Cookie") == response.all("X-Auth-Set-Cookie-1") == []


def test_a_refusal_renews_nothing(server, claims):
    for target in ("/nowhere", "/refresh"):
        response = with_cookie(server, ageing(claims), target=target)
        assert response.status in (404, 405)
        assert response.all("Set-Cookie") == []
    assert with_cookie(server, ageing(claims, left=0)).all("Set-Cookie") == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_logout_deletes_and_renews_nothing(server, claims, method):
    response = with_cookie(server, ageing(claims), method, "/logout", fields=[("X-CSRF-TOKEN", claims["csrf"])])
    assert response.status == 200
    assert set(wire.values(response).values()) == {""}
    ended = with_cookie(server, ageing(claims))
    assert (ended.status, ended.all("Set-Cookie")) == (401, [])


def test_no_token_lives_past_the_end_of_implicit_refresh(server, claims):
    end = jwt.now() + 700
    response = with_cookie(server, ageing(claims, sxp=end))
    renewed = wire.set_cookies(response)["access_token_cookie"]
    assert (jwt.claims(renewed[""])["exp"], jwt.claims(renewed[""])["sxp"]) == (end, end)
    assert 699 <= int(renewed["max-age"]) <= 700


def test_at_that_end_nothing_is_renewed(server, claims):
    at_the_end = ageing(claims, sxp=jwt.now() + 600)
    response = with_cookie(server, at_the_end)
    assert (response.status, response.all("Set-Cookie")) == (200, [])
    assert with_cookie(server, at_the_end, target="/me").json()["refresh_at"] is None


def test_without_a_set_end_nothing_is_renewed(server, claims):
    endless = {name: value for name, value in ageing(claims).items() if name != "sxp"}
    response = with_cookie(server, endless)
    assert (response.status, response.all("Set-Cookie")) == (200, [])


def test_a_browser_stays_logged_in(start):
    server = start("--access-ttl", "40s", "--refresh-window", "39s")
    browser = server.browser()
    browser.login(*ALICE)
    first = browser.value("access_token_cookie")
    assert wait_until(lambda: browser.get("/protected").status == 200 and browser.value("access_token_cookie") != first)
    assert browser.post("/logout", csrf="csrf_access_token").status == 200
    assert browser.jar == {}
    assert not server.lets_in(first)


def test_a_login_ends_the_life_of_its_first_tokens_early_when_told_so(start):
    server = start("--implicit-refresh-max", "20m", "--session-max-age", "10m")
    answer = server.tokens(*ALICE)
    access, refresh = jwt.claims(answer["access_token"]), jwt.claims(answer["refresh_token"])
    assert answer["expires_in"] == 600
    assert access["exp"] == access["sxp"] == refresh["exp"] == access["iat"] + 600


def test_a_window_of_nothing_turns_it_off(start):
    server = start("--refresh-window", "0")
    claims = jwt.claims(server.tokens(*ALICE)["access_token"])
    response = with_cookie(server, ageing(claims, left=10), target="/me")
    assert (response.status, response.all("Set-Cookie")) == (200, [])
    assert response.json()["refresh_at"] is None
