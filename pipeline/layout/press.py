"""What makes a PDF one to print from: PDF/X-4, in inks.

ISO 15930-7 asks that a press needs to ask nothing: which inks, on which paper,
where the sheet is cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import pydyf
from weasyprint import images
from weasyprint.pdf import stream

from pipeline.assets.inks import Inks
from pipeline.layout import Imprint, conformance, metadata
from pipeline.layout.proof import Replacement
from pipeline.layout.structure import Pdf

VERSION = "1.6"
COLOUR_SPACE = "device-cmyk"
BLEED = 3 * 72 / 25.4
"""How far colour goes beyond where the sheet is cut, in points."""

# States of graphics (ISO 32000-1, 8.6.7): type is printed upon what is below it, or
# that is left white where type is.
_UPON, _CUT_OUT = (
    (b"upon", {"OP": "true", "op": "true", "OPM": 1}),
    (b"cut-out", {"OP": "false", "op": "false", "OPM": 0}),
)
_BLACK = ("srgb", 0, 0, 0)

_State: TypeAlias = tuple[bytes, dict[str, object]]
_Stream: TypeAlias = Any
_Image: TypeAlias = Any

_CLAIMS = """\
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdf:Trapped>False</pdf:Trapped>
</rdf:Description>"""


def inked(inks: Inks) -> Iterable[Replacement]:
    """Return what paints in inks, in place of what paints in light."""

    def set_color_rgb(
        paper: _Stream,
        red: float,
        green: float,
        blue: float,
        stroke: bool = False,  # noqa: FBT001, FBT002 - as it is called
    ) -> None:
        shares = b"%.4g %.4g %.4g %.4g" % inks.ink(red, green, blue)
        paper.stream.append(shares + (b" K" if stroke else b" k"))

    def interpolation(
        domain: object, start: tuple[float, ...], end: tuple[float, ...], n: float
    ) -> Any:  # noqa: ANN401 - a dictionary of pydyf
        ends = (inks.ink(*end) if len(end) == 3 else end for end in (start, end))
        return stock(domain, *ends, n)

    def get_x_object(picture: _Image, _interpolate: object, _ratio: float) -> _Image:
        return _x_object(inks, picture.image_data.data)

    stock = stream.Stream.create_interpolation_function
    yield from _overprinted()
    yield stream.Stream, "set_color_rgb", set_color_rgb
    yield stream.Stream, "create_interpolation_function", staticmethod(interpolation)
    yield images.RasterImage, "get_x_object", get_x_object


def _overprinted() -> Iterable[Replacement]:
    """Print black type upon colour: else white shows where an ink is a little off."""
    begin, end = stream.Stream.begin_text, stream.Stream.end_text

    def begin_text(paper: _Stream) -> None:
        is_black = paper._current_color == _BLACK  # noqa: SLF001
        if paper.stream[-1:] == [_setting(_CUT_OUT)] and is_black:
            paper.stream.pop()
        elif is_black:
            _set_state(paper, _UPON)
        paper.is_overprinted = is_black
        begin(paper)

    def end_text(paper: _Stream) -> None:
        end(paper)
        if paper.is_overprinted:
            _set_state(paper, _CUT_OUT)

    yield stream.Stream, "begin_text", begin_text
    yield stream.Stream, "end_text", end_text


def _set_state(paper: _Stream, state: _State) -> None:
    name, values = state
    states = paper._resources["ExtGState"]  # noqa: SLF001
    states.setdefault(name.decode(), pydyf.Dictionary({"Type": "/ExtGState"} | values))
    paper.stream.append(_setting(state))


def _setting(state: _State) -> bytes:
    return b"/%b gs" % state[0]


def finish(pdf: Pdf, imprint: Imprint, inks: Inks) -> None:
    """Make ``pdf`` conform, before it is written."""
    conformance.mend(pdf)
    metadata.add(pdf, imprint, _CLAIMS)
    pdf.info["Trapped"] = "/False"
    condition = inks.condition, inks.name
    conformance.intend(pdf, "GTS_PDFX", inks.profile, 4, condition)
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Page":
            left, top, right, bottom = thing["TrimBox"]
            thing["BleedBox"] = pydyf.Array(
                (left - BLEED, top - BLEED, right + BLEED, bottom + BLEED)
            )


def _x_object(inks: Inks, picture: bytes) -> Any:  # noqa: ANN401 - a stream of pydyf
    found = inks.separated(picture)
    size = {"Width": found.width, "Height": found.height}
    image = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "BitsPerComponent": 8,
        "Interpolate": "false",
        **size,
    }
    space = "/DeviceCMYK" if found.inks == 4 else "/DeviceGray"
    extra = pydyf.Dictionary({**image, "ColorSpace": space})
    if found.alpha:
        mask = pydyf.Dictionary({**image, "ColorSpace": "/DeviceGray"})
        extra["SMask"] = pydyf.Stream([found.alpha], mask, compress=True)
    return pydyf.Stream([found.samples], extra, compress=True)
