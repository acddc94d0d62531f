"""Debian's nginx, run with the files that the project ships."""

import os
import shutil
import signal
import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .program import PATIENCE, wait_until

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "scripts" / "deploy" / "nginx"
SNIPPETS = ["jwtgate-proxy.conf", "jwtgate-auth.conf", "jwtgate-location.conf", "jwtgate-gate.conf", "security-headers.conf"]

# What Debian's own /etc/nginx/nginx.conf says, with everything that is written in a directory of the test's.
MAIN = """
{user}
worker_processes auto;
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{
    worker_connections 768;
}}
http {{
    client_body_temp_path {directory}/client_body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers on;
    access_log {directory}/access.log;
    gzip on;
    include {directory}/conf.d/*.conf;
    include {directory}/sites-enabled/*;
}}
"""


class Application:
    """The application behind nginx: it answers 200, or the status that ends the path, and remembers what it was asked."""

    def __init__(self):
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.bodies: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fields = {name.lower(): value for name, value in self.headers.items()}
                outer.requests.append((self.command, self.path, fields))
                outer.bodies.append(body)
                if fields.get("upgrade") == "websocket":
                    return self.echo()
                status = self.path.split("?")[0].rpartition("/")[2]
                self.send_response(int(status) if status.isdigit() else 200)
                self.send_header("Content-Length", "5")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(b"hello")

            def echo(self):
                """What comes goes back, as behind a handshake that the other side has accepted."""
                self.send_response(101)
                self.send_header("Upgrade", "websocket")
                self.send_header("Connection", "Upgrade")
                self.end_headers()
                while data := self.connection.recv(4096):
                    self.connection.sendall(data)
                self.close_connection = True

            do_GET = do_HEAD = do_POST = do_DELETE = answer

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def stop(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def with_changes(text: str, changes: dict[str, str]) -> str:
    """This text with these parts in place of others; each has to be there."""
    for part, instead in changes.items():
        assert part in text, part
        text = text.replace(part, instead)
    return text


def site_file(port: int, application: Application, files: Path) -> str:
    """The site that the project ships, with addresses of the test's, and without TLS."""
    return with_changes(
        (DEPLOY / "example-site.conf").read_text(),
        {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen [::]:80;": "",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
            "listen [::]:443 ssl http2;": "",
            "ssl_certificate /etc/ssl/app.example.org.pem;": "",
            "ssl_certificate_key /etc/ssl/private/app.example.org.key;": "",
            "server 127.0.0.1:3000;": f"server 127.0.0.1:{application.port};",
            "alias /srv/files/;": f"alias {files}/;",
            "alias /srv/public/;": f"alias {files}/;",
        },
    )


def upstream_of(jwtgate: tuple[str, int] | str) -> str:
    return f"unix:{jwtgate}" if isinstance(jwtgate, str) else f"127.0.0.1:{jwtgate[1]}"


def readme_site(port: int, files: Path) -> str:
    """The server block that README shows."""
    shown = (ROOT / "README.md").read_text().split("```nginx\n")[1].split("```")[0]
    changes = {"listen 443 ssl;": f"listen 127.0.0.1:{port};", "alias /srv/files/;": f"alias {files}/;"}
    return with_changes(shown, changes)


class Nginx:
    """nginx with this site in its sites-enabled beside a default one, and the snippets; ready when constructed."""

    def __init__(self, directory: Path, port: int, site: str, jwtgate: tuple[str, int] | str):
        self.address = ("127.0.0.1", port)
        self.directory = directory
        user = "user root;" if os.geteuid() == 0 else ""
        (directory / "nginx.conf").write_text(MAIN.format(directory=directory, user=user))
        for folder in ("sites-enabled", "conf.d", "snippets"):
            (directory / folder).mkdir()
        for name in SNIPPETS:
            shutil.copy(DEPLOY / name, directory / "snippets")
        http = with_changes((DEPLOY / "jwtgate-http.conf").read_text(), {"127.0.0.1:8080": upstream_of(jwtgate)})
        (directory / "conf.d" / "jwtgate-http.conf").write_text(http)
        enabled = directory / "sites-enabled"
        (enabled / "default").write_text(f"server {{ listen 127.0.0.1:{free_port()} default_server; server_name _; }}")
        (enabled / "jwtgate").write_text(site)
        self.process = subprocess.Popen(
            ["nginx", "-p", directory, "-c", directory / "nginx.conf", "-e", directory / "error.log", "-g", "daemon off;"]
        )
        assert wait_until(self._answers, PATIENCE), self.errors()

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.errors()
        with socket.socket() as probe:
            return probe.connect_ex(self.address) == 0

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def errors(self) -> str:
        return (self.directory / "error.log").read_text()

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
