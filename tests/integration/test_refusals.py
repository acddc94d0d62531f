"""Every row of the table of refusals, as bytes over a socket, and that the server still serves afterwards."""

import pytest
from refused_requests import BODIES, CREDENTIALS, CSRF, MEDIA_TYPES, MISSING, ROUTES, SIZES
from refused_tokens import NO_CLAIM, TOKENS
from support import jwt, wire
from support.people import ALICE
from support.refusals import Row, World, bearer
from support.wire import request

TABLE = {
    "credentials": CREDENTIALS,
    "body": BODIES,
    "media type": MEDIA_TYPES,
    "missing": MISSING,
    "token": TOKENS,
    "csrf": CSRF,
    "route": ROUTES,
    "size": SIZES,
}

NOT_BEARER = "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'"


def challenge_of(row: Row) -> str:
    without_token = row.error in ("token_missing", "bad_credentials")
    return 'Bearer realm="jwtgate"' + ("" if without_token else ', error="invalid_token"')


@pytest.fixture(scope="module")
def world(server):
    return World(server)


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{group}: {row.name}") for group, rows in TABLE.items() for row in rows]
)
def test_refuses(world, row):
    data = row.make(world)
    with world.server.connect() as connection:
        response = connection.ask(data)
        assert response.status == row.status
        assert response.json() == {"msg": row.msg, "error": row.error}
        assert response.one("Cache-Control") == "no-store"
        assert response.one("X-Content-Type-Options") == "nosniff"
        assert response.all("Set-Cookie") == []
        assert response.one("WWW-Authenticate") == (challenge_of(row) if row.status == 401 else None)
        for name, value in row.fields.items():
            assert response.one(name) == value
        if row.closes:
            assert response.one("Connection") == "close"
            assert connection.is_closed_by_peer()
        else:
            assert connection.ask(bearer(world.access)).status == 200
    assert world.server.lets_in(world.access)


def test_a_disabled_user_is_told_what_an_unknown_one_is(server):
    server.add_user("carol", "carols own secret")
    assert server.user("disable", "carol").returncode == 0
    disabled, unknown = (server.ask(wire.login(name, "carols own secret")) for name in ("carol", "nobody"))
    assert (disabled.status, disabled.body) == (401, unknown.body)
    assert [name for name, _ in disabled.fields] == [name for name, _ in unknown.fields]


def test_head_is_refused_without_a_body(server):
    response = server.ask(request("HEAD", "/protected"))
    assert (response.status, response.body) == (401, b"")
    assert int(response.one("Content-Length")) > 0


@pytest.mark.parametrize(
    "location, fields, msg",
    [
        ("cookies", [], 'Missing cookie "access_token_cookie"'),
        ("cookies", [("Authorization", "Bearer x")], 'Missing cookie "access_token_cookie"'),
        ("headers", [], "Missing Authorization Header"),
        ("headers", [("Authorization", "Basic eA==")], NOT_BEARER),
        (
            "headers,cookies",
            [],
            'Missing JWT in headers or cookies (Missing Authorization Header; Missing cookie "access_token_cookie")',
        ),
    ],
)
def test_a_missing_token_is_named_by_where_it_was_looked_for(start, location, fields, msg):
    server = start("--token-location", location)
    response = server.ask(request("GET", "/protected", fields=fields))
    assert (response.status, response.json()) == (401, {"msg": msg, "error": "token_missing"})


def test_issuer_and_audience_are_put_in_and_required(start):
    server = start("--issuer", "https://login.example.com", "--audience", "shop")
    token = server.tokens(*ALICE)["access_token"]
    claims = jwt.claims(token)
    assert list(claims)[6:10] == ["csrf", "aud", "iss", "exp"]
    assert (claims["iss"], claims["aud"]) == ("https://login.example.com", "shop")
    assert server.lets_in(token)
    for changes, msg in [
        ({"iss": None}, NO_CLAIM),
        ({"iss": "https://login.example.com/"}, "Invalid issuer"),
        ({"aud": None}, NO_CLAIM),
        ({"aud": "Shop"}, "Audience doesn't match"),
        ({"aud": ["other"]}, "Audience doesn't match"),
    ]:
        response = server.ask(bearer(server.key.resign(token, **changes)))
        assert (response.status, response.json()) == (401, {"msg": msg, "error": "token_malformed"}), changes
    assert server.lets_in(server.key.resign(token, aud=["other", "shop"]))


def test_leeway_prolongs_and_a_clock_set_back_a_little_refuses_nobody(start):
    server = start("--leeway", "5s")
    token = server.tokens(*ALICE)["access_token"]
    now = jwt.now()
    assert server.lets_in(server.key.resign(token, exp=now - 2))
    assert server.lets_in(server.key.resign(token, nbf=now + 9, iat=now + 9))
    assert server.refusal_of(server.key.resign(token, exp=now - 5)) == "token_expired"


def test_a_full_password_pool_answers_busy_at_once(start):
    server = start("--password-pool", "1", "--login-failures", "0", "--login-failures-address", "0")
    flood = [server.connect(timeout=120) for _ in range(90)]  # hashing has the lowest priority
    try:
        for connection in flood:
            connection.send(wire.login("nobody", "some password"))
        responses = [connection.receive() for connection in flood]
    finally:
        for connection in flood:
            connection.socket.close()
    refused = [response for response in responses if response.status == 503]
    assert {response.status for response in responses} == {401, 503}
    for response in refused:
        assert response.json() == {"msg": "Try again later", "error": "busy"}
        assert int(response.one("Retry-After")) >= 1
    server.tokens(*ALICE)
