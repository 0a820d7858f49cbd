"""What stands above the text: title, authors, site, date; and what they tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Creator, Metadata
from pipeline.structure import bylines, furniture
from pipeline.structure.layout import Layout
from pipeline.structure.rows import Row

Trim = tuple[int, int, str]
"""Offsets of what is dropped, with the reason."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The pieces of the title as offsets, what is dropped, and what is known.

    ``rows`` are those that hold nothing else, by index.
    """

    title: tuple[tuple[int, int], ...] = ()
    rows: frozenset[int] = frozenset()
    drops: tuple[Trim, ...] = ()
    meta: Metadata = field(default_factory=Metadata)


_ZONE_ROWS = 32
_TITLE_LENGTH = 60
_MOST_TITLE_ROWS = 4
_NO_TITLE_END = tuple("。；，：、,;:")
_NO_TITLE_START = ("——", "--", "“", "「", "（", "(")


def read(
    rows: Sequence[Row], layout: Layout, headings: set[int], passed: set[int]
) -> FrontMatter:
    """Read the rows above the first of the ``headings``, but not those ``passed``."""
    matter = FrontMatter()
    zone = [row for row in _zone(rows, layout, headings) if row.index not in passed]
    for place, row in enumerate(zone):
        if row.index not in matter.rows:
            matter = _read(zone[place:], matter)
    return matter


def named_by_notice(meta: Metadata, texts: Iterable[str]) -> Metadata:
    """Return ``meta`` with what fields among ``texts`` say, where it has nothing."""
    for text in texts:
        found = bylines.field(text)
        value = text[slice(*found.value)].strip() if found else ""
        if not found or not value:
            continue
        if found.name in bylines.TITLES and not meta.title:
            meta = replace(meta, title=value)
        elif role := bylines.ROLES.get(found.name):
            meta = _with_people(meta, value, role)
    return meta


def named_by_file(meta: Metadata, file_name: str) -> Metadata:
    """Return ``meta`` with the title and author of the file name where it has none."""
    title, author = bylines.in_file_name(file_name)
    if not meta.creators:
        meta = _with_people(meta, author, "aut")
    return replace(meta, title=meta.title or title)


def _zone(rows: Sequence[Row], layout: Layout, headings: set[int]) -> Iterator[Row]:
    for row in rows[:_ZONE_ROWS]:
        if row.index in headings or _is_prose(row, layout):
            return
        yield row


def _is_prose(row: Row, layout: Layout) -> bool:
    if row.columns > 160 or (row.columns > 60 and row.text.endswith("。")):
        return True
    if layout.is_full(row):
        return True
    return row.indent == layout.indent > 0 and "，" in row.text


def _read(zone: Sequence[Row], matter: FrontMatter) -> FrontMatter:
    """Read the first row of the rest of the zone."""
    for reader in _READERS:
        if found := reader(zone, matter):
            return found
    return matter


def _byline(zone: Sequence[Row], matter: FrontMatter) -> FrontMatter | None:
    row = zone[0]
    found = bylines.byline(row.text)
    if not found or matter.title:
        return None
    author = row.text[slice(*found.author)]
    titled = _with_title(row, found.title, matter)
    return replace(titled, meta=_with_people(titled.meta, author, found.role))


def _field(zone: Sequence[Row], matter: FrontMatter) -> FrontMatter | None:
    row = zone[0]
    found = bylines.field(row.text)
    if not found:
        return None
    value = row.text[slice(*found.value)]
    if found.name in bylines.TITLES:
        return _titled_field(row, found.value, matter) if value else None
    used = [row]
    if not value and len(zone) > 1 and not bylines.field(zone[1].text):
        used.append(zone[1])
        value = zone[1].text
    known = _known(found.name, value, matter.meta)
    return _dropped(used, *known, matter) if known else None


def _known(name: str, value: str, meta: Metadata) -> tuple[str, Metadata] | None:
    """Return the reason to drop a field, and the metadata with it."""
    date = replace(meta, date=meta.date or bylines.iso_date(value))
    if role := bylines.ROLES.get(name):
        return "byline", _with_people(meta, value, role)
    if name in bylines.VISITS:
        return "navigation", meta
    if name in bylines.PUBLISHERS:
        # A date or a count of visits may follow on the line.
        publisher = value.partition(" ")[0]
        return "publisher", replace(date, publisher=meta.publisher or publisher)
    return ("date", date) if bylines.iso_date(value) else None


def _titled_field(row: Row, value: tuple[int, int], matter: FrontMatter) -> FrontMatter:
    start, end = value
    if row.text[start] == "《" and row.text[end - 1] == "》":
        start, end = start + 1, end - 1
    return matter if matter.title else _with_title(row, (start, end), matter)


def _date(zone: Sequence[Row], matter: FrontMatter) -> FrontMatter | None:
    row = zone[0]
    if not bylines.is_date(row.text) or not matter.title:
        return None
    date = matter.meta.date or bylines.iso_date(row.text)
    return _dropped([row], "date", replace(matter.meta, date=date), matter)


def _site(zone: Sequence[Row], matter: FrontMatter) -> FrontMatter | None:
    row = zone[0]
    if not bylines.is_site(row.text) or matter.meta.publisher:
        return None
    if row.index == 0 and len(zone) > 1 and bylines.is_date(zone[1].text):
        return None
    known = replace(matter.meta, publisher=row.text)
    return _dropped([row], "publisher", known, matter)


def _author(zone: Sequence[Row], matter: FrontMatter) -> FrontMatter | None:
    found = bylines.author(zone[0].text)
    if not found or not matter.title:
        return None
    return _dropped([zone[0]], "byline", _with_people(matter.meta, *found), matter)


def _title(zone: Sequence[Row], matter: FrontMatter) -> FrontMatter | None:
    if matter.title:
        again = zone[0].text == matter.meta.title
        doubled = "doubled-heading", matter.meta
        return _dropped([zone[0]], *doubled, matter) if again else None
    if not _is_title(zone[0]):
        return None
    pieces = [zone[0]]
    for row in zone[1:]:
        if not _goes_on(pieces, row):
            break
        pieces.append(row)
    return replace(
        matter,
        title=tuple((row.start, row.end) for row in pieces),
        rows=matter.rows | {row.index for row in pieces},
        meta=replace(matter.meta, title="".join(row.text for row in pieces)),
    )


_READERS: tuple[Callable[[Sequence[Row], FrontMatter], FrontMatter | None], ...] = (
    _byline,
    _field,
    _date,
    _site,
    _author,
    _title,
)


def _is_title(row: Row) -> bool:
    text = row.text
    return (
        len(text) <= _TITLE_LENGTH
        and (len(text) > 1 or row.below > 0)
        and not text.endswith(_NO_TITLE_END)
        and not text.startswith(_NO_TITLE_START)
        and not furniture.is_rule(text)
    )


def _goes_on(pieces: Sequence[Row], row: Row) -> bool:
    """Tell whether ``row`` is the rest of a title that needs more lines."""
    if row.above or len(pieces) == _MOST_TITLE_ROWS or not _is_title(row):
        return False
    if bylines.is_date(row.text) or bylines.is_site(row.text):
        return False
    so_far = "".join(piece.text for piece in pieces)
    return bylines.names_document(row.text) and not bylines.names_document(so_far)


def _with_title(row: Row, title: tuple[int, int], matter: FrontMatter) -> FrontMatter:
    start, end = (row.start + offset for offset in title)
    around = ((row.start, start, "byline"), (end, row.end, "byline"))
    return replace(
        matter,
        title=((start, end),),
        rows=matter.rows | {row.index},
        drops=matter.drops + tuple(trim for trim in around if trim[0] < trim[1]),
        meta=replace(matter.meta, title=row.text[slice(*title)].strip()),
    )


def _with_people(meta: Metadata, names: str, role: str) -> Metadata:
    known = {creator.name for creator in meta.creators}
    found = [name for name in bylines.people(names) if name not in known]
    creators = tuple(Creator(name, role) for name in found)
    return replace(meta, creators=meta.creators + creators)


def _dropped(
    rows: Sequence[Row], reason: str, meta: Metadata, matter: FrontMatter
) -> FrontMatter:
    return replace(
        matter,
        rows=matter.rows | {row.index for row in rows},
        drops=matter.drops + tuple((row.start, row.end, reason) for row in rows),
        meta=meta,
    )
