"""What an EPUB says as a source: the documents of its spine, in order."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import archive
from pipeline.audit.statement import Statement, unheard
from pipeline.audit.witnesses import trees
from pipeline.publication.chapters import Places, readable
from pipeline.publication.package import document, open_package
from pipeline.tree import find


def statements(data: bytes, name: str, _encoding: str | None) -> Iterator[Statement]:
    """Yield the characters of all documents."""
    packed = archive.unpack(data, name, "EPUB", unheard)
    if packed is None:
        return
    package = open_package(packed, unheard)
    places = Places()
    for resource in package.spine if package else ():
        root = document(packed, resource.path, unheard)
        if root is not None:
            body = places.numbered(readable(find(root, "body") or root))
            yield from trees.statements(body, resource.path)
