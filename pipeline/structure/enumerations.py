"""Judge 一、（一）1. and the like: titles, provisions, or items of prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.structure.candidates import Candidate
from pipeline.structure.families import CIRCLED, Family, Sort
from pipeline.structure.layout import Layout
from pipeline.structure.rows import Row
from pipeline.structure.sequence import Ordered

_GAP = 3
_FEWEST_BARE = 3
_PARAGRAPH_ENDS = tuple("。！？”」』…)）!?—")
_CELL_COLUMNS = 24
_REPEATED_COLUMNS = 40
_ABOVE, _BELOW = 4, 8
_SENTENCE_ENDS = "。；！？：;!?:，、"


@dataclass(frozen=True, slots=True)
class Run:
    """Candidates of one family that number on: （一）（二）（三）."""

    candidates: tuple[Candidate, ...]


def runs(
    candidates: Iterable[Candidate],
    rows: Sequence[Row],
    layout: Layout,
    taken: Collection[int],
) -> list[Run]:
    """Return the runs of enumerations, in the order of their first rows.

    ``taken`` are rows that are something else.

    A number goes on with the latest run of its family, 1 begins another. What
    does neither is prose, and so is a run of one. Where 1 stands within a
    paragraph, 2 begins the first run.
    """
    candidates = [c for c in candidates if c.row.index not in taken]
    in_table = _cells(candidates, rows, layout, taken)
    open_runs: dict[Family, list[Candidate]] = {}
    found: list[list[Candidate]] = []
    for candidate in candidates:
        if candidate.family.sort is not Sort.ENUMERATION:
            continue
        if candidate.row.index in in_table:
            continue
        run = open_runs.get(candidate.family)
        last = run[-1].number if run else 0
        if run and last <= candidate.number <= last + _GAP and candidate.number != 1:
            run.append(candidate)
        elif candidate.number == 1 or (candidate.number == 2 and not run):
            open_runs[candidate.family] = [candidate]
            found.append(open_runs[candidate.family])
    return [Run(tuple(run)) for run in found if len(run) > run[0].number]


def _cells(
    candidates: Iterable[Candidate],
    rows: Sequence[Row],
    layout: Layout,
    taken: Collection[int],
) -> set[int]:
    """Return the rows of enumerations that are cells of a table laid flat.

    A page that was copied as text has each cell between blank lines; where the
    paragraphs are not, a number followed by a bare word is such a cell. Else
    many of the rows around are words, or say what other rows say.
    """
    marked = {c.row.index for c in candidates if c.family.sort is Sort.ENUMERATION}
    found = set() if layout.spaced else _isolated_cells(marked, rows, taken)
    return found | _crowded_cells(marked, rows)


def _isolated_cells(
    marked: set[int], rows: Sequence[Row], taken: Collection[int]
) -> set[int]:
    found: set[int] = set()
    for index in sorted(marked, reverse=True):
        row = rows[index]
        below = rows[index + 1] if index + 1 < len(rows) else None
        if not row.isolated or below is None:
            continue
        bare = index + 1 not in marked and index + 1 not in taken
        is_cell = bare and below.isolated and _is_word(below)
        if index + 1 in found or is_cell:
            found.add(index)
    return found


def _crowded_cells(marked: set[int], rows: Sequence[Row]) -> set[int]:
    times = Counter(row.text for row in rows)
    words = [
        row.index not in marked
        and (
            _is_word(row) or (times[row.text] > 2 and row.columns <= _REPEATED_COLUMNS)
        )
        for row in rows
    ]
    before = [0, *accumulate(words)]
    found: set[int] = set()
    for index in sorted(marked, reverse=True):
        first = max(0, index - _ABOVE)
        last = min(len(rows), index + 1 + _BELOW)
        crowded = (before[last] - before[first]) * 3 >= last - first
        # A heading has its text below it, or in it.
        above_cell = index + 1 in found or words[index + 1 : index + 2] == [True]
        if crowded and above_cell and "。" not in rows[index].text:
            found.add(index)
    return found


def _is_word(row: Row) -> bool:
    ends = row.text.endswith(tuple(_SENTENCE_ENDS))
    return row.columns <= _CELL_COLUMNS and not ends


def systematic(found: Iterable[Run], chapters: Sequence[int]) -> list[Run]:
    """Return the runs whose family titles sections in most of the ``chapters``.

    ``chapters`` are the rows of the headings of a narrative. There, a list that
    a person of the story draws up is no heading, and notes below a chapter are
    none either: they stand one below the other.
    """
    by_family: dict[Family, list[Run]] = {}
    for run in found:
        if are_titles(run) and _are_apart(run):
            by_family.setdefault(run.candidates[0].family, []).append(run)
    return [
        run
        for family in by_family.values()
        if len(family) * 2 >= len(chapters)
        for run in family
    ]


def _are_apart(run: Run) -> bool:
    apart = [
        after.row.index - before.row.index > 1
        for before, after in pairwise(run.candidates)
    ]
    return sum(apart) * 2 > len(apart)


def without_notes(found: Sequence[Run]) -> list[Run]:
    """Return the runs but those of ① where nothing else is enumerated."""
    others = any(run.candidates[0].family is not CIRCLED for run in found)
    return list(found) if others else []


_STOP = re.compile("[。！？；]")
_TITLE_LENGTH = 30


def are_titles(run: Run) -> bool:
    """Tell whether the run numbers titles, not the provisions of a text."""
    lengths = sorted(map(title_length, run.candidates))
    items = sum(c.row.text.endswith(("；", ";")) for c in run.candidates)
    short = lengths[len(lengths) // 2] <= _TITLE_LENGTH
    return short and items * 2 < len(lengths)


def title_length(candidate: Candidate) -> int:
    """Return how long the first sentence behind the marker is."""
    stop = _STOP.search(candidate.row.text, candidate.marker.title)
    end = stop.start() if stop else len(candidate.row.text)
    return end - candidate.marker.title


def runs_from_one(numbering: Sequence[Ordered], family: Sequence[Candidate]) -> bool:
    """Tell whether numbers without a mark run on, from 1, as headings do."""
    if len(numbering) < _FEWEST_BARE:
        return False
    steps = sum(
        after.number in (before.number, before.number + 1, 1)
        for before, after in pairwise(numbering)
    )
    starts = any(ordered.number == 1 for ordered in numbering)
    regular = steps * 10 >= (len(numbering) - 1) * 9
    return starts and regular and len(numbering) * 2 >= len(family)


def are_page_numbers(numbering: Sequence[Ordered], rows: Sequence[Row]) -> bool:
    """Tell whether bare numbers cut through sentences, as page numbers do."""
    first = numbering[0].candidate
    above = [
        rows[o.candidate.row.index - 1] for o in numbering if o.candidate.row.index
    ]
    cutting = sum(not row.text.endswith(_PARAGRAPH_ENDS) for row in above)
    return first.marker.end == len(first.row.text) and cutting * 2 > len(numbering)
