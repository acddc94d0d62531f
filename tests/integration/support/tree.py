"""A directory as a value, to show that nothing in it has changed."""

import hashlib
from pathlib import Path


def snapshot(directory: Path) -> dict[str, tuple]:
    """Every file below: mode, time of the last change, hash of the content. Empty when there is no such directory."""
    return {
        str(path.relative_to(directory)): (
            oct(path.stat().st_mode),
            path.stat().st_mtime_ns if not path.is_dir() else None,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None,
        )
        for path in sorted(directory.rglob("*"))
    } | ({".": (oct(directory.stat().st_mode),)} if directory.exists() else {})
