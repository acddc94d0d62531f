"""The servers that are measured beside each other: each on loopback, its worker pinned to the first core."""

import contextlib
import json
import os
import pathlib
import secrets
import socket
import subprocess
import time
import typing
import urllib.request

PINNED = ("taskset", "--cpu-list", "0")
PASSWORD = secrets.token_urlsafe()
FIELDS = ("cache-control", "x-content-type-options", "remote-user", "remote-groups", "x-auth-session", "x-auth-expires")


class Server(typing.NamedTuple):
    address: str
    pid: int  # of the process that answers
    token: str  # an access token that counts there


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def fetch(address, data=None, cookie=None):
    headers = {"Content-Type": "application/json"} if data else {}
    if cookie:
        headers["Cookie"] = f"access_token_cookie={cookie}"
    with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=10) as answer:
        return answer.read().decode(), answer.headers


def when_it_answers(address, deadline=10):
    end = time.monotonic() + deadline
    while True:
        try:
            return fetch(address)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@contextlib.contextmanager
def running(command, **options):
    process = subprocess.Popen([*PINNED, *command], **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def child_of(pid):
    return int(pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


@contextlib.contextmanager
def jwtgate(folder, *options):
    program = "build/release/jwtgate"
    place = ("--data-dir", folder, "--log-level", "error")
    add = [program, "user", "add", "load", "--password-stdin", *place]
    subprocess.run(add, input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL)
    serve = [program, "serve", "--listen", "127.0.0.1:0", "--threads", "1", "--cookie-secure", "false", *place, *options]
    with running(serve, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().split()[-1]
        login = json.dumps({"username": "load", "password": PASSWORD}).encode()
        yield Server(address, process.pid, json.loads(fetch(f"{address}/token", login)[0])["access_token"])


@contextlib.contextmanager
def nginx(folder, gate):
    """One worker that answers 200 with the fields that `gate`, a jwtgate, answers with."""
    given = fetch(f"{gate.address}/auth", cookie=gate.token)[1]
    fields = "".join(f'add_header {name} "{given[name]}"; ' for name in FIELDS)
    port = free_port()
    temporary = "".join(f"{kind}_temp_path {folder}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    pathlib.Path(folder, "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; keepalive_requests 1000000000; {temporary}\n"
        f"server {{ listen 127.0.0.1:{port}; location / {{ {fields}return 200; }} }} }}\n"
    )
    with running(["nginx", "-c", f"{folder}/nginx.conf", "-p", folder]) as process:
        address = f"http://127.0.0.1:{port}"
        when_it_answers(address)
        yield Server(address, child_of(process.pid), gate.token)


@contextlib.contextmanager
def tutorial(folder):
    """The Flask application under gunicorn, one worker."""
    port = free_port()
    command = ["gunicorn", "--chdir", "bench/load", "--bind", f"127.0.0.1:{port}", "--log-level", "error", "tutorial:app"]
    environment = {**os.environ, "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "HOME": folder}
    with running(command, env=environment) as process:
        address = f"http://127.0.0.1:{port}"
        token = when_it_answers(f"{address}/token")[0]
        yield Server(address, child_of(process.pid), token)


def processor_time(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
