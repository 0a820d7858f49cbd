"""Texts that are made up: what counts is their length and their shape."""

from __future__ import annotations

import random

CHAPTER = 5_000
NUMERALS = "〇一二三四五六七八九"
CHARACTERS = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
)


def novel(size: int, chapter: int = CHAPTER) -> str:
    """Return a novel of about ``size`` characters, the same on every run."""
    chance = random.Random(size)
    chapters = []
    for number in range(1, max(2, size // chapter + 1)):
        body = "".join(paragraph(chance) for _ in range(chapter // 100))
        chapters.append(f"第{numeral(number)}章　{words(chance, 6)}\n{body}\n")
    return "".join(chapters)


def headings(lines: int) -> str:
    """Return lines that all look like headings."""
    return "".join(f"第{numeral(n)}章 题\n" for n in range(1, lines + 1))


def paragraph(chance: random.Random) -> str:
    """Return about a hundred characters in a few sentences."""
    sentences = (f"{words(chance, 12)}，{words(chance, 18)}。" for _ in range(3))
    return f"　　{''.join(sentences)}\n"


def words(chance: random.Random, length: int) -> str:
    """Return ``length`` common characters."""
    return "".join(chance.choices(CHARACTERS, k=length))


def numeral(number: int) -> str:
    """Return a number digit by digit, as in 一〇二."""
    return "".join(NUMERALS[int(digit)] for digit in str(number))
