"""One small book, in which accidents can be planted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image

from pipeline import audit, reading, works
from pipeline.build import Order, build
from pipeline.reading import Reading
from pipeline.works import Work


@dataclass(frozen=True)
class Made:
    """A work with chapters, notes and pictures, its reading and its editions."""

    work: Work
    reading: Reading
    epub: bytes
    pdf: bytes

    def proves(self, name, data):
        return audit.audit(self.work, self.reading, {name: data}).is_proved


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    for number in range(3):
        (folder / f"{number}.png").write_bytes(picture(number))
    source = folder / "船经.md"
    source.write_text(story(random.Random(7)), encoding="utf-8")
    build(source, folder, Order(), lambda _stage: None)
    work = works.locate(source, print)
    editions = ((folder / f"船经.{kind}").read_bytes() for kind in ("epub", "pdf"))
    return Made(work, reading.read(work), *editions)


def picture(number):
    """Return a picture of a dark bar, each time on another of its sides."""
    image = Image.new("L", (60, 40), 255)
    image.paste(40, (20 * number, 0, 20 * number + 20, 40))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def story(chance):
    """Return three chapters of different paragraphs, each with notes and a picture."""
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    lines = []
    for chapter in range(3):
        lines.append(
            f"# 第{'一二三'[chapter]}章　{''.join(chance.sample(characters, 4))}"
        )
        for number in range(6):
            text = "".join(chance.sample(characters, 60))
            call = f"[^{chapter}{number}]" if number < 2 else ""
            lines.append(f"{text[:30]}，{text[30:]}。{call}")
            if call:
                lines.append(f"{call}: {''.join(chance.sample(characters, 12))}。")
        lines.append(f"![{''.join(chance.sample(characters, 5))}]({chapter}.png)")
    return "\n\n".join(lines) + "\n"
