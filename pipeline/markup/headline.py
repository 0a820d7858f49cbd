"""The headline of a page, and what stands between it and the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.markup.elements import HEADINGS
from pipeline.markup.titles import compared
from pipeline.tree import Element, descendants, text

_TITLES = re.compile(
    r"(?:^|[-_])(?:article|main|news|post|content)?[-_]?title", re.IGNORECASE
)
_LENGTHS = range(2, 80)

# Where one line of a page tells several things: date, source, author ...
_BETWEEN = re.compile(
    r"\s{2,}|[|｜\u3000]+"
    r"|\s+(?=(?:来源|來源|作者|记者|記者|编辑|編輯|责任编辑|发布|字号|浏览|点击|阅读|评论))"
    r"|(?<=\d)(?=来源|來源|作者)"
)
_BUTTONS = re.compile("打印|列印|关闭|字体|字号|分享到?|收藏|纠错|评论|大|中|小")
_MOST_PIECES = 12
_LONGEST_PIECE = 60


def headline(body: Element, window_title: str) -> Element | None:
    """Return the element that prints the title of the page.

    It is the heading that the browser's title repeats, or the only <h1>.
    """
    shown = compared(window_title)
    candidates = [e for e in descendants(body) if _is_candidate(e)]
    repeated = [e for e in candidates if (said := compared(text(e))) and said in shown]
    if repeated:
        return max(repeated, key=lambda e: len(compared(text(e))))
    first = [e for e in candidates if e.name == "h1"]
    return first[0] if len(first) == 1 else None


def byline(body: Element, above: Element | None, article: Element) -> tuple[str, ...]:
    """Return the short pieces of text between ``above`` and the article."""
    begins = next((e for e in descendants(article) if _says_something(e)), article)
    printed = set(descendants(above)) if above else set()
    pieces: list[str] = []
    for owner, value in _strings(body):
        if owner is begins:
            return tuple(_joined(pieces)[-_MOST_PIECES:])
        if owner in printed:
            pieces = []
        else:
            pieces += filter(None, map(str.strip, _BETWEEN.split(value.strip())))
    return ()


def _is_candidate(element: Element) -> bool:
    named = f"{element.get('class')} {element.get('id')}"
    if element.name not in HEADINGS[:3] and not _TITLES.search(named):
        return False
    return len(compared(text(element))) in _LENGTHS


def _says_something(element: Element) -> bool:
    return any(isinstance(child, str) and child.strip() for child in element.children)


def _strings(element: Element) -> Iterator[tuple[Element, str]]:
    for child in element.children:
        if isinstance(child, str):
            yield element, child
        else:
            yield from _strings(child)


def _joined(pieces: list[str]) -> list[str]:
    """Join labels with what follows them: 来源： and 新华网 are two elements."""
    found: list[str] = []
    for piece in pieces:
        if found and found[-1].endswith(("：", ":")) and not _BUTTONS.fullmatch(piece):
            found[-1] += piece
        elif len(piece) <= _LONGEST_PIECE:
            found.append(piece)
    return found
