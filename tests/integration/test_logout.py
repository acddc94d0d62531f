"""What a logout ends, at once and for good."""

import pytest
from support import jwt
from support.people import ALICE
from support.wire import request

BODY = b'{"msg":"Logout Successful"}'


def test_a_browser_is_left_without_a_cookie(server, alice):
    access, refresh = alice.value("access_token_cookie"), alice.value("refresh_token_cookie")
    response = alice.post("/logout", csrf="csrf_access_token")
    assert (response.status, response.body) == (200, BODY)
    assert alice.jar == {}
    assert server.refusal_of(access) == "token_revoked"
    refused = server.ask(request("POST", "/refresh", bearer=refresh))
    assert (refused.status, refused.json()["error"]) == (401, "token_revoked")


@pytest.mark.parametrize("kept", ["access_token_cookie", "refresh_token_cookie"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_one_cookie_is_enough(server, alice, kept, method):
    csrf = jwt.claims(alice.value(kept))["csrf"]
    access, refresh = alice.value("access_token_cookie"), alice.value("refresh_token_cookie")
    cookies = {kept: alice.value(kept)}
    assert server.ask(request(method, "/logout", cookies=cookies, fields=[("X-CSRF-TOKEN", csrf)])).status == 200
    assert server.refusal_of(access) == "token_revoked"
    assert server.ask(request("POST", "/refresh", bearer=refresh)).status == 401


def test_either_token_in_a_header_is_enough(server):
    for kind in ("access_token", "refresh_token"):
        answer = server.tokens(*ALICE)
        response = server.ask(request("POST", "/logout", bearer=answer[kind]))
        assert (response.status, response.body) == (200, BODY)
        assert server.refusal_of(answer["access_token"]) == "token_revoked"


def test_an_expired_token_still_ends_its_session(server):
    answer = server.tokens(*ALICE)
    expired = server.key.resign(answer["access_token"], exp=jwt.now() - 10)
    assert server.ask(request("POST", "/logout", cookies={"access_token_cookie": expired})).status == 200
    assert server.refusal_of(answer["access_token"]) == "token_revoked"


def test_a_forged_token_ends_nothing(server):
    answer = server.tokens(*ALICE)
    forged = answer["access_token"][:-4] + "AAAA"
    assert server.ask(request("POST", "/logout", bearer=forged)).status == 200
    assert server.lets_in(answer["access_token"])


def test_logout_without_a_session_is_no_error(server):
    for options in ({}, {"bearer": "x"}, {"cookies": {"access_token_cookie": "x"}}):
        response = server.ask(request("POST", "/logout", **options))
        assert (response.status, response.body) == (200, BODY)
        assert len(response.all("Set-Cookie")) == 4


def test_sessions_of_all_tokens_sent_end(server):
    first, second = server.tokens(*ALICE), server.tokens(*ALICE)
    cookies = {"access_token_cookie": first["access_token"]}
    assert server.ask(request("GET", "/logout", cookies=cookies, bearer=second["access_token"])).status == 200
    assert server.refusal_of(first["access_token"]) == "token_revoked"
    assert server.refusal_of(second["access_token"]) == "token_revoked"


def test_other_sessions_of_the_user_live_on(server, alice):
    other = server.tokens(*ALICE)
    alice.post("/logout", csrf="csrf_access_token")
    assert server.lets_in(other["access_token"])


def test_logging_in_again_does_not_revive_the_old_session(server, alice):
    old = alice.value("access_token_cookie")
    alice.post("/logout", csrf="csrf_access_token")
    alice.login(*ALICE)
    assert alice.get("/protected").status == 200
    assert server.refusal_of(old) == "token_revoked"


def test_every_worker_refuses_as_soon_as_logout_has_answered(start):
    server = start("--threads", "4")
    kept = [server.connect() for _ in range(12)]
    answer = server.tokens(*ALICE)
    asking = request("GET", "/protected", bearer=answer["access_token"])
    assert {connection.ask(asking).status for connection in kept} == {200}
    assert kept[0].ask(request("POST", "/logout", bearer=answer["refresh_token"])).status == 200
    assert {connection.ask(asking).status for connection in kept} == {401}
    for connection in kept:
        connection.socket.close()
