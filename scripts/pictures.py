"""Draw the README's picture: two pages of the PDF beside a screen of the EPUB.

Usage: .venv/bin/python scripts/pictures.py [STEM]

Needs the editions in dist/ (make book) and Chromium, which shows the EPUB's
chapter as a phone would. Writes docs/pictures/editions.png.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdfium2
from PIL import Image

from pipeline import fonts
from pipeline.fonts.families import SONG

ROOT = Path(__file__).parents[1]
HEIGHT = 620
GAP = 24
DESK = "#d9d5cc"


def main() -> None:
    """Draw the picture for the first source, or for STEM."""
    seeds = sorted(p.stem for p in (ROOT / "seeds").iterdir() if p.suffix != ".toml")
    stem = sys.argv[1] if len(sys.argv) > 1 else seeds[0]
    cover, opening = pages(ROOT / f"dist/{stem}.pdf")
    screen = phone(ROOT / f"dist/{stem}.epub")
    target = ROOT / "docs/pictures/editions.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet = beside([cover, opening, screen]).quantize(64)
    sheet.save(target, optimize=True)
    print(target.relative_to(ROOT), f"{target.stat().st_size / 1024:.0f} KB")


def pages(path: Path) -> list[Image.Image]:
    """Return the cover and the page where the first chapter opens."""
    document = pypdfium2.PdfDocument(path)
    labels = [document.get_page_label(n) for n in range(len(document))]
    first = labels.index("1")
    return [document[n].render(scale=2).to_pil().convert("RGB") for n in (0, first)]


def phone(path: Path) -> Image.Image:
    """Return the first chapter as a screen of 390 × 640 pixels."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        # A phone's reading system brings the font and the margins.
        song = next(face.path for face in fonts.faces() if face.family == SONG)
        with Path(folder, "EPUB/css/book.css").open("a", encoding="utf-8") as css:
            css.write(
                f"@font-face{{font-family:Phone;"
                f"src:url({song.as_uri()})}}"
                "body{font-family:Phone}"
            )
        # In a frame: headless windows have a least width.
        frame = Path(folder, "frame.html")
        frame.write_text(
            '<body style="margin:0"><iframe style="border:0;margin:12px 20px;'
            'width:350px;height:610px" src="EPUB/text/chapter-001.xhtml"></iframe>',
            encoding="utf-8",
        )
        shot = Path(folder, "shot.png")
        subprocess.run(
            [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--force-device-scale-factor=2",
                f"--user-data-dir={folder}/profile",
                f"--screenshot={shot}",
                "--window-size=390,640",
                frame.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        return Image.open(io.BytesIO(shot.read_bytes())).convert("RGB")


def beside(images: list[Image.Image]) -> Image.Image:
    """Lay the images on one desk, all of the same height."""
    scaled = [im.resize((im.width * HEIGHT // im.height, HEIGHT)) for im in images]
    width = sum(im.width for im in scaled) + GAP * (len(scaled) + 1)
    desk = Image.new("RGB", (width, HEIGHT + 2 * GAP), DESK)
    left = GAP
    for image in scaled:
        desk.paste(image, (left, GAP))
        left += image.width + GAP
    return desk


if __name__ == "__main__":
    main()
