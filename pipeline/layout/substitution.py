"""What takes the place of a face that is not at hand, told to Fontconfig.

Only the faces that style sheets name exist for it: no folder is searched.
https://www.freedesktop.org/software/fontconfig/fontconfig-user.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.fonts.families import FAMILIES, SONG, Family
from pipeline.writer import Face

_HEADER = (
    '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
)
# FC_WEIGHT_DEMIBOLD: what CSS calls 600.
_BOLD_FROM = 180


def configuration(faces: Iterable[Face]) -> str:
    """Return the configuration file of Fontconfig for a book in ``faces``."""
    heaviest: dict[str, int] = {}
    for face in faces:
        heaviest[face.family] = max(face.weight, heaviest.get(face.family, 0))
    root = Element("fontconfig")
    for family in FAMILIES.values():
        for rule in _rules(family, heaviest):
            root.append(rule)
    # A name that is none of ours finds the face of the text, not the first at hand.
    root.extend(_edit("append_last", name) for name in FAMILIES[SONG].last)
    return f"{_HEADER}\n{tostring(root, encoding='unicode')}\n"


def _rules(family: Family, heaviest: dict[str, int]) -> Iterator[Element]:
    if family.bold and heaviest.get(family.name, 0) < 600:
        yield _rule(family, "prepend", family.bold, bold=("more_eq", _BOLD_FROM))
    if family.stand_in and family.name not in heaviest:
        yield _rule(family, "append", family.stand_in)
    for name in family.last:
        yield _rule(family, "append_last", name)


def _rule(
    family: Family, mode: str, name: str, bold: tuple[str, int] | None = None
) -> Element:
    """Return a rule that adds the family ``name`` where ``family`` is asked for."""
    match = _edit(mode, name)
    tests = [_test("family", "eq", family.name)]
    if bold:
        tests.append(_test("weight", *bold))
    for at, test in enumerate(tests):
        match.insert(at, test)
    return match


def _edit(mode: str, name: str) -> Element:
    match = Element("match", target="pattern")
    edit = SubElement(match, "edit", name="family", mode=mode, binding="same")
    SubElement(edit, "string").text = name
    return match


def _test(name: str, compare: str, value: str | int) -> Element:
    test = Element("test", name=name, compare=compare, qual="any")
    SubElement(test, "int" if isinstance(value, int) else "string").text = str(value)
    return test
