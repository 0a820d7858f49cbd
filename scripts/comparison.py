"""Set the same pages with Keben and its peers, and judge all by one checker.

Usage: .venv/bin/python scripts/comparison.py [NOVEL.txt]

Writes docs/comparison.md and its pictures. The peers are WeasyPrint without our
lines, typst (the Python package) and Chromium (the program); one that is not
there is named in the table as absent. All set the same paragraphs in the same
face, on the same measure, each by the best settings that it has. A novel is
counted too, if one is given: one paragraph a line, in UTF-8.
"""

from __future__ import annotations

import contextlib
import html
import importlib
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pypdfium2

from pipeline import theme
from pipeline.checks.typography import check
from pipeline.diagnostics import Code, Diagnostic
from pipeline.fonts.families import SONG
from pipeline.layout import Copy, Imprint, engine, paginate
from pipeline.writer import Face, Stylesheet

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/comparison.md"
PICTURES = ROOT / "docs/pictures"
NOVEL = "## A novel"
DOTS_AN_INCH = 150
# The text area, in points: 27 characters by 26 lines.
LEFT, TOP, WIDTH, HEIGHT = 68.0, 58.0, 283.5, 468.0
KINDS = {
    "ragged lines": Code.RAGGED_LINE,
    "prohibited starts": Code.PROHIBITED_START,
    "prohibited ends": Code.PROHIBITED_END,
    "half-width marks": Code.HALF_WIDTH_MARK,
    "fallback faces": Code.FALLBACK_FACE,
    "uncompressed marks": Code.UNCOMPRESSED_PAIR,
    "lone characters": Code.LONE_CHARACTER,
    "lines off the grid": Code.OFF_GRID,
    "loose lines": Code.LOOSE_LINE,
    "Latin quotes": Code.LATIN_QUOTES,
    "no Han–Latin space": Code.NO_HAN_LATIN_SPACE,
}
PARAGRAPHS = (
    "腊月里一个下雪的下午，旧书店的周先生照例在柜台后面打算盘。门上的铜铃响了一声，"
    "进来一位戴眼镜的年轻人，抖一抖肩上的雪，问：“请问，您这里有没有《营造法式》？”",
    "周先生抬起头，慢慢地说：“有是有——不过只剩下卷三和卷四，缺‘大木作’的图样（"
    "前年借出去，至今没有还）。”他顿了顿，又添上一句：“你要是急用，我倒知道1925年的"
    "陶本，影印得很清楚……只是贵。”",
    "年轻人笑了。他在一家做字体的公司上班，公司名叫Moji Works，一共14个人，去年画完"
    "了7000多个汉字。“我们不看图，看字，”他说，“宋版书里的‘一’字，起笔比收笔轻，您注意"
    "过没有？”周先生没有答话，从架子底下抽出一册《说文解字》，吹掉封面的灰，翻到第128页，"
    "指给他看：“这个‘永’字，才是真的好。”",
    "窗外的雪下得更大了。两个人就着一盏25W的台灯，把“横、竖、撇、捺、点、折、钩、提”一样"
    "一样看过去；看到高兴的地方，周先生就念一句：“‘字如其人’，古人不欺我也！”年轻人连忙"
    "掏出本子来记，写了半页，忽然问：“这句话出在哪里？”",
    "“出在哪里？”周先生愣了一愣，“出在……你等一等。”他爬上梯子，在最高一层找了半天，《书断》"
    "《书谱》《法书要录》都翻过了，还是没有。最后他从梯子上下来，拍拍手，说：“想必是我父亲"
    "说的。他老人家说过的话，我总以为书上都有。”",
    "那天晚上，年轻人买走了三册书，一共360元。他走到巷口，回头望了望——店里的灯还亮着，"
    "周先生又坐回柜台后面去了，仿佛从来没有人来过。",
)


@dataclass(frozen=True)
class Setting:
    """What one program made of the text; no ``pdf`` where it is not there."""

    name: str
    version: str
    pdf: bytes | None


def main() -> None:
    """Set the specimen, and the novel if there is one; write the page."""
    sample = [compose(peer, PARAGRAPHS) for peer in PEERS]
    sections = [INTRODUCTION, table(sample), *map(picture, sample)]
    if len(sys.argv) > 1:
        lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
        novel = [line.strip() for line in lines if line.strip()]
        sections.append(counted([compose(peer, novel) for peer in PEERS], novel))
    elif PAGE.is_file():
        # What a text that is not here gave stays as it was counted.
        _, found, rest = PAGE.read_text("utf-8").partition(NOVEL)
        sections += [found + rest.rstrip("\n")] if found else []
    PAGE.write_text("\n\n".join(sections) + "\n", "utf-8")
    print(PAGE.relative_to(ROOT))


def compose(peer: Callable[[Sequence[str]], Setting], text: Sequence[str]) -> Setting:
    """Let one program set ``text``, and say so."""
    made = peer(text)
    print(made.name, made.version, file=sys.stderr)
    return made


# The peers ----------------------------------------------------------------------


def face() -> Face:
    """Return the face that all of them use."""
    return next(face for face in theme.load().faces if face.family == SONG)


CSS = f"""
@page {{ size: 148mm 210mm; margin: {TOP}pt {419.53 - LEFT - WIDTH:.2f}pt 0 {LEFT}pt }}
html {{ font: 10.5pt/18pt "{SONG}"; text-align: justify; line-break: strict }}
body, p {{ margin: 0 }}
body {{ width: {WIDTH}pt }}
p {{ text-indent: 2em; orphans: 1; widows: 1 }}
@page {{ margin-bottom: {595.27 - TOP - HEIGHT - 2:.2f}pt }}
"""
# What Chromium has for Chinese, and WeasyPrint has not.
CHROMIUM = "html { text-spacing-trim: trim-both; text-autospace: normal }"


def body(text: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in text)


def keben(text: Sequence[str]) -> Setting:
    copy = Copy(
        f'<html lang="zh-Hans"><head><title>书</title></head>'
        f"<body>{body(text)}</body></html>",
        (Stylesheet("css/book.css", CSS),),
        (face(),),
    )
    made = paginate(copy, Imprint("书"), lambda _finding: None)
    return Setting("Keben", metadata.version("keben"), made.data)


def stock(text: Sequence[str]) -> Setting:
    with patch.object(engine, "installed", lambda *_: contextlib.nullcontext()):
        made = keben(text)
    version = metadata.version("weasyprint")
    return Setting("WeasyPrint alone", version, made.pdf)


def typst(text: Sequence[str]) -> Setting:
    try:
        compiler: Any = importlib.import_module("typst")
    except ImportError:
        return Setting("typst", "absent: make comparison installs it", None)
    source = TYPST + "\n\n".join(map(escaped, text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.typ")
        path.write_text(source, "utf-8")
        made = compiler.compile(
            str(path), font_paths=[str(face().path.parent)], ignore_system_fonts=True
        )
    return Setting("typst", metadata.version("typst"), bytes(made))


TYPST = f"""
#set page(width: 148mm, height: 210mm, margin: (left: {LEFT}pt, top: {TOP}pt,
  right: 419.53pt - {LEFT + WIDTH}pt, bottom: 595.27pt - {TOP + HEIGHT + 2}pt))
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh", region: "cn",
  top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, first-line-indent: (amount: 2em, all: true),
  leading: 7.5pt, spacing: 7.5pt)

"""


def escaped(text: str) -> str:
    """Return ``text`` as typst takes it for itself."""
    return "".join(f"\\{c}" if c in "\\#$*_`<>@=-+/[]'\"~" else c for c in text)


def chromium(text: Sequence[str]) -> Setting:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return Setting("Chromium", "absent: apt-get install chromium", None)
    source = (
        f'<html lang="zh-Hans"><meta charset="utf-8"><title>书</title><style>'
        f'@font-face {{ font-family: "{SONG}"; src: url("{face().path.as_uri()}") }}'
        f"{CSS}{CHROMIUM}</style>{body(text)}</html>"
    )
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "book.html"), Path(folder, "book.pdf")
        page.write_text(source, "utf-8")
        command = [
            *(program, "--headless", "--no-sandbox", "--disable-gpu"),
            *("--disable-background-networking", "--no-pdf-header-footer"),
            *(f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}"),
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True)
        asked = subprocess.run(
            [program, "--version"], check=True, capture_output=True, text=True
        )
        return Setting("Chromium", asked.stdout.split()[1], made.read_bytes())


PEERS = (keben, stock, typst, chromium)


# What is shown ------------------------------------------------------------------

INTRODUCTION = """\
# The same page, set by four programs

`make comparison` writes this page. Each program sets the same paragraphs in the same
face (Noto Serif SC, 10.5 on 18 pt), 27 characters a line, by the best settings that it
has for Chinese. The figures are what our checker (`pipeline/checks/typography/`) finds
in the finished PDFs; it reads the pages alone, and knows nothing of what set them.
Fewer is better."""


def table(settings: Sequence[Setting]) -> str:
    """Return the findings in each PDF as a table of Markdown."""
    found = [counts(setting) for setting in settings]
    names = "".join(f" {s.name} {s.version} |" for s in settings)
    rows = [f"| |{names}", "|---|" + "--:|" * len(settings)]
    for kind, code in KINDS.items():
        cells = (f"{c[code]:,}" if c is not None else "–" for c in found)
        rows.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(rows)


def counts(setting: Setting) -> Counter[Code] | None:
    """Return how many findings of each kind there are in a PDF."""
    if setting.pdf is None:
        return None
    found: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.pdf")
        path.write_bytes(setting.pdf)
        check(path, found.append)
    return Counter(diagnostic.code for diagnostic in found)


def picture(setting: Setting) -> str:
    """Draw the text of the first page; return how Markdown shows it."""
    if setting.pdf is None:
        return f"### {setting.name}\n\n{setting.version}"
    scale = DOTS_AN_INCH / 72
    with pypdfium2.PdfDocument(setting.pdf) as document:
        page = document[0].render(scale=scale).to_pil().convert("L")
    margin = 14
    box = (LEFT - margin, TOP - margin, LEFT + WIDTH + margin, TOP + HEIGHT + margin)
    area = page.crop(tuple(round(side * scale) for side in box))
    name = f"comparison-{setting.name.split()[0].lower()}.png"
    area.quantize(16).save(PICTURES / name, optimize=True)
    return f"### {setting.name}\n\n![A page by {setting.name}](pictures/{name})"


def counted(settings: Sequence[Setting], text: Sequence[str]) -> str:
    """Return the findings in a long text."""
    length = sum(map(len, text))
    return (
        f"{NOVEL}\n\n`make comparison NOVEL=…` counts a text that is not part of this "
        f"repository: {length:,} characters in {len(text):,} paragraphs. Its "
        "half-width marks stand so in the source; nothing corrects it here.\n\n"
        f"{table(settings)}"
    )


if __name__ == "__main__":
    main()
