"""Find the headings of a text: candidates, judged by family, best reading wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.reader import HeadingHint, Hints
from pipeline.structure import (
    candidates,
    contents,
    enumerations,
    families,
    headlines,
    markers,
    nesting,
    sequence,
    untitled,
)
from pipeline.structure.candidates import Candidate, Form
from pipeline.structure.contents import Contents
from pipeline.structure.families import Family, Sort
from pipeline.structure.headlines import Headline
from pipeline.structure.layout import Layout
from pipeline.structure.rows import Row


@dataclass(slots=True)
class Findings:
    """What was found: headings by row index, and rows to drop with a reason."""

    headlines: dict[int, list[Headline]] = field(default_factory=dict)
    drops: dict[int, str] = field(default_factory=dict)
    contents: Contents | None = None

    @property
    def taken(self) -> set[int]:
        """Return the rows that are headings or dropped."""
        return {*self.headlines, *self.drops}

    def add(self, headline: Headline) -> None:
        """Take ``headline``, unless its row has one."""
        self.headlines.setdefault(headline.row.index, [headline])

    def in_order(self) -> list[Headline]:
        """Return all headings in the order of the text."""
        return [h for _, found in sorted(self.headlines.items()) for h in found]


_NARRATIVE_COLUMNS = 4000
_FEWEST_CHAPTERS = 3
_MOST_BETWEEN = 4
_ATTACHMENTS = ("附件", "附录", "附錄")


def find(
    rows: Sequence[Row], layout: Layout, known: set[int], hints: Hints
) -> Findings:
    """Return the headings among ``rows`` but those that are ``known`` furniture."""
    return _Search(rows, layout, known, hints).findings()


class _Search:
    def __init__(
        self, rows: Sequence[Row], layout: Layout, known: set[int], hints: Hints
    ) -> None:
        self.rows = rows
        self.layout = layout
        self.hints = hints
        self.found = Findings()
        self.known = known
        self.outer: dict[Family, int] = {}
        self.candidates = [
            candidate
            for candidate in candidates.collect(rows, layout)
            if candidate.row.index not in known
            and candidate.row.number not in hints.headings_remove
        ]
        self.contents = self._contents()

    def findings(self) -> Findings:
        self._take_hints()
        self._take_divisions()
        self._take_named()
        self._take_bare()
        self._take_untitled()
        self._take_enumerations()
        self.found.contents = self.contents
        return self.found

    def _contents(self) -> Contents:
        lists = contents.find(self.rows, self.candidates)
        kept = {i for i in lists.rows if self.rows[i].number in self.hints.keep}
        lists = replace(lists, rows=lists.rows - kept)
        for index in lists.rows - self.known:
            self.found.drops[index] = "contents-list"
        self.candidates = [
            c for c in self.candidates if c.row.index not in self.found.drops
        ]
        return lists

    # What a person said ----------------------------------------------------

    def _take_hints(self) -> None:
        by_line = {row.number: row for row in self.rows}
        for hint in self.hints.headings_add:
            if row := by_line.get(hint.line):
                self.found.drops.pop(row.index, None)
                self.found.headlines[row.index] = [_hinted(row, hint)]
        if not self.hints.headings_pattern:
            return
        pattern = re.compile(self.hints.headings_pattern)
        for row in self.rows:
            if row.number in self.hints.headings_remove:
                continue
            if pattern.fullmatch(row.text):
                self.found.drops.pop(row.index, None)
                self.found.add(_hinted(row, HeadingHint(row.number)))

    # Divisions and articles --------------------------------------------------

    def _take_divisions(self) -> None:
        by_family = candidates.divisions(self.candidates)
        numberings = [
            sequence.order(self._without_doubles(family))
            for family in by_family.values()
        ]
        articles: list[Candidate] = []
        for numbering in sequence.without_strays(numberings):
            family = numbering[0].candidate.family
            if family.sort is Sort.ARTICLE:
                articles = [ordered.candidate for ordered in numbering]
            else:
                self._take_numbering(numbering)
                self._drop_doubles(by_family[family], numbering)
        if not self._is_narrative() or len(articles) > self._chapters():
            self._take_articles(articles)

    def _without_doubles(self, family: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates but those that only say a heading again."""
        kept: list[Candidate] = []
        passed = set(self.known)
        for candidate in family:
            if not (kept and _doubles(kept[-1], candidate, passed)):
                kept.append(candidate)
            elif not kept[-1].title and candidate.title:
                kept[-1] = candidate
            passed.add(candidate.row.index)
        return kept

    def _drop_doubles(
        self, family: Sequence[Candidate], numbering: Sequence[sequence.Ordered]
    ) -> None:
        kept = {ordered.candidate.row.index for ordered in numbering}
        rejected = {candidate.row.index for candidate in family} - kept
        passed = self.known | rejected
        for before, after in pairwise(family):
            if before.row.index in rejected and _doubles(before, after, passed):
                self.found.drops.setdefault(before.row.index, "doubled-heading")
            if after.row.index in rejected and _doubles(before, after, passed):
                self.found.drops.setdefault(after.row.index, "doubled-heading")

    def _take_numbering(self, numbering: Sequence[sequence.Ordered]) -> None:
        labels: list[Headline] = []
        for ordered in numbering:
            if ordered.candidate.row.index in self.found.drops:
                continue
            headline = self._division(ordered)
            self._take_outer(ordered.candidate)
            self.found.headlines.setdefault(headline.row.index, []).append(headline)
            if not ordered.candidate.title:
                labels.append(headline)
            else:
                self._drop_repeated_title(ordered.candidate)
        self._join_titles_below(labels)

    def _division(self, ordered: sequence.Ordered) -> Headline:
        candidate = ordered.candidate
        if candidate.form is Form.PROSE or headlines.is_glued(candidate):
            listed = self.contents.headings.get((candidate.family, candidate.number))
            known = contents.title(listed) if listed else ""
            headline = headlines.glued(candidate, known, ordered.confidence)
        else:
            headline = headlines.division(candidate, ordered.reason, ordered.confidence)
        return replace(headline, number=ordered.number)

    def _take_outer(self, candidate: Candidate) -> None:
        """Take 第九卷 of 第九卷 第二章 where it has not been seen before."""
        outer = candidate.outer
        if outer is None or outer.number == self.outer.get(outer.family):
            return
        self.outer[outer.family] = outer.number or 0
        end = candidate.marker.start
        start = candidate.row.start
        text = candidate.row.text[outer.start : end]
        piece = (start + outer.start, start + outer.start + len(text.rstrip(_GAPS)))
        headline = Headline(
            candidate.row, outer.family, outer.family.kind, outer.number or 0, (piece,)
        )
        self.found.headlines.setdefault(candidate.row.index, []).append(headline)

    def _drop_repeated_title(self, candidate: Candidate) -> None:
        """Drop a row below the heading that says its title again."""
        index = candidate.row.index + 1
        if index >= len(self.rows) or index in self.known:
            return
        below = candidates.normalised(self.rows[index].text)
        if below and below == candidates.normalised(candidate.title):
            self.found.drops.setdefault(index, "doubled-heading")

    def _join_titles_below(self, labels: Sequence[Headline]) -> None:
        if len(labels) < 2 or not headlines.have_titles_below(labels, self.rows):
            return
        marked = self._marked()
        for label in labels:
            index = label.row.index + 1
            if index >= len(self.rows) or index in marked:
                continue
            if headlines.is_title_below(self.rows[index]):
                joined = headlines.joined(label, self.rows[index])
                self.found.headlines[label.row.index][-1] = joined

    def _take_articles(self, articles: Sequence[Candidate]) -> None:
        titles = sum(_is_titled_article(candidate) for candidate in articles)
        for candidate in articles:
            if titles * 5 > len(articles) * 3:
                self.found.add(headlines.division(candidate, "sequence", 0.95))
            else:
                self.found.add(headlines.provision(candidate))

    # Headings without numbers, and numbers without more ---------------------------

    def _take_named(self) -> None:
        for candidate in self.candidates:
            if candidate.family.sort is not Sort.NAMED:
                continue
            if candidate.form is Form.TITLE and _is_named_heading(candidate):
                headline = headlines.division(candidate, "name", 0.9)
                self.found.add(self._with_title_below(headline, candidate))

    def _with_title_below(self, headline: Headline, candidate: Candidate) -> Headline:
        """Join what an attachment is called to its label."""
        below = self.rows[candidate.row.index + 1 : candidate.row.index + 2]
        label = candidate.row.text.startswith(_ATTACHMENTS) and not candidate.title
        if not label or not below or not below[0].isolated:
            return headline
        if below[0].index in self._marked() or not headlines.is_title_below(below[0]):
            return headline
        return headlines.joined(headline, below[0])

    def _marked(self) -> set[int]:
        return self.known | {candidate.row.index for candidate in self.candidates}

    def _take_bare(self) -> None:
        chapters = self._chapters()
        for family in candidates.bare(self.candidates):
            numbering = sequence.order(self._without_doubles(family))
            if not enumerations.runs_from_one(numbering, family):
                continue
            if enumerations.are_page_numbers(numbering, self.rows):
                for ordered in numbering:
                    index = ordered.candidate.row.index
                    self.found.drops.setdefault(index, "page-number")
            elif self._is_wanted(numbering[0].candidate.family, chapters):
                self._take_numbering(numbering)
                self._drop_doubles(family, numbering)

    def _is_wanted(self, family: Family, chapters: int) -> bool:
        titled = family in (families.TITLED_HAN, families.TITLED_ARABIC)
        return not (titled and chapters >= _FEWEST_CHAPTERS)

    def _chapters(self) -> int:
        return sum(30 <= h.family.rank < 50 for h in self.found.in_order())

    def _take_untitled(self) -> None:
        taken = self.found.taken | self.known
        named = untitled.by_contents(self.rows, self.contents, taken)
        for row in named:
            self.found.add(headlines.unmarked(row, families.UNTITLED, "contents", 0.95))
        leaves = self._chapters() - len(named) >= _FEWEST_CHAPTERS
        listed = any(c.family.sort is Sort.ENUMERATION for c in self.candidates)
        if leaves or (listed and not named):
            return
        for row in untitled.by_rhythm(self.rows, self.layout, taken):
            self.found.add(headlines.unmarked(row, families.UNTITLED, "rhythm", 0.7))

    # Enumerations -----------------------------------------------------------

    def _take_enumerations(self) -> None:
        free = [c for c in self.candidates if c.row.index not in self.found.taken]
        found = enumerations.runs(free, self.rows, self.layout)
        if self._is_narrative():
            found = enumerations.systematic(found, self._divisions())
        for run in enumerations.without_notes(found):
            build = (
                headlines.titled
                if enumerations.are_titles(run)
                else headlines.provision
            )
            for candidate in run.candidates:
                self.found.add(build(candidate))

    def _divisions(self) -> list[int]:
        """Return the rows of the headings that hold the text of a book."""
        return [
            headline.row.index
            for headline in self.found.in_order()
            if headline.family.sort is not Sort.ARTICLE and headline.family.rank >= 30
        ]

    def _is_narrative(self) -> bool:
        """Tell whether long texts stand below most headings, as in a novel."""
        chapters = self._divisions()
        if len(chapters) < _FEWEST_CHAPTERS:
            return False
        columns = sum(row.columns for row in self.rows[chapters[0] :])
        return columns > len(chapters) * _NARRATIVE_COLUMNS


_GAPS = " 　\t:：、.．·-—_"


def _hinted(row: Row, hint: HeadingHint) -> Headline:
    found = markers.read(row.text)
    family = found[-1].family if found else families.UNTITLED
    number = (found[-1].number if found else 0) or 0
    start, end = row.start, row.end
    if hint.title and hint.title in row.text:
        start += row.text.index(hint.title)
        end = start + len(hint.title)
    rest = headlines.after_marks(row, end)
    return Headline(
        row,
        family,
        family.kind,
        number,
        ((start, end),),
        run_in=rest is not None,
        rest=rest,
        level=hint.level,
        reason="hint",
    )


def _doubles(first: Candidate, second: Candidate, passed: set[int]) -> bool:
    """Tell whether two headings with one number have no text between them."""
    if first.number != second.number or second.form is Form.PROSE:
        return False
    between = range(first.row.index + 1, second.row.index)
    if len(between) > _MOST_BETWEEN or not all(index in passed for index in between):
        return False
    both = first.title and second.title
    return not both or contents.alike(first.title, second.title)


def _is_titled_article(candidate: Candidate) -> bool:
    title = candidate.row.text[candidate.marker.title :]
    return 0 < len(title) <= 24 and not title.endswith(("。", "：", "；", "，"))


def _is_named_heading(candidate: Candidate) -> bool:
    title = candidate.title
    if candidate.row.text.startswith(("附件", "附錄：", "附录：")) and title:
        return False
    return len(title) <= 20 and not set(title) & set("，。；！？")


def nested(found: Iterable[Headline]) -> list[Headline]:
    """Return the headings with their levels."""
    return nesting.nest(list(found))
