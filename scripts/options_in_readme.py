#!/usr/bin/env python3
"""Checks that README's table of options names every option of the program with its default, and no other."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def program_options():
    table = (ROOT / "src/config/options.cpp").read_text()
    rows = re.findall(r'\{"([a-z0-9-]+)",\s*\w+,\s*"[^"]*",\s*"[^"]*",\s*"([^"]*)"', table)
    return {name: default or "none" for name, default in rows}


def readme_options():
    section = (ROOT / "README.md").read_text().split("## Options")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([a-z0-9-]+)` \| (?:`([^`]*)`|none) \|", section, re.M))


def main():
    program = program_options()
    readme = {name: default or "none" for name, default in readme_options().items()}
    wrong = [f"README.md: option {name} is missing" for name in program.keys() - readme.keys()]
    wrong += [f"README.md: there is no option {name}" for name in readme.keys() - program.keys()]
    wrong += [
        f"README.md: the default of {name} is {program[name]}, not {readme[name]}"
        for name in program.keys() & readme.keys()
        if program[name] != readme[name]
    ]
    print("\n".join(sorted(wrong))) if wrong else None
    return 1 if wrong or not program else 0


if __name__ == "__main__":
    sys.exit(main())
