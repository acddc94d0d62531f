"""Clocks of a server's own, which a test sets while the server runs."""

import os
import struct
import subprocess
from pathlib import Path

from .program import BINARY

# Built beside the program under test.
SHIM = Path(BINARY).parent / "tests" / "support" / "clock_shim.so"
HOUR, DAY = 3600, 86400


def sanitizers() -> list[str]:
    """The runtime that the program was built with, if any: it has to come first in LD_PRELOAD."""
    libraries = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=True).stdout
    return [line.split()[2] for line in libraries.splitlines() if "libasan" in line or "libtsan" in line]


class Clocks:
    """Makes the clocks of a server that is started with these `variables` differ from the machine's."""

    def __init__(self, directory: Path):
        assert SHIM.exists(), f"{SHIM} is missing: build all"
        self._file = directory / "clock_offsets"
        self._file.write_bytes(bytes(16))
        preloaded = ":".join([*sanitizers(), str(SHIM)])
        self.variables = {"LD_PRELOAD": preloaded, "CLOCK_SHIM_OFFSETS": str(self._file)}

    def set(self, wall: int, steady: int = 0) -> None:
        """Ahead of the machine's by so many seconds; behind it when negative."""
        with open(self._file, "r+b", buffering=0) as file:
            file.write(struct.pack("=qq", wall, steady))
