"""Program text cut into runs."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.highlighting import highlight


def test_keywords_strings_and_comments_are_told_apart():
    assert highlight('if 甲: # 注\n    "乙"\n', "python") == (
        ("keyword", "if"),
        ("", " 甲: "),
        ("comment", "# 注"),
        ("", "\n    "),
        ("string", '"乙"'),
        ("", "\n"),
    )


def test_a_language_that_nobody_knows_is_left_alone():
    assert highlight("天地玄黄", "文言") == (("", "天地玄黄"),)


@given(
    st.text(), st.sampled_from(["python", "html", "c", "sh", "json", "diff", "", "?"])
)
def test_the_runs_are_the_text(code, language):
    assert "".join(run for _, run in highlight(code, language)) == code
