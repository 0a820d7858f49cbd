"""Whether two files show the same picture, made smaller or not."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.assets import likeness

# Levels of grey, of 255, by which two sizes of a picture may differ on average.
_ALIKE = 6.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of an edition, and where it stands; ``data`` None: a drawing."""

    data: bytes | None
    place: str


def same(ours: bytes, theirs: bytes | None) -> bool:
    """Tell whether two files show the same; a drawing can't be told from others."""
    if theirs is None or ours == theirs:
        return True
    first, second = likeness(ours), likeness(theirs)
    if first is None or second is None:
        return False
    steps = (abs(a - b) for a, b in zip(first, second, strict=True))
    return sum(steps) / len(first) <= _ALIKE
