"""Clocks of a server's own, which a test sets while the server runs."""

import struct
import subprocess
from pathlib import Path

import pytest

from .program import BINARY

# Built beside the program under test.
SHIM = Path(BINARY).parent / "tests" / "support" / "clock_shim.so"
HOUR, DAY = 3600, 86400


def sanitizer(name: str) -> str | None:
    """The runtime of this name that the program was built with."""
    libraries = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=True).stdout
    return next((line.split()[2] for line in libraries.splitlines() if name in line), None)


class Clocks:
    """Makes the clocks of a server that is started with these `variables` differ from the machine's."""

    def __init__(self, directory: Path):
        assert SHIM.exists(), f"{SHIM} is missing: build all"
        if sanitizer("libtsan"):
            pytest.skip("ThreadSanitizer asks for the time before a preloaded library can answer")
        self._file = directory / "clock_offsets"
        self._file.write_bytes(bytes(16))
        asan = sanitizer("libasan")  # has to come first
        preloaded = ":".join([*([asan] if asan else []), str(SHIM)])
        self.variables = {"LD_PRELOAD": preloaded, "CLOCK_SHIM_OFFSETS": str(self._file)}

    def set(self, wall: int, steady: int = 0) -> None:
        """Ahead of the machine's by so many seconds; behind it when negative."""
        with open(self._file, "r+b", buffering=0) as file:
            file.write(struct.pack("=qq", wall, steady))
