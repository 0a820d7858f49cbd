"""The defect of notes: one that is not on the page of its call."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.pdfium import Page

_LABEL = re.compile(r"[\[［（(〔]?(\d{1,3}|[①-⑳㉑-㉟㊱-㊿]|[*†‡＊])[\]］）)〕.]?")


@dataclass(frozen=True, slots=True)
class Astray:
    """A note that is called on one page and stands on another."""

    label: str
    called: str
    page: str


def astray(pages: Sequence[Page]) -> Iterator[Astray]:
    """Yield the notes at the foot of a page other than that of their call.

    Calls and notes are matched in their order. Where most are apart, they are
    notes at the end of something, and are meant to be.
    """
    calls, notes = _calls(pages), _notes(pages)
    pairs = [
        (label, call, note)
        for label, places in calls.items()
        if len(places) == len(notes.get(label, ()))
        for call, note in zip(places, notes[label], strict=True)
    ]
    apart = [pair for pair in pairs if pair[1] != pair[2]]
    if 2 * len(apart) < len(pairs) or len(pairs) == 1:
        for label, call, note in apart:
            yield Astray(label, _name(pages, call), _name(pages, note))


def _name(pages: Sequence[Page], index: int) -> str:
    return pages[index].label or str(index + 1)


def _calls(pages: Sequence[Page]) -> dict[str, list[int]]:
    """Return the pages of the calls, by label, in order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        for piece in page.reading:
            if piece.element and "Reference" in piece.element.types:
                label = _LABEL.fullmatch(piece.text.strip("\u2060 "))
                if label:
                    found[label[1]].append(index)
    return found


def _notes(pages: Sequence[Page]) -> dict[str, list[int]]:
    """Return the pages of the notes, by label, in order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        for piece in page.reading:
            types = piece.element.types if piece.element else ()
            if "Lbl" in types and "LI" not in types:
                label = _LABEL.fullmatch(piece.text.strip("\u2060 "))
                if label:
                    found[label[1]].append(index)
    return found
