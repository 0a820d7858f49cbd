"""Fuzzing: it begins with what keeps the promises, and finds what breaks them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random

import pytest
from fuzzing import drivers, mutations, promises, seeds
from fuzzing.journal import Broken, Journal
from fuzzing.targets import TARGETS, Target

from pipeline.model import Kind, Manuscript, Paragraph, Section, Text
from pipeline.source import Span


@pytest.mark.parametrize("name", TARGETS)
def test_what_it_begins_with_keeps_every_promise(name):
    target = TARGETS[name]
    inputs = list(target.seeds())
    assert inputs
    for data in Random(name).sample(inputs, min(5, len(inputs))):
        target.read(data)


def test_what_breaks_is_found_once_by_its_shortest_input(tmp_path):
    def read(data):
        if b"x" in data:
            raise ValueError(data)

    journal = Journal(tmp_path)
    for data in (b"good", b"xxx", b"x", b"xx"):
        journal.attempt(read, data)
    assert journal.inputs == 4
    assert [kind.partition(":")[0] for kind in journal.found] == [
        "ValueError at test_fuzzing.py"
    ]
    kept = [path.read_bytes() for path in tmp_path.iterdir() if not path.suffix]
    assert kept == [b"x"]


def test_blind_changes_find_a_fault_that_is_near(tmp_path, monkeypatch):
    def read(data):
        assert b"boom" not in data

    target = Target("near", read, lambda: iter([b"nothing"]), ("boom",))
    monkeypatch.setitem(TARGETS, "near", target)
    drivers.unguided("near", 1, tmp_path)
    assert list((tmp_path / "found").glob("*.txt"))


def test_a_packed_file_stays_one_when_its_parts_are_changed():
    data = next(iter(seeds.docx()))
    change = mutations.packed(mutations.blind(seeds.WORD))
    chance = Random(4)
    for _ in range(50):
        data = change(data, chance)
        assert zipfile.ZipFile(BytesIO(data)).testzip() is None


def test_places_and_levels_that_are_none_are_told():
    off = Text("字", span=Span("文.txt", 3, 3))
    manuscript = Manuscript((Paragraph((off,), span=off.span),))
    promises.placed(manuscript, {"文.txt": 3})
    with pytest.raises(Broken, match=r"behind the source: 文\.txt:3"):
        promises.placed(manuscript, {"文.txt": 2})
    with pytest.raises(Broken, match="a level is skipped: 2"):
        promises.nested([Section("a", 2, Kind.CHAPTER, (off,), span=off.span)])
