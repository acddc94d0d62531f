"""Debian's nginx, run with the example that the project ships."""

import os
import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .program import PATIENCE, wait_until

EXAMPLE = Path(__file__).parents[3] / "scripts" / "deploy" / "nginx.conf"


class Application:
    """The application behind nginx: it answers 200 and remembers what it was asked."""

    def __init__(self):
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fields = {name.lower(): value for name, value in self.headers.items()}
                outer.requests.append((self.command, self.path, fields))
                self.send_response(200)
                self.send_header("Content-Length", "5")
                self.end_headers()
                self.wfile.write(b"hello")

            do_GET = do_POST = answer

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


def example(changes: dict[str, str]) -> str:
    """The text of the example with these lines in place of others; each has to be there once."""
    text = EXAMPLE.read_text()
    for line, instead in changes.items():
        assert text.count(line) == 1, f"{line!r} stands {text.count(line)} times in {EXAMPLE}"
        text = text.replace(line, instead)
    return text


class Nginx:
    def __init__(self, directory: Path, jwtgate: tuple[str, int], application: Application, files: Path):
        self.address = ("127.0.0.1", free_port())
        self.directory = directory
        temporary = "\n".join(
            f"{name}_temp_path {directory}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (directory / "nginx.conf").write_text(
            example(
                {
                    "\nhttp {\n": f"\nhttp {{\n{temporary}\naccess_log {directory}/access.log;\n",
                    "server 127.0.0.1:8080;": f"server 127.0.0.1:{jwtgate[1]};",
                    "server 127.0.0.1:3000;": f"server 127.0.0.1:{application.port};",
                    "listen 127.0.0.1:8000;": f"listen 127.0.0.1:{self.address[1]};",
                    "alias /srv/files/;": f"alias {files}/;",
                }
            )
        )
        settings = f"daemon off; pid {directory}/nginx.pid;" + (" user root;" if os.geteuid() == 0 else "")
        self.process = subprocess.Popen(
            ["nginx", "-p", directory, "-c", directory / "nginx.conf", "-e", directory / "error.log", "-g", settings]
        )
        assert wait_until(self._answers, PATIENCE), self.errors()

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.errors()
        with socket.socket() as probe:
            return probe.connect_ex(self.address) == 0

    def errors(self) -> str:
        return (self.directory / "error.log").read_text()

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
