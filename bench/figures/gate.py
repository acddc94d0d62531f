"""What a guarded file costs: nginx with the snippets as they are and jwtgate behind a unix socket, beside the same file
unguarded and guarded by nginx itself."""

import contextlib
import dataclasses
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile

from figures import servers

ROUNDS = 7
CONNECTIONS = 32
CONTENT = "twenty-three bytes here"
SNIPPETS = pathlib.Path("scripts/deploy/nginx")


@dataclasses.dataclass
class Load:
    rate: float  # requests/s
    share: float  # jwtgate's of the processor time of both


@dataclasses.dataclass
class Gate:
    loads: dict[str, list[Load]]  # of each round

    def median(self, name):
        return statistics.median(load.rate for load in self.loads[name])

    def ratio(self, name, other):
        """The median of the rounds' own ratios."""
        pairs = zip(self.loads[name], self.loads[other], strict=True)
        return statistics.median(one.rate / two.rate for one, two in pairs)

    def share(self):
        return statistics.median(load.share for load in self.loads["guarded"])


def measure(seconds):
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        socket = folder / "jwtgate.sock"
        gate = stack.enter_context(jwtgate(folder / "data", socket))
        nginx = stack.enter_context(guarded_files(folder, socket, gate.token))
        loads = {}
        for _ in range(ROUNDS):
            for name in ("open", "guarded", "floor"):
                loads.setdefault(name, []).append(load(nginx, gate, f"/{name}/file", seconds))
        return Gate(loads)


@contextlib.contextmanager
def jwtgate(folder, socket):
    """On the core of wrk: nginx's worker has the other one for itself, as where there are more."""
    with servers.jwtgate(folder, "--listen", f"unix:{socket}") as server:
        os.sched_setaffinity(server.pid, {1})
        for thread in os.listdir(f"/proc/{server.pid}/task"):
            os.sched_setaffinity(int(thread), {1})
        yield server


@contextlib.contextmanager
def guarded_files(folder, socket, token):
    """One worker; the locations differ in their auth_request alone. The floor is asked over a unix socket too."""
    for name in ("snippets", "files"):
        (folder / name).mkdir()
    (folder / "files" / "file").write_text(CONTENT)
    for file in SNIPPETS.glob("*.conf"):
        shutil.copy(file, folder / "snippets")
    shared = folder / "snippets" / "jwtgate-http.conf"
    shared.write_text(shared.read_text().replace("server 127.0.0.1:8080;", f"server unix:{socket};"))
    port = servers.free_port()
    (folder / "nginx.conf").write_text(configuration(folder, port))
    with servers.running(["nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder)]) as process:
        address = f"http://127.0.0.1:{port}"
        servers.when_it_answers(f"{address}/open/file")
        yield servers.Server(address, servers.child_of(process.pid), token)


def configuration(folder, port):
    temporary = "".join(f"{kind}_temp_path {folder}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    guarded = "include snippets/jwtgate-gate.conf; alias files/;"
    user = "user root; " if os.geteuid() == 0 else ""
    return f"""
{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000000000; {temporary}
    include snippets/jwtgate-http.conf;
    upstream floor {{ server unix:{folder}/floor.sock; keepalive 32; keepalive_requests 1000000000; }}
    server {{ listen unix:{folder}/floor.sock; location / {{ return 204; }} }}
    server {{
        listen 127.0.0.1:{port};
        include snippets/jwtgate-location.conf;
        location /open/ {{ alias {folder}/files/; }}
        location /guarded/ {{ auth_request /_jwtgate_auth; {guarded.replace("files/", f"{folder}/files/")} }}
        location /floor/ {{ auth_request /_floor; {guarded.replace("files/", f"{folder}/files/")} }}
        location = /_floor {{ internal; proxy_pass http://floor/; include snippets/jwtgate-auth.conf; }}
    }}
}}
"""


def load(nginx, gate, path, seconds):
    before = [servers.processor_time(server.pid) for server in (nginx, gate)]
    command = ["taskset", "--cpu-list", "1", "wrk", "--threads", "1", "--connections", str(CONNECTIONS)]
    cookie = f"Cookie: access_token_cookie={gate.token}"
    command += ["--duration", f"{seconds}s", "--header", cookie, nginx.address + path]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"bench/report: {path} failed under load\n{said}")
    after = [servers.processor_time(server.pid) for server in (nginx, gate)]
    by_nginx, by_gate = (end - begin for begin, end in zip(before, after, strict=True))
    return Load(float(re.search(r"Requests/sec: +([\d.]+)", said)[1]), by_gate / (by_nginx + by_gate))
