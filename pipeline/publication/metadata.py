"""What the package says of the work: Dublin Core, with its refinements."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.markup.head import iso
from pipeline.markup.languages import language
from pipeline.model import Creator, Metadata
from pipeline.publication.package import Package
from pipeline.tree import Element, descendants, parse_html, text

# MARC relators of who made or sold the file, and not the work.
_TRADE = frozenset({"bkd", "bkp", "dst", "mrk", "pbd", "pbl"})
# Calibre fills it in where nobody says who wrote.
_NOBODY = frozenset({"unknown", "未知", "佚名", "unknown author"})


def metadata(package: Package, body: str) -> Metadata:
    """Return what is known of the work; ``body`` is its text."""
    said = _Said(package.root)
    series, series_index = said.series()
    return Metadata(
        title=said.title("main") or said.first("dc:title"),
        subtitle=said.title("subtitle"),
        creators=tuple(said.creators()),
        publisher=said.first("dc:publisher"),
        date=iso(said.first("dc:date")) or said.first("dc:date")[:4],
        source_url=said.address(),
        language=language(said.first("dc:language"), body),
        rights=said.first("dc:rights"),
        description=_plain(said.first("dc:description")),
        identifier=said.identifier(),
        isbn=said.isbn(),
        series=series,
        series_index=series_index,
        subjects=said.all("dc:subject"),
    )


class _Said:
    """The statements of a package, and those that refine them."""

    def __init__(self, root: Element) -> None:
        self._root = root
        elements = tuple(descendants(root))
        self._named = [e for e in elements if e.name.startswith("dc:")]
        self._metas = [e for e in elements if e.name == "opf:meta"]
        self._refined = {
            (e.get("refines"), e.get("property")): _said(e)
            for e in self._metas
            if e.get("refines")
        }

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(said for e in self._all(name) if (said := _said(e)))

    def series(self) -> tuple[str, str]:
        """Return name and number of the series: EPUB 3's way, or Calibre's."""
        for meta in self._metas:
            is_series = self._refinement(meta, "collection-type") in {"", "series"}
            if meta.get("property") == "belongs-to-collection" and is_series:
                return _said(meta), self._refinement(meta, "group-position")
        named = {meta.get("name"): meta.get("content") for meta in self._metas}
        number = named.get("calibre:series_index", "").removesuffix(".0")
        return named.get("calibre:series", ""), number

    def isbn(self) -> str:
        """Return the ISBN, however it is told to be one."""
        for element in self._all("dc:identifier"):
            said = _said(element)
            is_isbn = element.get("opf:scheme").lower() == "isbn"
            if is_isbn or said.lower().startswith(("urn:isbn:", "isbn:")):
                return said.rpartition(":")[2].strip()
        return ""

    def title(self, kind: str) -> str:
        """Return the title of a type: EPUB 3.3, D.3.11."""
        for element in self._all("dc:title"):
            if self._refinement(element, "title-type") == kind:
                return _said(element)
        return ""

    def creators(self) -> Iterator[Creator]:
        for element in self._named:
            if element.name not in {"dc:creator", "dc:contributor"}:
                continue
            role = self._refinement(element, "role") or element.get("opf:role")
            if not role and element.name == "dc:creator":
                role = "aut"
            name = _said(element)
            is_of_the_work = len(role) == 3 and role not in _TRADE
            if is_of_the_work and name and name.lower() not in _NOBODY:
                file_as = self._refinement(element, "file-as")
                yield Creator(name, role, file_as or element.get("opf:file-as"))

    def address(self) -> str:
        said = map(_said, self._all("dc:source"))
        return next((a for a in said if a.startswith(("http://", "https://"))), "")

    def identifier(self) -> str:
        unique = self._root.get("unique-identifier")
        for element in self._all("dc:identifier"):
            if element.get("id") == unique:
                return _said(element)
        return ""

    def _all(self, name: str) -> Iterator[Element]:
        return (e for e in self._named if e.name == name)

    def _refinement(self, element: Element, name: str) -> str:
        return self._refined.get((f"#{element.get('id')}", name), "")


def _said(element: Element) -> str:
    return " ".join(text(element).split())


def _plain(said: str) -> str:
    """Return a description without the HTML that many shops put there."""
    found = parse_html(said) if "<" in said else None
    return _said(found) if isinstance(found, Element) else said
