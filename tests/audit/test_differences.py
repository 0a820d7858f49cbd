"""Where two strands differ."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.differences import differences
from pipeline.audit.strand import spun


def strand(*lines):
    return spun((line, f"a.txt:{number}") for number, line in enumerate(lines, 1))


def found(ours, theirs):
    return [(one.missing, one.extra) for one in differences(ours, theirs)]


def test_the_same_strands_do_not_differ():
    assert found(strand("风起。", "云涌。"), strand("风起。云涌。")) == []


def test_what_is_missing_is_told_with_both_its_places():
    claimed, said = strand("风起。", "云涌，", "雨落。"), strand("风起。", "雨落。")
    (one,) = differences(claimed, said)
    assert (one.missing, one.extra) == ("云涌，", "")
    assert (one.source, one.edition) == ("a.txt:2", "a.txt:2")


def test_one_altered_character_is_one_difference():
    assert found(strand("风起。", "云涌。"), strand("风起。", "云勇。")) == [
        ("涌", "勇")
    ]


def test_the_end_counts():
    assert found(strand("风起"), strand("风")) == [("起", "")]
    assert found(strand("风"), strand("风起")) == [("", "起")]


texts = st.lists(st.text(alphabet="风云雨雪。，", max_size=12), max_size=12)


@given(texts, texts)
def test_differences_make_one_text_of_the_other(ours, theirs):
    claimed, said = strand(*ours), strand(*theirs)
    told = found(claimed, said)
    assert (claimed.text == said.text) == (told == [])
    missing = sum(len(lost) for lost, _ in told)
    extra = sum(len(added) for _, added in told)
    assert len(claimed.text) - missing + extra == len(said.text)
