"""Pages of other sites that `origin` names, and those that it does not."""

from support.people import ALICE
from support.wire import request

APP = "https://app.example"


def test_a_page_of_another_origin_logs_in_and_reads_the_answers(start):
    server = start("--origin", f"{APP}:443", "--origin", "http://localhost:3000")
    wanted = (("Origin", APP), ("Sec-Fetch-Site", "cross-site"))
    asked = server.ask(request("OPTIONS", "/login", fields=(*wanted, ("Access-Control-Request-Method", "POST"))))
    assert asked.status == 204
    assert asked.one("Access-Control-Allow-Methods") == "POST"
    answer = server.ask(request("POST", "/login", fields=wanted, body={"username": ALICE[0], "password": ALICE[1]}))
    assert answer.status == 200
    for got in (asked, answer):
        assert got.one("Access-Control-Allow-Origin") == APP
        assert got.one("Access-Control-Allow-Credentials") == "true"
        assert got.one("Vary") == "Origin"


def test_nobody_else_is_told_anything(start):
    server = start("--origin", APP)
    for origin in ("https://app.example.evil.example", "http://app.example", "null"):
        answer = server.ask(request("GET", "/protected", fields=[("Origin", origin)]))
        assert answer.one("Access-Control-Allow-Origin") is None
        assert server.ask(request("POST", "/refresh", fields=[("Origin", origin)])).json()["error"] == "cross_site"
