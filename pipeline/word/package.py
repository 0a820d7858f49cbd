"""The parts of a Word file, and how they refer to each other (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.archive import Archive
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.source import Span
from pipeline.tree import Element, Malformed, parse_xml


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a path in the package, or a URL outside it.

    ``kind`` is the last word of the relationship's type, such as ``image``.
    """

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one file; a part that can't be read is reported."""

    def __init__(self, archive: Archive, report: Report) -> None:
        self.archive = archive
        self._report = report
        self._relations: dict[str, Mapping[str, Relation]] = {}

    def part(self, path: str) -> Element | None:
        """Return the tree of a part; None where there is none to read."""
        data = self.archive.read(path)
        if data is None:
            return None
        match parse_xml(data):
            case Malformed(problem=problem, line=line):
                values = {"part": path, "line": line, "problem": problem}
                where = Span(self.archive.name, 1, 1)
                self._report(Diagnostic(Code.BROKEN_PART, where, values))
                return None
            case Element() as root:
                return root

    def relations(self, path: str) -> Mapping[str, Relation]:
        """Return what the part at ``path`` refers to, by relationship id."""
        if path not in self._relations:
            folder, name = posixpath.split(path)
            listed = posixpath.join(folder, "_rels", f"{name}.rels")
            root = self.part(listed) if listed in self.archive else None
            found = root.elements if root else ()
            self._relations[path] = {e.get("Id"): _relation(e, folder) for e in found}
        return self._relations[path]

    def related(self, path: str, kind: str) -> tuple[str, ...]:
        """Return the paths of the parts of ``kind`` that a part refers to."""
        return tuple(
            relation.target
            for relation in self.relations(path).values()
            if relation.kind == kind and relation.target in self.archive
        )


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(element.get("Type").rpartition("/")[2], target, external)
