"""The documents of a publication, made ready to be read as one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.archive import Archive
from pipeline.diagnostics import Report
from pipeline.markup.elements import SILENT, is_block
from pipeline.markup.pruning import dropped, prune
from pipeline.markup.titles import compared
from pipeline.model import Drop
from pipeline.publication.contents import Contents
from pipeline.publication.headings import headed
from pipeline.publication.package import Package, document
from pipeline.tree import (
    Child,
    Element,
    descendants,
    find,
    rebuild,
    text,
    with_children,
)

# What every edition makes itself: EPUB Structural Semantics Vocabulary 1.1.
_MADE_ANEW = frozenset(
    {
        *("cover", "titlepage", "halftitlepage", "toc", "landmarks", "page-list"),
        *("colophon", "loi", "lot", "title-page", "contents"),
    }
)
# The class of our own contents page, which has no semantics of that name.
_OWN_CONTENTS = "contents"
_PAGE_BREAKS = frozenset({"pagebreak"})
_MANY_LINKS = 5
# A page of the title stands among the first documents.
_FIRST = 4
_LABELS = re.compile(
    r"^(?:作者|著者|原著|译者|譯者|编者|編者|出版社?|by)[:：]?|[◎·]?(?:编?著|編著|译|譯|编|編)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chapters:
    """The documents that make the text, by path, and what was left out."""

    documents: Mapping[str, Element]
    drops: tuple[Drop, ...]


def chapters(
    package: Package, contents: Contents, archive: Archive, report: Report
) -> Chapters:
    """Return the text of a publication, its paragraphs numbered throughout."""
    documents: dict[str, Element] = {}
    drops: list[Drop] = []
    places = Places()
    for number, resource in enumerate(package.spine):
        path = resource.path
        root = document(archive, path, report)
        if root is None:
            continue
        body = places.numbered(readable(find(root, "body") or root))
        reason = _reason(body, contents.landmarks.get(path, ""))
        if reason or (number < _FIRST and _is_title_page(body, package)):
            drops += dropped(body, reason or "made-anew", path)
            continue
        pruned = prune(_without(body, path, drops), path)
        drops += pruned.drops
        documents[path] = pruned.root
    return Chapters(headed(documents, contents.entries), tuple(drops))


class Places:
    """Numbers paragraphs: the lines of a document in an archive tell nobody much."""

    def __init__(self) -> None:
        self._last = 0

    def numbered(self, element: Element) -> Element:
        """Return ``element`` with the numbers of its paragraphs as lines."""
        first = self._last + 1
        children: list[Child] = []
        for of_blocks, group in groupby(element.children, is_block):
            nodes = tuple(group)
            if not of_blocks:
                self._last += any(map(_is_content, nodes))
            for node in nodes:
                if isinstance(node, str):
                    children.append(node)
                elif of_blocks:
                    children.append(self.numbered(node))
                else:
                    children.append(_placed(node, self._last))
        return Element(element.name, element.attributes, tuple(children), first)


def _is_content(child: Child) -> bool:
    if isinstance(child, str):
        return bool(child.strip())
    return any(e.name == "img" for e in descendants(child)) or bool(text(child).strip())


def _placed(element: Element, line: int) -> Element:
    children = (c if isinstance(c, str) else _placed(c, line) for c in element.children)
    return Element(element.name, element.attributes, tuple(children), line)


def readable(body: Element) -> Element:
    """Return ``body`` without what nobody reads: programs, frames, fillers."""

    def change(element: Element) -> Iterable[Child]:
        pictures = [e for e in descendants(element) if e.name == "image"]
        if element.name == "svg" and len(pictures) == 1:
            address = pictures[0].get("xlink:href") or pictures[0].get("href")
            alt = " ".join(text(element).split())
            return (Element("img", {"src": address, "alt": alt}, (), element.line),)
        # Our own titles hold a space for systems that show no gap between lines.
        filler = element.get("class") == "space" and not text(element).strip()
        return () if filler or element.name in SILENT else (element,)

    (changed,) = rebuild(body, change)
    assert isinstance(changed, Element)
    return changed


def _reason(body: Element, landmark: str) -> str:
    """Return why a whole document is left out, or nothing."""
    if set(landmark.split()) & _MADE_ANEW or _semantics(body) & _MADE_ANEW:
        return "made-anew"
    links = [e for e in descendants(body) if e.name == "a" and e.get("href")]
    inside = [link for link in links if "//" not in link.get("href")]
    linked = sum(len(compared(text(link))) for link in inside)
    mostly = linked * 5 > len(compared(text(body))) * 4
    return "contents-list" if mostly and len(inside) >= _MANY_LINKS else ""


def _is_title_page(body: Element, package: Package) -> bool:
    """Tell whether a document prints the title, and nothing but what is metadata."""
    named = [e for e in descendants(package.root) if e.name.startswith("dc:")]
    titles = {compared(text(e)) for e in named if e.name == "dc:title"}
    known = {compared(text(e)) for e in named}
    printed = [compared(drop.text) for drop in dropped(body, "", "")]
    names = (_LABELS.sub("", line) for line in printed)
    return bool(titles.intersection(printed)) and all(name in known for name in names)


def _without(body: Element, path: str, drops: list[Drop]) -> Element:
    """Return ``body`` without divisions that every edition makes itself."""

    def kept(element: Element) -> Element:
        children: list[Child] = []
        for child in element.children:
            if isinstance(child, str):
                children.append(child)
            elif _semantics(child) & _PAGE_BREAKS:
                drops.extend(dropped(child, "page-number", path))
            elif _semantics(child) & _MADE_ANEW:
                drops.extend(dropped(child, "made-anew", path))
            else:
                children.append(kept(child))
        return with_children(element, children)

    return kept(body)


def _semantics(element: Element) -> frozenset[str]:
    said = f"{element.get('epub:type')} {element.get('role')}".split()
    own = element.name == "section" and element.get("class") == _OWN_CONTENTS
    return frozenset(
        (*(s.removeprefix("doc-") for s in said), *(["toc"] if own else []))
    )
