from __future__ import annotations

import pytest

from pipeline.structure import bylines


@pytest.mark.parametrize(
    ("line", "title", "author", "role"),
    [
        ("《远山》作者：某甲", "远山", "某甲", "aut"),
        ("《遠山》 作者：清·某甲", "遠山", "清·某甲", "aut"),
        ("[远山 / 某甲 著 ]", "远山", "某甲", "aut"),
        ("远山   某甲　著", "远山", "某甲", "aut"),
        ("《远山》 某乙 译", "远山", "某乙", "trl"),
        ("《远山》", "远山", "", "aut"),
    ],
)
def test_bylines_name_title_and_author(line, title, author, role):
    found = bylines.byline(line)
    assert line[slice(*found.title)].strip() == title
    assert line[slice(*found.author)].strip() == author
    assert found.role == role


@pytest.mark.parametrize("line", ["他读完《远山》，睡了。", "远山", "远山 某甲"])
def test_other_lines_are_none(line):
    assert bylines.byline(line) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-12-27 09:17:17", "2024-12-27T09:17:17"),
        ("2024年1月2日", "2024-01-02"),
        ("2024/1/2 9:05", "2024-01-02T09:05:00"),
        ("发布时间：2024.01.02 来源：某网", "2024-01-02"),
        ("2024-13-02", ""),
        ("明天", ""),
    ],
)
def test_dates_are_iso_8601(text, date):
    assert bylines.iso_date(text) == date


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("作者：某甲", "作者", "某甲"),
        ("譯 者：某乙", "译者", "某乙"),
        ("【书名】：远山", "书名", "远山"),
        ("来源：", "来源", ""),
    ],
)
def test_fields_have_values(line, name, value):
    found = bylines.field(line)
    assert (found.name, line[slice(*found.value)]) == (name, value)


@pytest.mark.parametrize("line", ["某某范文网", "某某論壇", "远山在线"])
def test_sites_are_known_by_their_last_word(line):
    assert bylines.is_site(line)


def test_people_are_parted():
    assert bylines.people("某甲、某乙, 某丙 ") == ["某甲", "某乙", "某丙"]
