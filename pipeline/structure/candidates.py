"""Rows that may be headings, and how much like one each looks by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from pipeline.structure import markers
from pipeline.structure.families import Family, Sort
from pipeline.structure.layout import Layout
from pipeline.structure.markers import Marker
from pipeline.structure.rows import BLANKS, Row


class Form(IntEnum):
    """How a line looks that opens with a marker."""

    PROSE = 0
    DOUBTFUL = 1
    TITLE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that opens with a marker. ``end`` is where its title ends.

    ``outer`` is the marker before it on the line: 第九卷 in 第九卷 第二章.
    ``listed`` is the title that a contents list gives it, if one does.
    """

    row: Row
    marker: Marker
    form: Form
    end: int
    outer: Marker | None = None
    listed: str = ""

    @property
    def is_clear(self) -> bool:
        """Tell whether the line is a title by its form, or because a list has it."""
        return self.form is Form.TITLE or bool(self.listed)

    @property
    def family(self) -> Family:
        """Return the family of the marker."""
        return self.marker.family

    @property
    def number(self) -> int:
        """Return the number of the marker, 0 where it has none."""
        return self.marker.number or 0

    @property
    def title(self) -> str:
        """Return the title behind the label."""
        return self.row.text[self.marker.title : self.end]

    def heading(self) -> str:
        """Return label and title without blanks, to compare headings."""
        return normalised(self.row.text[self.marker.start : self.end])


_IGNORED = str.maketrans("", "", BLANKS + "·.．…:：、-—─《》【】[]（）()，,")
_PROSE_AFTER_UNIT = frozenset(
    "中里裡裏内內的是之和与與以已就还還也都将將把被从從在有说說写寫讲講着著了过過完上下前后後时時"
)
_CLOSERS = "】］]〗〕」』=＝-－—─_~*＊#☆★" + BLANKS
_ENDS_SENTENCE = "。；;"
_ENDS_CLAUSE = "，,、：:"
_SENTENCE_ENDS = tuple("。！？”」』…）)：:")
_CLAUSE = re.compile("[，。；：！？、,;:!?“”「」]")
_SHORT_TITLE = 24
_STRICT_COLUMNS = 60
_LONG_TITLE = 34
_LONGEST_TITLE = 60


def normalised(text: str) -> str:
    """Return ``text`` without blanks and the marks that differ between copies."""
    return text.translate(_IGNORED)


def collect(rows: Sequence[Row], layout: Layout) -> Iterator[Candidate]:
    """Yield a candidate for each row that opens with a marker, in order."""
    before: Row | None = None
    for row in rows:
        found = _candidate(row)
        if before and found and _cuts_a_sentence(before, row, layout):
            found = list(_within_a_sentence(found, layout))
        yield from found
        before = row


def _within_a_sentence(
    found: Iterable[Candidate], layout: Layout
) -> Iterator[Candidate]:
    """Yield what may stand below a full line that ends no sentence.

    A page number does; and a heading may, if its line is short and its number
    is wanted there.
    """
    for candidate in found:
        family = candidate.family
        if family.sort is Sort.BARE and not candidate.title:
            yield candidate
        elif family.sort is Sort.DIVISION and not family.weak:
            short = not layout.is_full(candidate.row) and not candidate.marker.direct()
            if short and candidate.form is Form.TITLE:
                yield replace(candidate, form=Form.DOUBTFUL)


def _cuts_a_sentence(before: Row, row: Row, layout: Layout) -> bool:
    return layout.continues(before, row) and not before.text.endswith(_SENTENCE_ENDS)


def _candidate(row: Row) -> list[Candidate]:
    found = markers.read(row.text)
    if not found:
        return []
    marker = found[-1]
    end = _title_end(row.text, marker)
    outer = found[0] if len(found) > 1 else None
    return [Candidate(row, marker, _form(row, marker, end), end, outer)]


def _title_end(text: str, marker: Marker) -> int:
    opener = text[marker.prefix[1] - 1] if marker.prefix[1] else ""
    if not opener or opener in BLANKS or opener.isalnum():
        return len(text)
    return max(marker.end, len(text.rstrip(_CLOSERS)))


def _form(row: Row, marker: Marker, end: int) -> Form:
    title = row.text[marker.title : end]
    match marker.family.sort:
        case Sort.DIVISION | Sort.NAMED:
            if marker.family.strict:
                return Form.TITLE if row.columns <= _STRICT_COLUMNS else Form.PROSE
            label = _label_form(row.text, marker)
            both = {label, _title_form(title)}
            return Form.PROSE if both == {Form.DOUBTFUL} else min(both)
        case Sort.BARE:
            return _title_form(title)
        case Sort.ARTICLE:
            return Form.DOUBTFUL if marker.direct() and title else Form.TITLE
        case Sort.ENUMERATION:
            return _title_form(title)


def _label_form(text: str, marker: Marker) -> Form:
    after = text[marker.end : marker.end + 1]
    if not after:
        return Form.TITLE
    if after in "，,。；;！!？?”’」』）)":
        return Form.PROSE
    if not marker.direct() or after in '《【（(“"「『〔[':
        return Form.TITLE
    if marker.family.weak:
        clauses = _CLAUSE.search(text)
        return Form.PROSE if clauses or len(text) > _SHORT_TITLE else Form.DOUBTFUL
    return Form.DOUBTFUL if after in _PROSE_AFTER_UNIT else Form.TITLE


_STORY_OPENERS = re.compile(
    "(?:話說|话说|且說|且说|卻說|却说|再說|再说|詩曰|诗曰|詞曰|词曰|詩云|诗云|詞云|词云)(?=[：:，,]|.{8})"
)
_COUPLET = re.compile(
    rf"([^{BLANKS}，。]{{4,12}})[{BLANKS}]+([^{BLANKS}，。]{{4,12}})[{BLANKS}]+(?=\S)"
)


def glue(title: str) -> int:
    """Return where the title ends that a story follows on its line, or 0.

    A story has its usual openers, or stands behind a couplet of even halves.
    """
    if opener := _STORY_OPENERS.search(title, 4, 44):
        return opener.start()
    couplet = _COUPLET.match(title)
    return couplet.end() if couplet and len(couplet[1]) == len(couplet[2]) else 0


def _title_form(title: str) -> Form:
    if end := glue(title):
        return min(Form.DOUBTFUL, _title_form(title[:end].rstrip(BLANKS)))
    sentences = "。" in title[:-1]
    if len(title) > _LONGEST_TITLE or (sentences and len(title) > _SHORT_TITLE):
        return Form.PROSE
    last = title[-1:]
    if last and last in _ENDS_CLAUSE:
        return Form.PROSE
    if last and last in _ENDS_SENTENCE:
        return Form.DOUBTFUL
    return Form.DOUBTFUL if sentences or len(title) > _LONG_TITLE else Form.TITLE


def divisions(candidates: Iterable[Candidate]) -> dict[Family, list[Candidate]]:
    """Return the candidates that name what they divide, by family."""
    return _by_family(candidates, {Sort.DIVISION, Sort.ARTICLE})


def bare(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Return the numbers that stand alone, or before a title, by family."""
    return list(_by_family(candidates, {Sort.BARE}).values())


def _by_family(
    candidates: Iterable[Candidate], sorts: set[Sort]
) -> dict[Family, list[Candidate]]:
    found: dict[Family, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.family.sort in sorts:
            found.setdefault(candidate.family, []).append(candidate)
    return found


_BLANK_RUNS = re.compile(rf"[{BLANKS}]+")


def tokens(text: str) -> list[str]:
    """Return the parts of ``text`` between blanks."""
    return _BLANK_RUNS.split(text)
