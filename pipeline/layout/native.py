"""Which libraries of the system the engine runs on: their versions decide on bytes."""

from __future__ import annotations

import zlib

from weasyprint.text import ffi as loaded

# What WeasyPrint loads and never asks: declared here, found in what it loaded.
_DECLARATIONS = "const char *hb_version_string (void); int FcGetVersion (void);"


def versions() -> dict[str, str]:
    """Return the version of each library by its name."""
    loaded.ffi.cdef(_DECLARATIONS, override=True)
    harfbuzz = loaded.ffi.string(loaded.harfbuzz.hb_version_string()).decode()
    return {
        "fontconfig": _dotted(loaded.fontconfig.FcGetVersion()),
        "harfbuzz": harfbuzz,
        "pango": _dotted(loaded.pango.pango_version()),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _dotted(number: int) -> str:
    """Return a version that Pango and Fontconfig write as 15012 for 1.50.12."""
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
