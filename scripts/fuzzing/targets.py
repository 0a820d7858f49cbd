"""Everything that reads what strangers wrote, each with what it promises."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath

from fuzzing import promises, seeds
from fuzzing.seeds import PICTURES
from pipeline import reading, settings, stylesheets, works
from pipeline.assets import Gallery
from pipeline.diagnostics import Diagnostic
from pipeline.failures import Failure
from pipeline.fonts import opentype, own
from pipeline.markdown import front_matter
from pipeline.source import Source, Span
from pipeline.works import SourceFile

_LONGEST_PATH = 60
_MEMORY = "/dev/shm"


@dataclass(frozen=True)
class Target:
    """Something that reads bytes. ``read`` raises what is wrong, whatever it is.

    ``tokens`` are what its inputs are made of; those that are ``packed`` are zip
    files, whose parts are changed, and not the bytes around them.
    """

    name: str
    read: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    tokens: tuple[str, ...] = ()
    packed: bool = False


def _file(suffix: str, data: bytes) -> None:
    """Read one file beside a few pictures, as a build does."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        source = Path(folder, f"书稿{suffix}")
        source.write_bytes(data)
        for name, picture in PICTURES.items():
            Path(folder, name).write_bytes(picture)
        _work(source)


def _folder(data: bytes) -> None:
    """Read a folder of files, which a zip file holds."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        for name, content in files.items():
            _put(Path(folder), name, content)
        _work(Path(folder))


def _put(folder: Path, name: str, content: bytes) -> None:
    inside = PurePosixPath(*(p for p in PurePosixPath(name).parts if p.strip("./")))
    if not inside.name or len(name) > _LONGEST_PATH:
        return
    try:
        (folder / inside).parent.mkdir(parents=True, exist_ok=True)
        (folder / inside).write_bytes(content)
    except (OSError, ValueError):
        return  # a name that no file can have


def _work(path: Path) -> None:
    found: list[Diagnostic] = []
    try:
        work = works.locate(path, found.append)
        understood = reading.read(work) if work else None
    except Failure as refusal:
        str(refusal)
        return
    promises.tellable(found)
    if work is None or understood is None:
        return
    promises.tellable(understood.diagnostics)
    if reading.failed(understood.diagnostics):
        return
    lines = {file.name: _lines(file.path) for file in work.sources if _has_lines(file)}
    promises.placed(understood.manuscript, lines)
    promises.nested(understood.book.sections)
    promises.complete(work, understood)


def _has_lines(file: SourceFile) -> bool:
    """Tell whether spans count lines, and not paragraphs or documents."""
    return file.path.suffix not in {".docx", ".epub"}


def _lines(path: Path) -> int:
    """Return how many lines a file has at most."""
    data = path.read_bytes()
    return data.count(b"\n") + data.count(b"\r") + 1


def _settings(data: bytes) -> None:
    found: list[Diagnostic] = []
    settings.parse(data.decode("utf-8", "replace"), "book.toml", found.append)
    promises.tellable(found)


def _front_matter(data: bytes) -> None:
    found: list[Diagnostic] = []
    text = data.decode("utf-8", "replace")
    front_matter.split(Source("文.md", text), found.append)
    promises.tellable(found)


def _font(data: bytes) -> None:
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        Path(folder, "a.ttf").write_bytes(data)
        found: list[Diagnostic] = []
        own.wishes({"song": {"": "a.ttf"}}, Path(folder), {}, found.append)
        promises.tellable(found)
    try:
        opentype.describe(data)
        opentype.characters(data)
        if opentype.is_collection(data):
            opentype.members(data)
    except opentype.Unusable:
        return


def _picture(data: bytes) -> None:
    found: list[Diagnostic] = []
    Gallery(lambda _name: data, found.append).hang("a", Span("a", 1, 1))
    promises.tellable(found)


def _style(data: bytes) -> None:
    stylesheets.parse(data.decode("utf-8", "replace"))


def _memory() -> str | None:
    """Return a folder that is no disk, where there is one."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) else None


TARGETS = {
    target.name: target
    for target in (
        Target("text", partial(_file, ".txt"), seeds.texts, seeds.TEXT),
        Target("markdown", partial(_file, ".md"), seeds.markdown, seeds.MARKDOWN),
        Target("html", partial(_file, ".html"), seeds.html, seeds.HTML),
        Target("docx", partial(_file, ".docx"), seeds.docx, seeds.WORD, packed=True),
        Target("epub", partial(_file, ".epub"), seeds.epubs, seeds.HTML, packed=True),
        Target("folder", _folder, seeds.folders, seeds.FOLDER, packed=True),
        Target("settings", _settings, seeds.settings, seeds.SETTINGS),
        Target("front-matter", _front_matter, seeds.front_matter, seeds.SETTINGS),
        Target("font", _font, seeds.fonts),
        Target("picture", _picture, seeds.pictures, seeds.SVG),
        Target("style", _style, seeds.styles, seeds.CSS),
    )
}
