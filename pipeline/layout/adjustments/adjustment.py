"""What an adjustment is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pipeline.layout.proof import Place, Replacement, differences


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change to WeasyPrint: what it rests on, and what it puts in place.

    ``rests_on`` has the hash of each function that it replaces or relies upon;
    ``replacements`` makes what comes in their place, anew for every document.
    """

    name: str
    rests_on: Mapping[Place, str]
    replacements: Callable[[], Iterable[Replacement]]

    def differences(self) -> tuple[str, ...]:
        """Return what is not as it was when this was proved."""
        return differences(self.rests_on)
