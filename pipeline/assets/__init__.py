"""The pictures of a manuscript: found, proved sound, named, and made smaller."""

from __future__ import annotations

import re
import warnings
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from PIL import Image as Raster

from pipeline import drawings, limits
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.drawings import Fault
from pipeline.model import Asset, Image, Text
from pipeline.pictures import picture
from pipeline.source import Span
from pipeline.tree import Element, parse_xml

# No others: some of Pillow's decoders start programs.
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
_SCANNED = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
# Standard Ebooks Manual of Style 9.2 asks for less than 1.5 MB.
_LARGEST_FILE = 1_500_000
_LARGEST_BOX = (1600, 2400)
_QUALITY = 88
_LONGEST_NAME = 60
# Exif 2.32, 4.6.5.1.6: a camera held upright lays the picture on its side.
_ORIENTATION, _LYING = 0x0112, {5, 6, 7, 8}
_PIXELS = re.compile(r"([0-9]*\.?[0-9]+)(?:px)?")


@dataclass(frozen=True, slots=True)
class _Unfit:
    """Why a picture can't be shown."""

    code: Code
    values: Mapping[str, object] = field(default_factory=dict)


_HUGE = _Unfit(Code.HUGE_PICTURE, {"limit": limits.PICTURE_PIXELS // 1_000_000})

_ACTIVE = _Unfit(Code.ACTIVE_PICTURE)
_ENDLESS = _Unfit(Code.ENDLESS_DRAWING, {"limit": limits.DRAWING_ELEMENTS})

LIKENESS = 16


class Gallery:
    """The pictures that one manuscript shows, each kept once."""

    def __init__(
        self, neighbour: Callable[[str], bytes | None], report: Report
    ) -> None:
        self._neighbour = neighbour
        self._report = report
        self._assets: dict[str, Asset] = {}

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Return the pictures in the order in which they are first shown."""
        return tuple(self._assets.values())

    def show(self, address: str, alt: str, span: Span) -> Image | Text | None:
        """Return the picture at ``address``, or else its description, if any.

        ``address`` is a URL relative to the source. What is wrong with the
        picture is reported.
        """
        name = self.hang(address, span)
        if not name:
            return Text(alt, span=replace(span, start=None, end=None)) if alt else None
        return Image(name, alt, span=span)

    def hang(self, address: str, span: Span) -> str:
        """Return the name of the asset at ``address``; empty once it is reported."""
        if re.match(r"(?i)(?:https?:|ftp:)?//", address):
            self._say(Code.REMOTE_PICTURE, span, name=_short(address))
            return ""
        data = self._fetch(address)
        if data is None:
            self._say(Code.MISSING_PICTURE, span, name=_short(address))
            return ""
        match _examine(data):
            case _Unfit(code=code, values=values):
                self._say(code, span, name=_short(address), **values)
                return ""
            case asset:
                return self._assets.setdefault(asset.name, asset).name

    def _fetch(self, address: str) -> bytes | None:
        if address.lower().startswith("data:"):
            return _carried(address)
        try:
            return self._neighbour(unquote(urlsplit(address).path))
        except (OSError, ValueError):  # a name that no file can have
            return None

    def _say(self, code: Code, span: Span, **values: object) -> None:
        self._report(Diagnostic(code, span, values))


def reduced(asset: Asset) -> Asset:
    """Return a picture that is light enough for a reading device.

    Photographs and scans are made smaller; drawings and moving pictures stay.
    """
    form = _SCANNED.get(asset.media_type)
    if form is None or len(asset.data) <= _LARGEST_FILE:
        return asset
    with _opened(asset.data) as raster:
        smaller = raster.convert("RGBA") if raster.mode == "P" else raster
        smaller.thumbnail(_LARGEST_BOX, Raster.Resampling.LANCZOS)
        data = _saved(smaller, form)
    return replace(asset, data=data) if len(data) < len(asset.data) else asset


def likeness(data: bytes) -> bytes | None:
    """Return what two sizes of one picture have in common, or None of a drawing.

    It is a byte of grey for each of ``LIKENESS`` squared fields.
    """
    try:
        with _opened(data) as raster:
            flat = Raster.new("RGBA", raster.size, "white")
            flat.alpha_composite(raster.convert("RGBA"))
            fields = flat.convert("L").resize((LIKENESS, LIKENESS))
            return fields.tobytes()
    except (OSError, Raster.DecompressionBombError):
        return None


def size(asset: Asset) -> tuple[float, float] | None:
    """Return width and height as they are shown, in pixels of CSS, where known."""
    if asset.media_type == "image/svg+xml":
        return _drawn_size(asset.data)
    try:
        with _opened(asset.data) as raster:
            lies = raster.getexif().get(_ORIENTATION, 1) in _LYING
            width, height = raster.size
    except (OSError, Raster.DecompressionBombError):
        return None
    return (height, width) if lies else (width, height)


def _drawn_size(drawing: bytes) -> tuple[float, float] | None:
    match parse_xml(drawing):
        case Element(name="svg") as root:
            said = [root.get("width"), root.get("height")]
            view = root.get("viewBox").replace(",", " ").split()[2:]
            for lengths in (said, view):
                numbers = [_PIXELS.fullmatch(length.strip()) for length in lengths]
                if len(numbers) == 2 and all(numbers):
                    width, height = (float(n[1]) for n in numbers if n)
                    return (width, height) if width and height else None
    return None


def _examine(data: bytes) -> Asset | _Unfit:
    if b"<svg" in data[:4096]:
        fault = drawings.fault(data)
        return _ENDLESS if fault is Fault.ENDLESS else picture(data) or _ACTIVE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sound(data)
    except Raster.DecompressionBombError:
        return _HUGE
    except Exception:  # decoders raise whatever the damage makes them stumble over
        return _Unfit(Code.BROKEN_PICTURE)


def _sound(data: bytes) -> Asset | _Unfit:
    with _opened(data) as raster:
        if raster.width * raster.height > limits.PICTURE_PIXELS:
            return _HUGE
        raster.verify()
    with _opened(data) as raster:
        raster.load()
        # Reading systems show no ink colours.
        shown = None if raster.mode == "CMYK" else picture(data)
        return shown or _converted(raster)


def _opened(data: bytes) -> Raster.Image:
    # Without it Pillow knows its commonest formats only.
    Raster.init()
    return Raster.open(BytesIO(data), formats=_FORMATS)


def _converted(raster: Raster.Image) -> Asset | _Unfit:
    if raster.mode == "CMYK":
        data = _saved(raster.convert("RGB"), "JPEG")
    else:
        data = _saved(raster, "PNG")
    return picture(data) or _Unfit(Code.BROKEN_PICTURE)


def _saved(raster: Raster.Image, form: str) -> bytes:
    file = BytesIO()
    raster.save(file, form, optimize=True, quality=_QUALITY)
    return file.getvalue()


def _carried(url: str) -> bytes | None:
    """Return what a data URL carries (RFC 2397)."""
    header, comma, content = url.partition(",")
    if not comma:
        return None
    data = unquote_to_bytes(content)
    if not header.lower().endswith(";base64"):
        return data
    try:
        return b64decode(data)
    except Base64Error:
        return None


def _short(address: str) -> str:
    name = unquote(address)
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"
