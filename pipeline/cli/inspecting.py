"""``keben inspect``: what the reader understood. Nothing is written."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from typing import Any

from pipeline import reading, works
from pipeline.cli import console, drafting
from pipeline.diagnostics import Diagnostic, as_values
from pipeline.failures import Status
from pipeline.messages import knows, say
from pipeline.model import Drop, Metadata, Section, plain
from pipeline.reading import Reading, failed

# Below this, a person should look at a heading.
_DOUBTFUL = 0.75
_EXCERPT = 40


def run(options: argparse.Namespace) -> Status:
    """Print the structure of a source as a tree, or as JSON."""
    found: list[Diagnostic] = []
    work = works.locate(options.source, found.append)
    understood = reading.read(work, options.encoding) if work else None
    if understood:
        found += understood.diagnostics
    if options.json:
        console.as_json(_json(str(options.source), understood, found))
    else:
        console.diagnostics(found)
        if understood and not failed(found):
            _print(options.source.name, understood)
    if failed(found):
        return Status.CONTENT
    if options.write and understood:
        path = drafting.write(options.source, understood)
        if not options.json:
            console.line(say("draft.written", path=path), "green")
    return Status.GOOD


def counted(counts: Counter[str], table: str) -> str:
    """Return a total and its parts in words: ``84 (related articles 82, …)``."""
    total = counts.total()
    parts = ", ".join(f"{_word(table, k)} {n}" for k, n in counts.most_common())
    return f"{total} ({parts})" if parts else str(total)


def sections_json(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return sections as JSON values; ``line`` is 1-based."""
    return [
        {
            "level": section.level,
            "title": _title(section),
            "line": section.span.first,
            "kind": section.kind.value,
            "run_in": section.run_in,
            "confidence": round(section.confidence, 3),
            "reason": section.reason.text(),
            "sections": sections_json(section.sections),
        }
        for section in sections
    ]


def _json(
    source: str, understood: Reading | None, found: list[Diagnostic]
) -> dict[str, Any]:
    manuscript = understood.manuscript if understood else None
    meta = manuscript.meta if manuscript else Metadata()
    return {
        "source": source,
        "encoding": manuscript.encoding if manuscript else None,
        "language": meta.language or None,
        "title": plain(understood.book.title) if understood else None,
        "metadata": _metadata(meta),
        "sections": sections_json(understood.book.sections) if understood else [],
        "drops": [_drop(drop) for drop in manuscript.drops] if manuscript else [],
        "edits": dict(understood.edits) if understood else {},
        "diagnostics": as_values(found),
    }


def _metadata(meta: Metadata) -> dict[str, Any]:
    """Return the metadata that is known, creators under their roles."""
    values = {key: value for key, value in asdict(meta).items() if value}
    values.pop("creators", None)
    roles = {"aut": "author", "trl": "translator", "edt": "editor"}
    people: dict[str, str] = {}
    for creator in meta.creators:
        role = roles.get(creator.role, creator.role)
        people[role] = "、".join(filter(None, (people.get(role), creator.name)))
    known = ("author", "date", "publisher", "source_url")
    return {**dict.fromkeys(known), **values, **people}


def _drop(drop: Drop) -> dict[str, Any]:
    return {
        "first": drop.span.first,
        "last": drop.span.last,
        "reason": drop.reason,
        "text": drop.text,
    }


def _print(name: str, understood: Reading) -> None:
    manuscript = understood.manuscript
    console.line(f"{name} → {plain(understood.book.title)}", "bold")
    console.field(say("inspect.encoding"), manuscript.encoding)
    for key, value in _metadata(manuscript.meta).items():
        if value and key != "title":
            said = value if isinstance(value, str) else "、".join(value)
            console.field(_word("meta", key), said)
    console.field(say("build.edits"), counted(understood.edits, "rule"))
    console.field(say("build.drops"), counted(understood.drops, "drop"))
    for reason, drops in groupby(manuscript.drops, key=attrgetter("reason")):
        _print_drops(reason, list(drops))
    if _print_sections(understood.book.sections):
        console.line(say("inspect.doubtful"), "yellow")


def _print_drops(reason: str, drops: list[Drop]) -> None:
    first, last = drops[0].span.first, drops[-1].span.last
    lines = f"{first}-{last}" if first != last else f"{first}"
    text = " ".join(drops[0].text.split())
    excerpt = text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
    console.line(f"{lines:>14}  {_word('drop', reason)}  {excerpt}", "dim")


def _print_sections(sections: Iterable[Section]) -> int:
    """Print the tree, and return how many headings in it are doubtful."""
    doubts = 0
    for section in sections:
        doubt = section.confidence < _DOUBTFUL
        mark = "?" if doubt else " "
        title = "  " * (section.level - 1) + _title(section)
        why = f"{section.confidence:.2f} {section.reason.text()}"
        console.line(
            f"{section.span.first:>8} {mark} {title}    [{why}]",
            "yellow" if doubt else "",
        )
        doubts += doubt + _print_sections(section.sections)
    return doubts


def _title(section: Section) -> str:
    """Return a title on one line."""
    return plain(section.title).replace("\n", " ")


def _word(table: str, key: str) -> str:
    return say(f"{table}.{key}") if knows(f"{table}.{key}") else key
