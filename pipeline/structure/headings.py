"""Find the headings of a text: candidates, judged by family, best reading wins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.model import Kind
from pipeline.reader import Hints
from pipeline.structure import (
    asked,
    candidates,
    contents,
    doubles,
    enumerations,
    families,
    headlines,
    sequence,
    untitled,
)
from pipeline.structure.candidates import Candidate, Form
from pipeline.structure.contents import Contents
from pipeline.structure.families import Family, Sort
from pipeline.structure.findings import Findings
from pipeline.structure.headlines import Headline
from pipeline.structure.layout import Layout
from pipeline.structure.rows import Row

_NARRATIVE_COLUMNS = 4000
_FEWEST_CHAPTERS = 3
_TEXT_COLUMNS = 400
_ODD = 4
_NOT_DIVISIONS = frozenset({Kind.ARTICLE, Kind.FRONT, Kind.BACK})


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
        self.candidates = [
            candidate
            for candidate in candidates.collect(rows, layout)
            if candidate.row.index not in known
            and candidate.row.number not in hints.headings_remove
        ]
        self.contents = self._contents()

    def findings(self) -> Findings:
        for headline in asked.headlines(self.rows, self.hints):
            if headline.row.index in self.known:
                continue
            self.found.drops.pop(headline.row.index, None)
            self.found.headlines[headline.row.index] = [headline]
        self._take_divisions()
        self._drop_repeated_outers()
        self._take_named()
        self._take_bare()
        self._take_untitled()
        self._take_enumerations()
        self.found.contents = self.contents
        return self.found

    def _contents(self) -> Contents:
        lists = contents.find(self.rows, self.candidates, self.known)
        kept = {i for i in lists.rows if self.rows[i].number in self.hints.keep}
        lists = replace(lists, rows=lists.rows - kept)
        for index in lists.rows - self.known:
            self.found.drops[index] = "contents-list"
        found = [c for c in self.candidates if c.row.index not in self.found.drops]
        if lists.headings:
            found = [replace(c, listed=contents.confirmed(c, lists)) for c in found]
        self.candidates = found
        return lists

    # Divisions and articles --------------------------------------------------

    def _take_divisions(self) -> None:
        by_family = candidates.divisions(self.candidates)
        numberings = [
            sequence.order(doubles.without(family, self.known))
            for family in by_family.values()
        ]
        articles: list[Candidate] = []
        numberings = sequence.without_strays(numberings)
        for numbering in sorted(numberings, key=sequence.is_strict):
            family = numbering[0].candidate.family
            if family.sort is Sort.ARTICLE:
                articles = [ordered.candidate for ordered in numbering]
            elif not family.strict or self._holds_text(numbering):
                self._take_numbering(numbering)
                doubled = doubles.among(by_family[family], numbering, self.known)
                self._drop(doubled, "doubled-heading")
        if not self._is_narrative() or len(articles) > self._chapters():
            self._take_articles(articles)

    def _holds_text(self, numbering: Sequence[sequence.Ordered]) -> bool:
        """Tell whether a numbering divides a text that nothing else divides."""
        if self._chapters() >= _FEWEST_CHAPTERS:
            return False
        first = numbering[0].candidate.row.index
        columns = sum(row.columns for row in self.rows[first:])
        return columns > len(numbering) * _TEXT_COLUMNS

    def _take_numbering(self, numbering: Sequence[sequence.Ordered]) -> None:
        labels: list[Headline] = []
        for ordered in numbering:
            if self.found.has(ordered.candidate.row.index):
                continue
            headline = self._division(ordered)
            self._take_outer(ordered.candidate)
            self.found.headlines.setdefault(headline.row.index, []).append(headline)
            if not ordered.candidate.title:
                labels.append(headline)
            else:
                below = doubles.below(ordered.candidate, self.rows, self.known)
                self._drop(below, "doubled-heading")
        self._join_titles_below(labels)
        self._join_halves_below(numbering)

    def _drop(self, rows: Iterable[int], reason: str) -> None:
        for index in rows:
            kept = self.rows[index].number in self.hints.keep
            if not kept and not self.found.has(index):
                self.found.drops[index] = reason

    def _division(self, ordered: sequence.Ordered) -> Headline:
        candidate = ordered.candidate
        runs_on = bool(candidate.listed) and candidate.form is not Form.TITLE
        if candidate.form is Form.PROSE or runs_on or headlines.is_glued(candidate):
            headline = headlines.glued(candidate, ordered.confidence)
        else:
            headline = headlines.division(candidate, ordered.reason, ordered.confidence)
        return replace(headline, number=ordered.number)

    def _take_outer(self, candidate: Candidate) -> None:
        """Take 第九卷 of 第九卷 第二章, each time that it stands there."""
        if (outer := candidate.outer) is None:
            return
        text = candidate.row.text[: candidate.marker.start].rstrip(_GAPS)
        start = candidate.row.start
        piece = (start + outer.start, start + len(text))
        headline = Headline(
            candidate.row, outer.family, outer.family.kind, outer.number or 0, (piece,)
        )
        self.found.headlines.setdefault(candidate.row.index, []).append(headline)

    def _drop_repeated_outers(self) -> None:
        """Keep 第九卷 of 第九卷 第二章 only where the volume begins."""
        last: dict[Family, int] = {}
        for index, found in sorted(self.found.headlines.items()):
            outer = found[0]
            if len(found) > 1 and last.get(outer.family) == outer.number:
                self.found.headlines[index] = found[1:]
            last[outer.family] = outer.number

    def _join_titles_below(self, labels: Sequence[Headline]) -> None:
        """Join labels such as 第一回 with the titles on the rows below them."""
        marked = self._marked()
        below = [headlines.title_below(h, self.rows, marked) for h in labels]
        if len(labels) < 2 or sum(map(bool, below)) * 10 < len(labels) * 9:
            return
        for label, row in zip(labels, below, strict=True):
            if row:
                self.found.join(label, row)

    def _join_halves_below(self, numbering: Sequence[sequence.Ordered]) -> None:
        """Join the second half of couplets that stand on two rows."""
        marked = self._marked()
        firsts = [
            self.found.headlines[ordered.candidate.row.index][-1]
            for ordered in numbering
            if ordered.candidate.row.index in self.found.headlines
        ]
        halves = [headlines.half_below(h, self.rows, marked, 0) for h in firsts]
        if len(firsts) < 3 or sum(map(bool, halves)) * 10 < len(firsts) * 8:
            return
        halves = [headlines.half_below(h, self.rows, marked, _ODD) for h in firsts]
        for first, row in zip(firsts, halves, strict=True):
            if row:
                self.found.join(first, row)

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
                self.found.add(headline)
                self._join_name_below(headline, candidate)

    def _join_name_below(self, headline: Headline, candidate: Candidate) -> None:
        """Join what an attachment is called to its label."""
        label = candidate.row.text.startswith(headlines.ATTACHMENTS)
        if not label or candidate.title:
            return
        row = headlines.title_below(headline, self.rows, self._marked())
        taken = self.found.headlines.get(candidate.row.index, [None])[-1]
        if row and row.isolated and taken is headline:
            self.found.join(headline, row)

    def _marked(self) -> set[int]:
        marked = {candidate.row.index for candidate in self.candidates}
        return marked | self.known | self.found.taken

    def _take_bare(self) -> None:
        chapters = self._chapters()
        for family in candidates.bare(self.candidates):
            numbering = sequence.order(doubles.without(family, self.known))
            if not enumerations.runs_from_one(numbering, family):
                continue
            if enumerations.are_page_numbers(numbering, self.rows):
                numbers = [ordered.candidate.row.index for ordered in numbering]
                self._drop(numbers, "page-number")
            elif self._is_wanted(numbering[0].candidate.family, chapters):
                self._take_numbering(numbering)
                doubled = doubles.among(family, numbering, self.known)
                self._drop(doubled, "doubled-heading")

    def _is_wanted(self, family: Family, chapters: int) -> bool:
        titled = family in (families.TITLED_HAN, families.TITLED_ARABIC)
        return not (titled and chapters >= _FEWEST_CHAPTERS)

    def _chapters(self) -> int:
        return sum(30 <= h.family.rank < 50 for h in self.found.in_order())

    def _take_untitled(self) -> None:
        taken = self.found.taken | self.known
        # 一、 and the like are judged with their run.
        numbered = {
            c.row.index for c in self.candidates if c.family.sort is Sort.ENUMERATION
        }
        named = untitled.by_contents(self.rows, self.contents, taken | numbered)
        for row in named:
            self.found.add(headlines.unmarked(row, families.UNTITLED, "contents", 0.95))
        if self._chapters() - len(named) >= _FEWEST_CHAPTERS:
            return
        for row, start in untitled.by_mark(self.rows, taken):
            headline = headlines.unmarked(row, families.UNTITLED, "mark", 0.8)
            piece = (row.start + start, row.end)
            self.found.add(replace(headline, pieces=(piece,)))
        taken = self.found.taken | self.known
        found = untitled.by_rhythm(self.rows, self.layout, taken)
        if not found and not taken - self.known - self.found.drops.keys():
            found = untitled.by_shortness(self.rows, taken)
        runs = enumerations.runs(self.candidates, self.rows, self.layout, ())
        if len(found) > sum(len(run.candidates) for run in runs):
            for row in found:
                self.found.add(
                    headlines.unmarked(row, families.UNTITLED, "rhythm", 0.7)
                )

    # Enumerations -----------------------------------------------------------

    def _take_enumerations(self) -> None:
        taken = self.found.taken
        found = enumerations.runs(self.candidates, self.rows, self.layout, taken)
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
            if headline.kind not in _NOT_DIVISIONS and headline.family.rank >= 30
        ]

    def _is_narrative(self) -> bool:
        """Tell whether long texts stand below most headings, as in a novel."""
        chapters = self._divisions()
        if len(chapters) < _FEWEST_CHAPTERS:
            return False
        columns = sum(row.columns for row in self.rows[chapters[0] :])
        return columns > len(chapters) * _NARRATIVE_COLUMNS


_GAPS = " 　\t:：、.．·-—_"


def _is_titled_article(candidate: Candidate) -> bool:
    title = candidate.row.text[candidate.marker.title :]
    return 0 < len(title) <= 24 and not title.endswith(("。", "：", "；", "，"))


def _is_named_heading(candidate: Candidate) -> bool:
    title = candidate.title
    if candidate.row.text.startswith(("附件", "附錄：", "附录：")) and title:
        return False
    return len(title) <= 20 and not set(title) & set("，。；！？")
