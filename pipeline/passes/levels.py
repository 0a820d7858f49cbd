"""Give headings the levels that a person said, by their kind or by their line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Heading, Manuscript, plain
from pipeline.source import Span
from pipeline.structure import markers
from pipeline.structure.families import Sort

_ADDRESS = re.compile(r".+:[0-9]+")
_Matches = Callable[[Heading], bool]


def overrule(
    manuscript: Manuscript, levels: Mapping[str, int], place: Span, report: Report
) -> Manuscript:
    """Return ``manuscript`` with each heading that ``levels`` names on its level.

    A key is a line, such as 12, or 第二章.md:12 where there are several files; or
    a marker, such as 第一章, for all headings that are numbered likewise; or a
    regular expression that matches the whole heading. Lines win over expressions,
    and these over markers. A key that names no heading is reported as at ``place``.
    """
    named = {key: _matches(key) for key in sorted(levels, key=_precedence)}
    unused = dict.fromkeys(levels)

    def level(heading: Heading) -> int:
        for key, matches in named.items():
            if matches(heading):
                unused.pop(key, None)
                return levels[key]
        return heading.level

    blocks = tuple(
        replace(block, level=level(block)) if isinstance(block, Heading) else block
        for block in manuscript.blocks
    )
    for key in unused:
        report(Diagnostic(Code.UNUSED_LEVEL, place, {"key": key}))
    return replace(manuscript, blocks=blocks)


def _precedence(key: str) -> int:
    is_line = key.isdecimal() or _ADDRESS.fullmatch(key)
    return 0 if is_line else 2 if _families(key) else 1


def _matches(key: str) -> _Matches:
    if key.isdecimal():
        line = int(key)
        return lambda heading: heading.span.first == line
    if families := _families(key):
        return lambda heading: not families.isdisjoint(_families_of(heading))
    pattern = re.compile(key)
    return lambda heading: (
        key == str(heading.span) or bool(pattern.fullmatch(plain(heading.children)))
    )


def _families(label: str) -> frozenset[str]:
    """Return the families of a marker that is nothing else, with a title or without."""
    found = (*markers.read(label), *markers.read(f"{label} 风"))
    return frozenset(
        marker.family.name
        for marker in found
        if marker.family.sort is not Sort.NAMED
        and (marker.start, marker.end) == (0, len(label))
    )


def _families_of(heading: Heading) -> frozenset[str]:
    return frozenset(
        marker.family.name for marker in markers.read(plain(heading.children))[:1]
    )
