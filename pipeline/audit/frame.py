"""What stands around the text where no title page does: the form of a document.

An official document opens with its head and ends with its imprint (GB/T
9704-2012, 7). All of that is from the settings of the work, and is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.audit.strand import Strand, spun, squeezed
from pipeline.model import Metadata
from pipeline.render.labels import labels
from pipeline.render.official import dated

# So many characters tell where the text begins and ends; fewer where one of them
# is still to be changed.
_KNOWN_BY = (30, 10, 3)
_MARKS = dict.fromkeys(map(ord, "\n：。（）.0123456789"))


def phrases(meta: Metadata) -> tuple[str, ...]:
    """Return what the head and the end of a document may say, each once."""
    found = map(squeezed, _phrases(meta))
    return tuple(sorted(filter(None, found), key=len, reverse=True))


def unframed(said: Strand, claimed: Strand, known: Iterable[str]) -> Strand:
    """Return ``said`` without what is known around the text that is claimed."""
    known = tuple(known)
    if not claimed.text:  # a document that is no more than its title
        return claimed if _is_known(said.text, known) else said
    start, end = _start(said.text, claimed.text), _end(said.text, claimed.text)
    if start is None or end is None:
        return said
    first = start if _is_known(said.text[:start], known) else 0
    final = end if _is_known(said.text[end:], known) else len(said.text)
    return spun(said.pieces(first, final))


def _start(said: str, claimed: str) -> int | None:
    places = (said.find(claimed[:size]) for size in _KNOWN_BY)
    return next((place for place in places if place >= 0), None)


def _end(said: str, claimed: str) -> int | None:
    for last in (claimed[-size:] for size in _KNOWN_BY):
        if (place := said.rfind(last)) >= 0:
            return place + len(last)
    return None


def _phrases(meta: Metadata) -> Iterator[str]:
    words = labels(meta.language)
    yield from (meta.title, meta.subtitle)
    yield from (words[name] for name in ("signers", "attachments", "copied", "issued"))
    if official := meta.official:
        for value in (getattr(official, name) for name in official.__slots__):
            for text in (value,) if isinstance(value, str) else value:
                yield dated(text)


def _is_known(text: str, known: Iterable[str]) -> bool:
    for phrase in known:
        text = text.replace(phrase, "\n", 1)
    return not text.translate(_MARKS)
