"""Subsets: no more than what a book shows, and all that it needs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from pipeline import fonts
from pipeline.fonts.opentype import Unusable
from pipeline.fonts.subset import subset

FACES = {(face.family, face.weight, face.slope.value): face for face in fonts.faces()}
SONG = FACES["Keben Song", 400, "normal"]
LATIN = FACES["Keben Latin", 400, "normal"]
TEXT = "山中何所有，岭上多白云。“只可自怡悦”——不堪持赠君……"


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def outline(font: TTFont, name: str) -> list:
    pen = RecordingPen()
    font.getGlyphSet()[name].draw(pen)
    return pen.value


@pytest.mark.parametrize(
    ("face", "text", "kind"),
    [
        (SONG, TEXT, (".otf", "font/otf")),
        (LATIN, "It’s a mountain", (".ttf", "font/ttf")),
    ],
    ids=["otf", "ttf"],
)
def test_a_subset_holds_the_characters_and_no_others(face, text, kind):
    made = subset(face.path, text)
    font = opened(made.data)
    assert (made.suffix, made.media_type) == kind
    assert set(map(chr, font.getBestCmap())) == set(text)
    assert font["maxp"].numGlyphs < 3 * len(set(text))
    assert len(made.data) < face.path.stat().st_size / 20


def test_outlines_are_those_of_the_font():
    made = opened(subset(SONG.path, TEXT).data)
    with TTFont(SONG.path, lazy=True) as whole:
        for code, name in made.getBestCmap().items():
            original = whole.getBestCmap()[code]
            assert made["hmtx"][name] == whole["hmtx"][original]
            assert outline(made, name) == outline(whole, original)


def test_forms_stay_those_of_the_region_and_marks_can_still_be_compressed():
    made = opened(subset(SONG.path, TEXT).data)
    kept = {
        record.FeatureTag
        for table in ("GSUB", "GPOS")
        if table in made
        for record in made[table].table.FeatureList.FeatureRecord
    }
    assert "locl" not in kept
    assert {"halt", "vert"} <= kept


def test_the_order_and_number_of_characters_make_no_difference():
    assert subset(SONG.path, TEXT) == subset(SONG.path, reversed(TEXT * 2))


def test_a_file_that_is_no_font_is_refused(tmp_path):
    path = Path(tmp_path / "font.otf")
    path.write_bytes(b"no font" * 100)
    with pytest.raises(Unusable):
        subset(path, TEXT)
