"""Logging in, asking, refreshing: what each route answers."""

import pytest
from support import jwt, wire
from support.people import ALICE, BOB

ACCESS_CLAIMS = ["fresh", "iat", "jti", "type", "sub", "nbf", "csrf", "exp", "sid", "roles", "sxp"]
REFRESH_CLAIMS = ["fresh", "iat", "jti", "type", "sub", "nbf", "csrf", "exp", "sid", "ctr"]
NO_STORE = ("Cache-Control", "no-store")
NO_SNIFF = ("X-Content-Type-Options", "nosniff")


def test_login_answers_exactly_what_the_front_end_expects(server):
    response = server.ask(wire.login(*ALICE))
    assert response.status == 200
    assert response.body == b'{"login":true}'
    assert NO_STORE in response.fields and NO_SNIFF in response.fields
    assert len(response.all("Set-Cookie")) == 5


def test_tokens_hold_the_claims_of_the_contract_in_order(server):
    before = jwt.now()
    answer = server.tokens(*ALICE)
    assert list(answer) == ["access_token", "refresh_token", "token_type", "expires_in"]
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)

    access, refresh = jwt.claims(answer["access_token"]), jwt.claims(answer["refresh_token"])
    for token in (answer["access_token"], answer["refresh_token"]):
        assert list(jwt.header(token).items()) == list(server.key.header().items())
        assert jwt.is_good(token, server.key)
    assert list(access) == ACCESS_CLAIMS
    assert list(refresh) == REFRESH_CLAIMS
    assert before <= access["iat"] <= jwt.now()
    assert access["nbf"] == access["iat"] == refresh["iat"] == refresh["nbf"]
    assert access["exp"] - access["iat"] == 3600
    assert access["sxp"] - access["iat"] == 24 * 3600
    assert refresh["exp"] - refresh["iat"] == 30 * 24 * 3600
    assert (access["type"], refresh["type"]) == ("access", "refresh")
    assert (access["sub"], access["roles"], access["fresh"]) == ("alice", ["admin", "staff"], True)
    assert access["sid"] == refresh["sid"]
    assert access["csrf"] != refresh["csrf"]
    assert refresh["ctr"] == 1


def test_identifiers_are_random_and_of_128_bits(server):
    first, second = (server.tokens(*ALICE) for _ in range(2))
    named = {"access_token": ("jti", "sid", "csrf"), "refresh_token": ("jti", "csrf")}
    ids = [jwt.claims(answer[kind])[name] for answer in (first, second) for kind in named for name in named[kind]]
    assert len(set(ids)) == len(ids)
    assert all(len(jwt.decode(text)) >= 16 for text in ids)
    assert all(jwt.claims(answer["access_token"])["sid"][0].isalnum() for answer in (first, second))


def test_token_sets_no_cookie(server):
    response = server.ask(wire.login(*ALICE, "/token"))
    assert response.all("Set-Cookie") == []
    assert NO_STORE in response.fields


@pytest.mark.parametrize("name", ["Alice", "ALICE"])
def test_names_fold_to_lower_case(server, name):
    answer = server.tokens(name, ALICE[1])
    assert jwt.claims(answer["access_token"])["sub"] == "alice"


def test_passwords_count_exactly_as_sent(server):
    name, password = ALICE
    for changed in (password + " ", " " + password, password.upper(), password[:-1], password + "\t"):
        assert server.ask(wire.login(name, changed)).status == 401


def test_unknown_members_of_the_body_are_ignored(server):
    body = {"username": ALICE[0], "password": ALICE[1], "remember": {"a": [1, {"b": None}]}}
    assert server.ask(wire.request("POST", "/login", body=body)).status == 200


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
def test_charset_utf_8_may_be_named(server, content_type):
    body = b'{"username":"alice","password":"correct horse battery"}'
    fields = [("Content-Type", content_type)]
    assert server.ask(wire.request("POST", "/login", fields=fields, body=body)).status == 200


def test_protected_names_the_user(server, alice):
    response = alice.get("/protected")
    assert (response.status, response.body) == (200, b'{"logged_in_as":"alice"}')
    assert NO_STORE in response.fields and NO_SNIFF in response.fields


def test_me_shows_the_session_and_the_token(server, alice):
    token = alice.value("access_token_cookie")
    claims = jwt.claims(token)
    answer = alice.get("/me").json()
    assert list(answer) == ["username", "roles", "session", "fresh", "expires", "refresh_at", "token"]
    assert (answer["username"], answer["roles"], answer["fresh"]) == ("alice", ["admin", "staff"], True)
    assert answer["session"]["id"] == claims["sid"]
    assert answer["session"]["created"] == claims["iat"]
    assert answer["session"]["expires"] > claims["exp"]
    assert (answer["expires"], answer["refresh_at"]) == (claims["exp"], claims["exp"] - 1800)
    assert answer["token"] == {"header": jwt.header(token), "claims": claims}


def test_refresh_by_cookie_rotates_and_keeps_the_session(server, alice):
    old_access, old_refresh = (jwt.claims(alice.value(f"{kind}_token_cookie")) for kind in ("access", "refresh"))
    response = alice.post("/refresh", csrf="csrf_refresh_token")
    assert (response.status, response.body) == (200, b'{"refresh":true}')
    assert len(response.all("Set-Cookie")) == 4

    new_access, new_refresh = (jwt.claims(alice.value(f"{kind}_token_cookie")) for kind in ("access", "refresh"))
    assert (new_refresh["ctr"], new_refresh["sid"], new_refresh["csrf"]) == (2, old_refresh["sid"], old_refresh["csrf"])
    assert new_refresh["jti"] != old_refresh["jti"]
    assert (new_access["sid"], new_access["csrf"]) == (old_access["sid"], old_access["csrf"])
    assert new_access["jti"] != old_access["jti"]
    assert new_access["fresh"] is False
    assert alice.get("/protected").status == 200


def test_refresh_by_header_answers_as_token_does(server):
    answer = server.tokens(*BOB)
    response = server.ask(wire.request("POST", "/refresh", bearer=answer["refresh_token"]))
    assert response.status == 200
    assert response.all("Set-Cookie") == []
    renewed = response.json()
    assert list(renewed) == ["access_token", "refresh_token", "token_type", "expires_in"]
    assert jwt.claims(renewed["refresh_token"])["ctr"] == 2
    assert server.lets_in(renewed["access_token"])


def test_health_needs_nobody(server):
    response = server.ask(wire.request("GET", "/healthz"))
    assert (response.status, response.body) == (200, b'{"status":"ok"}')


def test_the_page_is_served_under_a_strict_policy(server):
    response = server.ask(wire.request("GET", "/"))
    assert response.status == 200
    assert response.one("Content-Type").startswith("text/html")
    policy = response.one("Content-Security-Policy")
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
