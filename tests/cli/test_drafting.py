"""What inspect --write puts beside a source builds the very same book."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import reading, works
from pipeline.cli import drafting
from pipeline.model import Creator, Metadata
from pipeline.settings import parse

CASES = "structure"


def understood(source):
    return reading.read(works.locate(source, pytest.fail))


def rebuilt(source):
    """Return what is understood without settings, and with those that are drafted."""
    before = understood(source)
    drafting.write(source, before)
    return before, understood(source)


def test_case(case, tmp_path):
    source = tmp_path / f"{case.path.stem}.txt"
    source.write_text(case.input, "utf-8")
    before, after = rebuilt(source)
    assert after.book == before.book
    assert after.manuscript == before.manuscript


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5hkscs", "utf-16"])
def test_in_every_encoding(tmp_path, encoding):
    source = tmp_path / "《夜航》作者：林望.txt"
    text = (
        "第一回　出港\n\n　　船出了港，天色晚了。\n\n第二回　歸港\n\n　　船又回了港。\n"
    )
    source.write_bytes(text.encode(encoding, "replace"))
    before, after = rebuilt(source)
    assert before.book.meta.creators == (Creator("林望"),)
    assert after.manuscript == before.manuscript


words = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        exclude_characters="\ufffe\uffff",  # XML has not got them
        include_characters="\"'\\#\x7f",
    ),
    min_size=1,
    max_size=8,
)
people = st.builds(
    Creator, words, st.sampled_from(["aut", "trl", "edt", "ill"]), words | st.just("")
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Metadata,
        title=words,
        subtitle=words,
        creators=st.lists(people, max_size=3).map(tuple),
        publisher=words,
        rights=words,
        description=words,
        identifier=words,
        series=words,
        series_index=st.sampled_from(["", "1", "2.1"]),
        subjects=st.lists(words, max_size=2).map(tuple),
    )
)
def test_any_metadata_is_written_so_that_it_is_read_again(meta):
    lines = "\n".join(drafting.metadata(meta))
    found = parse(lines, "book.toml", pytest.fail).hints.meta
    assert found == meta
