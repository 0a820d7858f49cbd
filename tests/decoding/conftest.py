"""Two passages and a way to decode that keeps what was reported."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.decoding import decode
from pipeline.diagnostics import Diagnostic
from pipeline.source import Source

SIMPLIFIED = """\
第一章　春雨
　　清晨，雨丝斜斜地落在青石板上。老人推开木窗，望见远处的山影。
　　“今年的茶，怕是要晚几天了。”他轻声说。
　　“不急，”孙女笑道，“等天晴再采也不迟。”
"""
TRADITIONAL = """\
第一章　春雨
　　清晨，雨絲斜斜地落在青石板上。老人推開木窗，望見遠處的山影。
　　「今年的茶，怕是要晚幾天了。」他輕聲說。
　　「不急，」孫女笑道，「等天晴再採也不遲。」
"""


@dataclass(frozen=True)
class Decoded:
    """What ``decode`` returned and what it reported."""

    source: Source
    found: tuple[Diagnostic, ...]

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def codes(self) -> list[str]:
        return [diagnostic.code.id for diagnostic in self.found]


@pytest.fixture
def decoded():
    def run(data: bytes, encoding: str | None = None) -> Decoded:
        found: list[Diagnostic] = []
        source = decode(data, "book.txt", found.append, encoding)
        return Decoded(source, tuple(found))

    return run


@pytest.fixture
def simplified() -> str:
    return SIMPLIFIED


@pytest.fixture
def traditional() -> str:
    return TRADITIONAL
