"""What a rule is: a name to turn it off by, and what it goes by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of good text: its name, what it does, and what it follows."""

    name: str
    summary: str
    source: str
