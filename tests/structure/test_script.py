"""Which script a text is in, and from where."""

import pytest

from pipeline.structure.script import language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("雨停了，她推开窗子，看着远处的山。", "zh-Hans"),
        ("雨停了，她推開窗子，看著遠處的山。", "zh-Hant"),
        ("佢話今晚唔返嚟食飯，叫我哋唔使等佢，門口嗰盞燈就熄咗啦。", "zh-Hant-HK"),
        ("他學了一句「唔該」，說給門口的老人聽，老人笑了起來。", "zh-Hant"),
        ("山", ""),
        ("", ""),
    ],
)
def test_a_text_tells_its_script(text, tag):
    assert language(text) == tag
