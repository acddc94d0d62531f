"""The rules of the gate: what decides, what is refused as ambiguous, at start, and what `jwtgate rule explain` says."""

import pytest
from support import program, wire
from support.nginx import Nginx, free_port
from support.people import ALICE, BOB
from support.program import Server, wait_until
from support.wire import request

RULES = [
    "app.example/public/* public",
    "app.example/api/* preflight",
    "GET,HEAD app.example/api/* user",
    "app.example/admin/* role:admin",
    "app.example/ops/* role:ops",
    "app.example/exact user",
    "*/health public",
]


def flags(rules) -> list[str]:
    return [part for rule in rules for part in ("--rule", rule)]


@pytest.fixture(scope="module")
def server(data_dir):
    with Server(data_dir, *flags(RULES)) as running:
        running.add_user(*ALICE, "staff", "admin")
        running.add_user(*BOB)
        yield running


@pytest.fixture(scope="module")
def tokens(server):
    """Access tokens by name; nobody has none."""
    found = {name: server.tokens(name, password)["access_token"] for name, password in (ALICE, BOB)}
    return found | {"nobody": None}


def by_nginx(url: str, method: str = "GET"):
    return [("X-Original-URL", url), ("X-Original-Method", method)]


def by_traefik(host: str, uri: str, method: str = "GET"):
    return [
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", host),
        ("X-Forwarded-Uri", uri),
        ("X-Forwarded-Method", method),
    ]


def gate(server, fields, *, bearer=None, target="/auth"):
    response = server.ask(request("GET", target, fields=fields, bearer=bearer))
    assert response.status in (200, 401, 403)
    assert (response.one("Content-Length"), response.body) == ("0", b"")
    return response


@pytest.mark.parametrize(
    "path, nobody, bob, alice",
    [
        ("/public", 200, 200, 200),
        ("/public/x?y=/../admin", 200, 200, 200),
        ("/publicity", 403, 403, 403),
        ("/api/x", 401, 200, 200),
        ("/admin", 401, 403, 200),
        ("/admin/", 401, 403, 200),
        ("/%61dmin/x", 401, 403, 200),
        ("/ops/", 401, 403, 403),
        ("/exact", 401, 200, 200),
        ("/exact/", 401, 200, 200),
        ("/exact/more", 403, 403, 403),
        ("/", 403, 403, 403),
        ("/health", 200, 200, 200),
    ],
)
@pytest.mark.parametrize("way", ["nginx", "traefik"])
def test_the_first_rule_that_fits_decides(server, tokens, way, path, nobody, bob, alice):
    asked = by_nginx(f"https://app.example{path}") if way == "nginx" else by_traefik("app.example", path)
    for name, status in (("nobody", nobody), ("bob", bob), ("alice", alice)):
        answer = gate(server, asked, bearer=tokens[name])
        assert answer.status == status, name
        named = name if status == 200 and name != "nobody" else None
        assert answer.one("Remote-User") == named


def test_a_method_that_no_rule_names_is_refused(server, tokens):
    assert gate(server, by_nginx("https://app.example/api/x", "HEAD"), bearer=tokens["bob"]).status == 200
    for method in ("POST", "DELETE", "OPTIONS"):
        assert gate(server, by_nginx("https://app.example/api/x", method), bearer=tokens["bob"]).status == 403


def test_a_preflight_passes_where_a_rule_says_so(server):
    cors = [("Origin", "https://other.example"), ("Access-Control-Request-Method", "PUT")]
    passed = gate(server, [*by_nginx("https://app.example/api/x", "OPTIONS"), *cors])
    assert (passed.status, passed.one("Remote-User")) == (200, None)
    assert gate(server, [*by_nginx("https://app.example/api/x", "GET"), *cors]).status == 401
    assert gate(server, [*by_nginx("https://app.example/admin/x", "OPTIONS"), *cors]).status == 401
    assert gate(server, [*by_nginx("https://app.example/api/x", "OPTIONS"), cors[0]]).status == 403


# Each of these has opened a door in a program of this kind, or would open one behind some server.
AMBIGUOUS = [
    "/public/../admin/",
    "/public/./../admin/",
    "/public/..",
    "/public/%2e%2e/admin/",
    "/public/.%2e/admin/",
    "/public/%252e%252e/admin/",
    "/public/..%2fadmin/",
    "/public%2f..%2fadmin",
    "/public/..%5cadmin",
    "/public/..\\admin",
    "/public/..;/admin/",
    "/public/;/admin",
    "/public/x;y",
    "/public/%3b",
    "/public#/../admin",
    "/public/%23/../admin",
    "/public/x#",
    "/public/%3f/admin",
    "/public//admin",
    "//admin/",
    "//public/",
    "/public/%00",
    "/public/%0d%0aX: y",
    "/public/%",
    "/public/%zz",
    "/public/%c0%ae%c0%ae/admin",
    "/public/%ff",
    "/public/\xe4",
    "/PUBLIC/",
    "/Admin/",
    "/%41DMIN",
    "",
    "public/",
    "?/public/",
    "#/public/",
    "@evil.example/public/",
    ".evil.example/public/",
    ":80@evil.example/public/",
    "\\/public/",
]


@pytest.mark.parametrize("path", AMBIGUOUS)
def test_what_two_readers_could_take_for_two_requests_is_refused(server, tokens, path):
    for name in ("nobody", "alice"):
        assert gate(server, by_nginx(f"https://app.example{path}"), bearer=tokens[name]).status == 403
        assert gate(server, by_traefik("app.example", path), bearer=tokens[name]).status == 403


@pytest.mark.parametrize("host", ["APP.example", "app.example.", "app.EXAMPLE.:8443", "app.example:80"])
def test_hosts_fold(server, tokens, host):
    for asked in (by_nginx(f"https://{host}/admin/"), by_traefik(host, "/admin/")):
        assert gate(server, asked, bearer=tokens["alice"]).status == 200
        assert gate(server, asked, bearer=tokens["bob"]).status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "app.example.evil.example", "xapp.example", "app.example..", "", "app.example,x", "a@app.example"]
)
def test_other_hosts_have_no_rules(server, tokens, host):
    assert gate(server, by_nginx(f"https://{host}/public/"), bearer=tokens["alice"]).status == 403
    assert gate(server, by_traefik(host, "/public/"), bearer=tokens["alice"]).status == 403


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [("X-Original-Method", "GET")],
        [("X-Original-URL", "https://app.example/public/")],
        [("X-Original-URI", "/public/"), ("X-Original-Method", "GET")],
        [("X_Original_URL", "https://app.example/public/"), ("X-Original-Method", "GET")],
        [*by_nginx("https://app.example/public/"), ("x-original-url", "https://app.example/public/")],
        [*by_nginx("https://app.example/public/"), ("X-Original-Method", "GET")],
        by_nginx("ftp://app.example/public/"),
        by_nginx("http://["),
        by_nginx("https://app.example/public/", "get"),
        by_nginx("https://app.example/public/", ""),
        by_traefik("app.example", "/public/")[:3],
        [*by_traefik("app.example", "/public/"), ("X-Forwarded-Host", "app.example")],
        [*by_traefik("app.example", "/public/"), ("X-Forwarded-Uri", "/public/")],
        by_traefik("app.example, app.example", "/public/"),
        by_traefik("app.example", "https://app.example/public/"),
        [*by_traefik("app.example", "/ops/"), *by_nginx("https://app.example/public/")],
        [*by_traefik("app.example", "/public/"), *by_nginx("https://app.example/ops/")],
        [*by_traefik("app.example", "/public/"), *by_nginx("https://other.example/public/")],
        [*by_traefik("app.example", "/public/", "POST"), *by_nginx("https://app.example/public/")],
    ],
)
def test_a_question_that_is_not_clear_is_refused(server, tokens, fields):
    for bearer in (None, tokens["alice"]):
        assert gate(server, fields, bearer=bearer).status == 403


@pytest.mark.parametrize("target", ["/auth/", "/auth/public/", "/auth//"])
def test_with_rules_the_gate_is_asked_at_its_own_path(server, tokens, target):
    asked = by_nginx("https://app.example/public/")
    assert gate(server, asked, target=target, bearer=tokens["alice"]).status == 403


def test_roles_of_the_location_stay_needed(server, tokens):
    asked = by_nginx("https://app.example/public/")
    assert gate(server, asked, target="/auth?role=staff", bearer=tokens["alice"]).status == 200
    assert gate(server, asked, target="/auth?role=staff", bearer=tokens["bob"]).status == 403
    assert gate(server, asked, target="/auth?role=staff").status == 401
    assert gate(server, asked, target="/auth?roles=staff").status == 403


def test_a_session_that_has_ended_is_nobody(server):
    token = server.tokens(*ALICE)["access_token"]
    server.ask(request("POST", "/logout", bearer=token))
    opened = gate(server, by_nginx("https://app.example/public/"), bearer=token)
    assert (opened.status, opened.one("Remote-User"), opened.one("Remote-Groups")) == (200, None, None)
    assert gate(server, by_nginx("https://app.example/admin/"), bearer=token).status == 401


def test_other_sites_are_refused_before_any_rule(server):
    foreign = ("Sec-Fetch-Site", "cross-site")
    assert gate(server, [*by_nginx("https://app.example/public/", "POST"), foreign]).status == 403
    assert gate(server, [*by_nginx("https://app.example/public/", "GET"), foreign]).status == 200


def test_only_a_trusted_proxy_may_ask(start):
    server = start("--trusted-proxy", "192.0.2.1", *flags(RULES))
    token = server.tokens(*ALICE)["access_token"]
    for path in ("public", "admin"):
        assert gate(server, by_nginx(f"https://app.example/{path}/"), bearer=token).status == 403
    assert wait_until(lambda: "trusted-proxy" in server.log())


def test_what_no_rule_can_be_applied_to_is_logged_in_words_and_seldom(start):
    server = start(*flags(RULES))
    for _ in range(20):
        gate(server, by_nginx("https://app.example/public/..;/secret-path"))
        gate(server, [])
    lines = [line for line in server.log().splitlines() if "no rule can be applied" in line]
    assert 4 <= len(lines) <= 20 and "secret-path" not in "".join(lines)
    assert any("semicolon" in line for line in lines) and any("X-Original-URL" in line for line in lines)


def test_rules_come_from_the_file_and_the_environment_too(tmp_path):
    config = tmp_path / "jwtgate.toml"
    config.write_text('rule = [\n  "app.example/x/* public",  # open\n  "GET,HEAD app.example/* user",\n]\n')
    with Server(tmp_path / "data", "--config", str(config)) as server:
        assert gate(server, by_nginx("https://app.example/x/")).status == 200
        assert gate(server, by_nginx("https://app.example/y")).status == 401
    with Server(tmp_path / "data", variables={"JWTGATE_RULE": "a/* user; b/* public"}) as server:
        assert gate(server, by_nginx("https://a/")).status == 401
        assert gate(server, by_nginx("https://b/")).status == 200
    shown = program.run("config", "show", "--data-dir", tmp_path / "data", "--config", config)
    assert 'rule = ["app.example/x/* public", "GET,HEAD app.example/* user"]' in shown.stdout


@pytest.mark.parametrize(
    "rules, named",
    [
        ([""], "empty rule"),
        (["app.example/* users"], '"users" is none of public, user, role:NAME and preflight'),
        (["app.example/* role:Admin"], '"Admin" is no role'),
        (["app.example user"], "has no path"),
        (["/admin/* user"], "names no host"),
        (["app.example/admin* user"], "behind a slash"),
        (["https://app.example/* user"], "without http://"),
        (["app.example:8443/* user"], "without port"),
        (["*.example/* user"], "not for a part of one"),
        (["get app.example/* user"], '"get" is no method'),
        (["app.example/../* user"], "segment"),
        (["app.example/* user", "app.example/admin/* role:admin"], "rule 2"),
        (["none", "app.example/* user"], '"none" is no rule'),
    ],
)
def test_what_is_no_rule_is_refused_at_start(tmp_path, rules, named):
    for command in (["serve", "--listen", "127.0.0.1:0"], ["config", "check"], ["rule", "explain", "https://a/"]):
        done = program.run(*command, "--data-dir", tmp_path / "data", *flags(rules))
        assert (done.returncode, done.stdout) == (2, ""), done
        assert done.stderr.startswith("jwtgate: rule (command line): ")
        assert named in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()


def explain(directory, *arguments, rules=RULES, variables=None):
    done = program.run("rule", "explain", *arguments, "--data-dir", directory, *flags(rules), variables=variables)
    assert done.stderr == "", done
    return done.returncode, done.stdout


def test_explain_says_what_the_gate_answers(server, tokens, data_dir):
    for path in ("/public", "/api/x", "/admin/x", "/ops/", "/exact/", "/exact/more", "/", "/health", "/Admin/", "/public/..;/"):
        for name, token in tokens.items():
            url = f"https://app.example{path}"
            status = gate(server, by_nginx(url), bearer=token).status
            who = [] if name == "nobody" else ["--user", name]
            code, text = explain(data_dir, url, *who)
            assert f"The gate answers {status}: " in text
            assert code == (0 if status == 200 else 1)


def test_explain_names_the_rule_and_the_reason(server, data_dir):
    code, text = explain(data_dir, "https://app.example/ops/x?y", "--user", "Alice")
    assert (code, text.splitlines()[4:]) == (
        1,
        ['Rule 5, "app.example/ops/* role:ops", decides and lets users with the role ops in.',
         "The gate answers 403: alice has the roles admin, staff."],
    )
    assert text.splitlines()[0] == 'Rule 1, "app.example/public/* public", is for another path.'
    code, text = explain(data_dir, "https://app.example/public/%2e%2e/admin")
    assert code == 1 and "percent-encoded, so no rule can be applied" in text
    assert explain(data_dir, "https://app.example/api/", "--preflight")[0] == 0
    assert explain(data_dir, "https://app.example/api/", "--method", "OPTIONS")[0] == 1
    code, text = explain(data_dir, "https://app.example", variables={"JWTGATE_RULE": "x/* user"})
    assert code == 1 and "no rule is for this" in text


def test_explain_without_a_server_and_without_rules(tmp_path):
    program.add_user(tmp_path / "data", *BOB)
    assert explain(tmp_path / "data", "https://app.example/api/", "--user", "bob")[0] == 0
    program.user(tmp_path / "data", "disable", "bob")
    code, text = explain(tmp_path / "data", "https://app.example/api/", "--user", "bob")
    assert code == 1 and "401: bob is disabled" in text
    code, text = explain(tmp_path / "data", "https://app.example/api/", rules=[])
    assert code == 1 and "no rules" in text


@pytest.mark.parametrize(
    "arguments, code, named",
    [
        (["app.example/x"], 2, "http"),
        (["https://"], 2, "http"),
        (["https://app.example/x", "--method", "get"], 2, "method"),
        (["https://app.example/x", "--user", "nobody"], 1, "No such user"),
        ([], 2, "URL"),
        (["https://app.example/x", "--role", "x"], 2, "--role"),
    ],
)
def test_explain_used_wrongly(server, data_dir, arguments, code, named):
    done = program.run("rule", "explain", *arguments, "--data-dir", data_dir, *flags(RULES))
    assert (done.returncode, done.stdout) == (code, ""), done
    assert named in done.stderr and len(done.stderr.splitlines()) == 1


SITE = """
server {{
    listen 127.0.0.1:{port};
    server_name {host};
    include snippets/jwtgate-location.conf;
    location / {{
        auth_request /_jwtgate_auth;
        include snippets/jwtgate-gate.conf;
        try_files /nothing =404;    # return would answer before nginx asks
    }}
}}
"""


@pytest.fixture(scope="module")
def sites(server, tmp_path_factory):
    """nginx with a host that has rules and one that has none."""
    port = free_port()
    text = "".join(SITE.format(host=host, port=port) for host in ("app.example", "closed.example"))
    running = Nginx(tmp_path_factory.mktemp("nginx"), port, text, server.address)
    yield running
    running.stop()


def through(nginx, target, *, host="app.example", fields=(), bearer=None, method="GET"):
    """404 is what nginx answers for whom the gate lets in."""
    with wire.Connection(nginx.address) as connection:
        return connection.ask(request(method, target, host=host, fields=fields, bearer=bearer)).status


def test_behind_nginx(sites, tokens):
    assert through(sites, "/public/x") == 404
    assert through(sites, "/admin/x") == 401
    assert through(sites, "/admin/x", bearer=tokens["bob"]) == 403
    assert through(sites, "/admin/x", bearer=tokens["alice"]) == 404
    assert through(sites, "/api/x", bearer=tokens["alice"], method="DELETE") == 403
    assert through(sites, "/public/x", host="closed.example") == 403


def test_what_clients_send_to_nginx_opens_nothing(sites, tokens):
    claims = [
        *by_nginx("https://app.example/public/"),
        *by_traefik("app.example", "/public/"),
        ("X-Original-URI", "/public/"),
        ("X_Original_URL", "https://app.example/public/"),
    ]
    assert through(sites, "/ops/x", fields=claims, bearer=tokens["alice"]) == 403
    assert through(sites, "/ops/x", fields=claims) == 401
    assert through(sites, "/ops/x", fields=by_nginx("https://app.example/public/"), bearer=tokens["alice"]) == 403
    for target in ("/public/../ops/x", "/public/%2e%2e/ops/x", "//ops/x", "/public/..;/ops", "/public/%2fops", "/ops%2f..%2fpublic/"):
        assert through(sites, target, bearer=tokens["alice"]) in (400, 403), target
    # Of an absolute target nginx takes the host, whatever Host says.
    assert through(sites, "http://closed.example/public/", bearer=tokens["alice"]) == 403
    assert through(sites, "http://app.example/ops/", host="closed.example", bearer=tokens["alice"]) == 403
