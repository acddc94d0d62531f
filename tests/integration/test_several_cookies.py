"""Several cookies of one name: options that changed, and servers that share a host or a domain."""

import pytest
from support import wire
from support.people import ALICE
from support.program import Server
from support.wire import request

ACCESS, REFRESH = "access_token_cookie", "refresh_token_cookie"
NAMES = [ACCESS, "csrf_access_token", REFRESH, "csrf_refresh_token"]
LOGIN, STAGING, WWW = "login.example.com", "staging.example.com", "www.example.com"


@pytest.fixture
def serve(tmp_path):
    """Servers with a data directory each, by its name; the same name again is the same site after a restart."""
    running = {}

    def serve_site(name: str, *options: str, **how) -> Server:
        if name in running:
            running.pop(name).stop()
        is_new = not (tmp_path / name).exists()
        running[name] = Server(tmp_path / name, *options, **how)
        if is_new:
            running[name].add_user(*ALICE, "staff")
        return running[name]

    yield serve_site
    for one in running.values():
        one.stop()


def visit(browser, server, host: str) -> None:
    """Goes on with the same cookies at another server or host."""
    browser.address, browser.host = server.address, host


@pytest.mark.parametrize(
    "before, after",
    [(["--cookie-domain", "example.com"], []), ([], ["--cookie-domain", "example.com"]),
     (["--cookie-domain", LOGIN], []), (["--cookie-domain", LOGIN], ["--cookie-domain", "example.com"])],
    ids=["domain dropped", "domain added", "own domain dropped", "domain widened"],
)
def test_a_changed_cookie_domain_locks_nobody_out(serve, before, after):
    server = serve("site", *before)
    browser = server.browser(host=LOGIN)
    browser.login(*ALICE)
    visit(browser, serve("site", *after), LOGIN)
    assert browser.get("/protected").status == 200
    browser.login(*ALICE)
    assert len(browser.jar) == 8
    refused = browser.get("/protected")
    assert (refused.status, refused.json()["msg"]) == (401, f'Several cookies "{ACCESS}" were sent, of different sessions')
    refused = browser.post("/refresh", csrf="csrf_refresh_token")
    assert (refused.status, refused.json()["msg"]) == (401, f'Several cookies "{REFRESH}" were sent, of different sessions')
    assert browser.jar == {}
    browser.login(*ALICE)
    assert browser.get("/protected").status == 200
    assert browser.get("/logout").status == 200
    assert browser.jar == {}


def test_the_cookie_of_an_ended_session_hides_none_that_counts(serve):
    server = serve("site", "--cookie-domain", "example.com")
    browser = server.browser(host=LOGIN)
    browser.login(*ALICE)
    server.ask(request("POST", "/logout", bearer=browser.value(ACCESS)))
    server = serve("site")
    visit(browser, server, LOGIN)
    browser.login(*ALICE)
    assert browser.get("/protected").status == 200
    assert len(browser.jar) == 8
    browser.login(*ALICE)
    assert browser.get("/protected").status == 200
    assert len(browser.jar) == 4


def test_a_refresh_after_the_change_is_no_reuse(serve):
    server = serve("site", "--cookie-domain", "example.com")
    browser = server.browser(host=LOGIN)
    browser.login(*ALICE)
    visit(browser, serve("site"), LOGIN)
    for _ in range(4):
        assert browser.post("/refresh", csrf="csrf_refresh_token").status == 200
        assert browser.get("/protected").status == 200
    assert browser.get("/logout").status == 200
    assert browser.jar == {}


@pytest.mark.parametrize("then", [["--cookie-domain", "example.com"], []], ids=["__Secure-", "__Host-"])
def test_logout_deletes_the_names_that_cookie_secure_gave_before(serve, then):
    server = serve("site")
    browser = server.browser(host=LOGIN, scheme="https")
    browser.login(*ALICE)
    old = browser.value(ACCESS)
    server = serve("site", *then, cookie_secure=True)
    visit(browser, server, LOGIN)
    assert "cookie" in browser.get("/protected").json()["msg"]
    browser.login(*ALICE)
    assert browser.get("/protected").status == 200
    assert server.lets_in(old)
    for _ in range(2):  # as many at a time as fit into the head of an answer that passes nginx
        assert browser.get("/logout").status == 200
    assert browser.jar == {}
    assert not server.lets_in(old)


def test_staging_below_production_does_not_log_production_out(serve):
    production = serve("production", "--cookie-domain", "example.com")
    staging = serve("staging")
    browser = production.browser(host=WWW)
    browser.login(*ALICE)
    visit(browser, staging, STAGING)
    browser.login(*ALICE)
    assert browser.get("/protected").status == 200
    browser.login(*ALICE)
    assert browser.get("/logout").status == 200
    assert sorted(browser.jar) == sorted((name, "example.com") for name in NAMES)
    assert browser.get("/protected").status == 401
    visit(browser, production, WWW)
    assert browser.get("/protected").status == 200


def test_two_servers_on_one_host_name_each_with_a_prefix(serve):
    wiki = serve("wiki", "--cookie-prefix", "wiki_", cookie_secure=True)
    shop = serve("shop", "--cookie-prefix", "shop_", cookie_secure=True)
    browser = wiki.browser(host=LOGIN, scheme="https")
    browser.login(*ALICE)
    assert browser.get("/protected").status == 200
    visit(browser, shop, LOGIN)
    assert 'Missing cookie "__Host-shop_access_token_cookie"' in browser.get("/protected").json()["msg"]
    browser.login(*ALICE)
    assert browser.get("/protected").status == 200
    assert browser.get("/logout").status == 200
    assert browser.names() == sorted("__Host-wiki_" + name for name in NAMES)
    visit(browser, wiki, LOGIN)
    assert browser.get("/protected").status == 200


def test_an_address_has_no_domain_above_it(server, alice):
    assert {domain for _, domain in wire.cookie_forms(alice.get("/logout"))} == {""}
    assert alice.jar == {}


def test_the_gate_says_no_to_several_without_a_body(server):
    first, second = server.tokens(*ALICE)["access_token"], server.tokens(*ALICE)["access_token"]
    refused = server.ask(request("GET", "/auth", cookies=[(ACCESS, first), (ACCESS, second)], host=LOGIN))
    assert (refused.status, refused.one("Content-Length")) == (401, "0")
    assert len(wire.cookie_forms(refused)) == 4
    assert server.ask(request("GET", "/auth", cookies=[(ACCESS, "junk"), (ACCESS, first)])).status == 200
