"""Contents lists: rows that name headings which stand again further down."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from pipeline.structure import furniture
from pipeline.structure.candidates import Candidate, normalised, tokens
from pipeline.structure.families import Family, Sort
from pipeline.structure.rows import BLANKS, Row


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of all contents lists by index, and what they name.

    ``titles`` are entries without a marker; ``headings`` those with one, by
    family and number.
    """

    rows: frozenset[int]
    titles: frozenset[str]
    headings: Mapping[tuple[Family, int], Candidate]


_HEADERS = frozenset(
    [
        "目录",
        "目錄",
        "目次",
        "总目",
        "總目",
        "总目录",
        "總目錄",
        "章节目录",
        "章節目錄",
        "全书目录",
        "全書目錄",
        "Contents",
        "CONTENTS",
    ]
)
_HEADED = re.compile(r"[^。，！？]{0,16}目[录錄次]")
_PAGE_NUMBER = re.compile(rf"[{BLANKS}.．·•…—-]*[(（]?[0-9０-９]{{1,4}}[)）]?$")
_LEADERS = re.compile(r"[.．·•…]{3,}|…")
_WIDE_GAP = re.compile(rf"[{BLANKS}]{{2,}}")
_SENTENCE = re.compile("[。！？；]")
_SENTENCE_ENDS = ("。", "”", "」")
_SHORT_COLUMNS = 24
_ENTRY_COLUMNS = 110
_HEADER_LENGTH = 24
_TITLE_COLUMNS = 80
_LIKENESS = 0.6
_LONGEST_GLUED = 120
_TRIED, _TOLD = 4, 50
_FEWEST_NAMES = 5
_APART = 3
_OPENING = 100
_CLAUSE_ENDS = tuple("：:，,；;")


def find(
    rows: Sequence[Row], candidates: Sequence[Candidate], known: Container[int]
) -> Contents:
    """Return the contents lists among ``rows`` but those ``known`` for furniture."""
    search = _Search(rows, candidates, known)
    found: set[int] = set()
    searched = 0
    for row in rows:
        # Each stretch of short rows is searched once, whatever it holds.
        is_new = row.index >= searched and row.index not in known
        if is_new and _is_header(row.text):
            listed, searched = search.headed(row.index)
            found |= listed
    found |= search.unheaded(found)
    found |= search.opening()
    found |= search.clusters(found)
    return search.contents(frozenset(found))


def _is_header(text: str) -> bool:
    if len(text) > _HEADER_LENGTH:
        return len(re.findall("第.{1,5}[章回节節篇卷编編]", text)) > 2 and bool(
            _HEADED.match(normalised(text[:12]))
        )
    short = normalised(text)
    return short in _HEADERS or bool(_HEADED.fullmatch(short))


class _Search:
    def __init__(
        self,
        rows: Sequence[Row],
        candidates: Sequence[Candidate],
        known: Container[int],
    ) -> None:
        self.rows = rows
        self.known = known
        self.candidates = {candidate.row.index: candidate for candidate in candidates}
        self.divisions = [c for c in candidates if c.family.sort is Sort.DIVISION]
        self.numbered: dict[_Key, list[Candidate]] = {}
        for candidate in candidates:
            if candidate.marker.number is not None:
                self.numbered.setdefault(_key(candidate), []).append(candidate)

    @cached_property
    def last(self) -> dict[str, int]:
        """The last row with each text, but for blanks and page numbers."""
        short = (row for row in self.rows if row.columns <= _TITLE_COLUMNS)
        return {entry(row.text): row.index for row in short}

    def headed(self, header: int) -> tuple[set[int], int]:
        """Return the rows of the list below ``header``, and where to go on."""
        if len(self.rows[header].text) > _HEADER_LENGTH:
            return {header}, header + 1
        stretch = self._end_of_stretch(header + 1)
        end = self._end_of_list(header + 1, stretch)
        while end > header + 1 and not self._recurs(end - 1, end):
            end -= 1
        listed = range(header + 1, end)
        numbered = sum(index in self.candidates for index in listed)
        recurring = sum(self._recurs(index, end) for index in listed)
        if len(listed) < 2 or (recurring * 2 < len(listed) and numbered < 3):
            return set(), stretch
        return {header, *listed}, end

    def unheaded(self, known: set[int]) -> set[int]:
        """Return the rows of lists that no 目录 announces."""
        found: set[int] = set()
        stretch: list[Candidate] = []
        listed: dict[_Key, Candidate] = {}
        for candidate in self.divisions:
            index, key = candidate.row.index, _key(candidate)
            adjoins = stretch and self._adjoins(stretch[-1].row.index, index)
            again = key in listed and self._says_again(candidate, listed[key])
            if not adjoins or again:
                found |= self._confirmed(stretch)
                stretch, listed = [], {}
            listed[key] = candidate
            if index not in known:
                stretch.append(candidate)
        return found | self._confirmed(stretch)

    def opening(self) -> set[int]:
        """Return the rows above the text that name all of its parts, in order."""
        start = 0
        while start < min(len(self.rows), _OPENING):
            stretch = self._end_of_stretch(start)
            if found := self._names(start, self._end_of_list(start, stretch)):
                return found
            start = stretch + 1
        return set()

    def _names(self, first: int, end: int) -> set[int]:
        places = {
            index: place
            for index in range(first, end)
            if (place := self.last.get(entry(self.rows[index].text), -1)) >= end
        }
        if len(places) < _FEWEST_NAMES:
            return set()
        listed = range(min(places), max(places) + 1)
        apart = max(places.values()) - min(places.values()) >= _APART * len(places)
        in_order = all(a < b for a, b in pairwise(places.values()))
        whole = len(places) * 5 >= len(listed) * 4
        return set(listed) if apart and in_order and whole else set()

    def clusters(self, known: set[int]) -> set[int]:
        """Return the rows that hold several titles of rows below."""
        found: set[int] = set()
        for row in self.rows:
            if row.index in known or row.index in self.candidates:
                continue
            if row.columns > _ENTRY_COLUMNS or _SENTENCE.search(row.text):
                continue
            names = tokens(row.text)
            beside = row.index - 1 in found
            if len(names) < (2 if beside else 3) or max(map(len, names)) > 16:
                continue
            named = sum(self.last.get(entry(n), -1) > row.index for n in names)
            if named * 5 >= len(names) * 3 or (beside and named):
                found.add(row.index)
        return found

    def contents(self, found: frozenset[int]) -> Contents:
        """Return the lists with what they name."""
        titles: set[str] = set()
        headings: dict[tuple[Family, int], Candidate] = {}
        for index in sorted(found):
            candidate = self.candidates.get(index)
            text = self.rows[index].text
            if candidate and candidate.family.sort is Sort.DIVISION:
                headings[candidate.family, candidate.number] = candidate
            elif not _is_header(text):
                titles |= {entry(name) for name in _names(text) if _is_name(name)}
        return Contents(found, frozenset(titles - {""}), headings)

    def _end_of_stretch(self, index: int) -> int:
        while index < len(self.rows) and self._is_entry(index):
            index += 1
        return index

    def _is_entry(self, index: int) -> bool:
        row = self.rows[index]
        if row.columns > _ENTRY_COLUMNS or row.columns < _SHORT_COLUMNS:
            return row.columns < _SHORT_COLUMNS
        ends = ("。",) if index in self.candidates else _SENTENCE_ENDS
        return not row.text.endswith(ends)

    def _end_of_list(self, first: int, stretch: int) -> int:
        """Return where the text begins that the list names: it says an entry again."""
        listed: set[str] = set()
        numbered: dict[_Key, list[Candidate]] = {}
        for index in range(first, stretch):
            if index in self.known or furniture.is_rule(self.rows[index].text):
                continue
            said = entry(self.rows[index].text)
            candidate = self.candidates.get(index)
            if said in listed and (candidate is None or candidate.title):
                return index
            listed.add(said)
            if candidate is None or candidate.marker.number is None:
                continue
            before = numbered.setdefault(_key(candidate), [])
            # Each volume may have a chapter that is called 第一章 and no more.
            tells = candidate.title or (before and before[0].row.index == first)
            if tells and any(self._is_begun(candidate, b) for b in before[-_TOLD:]):
                return index
            before.append(candidate)
        return stretch

    def _recurs(self, index: int, after: int) -> bool:
        row = self.rows[index]
        if self.last.get(entry(row.text), -1) >= after:
            return True
        candidate = self.candidates.get(index)
        if candidate is None:
            names = map(entry, _names(row.text))
            return any(self.last.get(name, -1) >= after for name in names if name)
        again = self.numbered.get(_key(candidate))
        return again is not None and again[-1].row.index >= after

    def _adjoins(self, index: int, following: int) -> bool:
        between = self.rows[index + 1 : following]
        return (
            all(self._is_entry(row.index) for row in between[:2]) and len(between) < 2
        )

    def _confirmed(self, stretch: Sequence[Candidate]) -> set[int]:
        if len(stretch) < 3 or not _runs(stretch):
            return set()
        first, last = stretch[0].row.index, stretch[-1].row.index
        again = [c for c in stretch if self._stands_again(c, last)]
        if len(again) * 5 < len(stretch) * 3:
            return set()
        # The body's own first heading may follow the list at once.
        while not self._stands_again(self.candidates[last], last):
            last -= 1
            while last not in self.candidates:
                last -= 1
        return set(range(first, last + 1))

    def _stands_again(self, candidate: Candidate, after: int) -> bool:
        if self.last.get(entry(candidate.row.text), -1) > after:
            return True
        again = self.numbered.get(_key(candidate), ())
        return any(
            c.row.index > after and self._says_again(c, candidate)
            for c in again[-_TRIED:]
        )

    def _is_begun(self, heading: Candidate, listed: Candidate) -> bool:
        title, said = entry(listed.title), self._title(heading)
        return title.startswith(said) or (bool(title) and said.startswith(title))

    def _says_again(self, heading: Candidate, listed: Candidate) -> bool:
        """Tell whether a heading has the title that a list gives it.

        The heading may have its title below it, or text glued to it; several
        entries may stand on the line of ``listed``.
        """
        title, said = entry(listed.title), self._title(heading)
        if title and said and (title.startswith(said) or said.startswith(title)):
            return True
        return alike(title, said[: len(title)] if title else said)

    def _title(self, heading: Candidate) -> str:
        """Return a title, which may stand below its label."""
        if said := entry(heading.title[:_LONGEST_GLUED]):
            return said
        below = heading.row.index + 1
        rows = self.rows[below : below + 1]
        return "".join(entry(row.text) for row in rows if row.columns <= _TITLE_COLUMNS)


_Key: TypeAlias = tuple[Family, int]


def _key(candidate: Candidate) -> _Key:
    return candidate.family, candidate.number


def confirmed(candidate: Candidate, contents: Contents) -> str:
    """Return the title of a candidate that a contents list has too, else nothing.

    The title is as the candidate has it; text that is glued to it is not.
    """
    listed = contents.headings.get(_key(candidate))
    wanted = title(listed) if listed else ""
    if not wanted:
        return ""
    if candidate.title.startswith(wanted):
        return wanted
    said = candidate.title[: len(wanted)]
    return said if alike(said, wanted) else ""


def alike(one: str, other: str) -> bool:
    """Tell whether two titles are the same but for misprints."""
    one, other = entry(one), entry(other[:60])
    if one == other:
        return True
    return bool(one and other) and (
        SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKENESS
    )


def title(candidate: Candidate) -> str:
    """Return the title of an entry, without page number and leaders."""
    return _PAGE_NUMBER.sub("", candidate.title)


def entry(text: str) -> str:
    """Return ``text`` without page number and leaders, to compare entries."""
    if text[-1:].isdecimal() and len(text) > 4:
        text = _PAGE_NUMBER.sub("", text)
    return normalised(text)


def _names(text: str) -> tuple[str, ...]:
    """Return the titles that may stand on a line: it, its columns, its words."""
    return (text, *_WIDE_GAP.split(text), *tokens(text))


def _is_name(text: str) -> bool:
    return bool(text) and not text.endswith(_CLAUSE_ENDS)


def _runs(stretch: Iterable[Candidate]) -> bool:
    """Tell whether three numbers of a family follow one another."""
    last: dict[Family, tuple[int, int]] = {}
    for candidate in stretch:
        number, length = last.get(candidate.family, (0, 0))
        if candidate.number != number:
            length = length + 1 if candidate.number == number + 1 else 1
        if length == 3:
            return True
        last[candidate.family] = candidate.number, length
    return False
