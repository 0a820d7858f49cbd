"""What an edition says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.audit.likeness import Shown
from pipeline.audit.strand import Strand
from pipeline.glyphs import without_lost


@dataclass(frozen=True, slots=True)
class Edition:
    """The title, the body, and the notes in the order of their calls.

    ``name`` is EPUB or PDF; ``pictures`` are those of the body and the notes;
    ``has_glyphs`` tells whether the edition brings the shapes of its characters;
    ``strays`` is what is shown, and its place, but belongs to nothing that is read.
    """

    name: str
    title: Strand
    body: Strand
    notes: Strand
    pictures: tuple[Shown, ...]
    has_glyphs: bool = False
    strays: tuple[tuple[str, str], ...] = ()

    def rendering(self, claimed: Strand) -> Strand:
        """Return what this edition shows of a text.

        Where characters need glyphs, one that nobody knows any more is a 虚缺号.
        """
        if not self.has_glyphs:
            return claimed
        return replace(claimed, text=without_lost(claimed.text))
