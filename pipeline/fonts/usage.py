"""Which families the style sheets of a design ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.writer import Stylesheet

_FAMILY = re.compile(r"""["'](Keben [A-Za-z ]+)["']""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def families(sheets: Iterable[Stylesheet]) -> frozenset[str]:
    """Return every family that a rule of ``sheets`` names."""
    return frozenset(
        name
        for sheet in sheets
        for name in _FAMILY.findall(_COMMENT.sub("", sheet.css))
    )
