"""The table of raw requests, tests/vectors/http_requests.json, and the ways in which one can be cut."""

import json
from dataclasses import dataclass
from pathlib import Path

TABLE = json.loads((Path(__file__).parents[2] / "vectors" / "http_requests.json").read_text("utf-8"))["requests"]


@dataclass
class Raw:
    data: bytes
    status: int
    refused: bool  # by the parser
    kept: bool  # the connection, behind the answer


def octets(ranges: str) -> list[int]:
    """Of "00-1f 7f"."""
    ends = (part.partition("-") for part in ranges.split())
    return [octet for first, _, last in ends for octet in range(int(first, 16), int(last or first, 16) + 1)]


def raw_requests(row: dict) -> list[Raw]:
    """One, or one an octet."""
    text, times = row.get("fill", ("", 0))
    filled = row["bytes"].replace("…", text * times)
    each = [filled.replace("□", chr(octet)) for octet in octets(row.get("each", "00"))]
    parsed = row.get("parsed", "")
    return [Raw(text.encode("latin-1"), row["status"], not parsed, parsed.startswith("keep ")) for text in each]


def cuts(row: dict, data: bytes) -> list[list[bytes]]:
    """Whole; octet by octet and in two parts at every place too, as far as that is a matter of a second."""
    whole, single = [data], [data[i : i + 1] for i in range(len(data))]
    if "each" in row:
        return [whole]
    if "fill" in row:
        return [whole, single]
    return [whole, single] + [[data[:i], data[i:]] for i in range(1, len(data))]
