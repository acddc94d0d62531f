"""Lines of the log in both formats, read as a program would."""

import json
import re

_VALUE = r'(?:[!#-<>-\[\]-~]+|"(?:[ !#-\[\]-~]|\\(?:["\\bfnrt]|u[0-9a-f]{4}|x[0-9a-f]{2}))*")'
_TEXT = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z) (debug|info|warning|error) ([ -~]+?)((?: [a-z_]+={_VALUE})*)")
_FIELD = re.compile(rf" ([a-z_]+)=({_VALUE})")
_ESCAPED = re.compile(r'\\(?:u00([0-9a-f]{2})|x([0-9a-f]{2})|(.))')


def _unescape(found: re.Match) -> str:
    digits = found[1] or found[2]
    return chr(int(digits, 16)) if digits else dict(zip("bfnrt", "\b\f\n\r\t")).get(found[3], found[3])


def _value(text: str) -> str:
    return _ESCAPED.sub(_unescape, text[1:-1]) if text.startswith('"') else text


def _from_text(line: str) -> dict[str, str]:
    found = _TEXT.fullmatch(line)
    assert found, line
    time, level, event, rest = found.groups()
    return {"time": time, "level": level, "event": event} | {name: _value(text) for name, text in _FIELD.findall(rest)}


def lines(log: str, form: str) -> list[dict[str, str]]:
    """Every line, which has to be whole."""
    assert log.endswith("\n")
    return [json.loads(line) if form == "json" else _from_text(line) for line in log[:-1].split("\n")]
