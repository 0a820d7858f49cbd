"""The headline of a page, and what stands between it and the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline.markup.elements import HEADINGS
from pipeline.markup.titles import compared
from pipeline.model import Block, Drop, Metadata, Paragraph, Title, plain
from pipeline.structure import bylines
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
_MOST_LINES = 3
_CREDIT = re.compile(
    r"(?:原创|原創|责任编辑|責任編輯|编辑|編輯|记者|記者|通讯员|責編|责编|审核|校对)"
    r"(?:[\s:：]+\S{0,20})?"
)
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


def without_byline(
    blocks: Sequence[Block], known: Metadata
) -> tuple[tuple[Block, ...], tuple[Drop, ...]]:
    """Return ``blocks`` without the lines below the title that ``known`` repeats.

    Only lines go that say nothing but when, where and by whom, in labels or in
    names that are known.
    """
    titles = [n for n, block in enumerate(blocks) if isinstance(block, Title)]
    first = titles[0] + 1 if titles else 0
    names = {known.publisher, *(creator.name for creator in known.creators)} - {""}
    drops: list[Drop] = []
    for block in blocks[first : first + _MOST_LINES]:
        if not isinstance(block, Paragraph) or not _is_byline(block, names):
            break
        drops.append(Drop(block.span, "byline", plain(block.children)))
    return (*blocks[:first], *blocks[first + len(drops) :]), tuple(drops)


def _is_byline(paragraph: Paragraph, names: Collection[str]) -> bool:
    pieces = [p for p in _BETWEEN.split(plain(paragraph.children).strip()) if p]
    told = [bylines.is_date(p) or bylines.field(p) is not None for p in pieces]
    if not any(told):
        return bool(pieces) and all(piece in names for piece in pieces)
    return all(
        said or piece in names or _BUTTONS.fullmatch(piece) or _CREDIT.fullmatch(piece)
        for said, piece in zip(told, pieces, strict=True)
    )


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
