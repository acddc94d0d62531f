"""Debian's Caddy, run with the file that the project ships."""

import os
import socket
import subprocess
from pathlib import Path

from .nginx import ROOT, Application, with_changes
from .program import PATIENCE, wait_until

PROGRAM = ROOT / "build" / "tools" / "caddy"
SITE = ROOT / "scripts" / "deploy" / "caddy" / "Caddyfile"


def site_file(port: int, jwtgate: tuple[str, int], application: Application, files: Path) -> str:
    """The file that the project ships, with addresses of the test's, and without TLS."""
    site = with_changes(
        SITE.read_text(),
        {
            "127.0.0.1:8080": f"127.0.0.1:{jwtgate[1]}",
            "127.0.0.1:3000": f"127.0.0.1:{application.port}",
            "app.example.org {": f"http://:{port} {{\n\tbind 127.0.0.1",
            "root * /srv": f"root * {files}",
        },
    )
    return "{\n\tadmin off\n}\n" + site


class Caddy:
    """Ready when constructed."""

    def __init__(self, directory: Path, port: int, site: str):
        self.address = ("127.0.0.1", port)
        self.log = directory / "log"
        (directory / "Caddyfile").write_text(site)
        home = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(directory))
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "run", "--config", directory / "Caddyfile"], stderr=log, stdout=log, env=os.environ | home
            )
        assert wait_until(self._answers, PATIENCE), self.log.read_text()

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        with socket.socket() as probe:
            return probe.connect_ex(self.address) == 0

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
