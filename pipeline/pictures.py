"""Pictures that come in with a document: told by their bytes, never by name."""

from __future__ import annotations

import re
from hashlib import sha256

from pipeline import drawings
from pipeline.model import Asset

_SVG = "image/svg+xml"

# EPUB 3.3, 3.2 Core media types: the suffix and the first bytes of each.
_FORMATS = {
    "image/png": (".png", rb"\x89PNG\r\n\x1a\n.{4}IHDR"),
    "image/jpeg": (".jpg", rb"\xff\xd8\xff"),
    "image/gif": (".gif", rb"GIF8[79]a"),
    "image/webp": (".webp", rb"RIFF.{4}WEBP"),
    _SVG: (".svg", rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg)"),
}
_TRACKER = 2
_WIDTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,4})?)\s*(%|px|pt|pc|mm|cm|in|em|rem)?")


def picture(data: bytes) -> Asset | None:
    """Return ``data`` as an asset, if every reading system can show it.

    The name comes from the content, so equal pictures share one asset. A
    drawing (SVG) that holds programs or refers to other files is refused.
    """
    for media_type, (suffix, signature) in _FORMATS.items():
        if re.match(signature, data, re.DOTALL):
            sound = media_type != _SVG or drawings.fault(data) is None
            name = f"{sha256(data).hexdigest()[:16]}{suffix}"
            return Asset(name, media_type, data) if sound else None
    return None


def width(said: str) -> str:
    """Return a width as CSS has it; empty for what is none. Numbers are pixels."""
    match = _WIDTH.fullmatch(said.strip().lower())
    if not match or not float(match[1]):
        return ""
    if match[2] == "%" and float(match[1]) > 100:
        return "100%"
    return f"{float(match[1]):g}{match[2] or 'px'}"


def is_tracker(asset: Asset) -> bool:
    """Tell whether a picture is one of the tiny ones that count visitors."""
    match asset.media_type:
        case "image/png":
            width, height = asset.data[16:20], asset.data[20:24]
            size = int.from_bytes(width, "big"), int.from_bytes(height, "big")
        case "image/gif":
            width, height = asset.data[6:8], asset.data[8:10]
            size = int.from_bytes(width, "little"), int.from_bytes(height, "little")
        case _:
            return False
    return max(size) <= _TRACKER
