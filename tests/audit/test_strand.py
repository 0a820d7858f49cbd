"""Characters and their places."""

from pipeline.audit.strand import spun, squeezed


def test_blanks_and_what_nobody_sees_do_not_count():
    assert squeezed(" 风　起\u200b\u2060\n\t云\u00ad涌\ufeff ") == "风起云涌"


def test_each_character_knows_its_place():
    strand = spun([("风 起", "a:1"), ("　", "a:2"), ("云", "a:3"), ("涌", "a:3")])
    assert strand.text == "风起云涌"
    assert [strand.place(at) for at in range(4)] == ["a:1", "a:1", "a:3", "a:3"]
    assert (strand.first("a:3"), strand.first("a:2")) == (2, None)


def test_an_empty_strand_is_nowhere():
    assert spun([]).place(0) == ""
