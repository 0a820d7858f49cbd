"""One small book, in which losses can be planted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from pipeline import audit, reading, works
from pipeline.build import Order, build
from pipeline.reading import Reading
from pipeline.works import Work

STEM = "船经"
_CHAPTERS = "一二三"


@dataclass(frozen=True)
class Made:
    """A work with chapters, notes and pictures, its reading and its editions."""

    work: Work
    reading: Reading
    epub: bytes
    pdf: bytes

    def proves(self, name: str, data: bytes) -> bool:
        """Tell whether the audit takes ``data`` for an edition of the work."""
        return audit.audit(self.work, self.reading, {name: data}).is_proved


def made(folder: Path) -> Made:
    """Return the book, built into ``folder``."""
    for number in range(len(_CHAPTERS)):
        (folder / f"{number}.png").write_bytes(_picture(number))
    source = folder / f"{STEM}.md"
    source.write_text(_story(random.Random(7)), encoding="utf-8")
    build(source, folder, Order(), lambda _stage: None)
    work = works.locate(source, print)
    assert work
    epub, pdf = ((folder / f"{STEM}.{kind}").read_bytes() for kind in ("epub", "pdf"))
    return Made(work, reading.read(work), epub, pdf)


def _picture(number: int) -> bytes:
    """Return a picture of a dark bar, each time on another of its sides."""
    image = Image.new("L", (60, 40), 255)
    image.paste(40, (20 * number, 0, 20 * number + 20, 40))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _story(chance: random.Random) -> str:
    """Return three chapters of different paragraphs, each with notes and a picture."""
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    lines = []
    for chapter, numeral in enumerate(_CHAPTERS):
        lines.append(f"# 第{numeral}章　{''.join(chance.sample(characters, 4))}")
        for number in range(6):
            text = "".join(chance.sample(characters, 60))
            call = f"[^{chapter}{number}]" if number < 2 else ""
            lines.append(f"{text[:30]}，{text[30:]}。{call}")
            if call:
                lines.append(f"{call}: {''.join(chance.sample(characters, 12))}。")
        lines.append(f"![{''.join(chance.sample(characters, 5))}]({chapter}.png)")
    return "\n\n".join(lines) + "\n"
