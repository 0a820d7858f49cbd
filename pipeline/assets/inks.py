"""The colours of screens, as a press prints them: cyan, magenta, yellow and black.

What these inks give on paper is told by an ICC profile of the printing
condition, which the printing house names. Grey and black are black ink alone:
four inks that are off by a hair would blur every stroke of small type.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image as Raster
from PIL import ImageChops, ImageCms

from pipeline.failures import Missing, Misuse
from pipeline.writer import Profile

_HEADER = 128
_DEVICE_CLASS, _COLOUR_SPACE = slice(12, 16), slice(16, 20)
# Two greys that a screen shows are no nearer to each other.
_STEP = 1 / 255
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION

_FOLDERS: Final = (
    *(Path("/usr/share/color/icc"), Path("/usr/local/share/color/icc")),
    *(Path("/Library/ColorSync/Profiles"), Path("C:/Windows/System32/spool/drivers")),
)
# Conditions that presses in China, Japan, Europe and America keep; the last is
# none of a press, and stands in where no other is at hand.
_USUAL: Final = (
    *("ISOcoated_v2_eci", "PSOcoated_v3", "FOGRA39L_coated", "CoatedFOGRA39"),
    *("JapanColor2011Coated", "JapanColor2001Coated", "GRACoL2006_Coated1v2"),
    "default_cmyk",
)
# Four inks upon each other dry badly above this sum, and come off on the next sheet.
_MOST_INK = 3.0
# Names under which the ICC's registry has them (https://registry.color.org).
_REGISTERED: Final = (
    (re.compile(r"ISO Coated v2|FOGRA ?39", re.IGNORECASE), "FOGRA39"),
    (re.compile(r"PSO Coated v3|FOGRA ?51", re.IGNORECASE), "FOGRA51"),
    (re.compile(r"Japan ?Color 2011 ?Coated", re.IGNORECASE), "JC201103"),
    (re.compile(r"Japan ?Color 2001 ?Coated", re.IGNORECASE), "JC200103"),
    (re.compile(r"GRACoL ?2006", re.IGNORECASE), "CGATS TR 006"),
)


class NoProfile(Missing):
    """There is no profile of a press on this machine."""


class UnfitProfile(Misuse):
    """The file is no profile of a press with four inks."""


@dataclass(frozen=True, slots=True)
class Separation:
    """A picture in inks: 4 of them, or 1, which is black, a byte each.

    ``samples`` are rows from the top; those of black count light, not ink.
    ``alpha`` has one byte for each place.
    """

    width: int
    height: int
    inks: int
    samples: bytes
    alpha: bytes | None = None


class Inks:
    """A printing condition, and the way to it from sRGB."""

    def __init__(self, profile: bytes, path: Path = Path()) -> None:
        self.profile = profile
        self.path = path
        press = ImageCms.ImageCmsProfile(BytesIO(profile))
        self.name: str = ImageCms.getProfileDescription(press).strip()
        self._ink = cache(self._converted)
        self._transform = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"), press, "RGB", "CMYK", _INTENT, _FLAGS
        )

    @property
    def condition(self) -> str:
        """Return the registered name of the printing condition, or ``Custom``."""
        names = (name for known, name in _REGISTERED if known.search(self.name))
        return next(names, "Custom")

    @property
    def named(self) -> Profile:
        """Return by which name and file people know the profile."""
        digest = hashlib.sha256(self.profile).hexdigest()
        return Profile(self.name, self.path, digest)

    def ink(self, red: float, green: float, blue: float) -> tuple[float, ...]:
        """Return the share of each ink, like the arguments from 0 to 1.

        Together they are no more than dries on paper, whatever the profile says.
        """
        return self._ink(red, green, blue)

    def separated(self, picture: bytes) -> Separation:
        """Return a picture that Pillow can read, in inks."""
        with Raster.open(BytesIO(picture)) as opened:
            opened.load()
            raster = opened
        has_alpha = raster.has_transparency_data
        alpha = raster.convert("RGBA").getchannel("A") if has_alpha else None
        inked = self._inked(raster)
        return Separation(
            *inked.size,
            len(inked.getbands()),
            inked.tobytes(),
            alpha.tobytes() if alpha else None,
        )

    def _inked(self, raster: Raster.Image) -> Raster.Image:
        if raster.mode == "CMYK":
            return raster
        if raster.mode in ("1", "L", "LA"):
            return raster.convert("L")
        seen = raster.convert("RGB")
        if _is_grey(seen):
            return seen.getchannel("R")
        inked = ImageCms.applyTransform(seen, self._transform)
        assert inked is not None
        return inked

    def _converted(self, red: float, green: float, blue: float) -> tuple[float, ...]:
        if max(red, green, blue) - min(red, green, blue) < _STEP:
            return (0.0, 0.0, 0.0, 1 - green)
        place = Raster.new(
            "RGB", (1, 1), tuple(round(c * 255) for c in (red, green, blue))
        )
        *coloured, black = (share / 255 for share in self._inked(place).tobytes())
        most = min(1.0, (_MOST_INK - black) / max(sum(coloured), _STEP))
        return (*(share * most for share in coloured), black)


def find(named: str = "") -> Inks:
    """Return the inks of the profile at the path ``named``, or of a usual one.

    Raises NoProfile and UnfitProfile.
    """
    if named:
        return _read(Path(named))
    for path in _at_hand():
        return _read(path)
    raise NoProfile("inks.missing")


def _at_hand() -> Iterable[Path]:
    found = {
        path.stem.casefold(): path
        for folder in _FOLDERS
        for path in sorted(folder.rglob("*.ic[cm]"), reverse=True)
    }
    return [found[name.casefold()] for name in _USUAL if name.casefold() in found]


def _read(path: Path) -> Inks:
    try:
        if path.exists() and not path.is_file():  # a device may have no end
            raise UnfitProfile("inks.unfit", path=path)
        data = path.read_bytes()
    except OSError as error:
        raise UnfitProfile("inks.unreadable", path=path, reason=error) from error
    is_press = data[_DEVICE_CLASS] == b"prtr" and data[_COLOUR_SPACE] == b"CMYK"
    if len(data) <= _HEADER or not is_press:
        raise UnfitProfile("inks.unfit", path=path)
    try:
        return Inks(data, path)
    except (ImageCms.PyCMSError, OSError) as error:
        raise UnfitProfile("inks.unreadable", path=path, reason=error) from error


def _is_grey(raster: Raster.Image) -> bool:
    red, green, blue = raster.split()
    return not any(
        ImageChops.difference(red, other).getbbox() for other in (green, blue)
    )
