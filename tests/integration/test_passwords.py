"""Passwords: which keyboards' spellings are one, and which may not be set."""

import unicodedata

import pytest
from support import wire

FRENCH = "café au lait"
KOREAN = "비밀번호입니다요"
JAPANESE = "がんばって ください"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


SAME = {
    "macOS, accents": (FRENCH, decomposed(FRENCH)),
    "macOS, Hangul": (KOREAN, decomposed(KOREAN)),
    "macOS, kana": (JAPANESE, decomposed(JAPANESE)),
    "no-break spaces": ("pass word one", "pass\u00a0word\u202fone"),
    "an ideographic space": (JAPANESE, JAPANESE.replace(" ", "\u3000")),
    "signs that are letters": ("\u212bngstr\u00f6m per \u2126", "\u00c5ngstr\u00f6m per \u03a9"),
}


def test_one_password_in_two_spellings_is_one(server):
    for number, (one, other) in enumerate(SAME.values()):
        for name, chosen in ((f"one{number}", one), (f"other{number}", other)):
            assert server.user("add", name, password=chosen).returncode == 0
            for typed in (one, other):
                assert server.ask(wire.login(name, typed)).status == 200, (chosen, typed)


def test_what_looks_alike_is_not_one(server):
    assert server.user("add", "exact", password=FRENCH).returncode == 0
    for typed in ("cafe au lait", "CAFÉ AU LAIT", FRENCH + " ", "\u00a0" + FRENCH, FRENCH.replace(" ", "\u200b"),
                  "ｃａｆé au lait", "café  au lait"):
        assert server.ask(wire.login("exact", typed)).status == 401, typed


@pytest.mark.parametrize("control", ["\t", "\b", "\x01", "\x1b", "\x7f", "\u0085", "\u009f"])
def test_a_new_password_has_no_control_character(server, control):
    done = server.user("add", "control", password=f"long enough{control}for all")
    assert done.returncode == 1
    assert "control character" in done.stderr and len(done.stderr.splitlines()) == 1
    assert "long enough" not in done.stderr
