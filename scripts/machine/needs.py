"""What a machine must have before pip can do the rest."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping
from ctypes.util import find_library
from enum import Enum
from pathlib import Path
from shutil import which


class Need(Enum):
    """Something that no wheel brings; a library by the name that loads it."""

    PANGO = "libpango-1.0.so.0"
    PANGOFT2 = "libpangoft2-1.0.so.0"
    HARFBUZZ_SUBSET = "libharfbuzz-subset.so.0"
    VENV = "venv + ensurepip"
    CERTIFICATES = "CA certificates"
    NODE = "Node.js"
    NPM = "npm"
    CHROMIUM = "Chromium"
    ATOMIC = "libatomic.so.1"


_PROGRAMS: Mapping[Need, tuple[str, ...]] = {
    Need.NODE: ("node",),
    Need.NPM: ("npm",),
    Need.CHROMIUM: ("chromium", "chromium-browser", "google-chrome"),
}
_LIBRARIES = (Need.PANGO, Need.PANGOFT2, Need.HARFBUZZ_SUBSET)
_CERTIFICATE_VARIABLES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")


def missing_libraries() -> Iterator[Need]:
    """Yield the libraries that cannot be loaded, however they are installed."""
    return (library for library in _LIBRARIES if not _loads(library.value))


def missing_for_reading_systems() -> Iterator[Need]:
    """Yield what reading systems, and Playwright which drives them, do not find."""
    yield from (n for n, names in _PROGRAMS.items() if not any(map(which, names)))
    # Playwright brings a Node.js of its own, which is linked to it on Linux.
    if sys.platform == "linux" and not _loads(Need.ATOMIC.value):
        yield Need.ATOMIC


def has_certificates() -> bool:
    """Tell whether a download can be trusted: off Linux, pip brings its own."""
    named = [os.environ[name] for name in _CERTIFICATE_VARIABLES if name in os.environ]
    if named or sys.platform != "linux":
        return all(map(os.path.exists, named))
    import ssl

    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())))


def _loads(name: str) -> bool:
    return _opens(name) or _opens(find_library(name[3:].partition(".so")[0]))


def _opens(name: str | None) -> bool:
    try:
        return bool(name and ctypes.CDLL(name))
    except OSError:
        return False
