"""Headings that nothing but bold type tells from the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.messages import Message
from pipeline.model import Block, Heading, Kind, Paragraph, Role, Strong, plain

_LONGEST = 36
_CREDIT = re.compile("记者|記者|编辑|編輯|作者|责编|摄影|来源")
_FEWEST = 2
_NO_HEADING_END = tuple("。，、；：…！”」,;:!")


def headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return ``blocks`` with short bold paragraphs as headings, if they have none.

    One alone may be a name or a lead: it takes two above text that is not bold.
    """
    if any(isinstance(block, Heading) for block in blocks):
        return blocks
    found = {n: h for n in range(len(blocks) - 1) if (h := _heading(blocks, n))}
    if len(found) < _FEWEST:
        return blocks
    return tuple(found.get(number, block) for number, block in enumerate(blocks))


def _heading(blocks: Sequence[Block], number: int) -> Heading | None:
    match blocks[number], blocks[number + 1]:
        case (
            Paragraph(
                children=(Strong(children=title),),
                role=Role.BODY,
                anchor=anchor,
                span=span,
            ),
            below,
        ) if not _is_bold(below):
            said = plain(title).strip()
            if not 1 < len(said) <= _LONGEST or said.endswith(_NO_HEADING_END):
                return None
            if _CREDIT.search(said):
                return None
            reason = Message("reason.bold")
            return Heading(
                *(1, Kind.SECTION, title),
                anchor=anchor,
                confidence=0.8,
                reason=reason,
                span=span,
            )
        case _:
            return None


def _is_bold(block: Block) -> bool:
    match block:
        case Paragraph(children=(Strong(),)):
            return True
        case _:
            return False
