"""Vertical forms: layout turns marks, the text has the ordinary ones (5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.passes.normalisation.editing import Change

RULE = "vertical-form"

# https://www.unicode.org/charts/PDF/UFE10.pdf and UFE30.pdf
_FORMS = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗…—（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)
_FORM = re.compile(f"[{''.join(_FORMS)}]")


def ordinary(character: str) -> str:
    """Return the ordinary mark for a vertical form, or the character itself."""
    return _FORMS.get(character, character)


def find(text: str) -> Iterator[Change]:
    """Yield what makes vertical forms of marks ordinary ones."""
    for match in _FORM.finditer(text):
        yield Change(*match.span(), _FORMS[match[0]], RULE)
