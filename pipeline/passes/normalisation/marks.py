"""Punctuation by GB/T 15834, where a keyboard or a web page left something else.

Each rule looks at one line of running text and says what should change. A rule
acts where Chinese surrounds the mark; numbers, times, addresses and Latin text
are out of its reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.passes.normalisation.editing import Change

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U000323af"
)
_MARK = "，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕…—～·％"
_CHINESE = f"{_HAN}{_MARK}"

# Addresses, paths and e-mail: their marks belong to them.
_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://[!-~]+"
    r"|www\.[!-~]+"
    r"|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|html?|txt|pdf)(?![A-Za-z0-9])[!-~]*"
)

_FULL_WIDTH = {
    ",": ("，", "comma"),
    ".": ("。", "full-stop"),
    ":": ("：", "colon"),
    ";": ("；", "semicolon"),
    "?": ("？", "question-mark"),
    "!": ("！", "exclamation-mark"),
}
# 一. or 一, before a heading's words is its number, not a sentence.
_NUMBER = re.compile(r"[\s（(]*[〇零一二三四五六七八九十百]+[.,]")
_STOP = re.compile(r"(?<!\.)\.(?!\.)|[,:;?!]")
_ELLIPSIS = re.compile(r"\.{3,}|。{3,}|…+")
_DASH = re.compile(r"-{2,}|—+|－{2,}")
# Han beside Latin, with a space that layout will set; and a space at a mark.
_SPACES = re.compile(
    f"(?<=[{_HAN}])[ \u00a0]+(?=[A-Za-z0-9])"
    f"|(?<=[A-Za-z0-9%])[ \u00a0]+(?=[{_HAN}])"
    f"|(?<=[{_MARK}])[ \u00a0]+|[ \u00a0]+(?=[{_MARK}])"
)


def stops(line: str) -> Iterator[Change]:
    """Make , . : ; ? ! full-width beside Chinese."""
    addresses = _addresses(line)
    number = _NUMBER.match(line)
    for match in _STOP.finditer(line, number.end() if number else 0):
        at = match.start()
        if not _inside(at, addresses) and _is_chinese_stop(line, at):
            full, rule = _FULL_WIDTH[match[0]]
            yield Change(at, at + 1, full, rule)


def brackets(line: str) -> Iterator[Change]:
    """Make ( and ) full-width where they hold Chinese or stand in it."""
    for first, last in pairs(line):
        if line[first] + line[last] != "（）" and _holds_chinese(line, first, last):
            for at, full in ((first, "（"), (last, "）")):
                if line[at] != full:
                    yield Change(at, at + 1, full, "bracket")


def ellipses(line: str) -> Iterator[Change]:
    """Make ... and 。。。 the six dots of a Chinese ellipsis."""
    for match in _ELLIPSIS.finditer(line):
        if match[0] != "……" and _beside_chinese(line, *match.span()):
            yield Change(*match.span(), "……", "ellipsis")


def dashes(line: str) -> Iterator[Change]:
    """Make -- and a lone — the dash of two characters."""
    for match in _DASH.finditer(line):
        wide = len(match[0]) == 2 and match[0][0] == "—"
        if not wide and _beside_chinese(line, *match.span()):
            yield Change(*match.span(), "——", "dash")


def spaces(line: str) -> Iterator[Change]:
    """Take out spaces between Han and Latin, and beside full-width marks."""
    for match in _SPACES.finditer(line):
        yield Change(*match.span(), "", "space")


def pairs(line: str) -> Iterator[tuple[int, int]]:
    """Yield the places of brackets that belong together, innermost first."""
    opened: list[int] = []
    for at, character in enumerate(line):
        if character in "(（":
            opened.append(at)
        elif character in ")）" and opened:
            yield opened.pop(), at


def unpaired(line: str) -> bool:
    """Tell whether a half-width bracket in the line has no partner."""
    met = {at for pair in pairs(line) for at in pair}
    return any(c in "()" and at not in met for at, c in enumerate(line))


def is_chinese(character: str) -> bool:
    """Tell whether a character is Han or a full-width mark."""
    return bool(character) and re.match(f"[{_CHINESE}]", character) is not None


def _is_chinese_stop(line: str, at: int) -> bool:
    before, after = _neighbours(line, at)
    if line[at] == "." and not after.isspace():
        return is_chinese(before) and (not after or is_chinese(after) or after == '"')
    if _is_latin(before) and _is_latin(after):
        return False
    return is_chinese(before) or (
        _is_latin(before) and is_chinese(line[at + 1 : at + 2])
    )


def _neighbours(line: str, at: int) -> tuple[str, str]:
    """Return the characters that decide: closing marks and quotes are passed over."""
    first, last = at, at + 1
    while first > 0 and line[first - 1] in "\"')!?":
        first -= 1
    while last < len(line) and line[last] in "!?":
        last += 1
    return line[first - 1 : first], line[last : last + 1]


def _holds_chinese(line: str, first: int, last: int) -> bool:
    if re.search(f"[{_CHINESE}]", line[first + 1 : last]):
        return True
    return is_chinese(line[first - 1 : first]) if first else False


def _beside_chinese(line: str, first: int, last: int) -> bool:
    before, after = line[first - 1 : first] if first else "", line[last : last + 1]
    if _is_latin(before) or _is_latin(after):
        return False
    return is_chinese(before) or is_chinese(after)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _addresses(line: str) -> list[tuple[int, int]]:
    return [match.span() for match in _ADDRESS.finditer(line)]


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= at < last for first, last in spans)
