"""The state of markdown-it's inline parser, with two things it lacks.

Each token knows where it begins, and ``*`` works beside Chinese characters.
"""

from __future__ import annotations

import re
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from pipeline import limits
from pipeline.markdown.flanking import flanks, is_punctuation


class Placed(StateInline):
    """Notes in ``env["places"]``, by id, where in its text each token begins."""

    _pending_at = 0

    def append_pending(self, text: str) -> None:
        """Collect plain characters."""
        if not self.pending:
            self._pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - overrides
        """Make a text of the characters collected."""
        token = super().pushPending()
        self._places[id(token)] = self._pending_at
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token, behind the characters collected."""
        token = super().push(ttype, tag, nesting)
        self._places[id(token)] = max(self.pos, self._end_of_previous())
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 - overrides
        """Tell what the run of marks at ``start`` may do."""
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self._before(start)
        after = self.src[end] if end < self.posMax else ""
        left, right = flanks(before, after)
        return Scanned(
            left and (canSplitWord or not right or is_punctuation(before)),
            right and (canSplitWord or not left or is_punctuation(after)),
            end - start,
        )

    @property
    def _places(self) -> dict[int, int]:
        places: dict[int, int] = self.env.setdefault("places", {})
        return places

    def _end_of_previous(self) -> int:
        # The marks of a run such as ** are pushed one by one from one place.
        previous = self.tokens[-2] if len(self.tokens) > 1 else None
        if previous is None or previous.type != "text":
            return 0
        return self._places[id(previous)] + len(previous.content)

    def _before(self, start: int) -> str:
        place = start - 1
        while place > 0 and "\ufe00" <= self.src[place] <= "\ufe0e":
            place -= 1
        return self.src[place] if place >= 0 else ""


# A picture that stands in the text itself may be longer than any paragraph.
_CARRIED = re.compile(r"\bdata:[^\s)>]*")


def _is_overlong(text: str) -> bool:
    """Tell whether a paragraph is refused: it takes no time to look for marks in it."""
    most = limits.PARAGRAPH_CHARACTERS
    return len(text) > most and len(_CARRIED.sub("", text)) > most


class PlacedInline(ParserInline):
    """Parses inlines with ``Placed``, and pictures within pictures not forever."""

    def parse(
        self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]
    ) -> list[Token]:
        """Append the tokens of a text."""
        state = Placed(src, md, env, tokens)
        depth = env.get("depth", 0)
        if not depth:
            env["open_notes"] = 0
        if depth >= limits.NOTE_DEPTH or _is_overlong(src):
            state.append_pending(src)
            state.pushPending()
            return tokens
        env["depth"] = depth + 1
        self.tokenize(state)
        env["depth"] = depth
        for rule in self.ruler2.getRules(""):
            rule(state)
        return tokens
