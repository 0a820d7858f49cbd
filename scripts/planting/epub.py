"""Losses planted in an EPUB, as an accident or a hand would: in its XHTML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random
from typing import TypeAlias

HAN = re.compile("[\u4e00-\u9fff]")
PARAGRAPH = re.compile(r"<p[ >].*?</p>", re.DOTALL)
NOTE = re.compile(r"<aside .*?</aside>", re.DOTALL)
IMAGE = re.compile(r"<img [^>]*/>")

Chapters: TypeAlias = dict[str, str]
Plant: TypeAlias = Callable[[Chapters, Random], Chapters]
"""Changes chapters, by their names in the EPUB, at a place of chance."""


def planted(epub: bytes, kind: str, chance: Random) -> bytes:
    """Return the EPUB with a loss of one of LOSSES."""
    with zipfile.ZipFile(BytesIO(epub)) as archive:
        entries = {info: archive.read(info) for info in archive.infolist()}
    names = [i.filename for i in entries if "/chapter-" in i.filename]
    chapters = {n: d.decode() for i, d in entries.items() if (n := i.filename) in names}
    changed = LOSSES[kind](dict(chapters), chance)
    assert changed != chapters
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for info, data in entries.items():
            archive.writestr(info, changed.get(info.filename, data))
    return packed.getvalue()


def one_of(
    pattern: re.Pattern[str],
    chapters: Chapters,
    chance: Random,
    *,
    inside: Callable[[str, re.Match[str]], bool] = lambda _text, _match: True,
) -> tuple[str, re.Match[str]]:
    """Return the name of a chapter and a match of ``pattern`` in its body."""
    found = [
        (name, match)
        for name, text in chapters.items()
        for match in pattern.finditer(text, text.index("<body"))
        if inside(text, match)
    ]
    return chance.choice(found)


def in_text(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    return before.rfind(">") > before.rfind("<")


def replaced(chapters: Chapters, name: str, match: re.Match[str], new: str) -> Chapters:
    text = chapters[name]
    return {**chapters, name: text[: match.start()] + new + text[match.end() :]}


def character(change: Callable[[str], str]) -> Plant:
    def plant(chapters: Chapters, chance: Random) -> Chapters:
        name, match = one_of(HAN, chapters, chance, inside=in_text)
        return replaced(chapters, name, match, change(match[0]))

    return plant


def swapped_characters(chapters: Chapters, chance: Random) -> Chapters:
    name, match = one_of(
        re.compile("([\u4e00-\u9fff])(?!\\1)([\u4e00-\u9fff])"),
        chapters,
        chance,
        inside=in_text,
    )
    return replaced(chapters, name, match, match[2] + match[1])


def whole(pattern: re.Pattern[str], change: Callable[[str], str]) -> Plant:
    def plant(chapters: Chapters, chance: Random) -> Chapters:
        name, match = one_of(pattern, chapters, chance)
        return replaced(chapters, name, match, change(match[0]))

    return plant


def swapped(pattern: re.Pattern[str]) -> Plant:
    def plant(chapters: Chapters, chance: Random) -> Chapters:
        name, first = one_of(pattern, chapters, chance)
        others = [m for m in pattern.finditer(chapters[name]) if m[0] != first[0]]
        if not others:
            return swapped_across(pattern, chapters, name, first)
        second = chance.choice(others)
        early, late = sorted((first, second), key=lambda match: match.start())
        done = replaced(chapters, name, late, early[0])
        return replaced(done, name, early, late[0])

    return plant


def swapped_across(
    pattern: re.Pattern[str], chapters: Chapters, name: str, first: re.Match[str]
) -> Chapters:
    other, second = next(
        (o, m) for o in chapters if o != name for m in pattern.finditer(chapters[o])
    )
    done = replaced(chapters, name, first, second[0])
    return replaced(done, other, second, first[0])


def chapter_removed(chapters: Chapters, chance: Random) -> Chapters:
    name = chance.choice(sorted(chapters))
    text = chapters[name]
    start, end = text.index("<body"), text.index("</body>")
    start = text.index(">", start) + 1
    return {**chapters, name: text[:start] + "<p></p>" + text[end:]}


def chapters_swapped(chapters: Chapters, chance: Random) -> Chapters:
    first, second = chance.sample(sorted(chapters), 2)
    return {**chapters, first: chapters[second], second: chapters[first]}


def chapter_doubled(chapters: Chapters, chance: Random) -> Chapters:
    first, second = chance.sample(sorted(chapters), 2)
    return {**chapters, first: chapters[second]}


LOSSES: Mapping[str, Plant] = {
    "character removed": character(lambda _c: ""),
    "character doubled": character(lambda c: c + c),
    "character altered": character(lambda c: chr(ord(c) + 1)),
    "characters swapped": swapped_characters,
    "paragraph removed": whole(PARAGRAPH, lambda _p: ""),
    "paragraph doubled": whole(PARAGRAPH, lambda p: p + p),
    "paragraphs swapped": swapped(PARAGRAPH),
    "note removed": whole(NOTE, lambda _n: ""),
    "note doubled": whole(NOTE, lambda n: n + n),
    "notes swapped": swapped(NOTE),
    "image removed": whole(IMAGE, lambda _i: ""),
    "image doubled": whole(IMAGE, lambda i: i + i),
    "images swapped": swapped(IMAGE),
    "chapter removed": chapter_removed,
    "chapters swapped": chapters_swapped,
    "chapter doubled": chapter_doubled,
}
