"""How cookies are named, set and deleted, and what a browser makes of it."""

import pytest
from support import jwt, wire
from support.people import ALICE
from support.wire import request

NAMES = ["access_token_cookie", "csrf_access_token", "refresh_token_cookie", "csrf_refresh_token"]
DEVICE = "login_device"  # outlives a logout
FOR_SCRIPTS = {"csrf_access_token", "csrf_refresh_token"}
SITES = {
    "plain": ("", [], {}),
    "secure": ("__Host-", [], {"secure": ""}),
    "secure for a domain": ("__Secure-", ["--cookie-domain", "example.com"], {"secure": "", "domain": "example.com"}),
    "strict": ("__Host-", ["--cookie-samesite", "Strict"], {"secure": "", "samesite": "Strict"}),
    "for other sites": ("__Host-", ["--cookie-samesite", "None"], {"secure": "", "samesite": "None"}),
}


@pytest.mark.parametrize("prefix, options, expected", SITES.values(), ids=SITES.keys())
def test_attributes(start, prefix, options, expected):
    server = start(*options, cookie_secure="secure" in expected)
    common = {"path": "/", "samesite": "Lax"} | expected
    cookies = wire.set_cookies(server.ask(wire.login(*ALICE)))
    assert list(cookies) == [prefix + name for name in [*NAMES, DEVICE]]
    for name in cookies:
        name = name.removeprefix(prefix)
        attributes = dict(cookies[prefix + name])
        value, age = attributes.pop(""), int(attributes.pop("max-age"))
        assert attributes == common | ({} if name in FOR_SCRIPTS else {"httponly": ""})
        assert abs(age - (365 * 86400 if name == DEVICE else 30 * 86400 if "refresh" in name else 3600)) <= 1
        assert value
    for kind in ("access", "refresh"):
        token = cookies[f"{prefix}{kind}_token_cookie"][""]
        assert cookies[f"{prefix}csrf_{kind}_token"][""] == jwt.claims(token)["csrf"]


@pytest.mark.parametrize("prefix, options, expected", SITES.values(), ids=SITES.keys())
def test_deletion_names_the_same_cookies(start, prefix, options, expected):
    server = start(*options, cookie_secure="secure" in expected)
    made = wire.set_cookies(server.ask(wire.login(*ALICE)))
    deleted = wire.set_cookies(server.ask(request("GET", "/logout")))
    assert sorted([*deleted, prefix + DEVICE]) == sorted(made)
    for name, attributes in deleted.items():
        gone = {"": "", "max-age": "0", "expires": "Thu, 01 Jan 1970 00:00:00 GMT"}
        assert attributes == made[name] | gone


def test_a_browser_keeps_secure_cookies_behind_https_only(start):
    server = start(cookie_secure=True)
    over_https = server.browser(scheme="https", host="login.example.com")
    over_https.login(*ALICE)
    assert over_https.names() == sorted("__Host-" + name for name in NAMES)
    assert over_https.get("/protected").status == 200
    assert over_https.sends_to("login.example.com", "http") == {}
    assert over_https.sends_to("shop.example.com", "https") == {}

    over_http = server.browser(host="login.example.com")
    over_http.login(*ALICE)
    assert over_http.jar == {}


def test_cookies_of_a_domain_reach_its_hosts(start):
    server = start("--cookie-domain", "example.com", cookie_secure=True)
    browser = server.browser(scheme="https", host="login.example.com")
    browser.login(*ALICE)
    assert len(browser.sends_to("shop.example.com", "https")) == 5
    assert browser.sends_to("example.org", "https") == {}
    assert browser.post("/logout", csrf="csrf_access_token").status == 200
    assert browser.jar == {}
    assert list(browser.devices) == [("__Secure-" + DEVICE, "example.com")]


def test_scripts_see_the_csrf_values_only(alice):
    assert set(alice.script_sees()) == FOR_SCRIPTS


def test_an_unprefixed_cookie_does_not_count_where_a_prefix_is_due(start):
    server = start(cookie_secure=True)
    token = server.tokens(*ALICE)["access_token"]
    response = server.ask(request("GET", "/protected", cookies={"access_token_cookie": token}))
    assert response.status == 401
    assert 'Missing cookie "__Host-access_token_cookie"' in response.json()["msg"]
    assert server.ask(request("GET", "/protected", cookies={"__Host-access_token_cookie": token})).status == 200


def test_foreign_cookies_do_not_hide_ours(server):
    token = server.tokens(*ALICE)["access_token"]
    for line in (
        f"a; access_token_cookie={token}; b=\"c\"; =d",
        f";;access_token_cookie={token}",
        f"a=b;access_token_cookie={token}",
        f"access_token_cookie={token}; access_token_cookie={token}",
    ):
        assert server.ask(request("GET", "/protected", fields=[("Cookie", line)])).status == 200, line


def test_the_first_location_that_holds_a_token_decides(start):
    server = start()
    token = server.tokens(*ALICE)["access_token"]
    bad_cookie = request("GET", "/protected", cookies={"access_token_cookie": "x"}, bearer=token)
    bad_header = request("GET", "/protected", cookies={"access_token_cookie": token}, bearer="x")
    assert (server.ask(bad_cookie).status, server.ask(bad_header).status) == (401, 200)
    server.stop()
    server = start("--token-location", "headers,cookies")
    assert (server.ask(bad_cookie).status, server.ask(bad_header).status) == (200, 401)
    server.stop()
    server = start("--token-location", "headers")
    assert server.ask(request("GET", "/protected", cookies={"access_token_cookie": token})).status == 401
    assert server.lets_in(token)
    server.stop()
    server = start("--token-location", "cookies")
    assert not server.lets_in(token)
    assert server.ask(request("GET", "/protected", cookies={"access_token_cookie": token})).status == 200
