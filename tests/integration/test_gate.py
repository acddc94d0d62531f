"""GET /auth: 200, 401 or 403 on every well-formed request, and never a body."""

import pytest
from support import jwt, wire
from support.people import ALICE, BOB
from support.program import wait_until
from support.wire import request


def gate(server, *, method: str = "GET", target: str = "/auth", **options) -> wire.Response:
    with server.connect() as connection:
        response = connection.ask(request(method, target, **options))
        assert response.status in (200, 401, 403)
        assert (response.one("Content-Length"), response.body) == ("0", b"")
        assert response.one("Cache-Control") == "no-store"
        assert connection.ask(request("GET", "/healthz")).status == 200
        return response


def test_who_is_let_in_is_named(server, alice):
    claims = jwt.claims(alice.value("access_token_cookie"))
    for options in ({"cookies": alice.sends_to("127.0.0.1", "http")}, {"bearer": alice.value("access_token_cookie")}):
        response = gate(server, **options)
        assert response.status == 200
        assert response.one("Remote-User") == "alice"
        assert response.one("Remote-Groups") == "admin,staff"
        assert response.one("X-Auth-Session") == claims["sid"]
        assert response.one("X-Auth-Expires") == str(claims["exp"])


def test_a_user_without_roles_has_no_groups(server):
    assert gate(server, bearer=server.tokens(*BOB)["access_token"]).one("Remote-Groups") == ""


def test_who_is_not_let_in_is_not_named(server):
    answer = server.tokens(*ALICE)
    server.ask(request("POST", "/logout", bearer=answer["access_token"]))
    for options in ({}, {"bearer": "x"}, {"bearer": answer["access_token"]}, {"bearer": answer["refresh_token"]},
                    {"cookies": {"access_token_cookie": "x"}}, {"fields": [("Authorization", "Basic eA==")]}):
        response = gate(server, **options)
        assert response.status == 401
        assert response.one("WWW-Authenticate").startswith('Bearer realm="jwtgate"')
        assert response.one("Remote-User") is None


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_the_method_does_not_matter(server, alice, method):
    assert gate(server, method=method, cookies=alice.sends_to("127.0.0.1", "http")).status == 200
    assert gate(server, method=method).status == 401


@pytest.mark.parametrize(
    "method, source, status",
    [
        ("GET", {"Sec-Fetch-Site": "cross-site"}, 200),
        ("POST", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", {"Sec-Fetch-Site": "same-site"}, 403),
        ("POST", {"Sec-Fetch-Site": "same-origin"}, 200),
        ("DELETE", {"Origin": "https://evil.example"}, 403),
        ("DELETE", {"Origin": "http://127.0.0.1"}, 200),
        ("PUT", {"Referer": "https://evil.example/"}, 403),
        ("PUT", {}, 200),
    ],
)
@pytest.mark.parametrize("name", ["X-Original-Method", "X-Forwarded-Method"])
def test_the_original_method_decides_about_other_sites(server, alice, name, method, source, status):
    fields = [(name, method), *source.items()]
    assert gate(server, cookies=alice.sends_to("127.0.0.1", "http"), fields=fields).status == status


@pytest.mark.parametrize(
    "method, fields, status",
    [
        ("POST", {}, 200),
        ("POST", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", {"Origin": "https://evil.example"}, 403),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Upgrade": "websocket", "Connection": "upgrade"}, 403),
        ("GET", {"Origin": "https://evil.example", "Upgrade": "h2c, WebSocket"}, 403),
        ("GET", {"Origin": "https://evil.example", "Sec-WebSocket-Version": "13"}, 403),
        ("GET", {"Origin": "http://127.0.0.1", "Upgrade": "websocket", "Connection": "upgrade"}, 200),
        ("GET", {"Sec-Fetch-Site": "cross-site"}, 200),
    ],
)
@pytest.mark.parametrize("target", ["/auth", "/auth/", "/auth/app/x"])
def test_the_request_itself_decides_too(server, alice, target, method, fields, status):
    options = {"cookies": alice.sends_to("127.0.0.1", "http"), "fields": list(fields.items())}
    assert gate(server, method=method, target=target, **options).status == status


@pytest.mark.parametrize("name", ["roles", "Role", "groups", "r%6Fles", "role[]", "x"])
def test_a_parameter_that_is_not_role_closes_the_gate_and_is_named(server, alice, name):
    for query in (f"{name}=admin", f"role=admin&{name}"):
        answer = gate(server, target=f"/auth?{query}", cookies=alice.sends_to("127.0.0.1", "http"))
        assert answer.status == 403
    assert wait_until(lambda: any(name in line and "role" in line for line in server.log().splitlines()))


def test_role_may_be_encoded(server, alice):
    for query, status in [("r%6Fle=admin", 200), ("%72ole=%61dmin", 200), ("r%6Fle=ops", 403), ("role=ops&role=staff", 200)]:
        assert gate(server, target=f"/auth?{query}", cookies=alice.sends_to("127.0.0.1", "http")).status == status


def test_renewed_cookies_are_handed_to_the_proxy_one_by_one(server):
    token = server.tokens(*ALICE)["access_token"]
    claims = jwt.claims(token)
    nearly = server.key.resign(token, iat=jwt.now() - 3000, nbf=jwt.now() - 3000, exp=jwt.now() + 600)
    response = gate(server, cookies={"access_token_cookie": nearly})
    assert response.status == 200
    lines = [response.one("X-Auth-Set-Cookie-1"), response.one("X-Auth-Set-Cookie-2")]
    assert lines == response.all("Set-Cookie")
    renewed = wire.values(response)
    assert renewed["csrf_access_token"] == claims["csrf"]
    assert server.lets_in(renewed["access_token_cookie"])
    assert response.one("X-Auth-Expires") == str(jwt.claims(nearly)["exp"])


def test_a_token_of_ones_own_making_cannot_add_a_name_or_a_field(server):
    token = server.tokens(*ALICE)["access_token"]
    odd = server.key.resign(token, sub="a,b\r\nX-Evil: 1\u00e9%", roles=["a,admin", "x\ny", "\u0000", "ok"])
    response = gate(server, bearer=odd)
    assert response.status == 200
    assert response.one("Remote-User") == "a%2Cb%0D%0AX-Evil%3A%201%C3%A9%25"
    assert response.one("Remote-Groups") == "a%2Cadmin,x%0Ay,%00,ok"
    assert response.one("X-Evil") is None


@pytest.mark.parametrize(
    "fields",
    [
        [("X-Original-Method", "")],
        [("X-Original-Method", "\xff" * 100)],
        [("X-Original-URL", "http://[")],
        [("X-Forwarded-For", "," * 1000)],
        [("X-Forwarded-For", "not an address")],
        [("Sec-Fetch-Site", "\xff")],
        [("Origin", "http://\xff")],
        [("Cookie", "=" * 5000)],
        [("Cookie", "access_token_cookie=" + "a" * 9000)],
        [("Authorization", "Bearer " + "." * 5000)],
        [("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
    ],
    ids=lambda fields: f"{fields[0][0]}: {fields[0][1][:20]!r}",
)
def test_odd_fields_change_nothing_about_that(server, fields):
    gate(server, fields=fields)
    gate(server, fields=[*fields, ("X-Original-Method", "POST")])
