"""Take the screens of the documentation: our EPUBs in real reading systems.

Usage: .venv/bin/python scripts/screens.py   (make screens)

Writes docs/pictures/screen-*.png, and audit.png, the page of a proof.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from reading_systems.browser import browsing
from reading_systems.desk import Desk, Screen, System, Wishes, sitting

from pipeline import fonts
from pipeline.build import Order, build
from pipeline.fonts.families import SONG

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs/examples"
BOOK = EXAMPLES / "markdown/刻本小史.md"
NOVEL = EXAMPLES / "novel/夜航.txt"
PHONE = Screen(360, 640, 1.5)
# A device that is set to 宋体.
SONG_FACE = next(face.name for face in fonts.faces() if face.family == SONG)
DAY = f"html {{ font-family: '{SONG_FACE}' }}"
NIGHT = DAY + "html { color: #cccccc !important; background: #121212 !important }"
BY_DAY = Wishes(style=DAY)
AT_NIGHT = Wishes(paper="#121212", style=NIGHT)


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen: which book, opened where, how, and on what.

    ``tones`` is how many colours the device shows.
    """

    name: str
    source: Path
    place: int
    system: System
    wishes: Wishes = BY_DAY
    theme: str = "book"
    tones: int = 64


SHOTS = (
    Shot("phone", BOOK, 6, System.FOLIATE),
    Shot("eink", NOVEL, 2, System.EPUBJS, tones=16),
    Shot("dark", BOOK, 1, System.FOLIATE, AT_NIGHT),
    Shot("vertical", NOVEL, 2, System.FOLIATE, theme="vertical"),
)


# What a text that was copied from a web site looks like.
COPIED = """《夜航》
作者:刻本同人

第一章 雾里的汽笛

    阿水十六岁上船,跟着舅舅学看灯。
    "看灯不是看亮,"舅舅说,"是看它什么时候不亮。"
    他不懂。船走夜路,两岸的航标灯一红一白...隔着雾,像两串没有穿好的珠子。
- 12 -
    舅舅立在舵房外头,手里捏着一只旧怀表(银的),灯一灭,他就数;灯再亮,他便点一点头。

第二章 狮子矶

    "六秒,是狮子矶。"
    "那边呢?"
    "四秒一明,两秒一暗。你自己数。"
"""


def main() -> None:
    """Take every screen, and one of the proof."""
    audit(ROOT / "docs/pictures/audit.png")
    with TemporaryDirectory() as folder, sitting() as desk:
        for shot in SHOTS:
            path = ROOT / f"docs/pictures/screen-{shot.name}.png"
            reduced(taken(shot, desk, Path(folder)), shot.tones).save(
                path, optimize=True
            )
            print(path.relative_to(ROOT), f"{path.stat().st_size / 1024:.0f} KB")


def audit(target: Path) -> None:
    """Draw the page of a proof, with a change and its rule."""
    with TemporaryDirectory() as folder, browsing() as browser:
        source = Path(folder, "夜航.txt")
        source.write_text(COPIED, "utf-8")
        build(source, Path(folder), Order(), lambda _stage: None)
        page = browser.new_page(
            viewport={"width": 1060, "height": 860}, device_scale_factor=1.5
        )
        page.goto(Path(folder, "夜航.audit.html").as_uri())
        page.click(".language")
        for _change in range(8):
            page.keyboard.press("n")
        page.evaluate("scrollTo(0, 190)")
        page.wait_for_timeout(300)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(64).save(target, optimize=True)
    print(target.relative_to(ROOT), f"{target.stat().st_size / 1024:.0f} KB")


def taken(shot: Shot, desk: Desk, folder: Path) -> Image.Image:
    """Make the book of ``shot``, open it, and go to its entry of the contents."""
    order = Order(("epub",), shot.theme, proved=False)
    outcome = build(shot.source, folder / shot.name, order, lambda _stage: None)
    book = outcome.editions[0].path
    with desk.reading(book, shot.system, shot.wishes, PHONE) as page:
        page.evaluate(
            "async index => system.goTo(system.contents[index].href)", shot.place
        )
        page.wait_for_timeout(300)  # until pictures and fonts are drawn
        return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def reduced(picture: Image.Image, tones: int) -> Image.Image:
    """Return a picture with few colours; those of electronic ink are greys."""
    return (picture.convert("L") if tones == 16 else picture).quantize(tones)


if __name__ == "__main__":
    main()
