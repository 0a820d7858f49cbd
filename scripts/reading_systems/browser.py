"""Chromium, as it comes with the machine, with the fonts that Keben has."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from pipeline import fonts
from pipeline.fonts.families import HEI, MONO, SONG

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# It shows pages of this machine alone: it has nobody to call.
_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Reading systems wait for the next frame at every step.
    "--disable-frame-rate-limit",
    "--disable-gpu-vsync",
)


@contextmanager
def browsing() -> Iterator[Any]:
    """Give a headless Chromium with a profile of its own, until it is closed.

    Raises FileNotFoundError where there is no Chromium.
    """
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_program(),
            args=list(_OPTIONS),
            env={**os.environ, "FONTCONFIG_FILE": str(_devices_fonts(Path(folder)))},
        )
        try:
            yield browser
        finally:
            browser.close()


def _program() -> str:
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        raise FileNotFoundError("Chromium is not installed; run: make readers")
    return found


def _devices_fonts(folder: Path) -> Path:
    """Write a configuration in which 宋体 and 黑体 are the fonts of the device."""
    faces = fonts.faces()
    homes = sorted({face.path.parent for face in faces})
    names = {face.family: face.name for face in faces}
    song, hei, mono = names[SONG], names[HEI], names[MONO]
    usual = {
        "serif": song,
        "Times New Roman": song,
        "sans-serif": hei,
        "monospace": mono,
    }
    path = folder / "fonts.conf"
    path.write_text(
        "<fontconfig>"
        + "".join(f"<dir>{escape(str(home))}</dir>" for home in homes)
        + f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>"
        + "".join(
            f"<alias binding='same'><family>{name}</family>"
            f"<prefer><family>{face}</family></prefer></alias>"
            for name, face in usual.items()
        )
        + "</fontconfig>",
        encoding="utf-8",
    )
    return path
