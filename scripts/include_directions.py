#!/usr/bin/env python3
"""Checks every #include of the program against the layers: which of ours and which outside headers each may use."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

OURS = {
    "jwt": {"jwt"},
    "core": {"core"},
    "web": {"web"},
    "http": {"http", "core"},
    "auth": {"auth", "jwt", "core"},
    "store": {"store", "auth", "core"},
    "api": {"api", "http", "auth", "jwt", "core", "web"},
    "config": {"config", "text", "api", "http", "auth", "core"},
    "files": {"files", "config", "store", "jwt", "core"},
    "text": {"text"},
    "app": {"app", "text", "files", "config", "api", "http", "auth", "store", "jwt", "core"},
    "cli": {"cli", "app", "text", "files", "config", "api", "http", "auth", "store", "jwt", "core"},
}

# An outside header may be used by these layers only; one that no row names, by all.
OUTSIDE = {
    r"boost/beast": {"http"},
    r"boost/asio/ip/": {"http", "api", "config", "app"},
    r"boost/asio": {"http", "core", "store", "app", "cli"},
    r"openssl/": {"jwt"},
    r"soci/|sqlite3": {"store"},
    r"CLI/": {"config", "cli"},
    r"sodium": {"core", "auth"},
    r"utf8proc": {"auth"},
}


def layer_of(path):
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "src" else parts[2]


def layer_included(name):
    name = name.removeprefix("jwtgate/")
    layer = name.split("/")[0]
    return layer if layer in OURS else None


def complaints(path):
    layer = layer_of(path)
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if not found:
            continue
        name = found.group(1)
        included = layer_included(name)
        if included and included not in OURS[layer]:
            yield f"{path.relative_to(ROOT)}:{number}: {layer} must not include {included} ({name})"
        for pattern, allowed in OUTSIDE.items():
            if re.match(pattern, name):
                if layer not in allowed:
                    yield f"{path.relative_to(ROOT)}:{number}: {layer} must not include {name}"
                break


def main():
    files = [f for top in ("src", "include") for f in sorted((ROOT / top).rglob("*.[ch]pp"))]
    found = [line for file in files for line in complaints(file)]
    print("\n".join(found)) if found else None
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
