"""What the search for headings has found so far, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.structure import headlines
from pipeline.structure.contents import Contents
from pipeline.structure.headlines import Headline
from pipeline.structure.rows import Row


@dataclass(slots=True)
class Findings:
    """What was found: headings by row index, and rows to drop with a reason."""

    headlines: dict[int, list[Headline]] = field(default_factory=dict)
    drops: dict[int, str] = field(default_factory=dict)
    joined: set[int] = field(default_factory=set)
    contents: Contents | None = None

    @property
    def taken(self) -> set[int]:
        """Return the rows that are headings, parts of them, or dropped."""
        return {*self.headlines, *self.drops} | self.joined

    def has(self, index: int) -> bool:
        """Tell whether a row is taken."""
        return index in self.headlines or index in self.drops or index in self.joined

    def add(self, headline: Headline) -> None:
        """Take ``headline``, unless its row has one."""
        if headline.row.index not in self.joined:
            self.headlines.setdefault(headline.row.index, [headline])

    def join(self, headline: Headline, row: Row) -> None:
        """Make ``row`` part of the title of a heading that was taken."""
        whole = headlines.joined(headline, row)
        self.headlines[headline.row.index][-1] = whole
        self.joined.add(row.index)

    def in_order(self) -> list[Headline]:
        """Return all headings in the order of the text."""
        return [h for _, found in sorted(self.headlines.items()) for h in found]
