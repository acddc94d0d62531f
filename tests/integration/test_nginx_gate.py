"""What the example site for nginx does for an application that knows nothing of logins."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from support import jwt, wire
from support.browser import Browser
from support.load import Client, goes_on, load_of, outcomes_of
from support.nginx import DEPLOY, Nginx, free_port, site_file, with_changes
from support.people import ALICE, BOB
from support.wire import request

PAGE = ("Accept", "text/html")


@contextmanager
def running(directory, port, site, server):
    nginx = Nginx(directory, port, site, server.address)
    try:
        yield nginx
    finally:
        nginx.stop()


def enter(nginx, who=ALICE) -> Browser:
    browser = Browser(nginx.address, base="/jwtgate")
    browser.login(*who)
    return browser


def nearly_expired(server, browser) -> dict[str, str]:
    token = browser.value("access_token_cookie")
    return {"access_token_cookie": server.key.resign(token, iat=jwt.now() - 3000, nbf=jwt.now() - 3000, exp=jwt.now() + 600)}


def test_a_login_leads_back_to_the_page_that_was_asked_for(nginx):
    """Without scripts, as a person's browser goes: the page, the login, the form, and back."""
    browser = Browser(nginx.address, base="/jwtgate")
    login = browser.get("/app/page?a=1&b=2", fields=[PAGE]).one("Location")
    page = browser.get(login).body.decode()
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    back = page.split('name="rd" value="')[1].split('"')[0].replace("&amp;", "&")
    form = "&".join(f"{name}={quote(value, safe='')}" for name, value in
                    {"csrf": csrf, "rd": back, "username": ALICE[0], "password": ALICE[1]}.items())
    fields = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", "http://127.0.0.1")]
    answer = browser.post("/jwtgate/login", fields=fields, body=form.encode())
    assert (answer.status, answer.one("Location")) == (303, "http://127.0.0.1/app/page?a=1&b=2")
    assert browser.get("/app/page?a=1&b=2").body == b"hello"


def test_a_role_is_needed_where_the_site_says_so(nginx, application):
    assert enter(nginx, ALICE).get("/staff/page").body == b"hello"
    asked = len(application.requests)
    assert enter(nginx, BOB).get("/staff/page").status == 403
    assert wire.ask(nginx.address, request("GET", "/staff/page")).status == 401
    assert len(application.requests) == asked


def test_a_part_for_everybody_asks_nobody(nginx, server):
    assert wire.ask(nginx.address, request("GET", "/public/report.txt")).body == b"quarterly figures"


@pytest.mark.parametrize("status", [200, 201, 302, 401, 403, 404, 500, 503])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_renewed_cookies_reach_the_browser_whatever_the_application_answers(nginx, server, browser, method, status):
    cookies = nearly_expired(server, browser)
    body = b"x" if method == "POST" else None
    response = wire.ask(nginx.address, request(method, f"/app/{status}", cookies=cookies, body=body))
    assert response.status == status
    renewed = wire.values(response)
    assert list(renewed) == ["access_token_cookie", "csrf_access_token"]
    assert server.lets_in(renewed["access_token_cookie"])


def test_a_page_that_asks_for_64_things_at_once_gets_them_all(nginx, server, browser):
    cookies = nearly_expired(server, browser)
    ask = lambda i: wire.ask(nginx.address, request("GET", f"/app/{i}?{i}", cookies=cookies))  # noqa: E731
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(ask, [200] * 64))
    assert {answer.status for answer in answers} == {200}
    tokens = [wire.values(answer)["access_token_cookie"] for answer in answers]
    assert {jwt.claims(token)["sid"] for token in tokens} == {jwt.claims(cookies["access_token_cookie"])["sid"]}
    assert {wire.values(answer)["csrf_access_token"] for answer in answers} == {browser.value("csrf_access_token")}
    assert all(server.lets_in(token) for token in tokens)


FORGED = [
    ("Remote-User", "root"), ("remote-user", "root"), ("REMOTE-USER", "root"), ("Remote_User", "root"), ("remote_groups", "wheel"),
    ("Remote-Groups", "wheel"), ("X-Auth-Session", "s"), ("X-Auth-Expires", "9"), ("X_Auth_Session", "s"),
]


@pytest.mark.parametrize("underscores", ["off", "on"])
def test_whatever_a_client_says_of_itself_is_replaced(server, application, files, tmp_path, underscores):
    port = free_port()
    site = site_file(port, application, files)
    site = with_changes(site, {"server_name app.example.org;\n    \n": f"server_name _;\n    underscores_in_headers {underscores};\n"})
    with running(tmp_path, port, site, server) as nginx:
        assert enter(nginx).get("/app/", fields=FORGED).status == 200
        fields = {name.replace("_", "-"): value for name, value in application.requests[-1][2].items()}
        assert (fields["remote-user"], fields["remote-groups"]) == ("alice", "admin,staff")
        assert not {"root", "wheel", "s", "9"} & set(fields.values())


def test_the_gate_is_told_the_original_url_by_nginx_alone(nginx, browser):
    forged = [("X-Original-URL", "https://evil.example/"), ("X-Forwarded-Uri", "/x"), ("X-Original-Method", "GET"), PAGE]
    stranger = wire.ask(nginx.address, request("GET", "/app/", fields=forged))
    assert stranger.one("Location") == "/jwtgate/?rd=http%3A%2F%2F127.0.0.1%2Fapp%2F"
    fields = [("X-Original-Method", "GET"), ("X-Forwarded-Method", "GET"), ("Sec-Fetch-Site", "cross-site")]
    assert browser.post("/app/", fields=fields, body=b"x").status == 403


def test_an_address_that_is_too_long_to_lead_back_to_leads_to_the_page(nginx):
    response = wire.ask(nginx.address, request("GET", "/app/" + "x" * 4000, fields=[PAGE]))
    assert (response.status, response.one("Location")) == (302, "/jwtgate/")


def test_websockets_pass_through_it(nginx, browser):
    fields = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Origin", "http://127.0.0.1")]
    cookies = browser.sends_to("127.0.0.1", "http")
    with wire.Connection(nginx.address) as connection:
        connection.send(request("GET", "/app/socket", fields=fields, cookies=cookies))
        assert connection.receive().status == 101
        connection.send(b"hello there")
        assert connection.take(11) == b"hello there"


def test_a_reload_of_nginx_under_load_shows_no_client_an_error(nginx, browser):
    cookies = browser.sends_to("127.0.0.1", "http")
    clients = [Client(nginx.address, [request("GET", "/app/", cookies=cookies)], keeps) for keeps in (True, False) for _ in range(4)]
    with load_of(clients):
        for _ in range(3):
            assert goes_on(clients)
            nginx.reload()
        assert goes_on(clients)
    outcomes = outcomes_of(clients)
    assert outcomes.keys() <= {"GET 200", "raced"}, outcomes


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=app.example.org",
         "-addext", "subjectAltName=DNS:app.example.org", "-keyout", folder / "key", "-out", folder / "pem"],
        check=True, capture_output=True,
    )
    return folder / "pem", folder / "key"


def test_the_site_as_it_is_with_tls_and_http_2(server, application, files, tmp_path, certificate):
    port, plain = free_port(), free_port()
    site = with_changes(
        (DEPLOY / "example-site.conf").read_text(),
        {
            "listen 80;": f"listen 127.0.0.1:{plain};", "listen [::]:80;": "",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;", "listen [::]:443 ssl http2;": "",
            "/etc/ssl/app.example.org.pem": str(certificate[0]), "/etc/ssl/private/app.example.org.key": str(certificate[1]),
            "127.0.0.1:3000": f"127.0.0.1:{application.port}", "/srv/files/": f"{files}/", "/srv/public/": f"{files}/",
        },
    )

    def curl(*arguments):
        done = subprocess.run(
            ["curl", "--silent", "--include", "--cacert", certificate[0], "--connect-to", f"app.example.org:443:127.0.0.1:{port}",
             "--connect-to", f"app.example.org:80:127.0.0.1:{plain}", "--cookie", tmp_path / "jar", "--cookie-jar", tmp_path / "jar",
             *arguments],
            check=True, capture_output=True, text=True,
        )
        head, _, body = done.stdout.partition("\n\n")
        return head.lower(), body

    with running(tmp_path, port, site, server):
        head, _ = curl("http://app.example.org/app/?x")
        assert "301" in head.split("\n")[0] and "location: https://app.example.org/app/?x" in head
        head, _ = curl("--http2", "-H", "Accept: text/html", "https://app.example.org/app/?x")
        assert head.startswith("http/2 302")
        assert "location: /jwtgate/?rd=https%3a%2f%2fapp.example.org%2fapp%2f%3fx" in head
        body = f'{{"username":"{ALICE[0]}","password":"{ALICE[1]}"}}'
        head, said = curl("--http2", "--json", body, "https://app.example.org/jwtgate/login")
        assert (head.split()[1], said) == ("200", '{"login":true}')
        head, said = curl("--http2", "https://app.example.org/app/?x")
        assert said == "hello" and "strict-transport-security: max-age=31536000" in head
        assert application.requests[-1][2]["remote-user"] == "alice"
        assert "access_token" not in application.requests[-1][2].get("cookie", "")
