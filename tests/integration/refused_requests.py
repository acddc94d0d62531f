"""Requests that are refused whatever their token holds: the rest of the table of refusals."""

from support import wire
from support.people import ALICE
from support.refusals import Row, authorization, login, sent_by
from support.wire import request

LOGIN_BODY = b'{"username":"alice","password":"correct horse battery"}'
BAD_HEADER = "Bad Authorization header. Expected 'Authorization: Bearer <JWT>'"
IN_BOTH = 'Missing JWT in cookies or headers (Missing cookie "{}"; Missing Authorization Header)'

NO_SUCH = (401, "Bad username or password", "bad_credentials")
CREDENTIALS = [
    Row("unknown user", lambda w: wire.login("nobody", ALICE[1]), *NO_SUCH),
    Row("wrong password", lambda w: wire.login("alice", "wrong password"), *NO_SUCH),
    Row("empty password", lambda w: wire.login("alice", ""), *NO_SUCH),
    Row("empty name", lambda w: wire.login("", ALICE[1]), *NO_SUCH),
    Row("name that cannot be", lambda w: wire.login("../alice", ALICE[1]), *NO_SUCH),
    Row("name with a space behind it", lambda w: wire.login("alice ", ALICE[1]), *NO_SUCH),
    Row("name longer than any", lambda w: wire.login("a" * 4000, ALICE[1]), *NO_SUCH),
    Row("password longer than any", lambda w: wire.login("alice", "p" * 4000), *NO_SUCH),
    Row("SQL in the name", lambda w: wire.login("alice' OR '1'='1", ALICE[1]), *NO_SUCH),
    Row("at /token", lambda w: wire.login("alice", "wrong password", "/token"), *NO_SUCH),
]

BAD_JSON = (400, "Body is not JSON", "bad_request")
NOT_AN_OBJECT = (400, "Body is not a JSON object", "bad_request")
TWICE = (400, "Body has a duplicate name", "bad_request")
NOT_TEXT = (400, "A member that is needed is not a string", "bad_request")
WITH_NUL = (400, "A member that is needed has a NUL in it", "bad_request")
BODIES = [
    Row("no JSON", lambda w: login(b"username=alice"), *BAD_JSON),
    Row("empty body", lambda w: login(b""), *BAD_JSON),
    Row("cut off", lambda w: login(LOGIN_BODY[:-1]), *BAD_JSON),
    Row("text behind it", lambda w: login(LOGIN_BODY + b"{}"), *BAD_JSON),
    Row("bad UTF-8", lambda w: login(b'{"username":"\xff","password":"x"}'), *BAD_JSON),
    Row("nested too deeply", lambda w: login(b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}"), *BAD_JSON),
    Row("an array", lambda w: login(b"[" + LOGIN_BODY + b"]"), *NOT_AN_OBJECT),
    Row("a string", lambda w: login(b'"alice"'), *NOT_AN_OBJECT),
    Row("null", lambda w: login(b"null"), *NOT_AN_OBJECT),
    Row("duplicate name", lambda w: login(b'{"username":"bob",' + LOGIN_BODY[1:]), *TWICE),
    Row("duplicate name, escaped", lambda w: login(rb'{"\u0075sername":"bob",' + LOGIN_BODY[1:]), *TWICE),
    Row("duplicate name, deep", lambda w: login(b'{"x":[{"y":{"a":1,"a":2}}],' + LOGIN_BODY[1:]), *TWICE),
    Row("name missing", lambda w: login(b'{"password":"x"}'), 400, "Missing username", "bad_request"),
    Row("password missing", lambda w: login(b'{"username":"alice"}'), 400, "Missing password", "bad_request"),
    Row("name is a number", lambda w: login(b'{"username":1,"password":"x"}'), *NOT_TEXT),
    Row("password is an array", lambda w: login(b'{"username":"a","password":["x"]}'), *NOT_TEXT),
    Row("NUL in the name", lambda w: login(rb'{"username":"alice\u0000","password":"x"}'), *WITH_NUL),
    Row("NUL in the password",
        lambda w: login(rb'{"username":"alice","password":"correct horse battery\u0000"}'), *WITH_NUL),
]

NOT_JSON = (415, "Content-Type must be application/json", "media_type")
MEDIA_TYPES = [
    Row("no Content-Type", lambda w: login(LOGIN_BODY, ("Accept", "*/*")), *NOT_JSON),
    Row("a form with files", lambda w: login(b"username=alice", ("Content-Type", "multipart/form-data; boundary=x")), *NOT_JSON),
    Row("text/plain, as a foreign form can send",
        lambda w: login(LOGIN_BODY, ("Content-Type", "text/plain")), *NOT_JSON),
    Row("other charset", lambda w: login(LOGIN_BODY, ("Content-Type", "application/json; charset=latin1")), *NOT_JSON),
    Row("nearly JSON", lambda w: login(LOGIN_BODY, ("Content-Type", "application/json2")), *NOT_JSON),
    Row("blank inside", lambda w: login(LOGIN_BODY, ("Content-Type", "application /json")), *NOT_JSON),
    Row("in quotes", lambda w: login(LOGIN_BODY, ("Content-Type", '"application/json"')), *NOT_JSON),
    Row("empty", lambda w: login(LOGIN_BODY, ("Content-Type", "")), *NOT_JSON),
    Row("two of them",
        lambda w: login(LOGIN_BODY, ("Content-Type", "application/json"), ("Content-Type", "text/plain")), *NOT_JSON),
    Row("gzip", lambda w: login(LOGIN_BODY, ("Content-Type", "application/json"), ("Content-Encoding", "gzip")),
        415, "Content-Encoding is not supported", "media_type"),
]

NO_ACCESS = (401, IN_BOTH.format("access_token_cookie"), "token_missing")
NO_REFRESH = (401, IN_BOTH.format("refresh_token_cookie"), "token_missing")
BAD_BEARER = (401, BAD_HEADER, "token_malformed")
MISSING = [
    Row("nothing at all", lambda w: request("GET", "/protected"), *NO_ACCESS),
    Row("nothing at /me", lambda w: request("GET", "/me"), *NO_ACCESS),
    Row("nothing at /refresh", lambda w: request("POST", "/refresh"), *NO_REFRESH),
    Row("empty cookie", lambda w: sent_by(w, "GET", "/protected", cookies={"access_token_cookie": ""}), 401,
        IN_BOTH.format("access_token_cookie"), "token_missing"),
    Row("cookie of another name",
        lambda w: sent_by(w, "GET", "/protected", cookies={"Access_token_cookie": w.access}), 401,
        IN_BOTH.format("access_token_cookie"), "token_missing"),
    Row("Basic", lambda w: authorization("Basic YWxpY2U6eA=="), *NO_ACCESS),
    Row("token without Bearer", lambda w: authorization(w.access), *NO_ACCESS),
    Row("Bearer alone", lambda w: authorization("Bearer"), *BAD_BEARER),
    Row("Bearer and a space", lambda w: authorization("Bearer "), *BAD_BEARER),
    Row("two tokens", lambda w: authorization(f"Bearer {w.access} {w.access}"), *BAD_BEARER),
    Row("two Authorization fields", lambda w: request("GET", "/protected", fields=[
        ("Authorization", f"Bearer {w.access}"), ("Authorization", f"Bearer {w.access}")]), *BAD_BEARER),
]


NO_CSRF = (403, "Missing CSRF token", "csrf")
WRONG_CSRF = (403, "CSRF double submit tokens do not match", "csrf")
CROSS_SITE = (403, "Cross-site request refused", "cross_site")
CSRF = [
    Row("refresh without", lambda w: sent_by(w, "POST", "/refresh"), *NO_CSRF),
    Row("refresh with an empty one", lambda w: sent_by(w, "POST", "/refresh", ("X-CSRF-TOKEN", "")), *NO_CSRF),
    Row("refresh with a wrong one", lambda w: sent_by(w, "POST", "/refresh", ("X-CSRF-TOKEN", "x")), *WRONG_CSRF),
    Row("refresh with that of the access token",
        lambda w: sent_by(w, "POST", "/refresh", ("X-CSRF-TOKEN", w.csrf)), *WRONG_CSRF),
    Row("refresh with two of them", lambda w: sent_by(
        w, "POST", "/refresh", ("X-CSRF-TOKEN", w.refresh_csrf), ("X-CSRF-TOKEN", w.refresh_csrf)), *WRONG_CSRF),
    Row("refresh with the cookie only", lambda w: sent_by(
        w, "POST", "/refresh",
        cookies={"refresh_token_cookie": w.refresh, "csrf_refresh_token": w.refresh_csrf}), *NO_CSRF),
    Row("refresh with a pair of one's own", lambda w: sent_by(
        w, "POST", "/refresh", ("X-CSRF-TOKEN", "x"),
        cookies={"refresh_token_cookie": w.refresh, "csrf_refresh_token": "x"}), *WRONG_CSRF),
    Row("logout without", lambda w: sent_by(w, "POST", "/logout"), *NO_CSRF),
    Row("logout with a wrong one", lambda w: sent_by(w, "POST", "/logout", ("X-CSRF-TOKEN", "x")), *WRONG_CSRF),
    Row("login from another site", lambda w: request(
        "POST", "/login", fields=[("Sec-Fetch-Site", "cross-site")],
        body={"username": "alice", "password": "x"}), *CROSS_SITE),
    Row("logout link on another site",
        lambda w: sent_by(w, "GET", "/logout", ("Sec-Fetch-Site", "cross-site")), *CROSS_SITE),
]

NOT_FOUND = (404, "Not found", "not_found")
NOT_ALLOWED = (405, "Method not allowed", "method")
ROUTES = [
    Row("no such path", lambda w: request("GET", "/nowhere"), *NOT_FOUND),
    Row("path with a slash more", lambda w: request("GET", "/protected/"), *NOT_FOUND),
    Row("path of other case", lambda w: request("GET", "/Protected"), *NOT_FOUND),
    Row("path in escapes", lambda w: request("GET", "/%70rotected"), *NOT_FOUND),
    Row("path outside", lambda w: request("GET", "/../../etc/passwd"), *NOT_FOUND),
    Row("POST to no such path", lambda w: request("POST", "/nowhere", body=b""), *NOT_FOUND),
    Row("GET /login", lambda w: request("GET", "/login"), *NOT_ALLOWED, fields={"Allow": "POST"}),
    Row("GET /token", lambda w: request("GET", "/token"), *NOT_ALLOWED, fields={"Allow": "POST"}),
    Row("GET /refresh", lambda w: request("GET", "/refresh"), *NOT_ALLOWED, fields={"Allow": "POST"}),
    Row("PUT /logout", lambda w: request("PUT", "/logout"), *NOT_ALLOWED, fields={"Allow": "POST, GET"}),
    Row("DELETE /protected", lambda w: request("DELETE", "/protected"), *NOT_ALLOWED, fields={"Allow": "GET, HEAD"}),
    Row("method of other case", lambda w: request("get", "/healthz"), *NOT_ALLOWED, fields={"Allow": "GET, HEAD"}),
    Row("method of one's own", lambda w: request("BREW", "/healthz"), *NOT_ALLOWED, fields={"Allow": "GET, HEAD"}),
]

SIZES = [
    Row("body too large",
        lambda w: login(b"x" * (16 * 1024 + 1)), 413, "Request body is too large", "too_large", closes=True),
    Row("body announced too large", lambda w: b"POST /login HTTP/1.1\r\nHost: h\r\nContent-Length: 16385\r\n\r\n",
        413, "Request body is too large", "too_large", closes=True),
    Row("target too large",
        lambda w: request("GET", "/" + "a" * (8 * 1024)), 414, "Request target is too large", "too_large", closes=True),
    Row("header too large", lambda w: request("GET", "/healthz", fields=[("X", "a" * (40 * 1024))]),
        431, "Request header is too large", "too_large", closes=True),
    Row("too many fields", lambda w: request("GET", "/healthz", fields=[("X", "")] * 1000),
        431, "Request header is too large", "too_large", closes=True),
    Row("chunked", lambda w: b"POST /login HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        411, "Content-Length required", "length_required", closes=True),
]
