"""A book, its earlier and its next editions, and the folders around them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_TEXT = """# 第一章　出海

船出了港。海上起了{weather}，掌舵的人说：“慢一点。”[^1]

![图](图.svg)

# 第二章　归来

船回了港，船上的人都睡着了。

[^1]: 他说的是船，也是人。
"""
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="90" height="90">'
    '<circle cx="4" cy="4" r="3"/></svg>'
)
EARLIER, NEXT = _TEXT.format(weather="雾"), _TEXT.format(weather="大风")


@dataclass(frozen=True)
class Desk:
    """The folders of one build: its source, and where it puts what."""

    home: Path

    @property
    def source(self) -> Path:
        return self.home / "夜航.md"

    @property
    def out(self) -> Path:
        return self.home / "dist"

    @property
    def temporary(self) -> Path:
        return self.home / "tmp"

    @property
    def cache(self) -> Path:
        return self.home / "cache"

    def lay(self, text: str, editions: Mapping[str, bytes]) -> None:
        """Put ``text`` and earlier ``editions`` there, and nothing else."""
        for folder in (self.out, self.temporary, self.cache):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        self.source.write_text(text, "utf-8")
        (self.home / "图.svg").write_text(_DRAWING, "utf-8")
        for name, data in editions.items():
            (self.out / name).write_bytes(data)

    def enter(self) -> None:
        """Let this process work here."""
        os.environ["TMPDIR"] = str(self.temporary)
        os.environ["XDG_CACHE_HOME"] = str(self.cache)
        tempfile.tempdir = None

    def editions(self) -> dict[str, bytes]:
        """Return what lies where editions are written, drafts and all."""
        return {path.name: path.read_bytes() for path in sorted(self.out.iterdir())}

    def rests(self) -> Iterator[str]:
        """Yield what lies in the folders that should be empty."""
        for folder in (self.temporary, self.cache):
            for path in sorted(folder.rglob("*")):
                yield str(path.relative_to(self.home))


def digests(editions: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each edition."""
    return {n: hashlib.sha256(data).hexdigest() for n, data in editions.items()}
