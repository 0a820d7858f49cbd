"""Packed files whose parts were changed, tag by tag, and packed again."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from hypothesis import strategies as st

from tests.readers.office import zipped

_PIECES = re.compile("<[^>]*>|[^<]+")
_VALUE = re.compile('"[^"]*"')
_VALUES = ("", "-1", "9999999999", "²", "../../x", "#", "[x", "%FF", "javascript:1")


@st.composite
def damaged(draw, data):
    """Return a strategy for ``data`` with some pieces of its parts displaced."""
    parts = _parts(data)
    name = draw(st.sampled_from([n for n in parts if not n.endswith((".png", "type"))]))
    pieces = _PIECES.findall(parts[name].decode())
    for _ in range(draw(st.integers(1, 5))):
        here, there = (draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
        match draw(st.sampled_from(("swap", "copy", "empty", "value"))):
            case "swap":
                pieces[here], pieces[there] = pieces[there], pieces[here]
            case "copy":
                pieces[here] += pieces[there]
            case "empty":
                pieces[here] = ""
            case _:
                value = f'"{draw(st.sampled_from(_VALUES))}"'
                pieces[here] = _VALUE.sub(value, pieces[here], count=1)
    return zipped({**parts, name: "".join(pieces)})


def _parts(data):
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
