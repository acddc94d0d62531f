"""What GET /metrics answers, taken apart, and Prometheus' own opinion of it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from . import wire

EXTRACTED = Path(__file__).parents[3] / "build/tools/promtool"


def scrape(address) -> str:
    response = wire.ask(address, wire.request("GET", "/metrics"))
    assert (response.status, response.one("Content-Type")) == (200, "text/plain; version=0.0.4; charset=utf-8")
    return response.body.decode()


def samples(text: str) -> dict[str, float]:
    """Name with labels, as it stands there, to value."""
    found = [re.fullmatch(r'(\w+(?:\{(?:\w+="[^"\\]*",?)+\})?) (\S+)', line) for line in text.splitlines() if line[0] != "#"]
    assert all(found), text
    names = [each[1] for each in found]
    assert len(set(names)) == len(names), text
    return {each[1]: float(each[2]) for each in found}


def complaints_of_promtool(text: str) -> str:
    command = shutil.which("promtool") or (EXTRACTED.exists() and EXTRACTED)
    if not command:
        pytest.fail("promtool is missing: scripts/install metrics")
    done = subprocess.run([command, "check", "metrics"], input=text, capture_output=True, text=True, timeout=20)
    return done.stdout + done.stderr + ("" if done.returncode == 0 else f"exit status {done.returncode}")
