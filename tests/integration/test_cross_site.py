"""Requests that another site makes a browser send."""

import pytest
from support import wire
from support.people import ALICE
from support.program import wait_until
from support.wire import request

# What the browser says of where a request comes from, and whether an unsafe one passes.
SOURCES = [
    ({}, True),
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "something"}, False),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://site.example"}, False),
    ({"Origin": "http://site.example"}, True),
    ({"Origin": "https://site.example"}, True),
    ({"Origin": "https://SITE.example"}, True),
    ({"Origin": "http://site.example:80"}, True),
    ({"Origin": "http://site.example:8080"}, False),
    ({"Origin": "http://evil.example"}, False),
    ({"Origin": "http://site.example.evil.example"}, False),
    ({"Origin": "http://evil.example/site.example"}, False),
    ({"Origin": "http://site.example:80.evil.example"}, False),
    ({"Origin": "http://site.example:80.x"}, False),
    ({"Origin": "http://site.example/"}, False),
    ({"Origin": "file://site.example"}, False),
    ({"Origin": "http://site.example@evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Origin": "http://evil.example", "Referer": "http://site.example/"}, False),
    ({"Referer": "http://site.example/page?x=http://evil.example"}, True),
    ({"Referer": "http://evil.example/?http://site.example/"}, False),
    ({"Referer": "http://site.example/?a=b|c"}, True),
    ({"Referer": "http://site.example/[%"}, True),
    ({"Referer": "about:blank"}, False),
]


def name_of(source: dict) -> str:
    return ", ".join(f"{name}: {value}" for name, value in source.items()) or "nothing"


@pytest.mark.parametrize("source, passes", SOURCES, ids=[name_of(source) for source, _ in SOURCES])
def test_unsafe_requests_pass_from_the_same_site_only(server, alice, source, passes):
    fields = list(source.items())
    body = {"username": f"nobody-{SOURCES.index((source, passes))}", "password": "x"}
    for target, options, allowed in [
        ("/login", {"body": body}, 401),
        ("/token", {"body": body}, 401),
        ("/refresh", {"bearer": "x"}, 401),
        ("/logout", {}, 200),
    ]:
        response = server.ask(request("POST", target, fields=fields, host="site.example", **options))
        assert response.status == (allowed if passes else 403), target
        if not passes:
            assert response.json() == {"msg": "Cross-site request refused", "error": "cross_site"}
    assert alice.get("/protected", fields=fields).status == 200


@pytest.mark.parametrize("site, status", [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)])
def test_a_link_logs_out_unless_it_comes_from_another_site(alice, site, status):
    assert alice.get("/logout", fields=[("Sec-Fetch-Site", site)]).status == status
    assert (alice.jar == {}) == (status == 200)


NOT_ASKED_FOR = [
    ("Sec-Purpose", "prefetch"),
    ("Sec-Purpose", "prefetch;prerender"),
    ("Purpose", "prefetch"),
    ("X-Moz", "prefetch"),
    ("X-Purpose", "preview"),
    ("Sec-Fetch-Dest", "image"),
    ("Sec-Fetch-Dest", "iframe"),
    ("Referer", "http://evil.example/"),
    ("Origin", "null"),
]


@pytest.mark.parametrize("field", NOT_ASKED_FOR, ids=": ".join)
def test_a_link_that_nobody_followed_logs_nobody_out(alice, field):
    response = alice.get("/logout", fields=[field])
    assert (response.status, response.json()["error"], response.all("Set-Cookie")) == (403, "cross_site", [])
    assert alice.get("/protected").status == 200


def test_looking_at_the_logout_logs_nobody_out(alice):
    response = alice.ask("HEAD", "/logout")
    assert (response.status, response.one("Allow")) == (405, "POST, GET")
    assert alice.get("/protected").status == 200


def test_a_trusted_proxy_names_the_host_and_a_refusal_both_names(server):
    body = {"username": "nobody", "password": "x"}
    fields = [("Origin", "https://login.example")]
    assert server.ask(request("POST", "/login", fields=fields, body=body, host="10.1.2.3:8080")).status == 403
    assert wait_until(lambda: "https://login.example" in server.log() and "10.1.2.3:8080" in server.log())
    for named, status in [("login.example", 401), ("login.example, b", 403), ("evil.example", 403)]:
        forwarded = [*fields, ("X-Forwarded-Host", named)]
        assert server.ask(request("POST", "/login", fields=forwarded, body=body, host="10.1.2.3")).status == status


def test_nobody_names_the_host_where_no_proxy_is_trusted(start):
    server = start("--trusted-proxy", "none")
    fields = [("Origin", "https://login.example"), ("X-Forwarded-Host", "login.example")]
    assert server.ask(request("POST", "/logout", fields=fields, host="10.1.2.3")).status == 403


def test_csrf_protection_guards_cookies_and_not_headers(server, alice):
    assert alice.post("/refresh").json()["error"] == "csrf"
    token = server.tokens(*ALICE)
    assert server.ask(request("POST", "/refresh", bearer=token["refresh_token"])).status == 200
    assert server.ask(request("POST", "/logout", bearer=token["access_token"])).status == 200


@pytest.mark.parametrize("csrf", ["csrf_access_token", "csrf_refresh_token"])
def test_logout_takes_the_value_of_either_token(alice, csrf):
    assert alice.post("/logout").json()["error"] == "csrf"
    assert alice.get("/protected").status == 200
    assert alice.post("/logout", csrf=csrf).status == 200


def test_values_of_another_session_do_not_count(server, alice):
    other = server.browser()
    other.login(*ALICE)
    fields = [("X-CSRF-TOKEN", other.value("csrf_refresh_token"))]
    assert alice.post("/refresh", fields=fields).json()["error"] == "csrf"


def test_csrf_protection_can_be_turned_off(start):
    server = start("--csrf-protect", "false")
    browser = server.browser()
    browser.login(*ALICE)
    assert browser.post("/refresh").status == 200
    assert browser.post("/logout").status == 200
    assert server.ask(wire.request("POST", "/login", fields=[("Origin", "null")], body={})).status == 403
