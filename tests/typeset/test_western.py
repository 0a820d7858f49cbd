from __future__ import annotations

import pytest

from pipeline.typeset.classes import CLOSING, OPENING, OTHER, classify
from pipeline.typeset.western import may_have_western_marks, reclassify, western_marks


@pytest.mark.parametrize(
    "expected",
    [
        "It[’]s a dog",
        "the students[’] books",
        "[“]Hello,[”] he said.",
        "[“]Hello world.[”]",
        "though [“]quotation marks[”] and",
        "in it — [“]indeed[”] — it is",
        "他说——“OK”——就走了",
        "They say [“]rock [‘]n[’] roll[”] there",
        "他说“Hello”。",
        "说‘It[’]s good’他",
        "他用“A”和“B”两种",
        "a “你好” b",
        "（“Hello”）",
        "把“任何 document”变成",
        "五点”以前",
    ],
)
def test_quotes_are_western_between_western_words(expected):
    text = expected.replace("[", "").replace("]", "")
    marks = western_marks(text, classify(text))
    shown = (f"[{c}]" if at in marks else c for at, c in enumerate(text))
    assert "".join(shown) == expected


@pytest.mark.parametrize(
    ("text", "may"), [("“你好”", False), ("abc", False), ("It’s", True)]
)
def test_most_texts_need_no_look(text, may):
    assert may_have_western_marks(text) is may


def test_western_quotes_are_no_chinese_marks():
    classes = classify("“a”“")
    assert reclassify(classes, {0, 2}) == f"{OTHER}l{OTHER}{OPENING}"
    assert reclassify(classes, set()) == f"{OPENING}l{CLOSING}{OPENING}"
