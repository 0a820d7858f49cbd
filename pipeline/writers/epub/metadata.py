"""What the package document says of the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.model import Creator, Image, Math, MathBlock, Metadata, Node, Ruby, walk
from pipeline.render.labels import labels
from pipeline.writer import Job


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the metadata section.

    ``vocabulary`` is ``DC`` for Dublin Core, where ``name`` is the element's,
    and ``OPF`` for a meta element.
    """

    vocabulary: Literal["DC", "OPF"]
    name: str
    value: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def describe(job: Job) -> Iterator[Statement]:
    """Yield all that is known about the work, and how accessible its book is.

    See EPUB 3.3, 5.5, and EPUB Accessibility 1.1, 2.
    """
    meta = job.book.meta
    yield from _titles(meta)
    yield Statement("DC", "language", job.rendered.language)
    yield from _creators(meta)
    for name, value in (
        ("publisher", meta.publisher),
        ("date", meta.date[:10]),
        ("source", meta.source_url),
        ("rights", meta.rights),
        ("description", meta.description),
    ):
        if value:
            yield Statement("DC", name, value)
    for subject in meta.subjects:
        yield Statement("DC", "subject", subject)
    yield from _isbn(job)
    yield from _series(meta)
    yield from _accessibility(job)


def _titles(meta: Metadata) -> Iterator[Statement]:
    titles = (("main", meta.title), ("subtitle", meta.subtitle))
    for number, (kind, title) in enumerate(titles, start=1):
        if title:
            name = f"title-{number}"
            yield Statement("DC", "title", title, {"id": name})
            yield _property("title-type", kind, refines=f"#{name}")


def _creators(meta: Metadata) -> Iterator[Statement]:
    authored = any(creator.role == "aut" for creator in meta.creators)
    for number, creator in enumerate(meta.creators, start=1):
        name = f"creator-{number}"
        # A reading system shows every dc:creator as an author.
        first = creator.role == "aut" or not authored
        element = "creator" if first else "contributor"
        yield Statement("DC", element, creator.name, {"id": name})
        yield from _refined(creator, f"#{name}")


def _refined(creator: Creator, refines: str) -> Iterator[Statement]:
    yield _property("role", creator.role, refines=refines, scheme="marc:relators")
    if creator.file_as:
        yield _property("file-as", creator.file_as, refines=refines)


def _isbn(job: Job) -> Iterator[Statement]:
    """Yield the ISBN, unless the identifier of the publication is it already."""
    digits = "".join(filter(str.isalnum, job.book.meta.isbn))
    if digits and digits not in job.identifier:
        yield Statement("DC", "identifier", f"urn:isbn:{digits}")


def _series(meta: Metadata) -> Iterator[Statement]:
    if not meta.series:
        return
    name = "series"
    yield _property("belongs-to-collection", meta.series, id=name)
    yield _property("collection-type", "series", refines=f"#{name}")
    yield _named("calibre:series", meta.series)
    if meta.series_index:
        yield _property("group-position", meta.series_index, refines=f"#{name}")
        yield _named("calibre:series_index", meta.series_index)


def _named(name: str, content: str) -> Statement:
    """Return a statement of EPUB 2, for shelves that look for no others."""
    return Statement("OPF", "meta", "", {"name": name, "content": content})


def _accessibility(job: Job) -> Iterator[Statement]:
    """Claim what is true of every book made here, and what this one has.

    The cover does not count: it repeats the title page.
    """
    nodes = tuple(_nodes(job))
    pictures = [node for node in nodes if isinstance(node, Image)]
    described = all(picture.alt for picture in pictures)
    words = labels(job.book.meta.language)
    summary = [words["accessible-text"]]
    yield _schema("accessMode", "textual")
    if described:
        yield _schema("accessModeSufficient", "textual")
    if pictures:
        yield _schema("accessMode", "visual")
        yield _schema("accessModeSufficient", "textual,visual")
        summary.append(words["described" if described else "undescribed"])
    for feature in (
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
        "unlocked",
    ):
        yield _schema("accessibilityFeature", feature)
    if pictures and described:
        yield _schema("accessibilityFeature", "alternativeText")
    if any(isinstance(node, Math | MathBlock) for node in nodes):
        yield _schema("accessibilityFeature", "MathML")
        yield _schema("accessibilityFeature", "describedMath")
    if any(isinstance(node, Ruby) for node in nodes):
        yield _schema("accessibilityFeature", "rubyAnnotations")
    if job.rendered.marks:
        yield _schema("accessibilityFeature", "pageBreakMarkers")
        yield _schema("accessibilityFeature", "pageNavigation")
        printed = words["printed"]
        title = job.book.meta.title
        source = printed.format(title=title, identifier=job.identifier)
        yield _property("pageBreakSource", source)
    yield _schema("accessibilityHazard", _hazard(job))
    yield _schema("accessibilitySummary", "".join(summary))


def _nodes(job: Job) -> Iterator[Node]:
    for top in (*job.book.title, *job.book.sections):
        yield from walk(top)


def _hazard(job: Job) -> str:
    # Only a GIF can flash.
    moving = any(asset.media_type == "image/gif" for asset in job.rendered.assets)
    return "unknown" if moving else "none"


def _schema(name: str, value: str) -> Statement:
    return _property(f"schema:{name}", value)


def _property(name: str, value: str, **attributes: str) -> Statement:
    return Statement("OPF", "meta", value, {"property": name, **attributes})
