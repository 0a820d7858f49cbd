"""book.toml: what it sets, and the sentences for what is wrong with it."""

from dataclasses import fields, is_dataclass

import pytest

from pipeline.config import BookConfig
from pipeline.settings import parse

CASES = "settings"


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


def said(value, default, path=""):
    """Yield what differs from the default, as ``name = value``."""
    for part in fields(value):
        ours, theirs = getattr(value, part.name), getattr(default, part.name)
        if is_dataclass(ours):
            yield from said(ours, theirs or type(ours)(), f"{path}{part.name}.")
        elif ours != theirs:
            yield f"{path}{part.name} = {ours!r}"


def test_case(case):
    found = []
    settings = parse(case.input, "book.toml", found.append)
    lines = list(said(settings, BookConfig())) if settings else []
    case.check("".join(f"{line}\n" for line in [*lines, *map(str, found)]))
