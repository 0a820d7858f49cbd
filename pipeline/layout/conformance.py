"""What both PDF/A and PDF/X want of a file."""

from __future__ import annotations

import pydyf

from pipeline.layout import cff
from pipeline.layout.structure import Dictionary, Pdf

_PRINTED = 4  # ISO 32000-1, 12.5.3


def mend(pdf: Pdf) -> None:
    """Embed fonts by the numbers of glyphs, and leave nothing to the viewer."""
    for thing in pdf.objects:
        match thing:
            case pydyf.Dictionary() if thing.get("Type") == "/Annot":
                thing["F"] = _PRINTED
            case pydyf.Dictionary() if "FontFile3" in thing:
                _embed_by_number(pdf, thing)
            case pydyf.Stream() if thing.extra.get("Subtype") == "/Image":
                thing.extra["Interpolate"] = "false"


def intend(
    pdf: Pdf, subtype: str, profile: bytes, colours: int, condition: tuple[str, str]
) -> None:
    """Say by a profile what the ``colours`` in the file mean.

    ``subtype`` is the standard that wants to know. ``condition`` is the registered
    name of what the profile describes, and what people call it.
    """
    embedded = pydyf.Stream([profile], pydyf.Dictionary({"N": colours}), compress=True)
    pdf.add_object(embedded)
    name, called = map(pydyf.String, condition)
    intent = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": f"/{subtype}",
            "OutputConditionIdentifier": name,
            "RegistryName": pydyf.String("http://www.color.org"),
            "Info": called,
            "DestOutputProfile": embedded.reference,
        }
    )
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


def _embed_by_number(pdf: Pdf, descriptor: Dictionary) -> None:
    number = int(descriptor["FontFile3"].split()[0])
    file = pdf.objects[number]
    if (table := cff.cid_keyed(b"".join(file.stream))) is not None:
        file.stream = [table]
        file.extra = pydyf.Dictionary({"Subtype": "/CIDFontType0C"})
