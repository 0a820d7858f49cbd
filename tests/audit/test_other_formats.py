"""Books of other formats are proved: what their readers add is on the record."""

from __future__ import annotations

import pytest
from PIL import Image

from pipeline.build import Order, build
from tests.readers.office import docx, numbered, numbers, p, r, style

CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'
FORMULA = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
WORD = docx(
    p("数据报告", "Title")
    + p("第一条", properties=numbered(1))
    + p("第二条", properties=numbered(1))
    + p(r("粗", "<w:b/>") + r("的字里有注。") + CALL)
    + p(r("☒") + r("已办。"))
    + p(FORMULA + r("（2-1）")),
    styles=style("Title"),
    numbering=numbers(("decimal", "%1.")),
    footnotes=f'<w:footnote w:id="2">{p(r("注里也有") + r("粗", "<w:b/>") + r("。"))}'
    f"{p('又一段。')}</w:footnote>"
    f'<w:footnote w:id="3">{p("叫它的字被删了。")}</w:footnote>',
)
MARKDOWN = """\
# 书名

正文<script>alert(1)</script>在此。

<script>alert(2)</script>

!!! warning
    小心。

> [!tip] 题名
> 内容。

<table><tr><td>甲</td><td>乙</td></tr></table>
"""


DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>
"""
NOTES = """\
甲[^1]，乙[^1]。

    一行诗

[^1]: 叫两次,也只改一次。
[^2]: 没有人叫![](无.png)。
"""
# What describes the picture begins as the text does.
PICTURE = '<p>图1 转轮盘</p><p><img src="a.svg" alt="图1"></p>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", WORD),
        ("a.md", MARKDOWN),
        ("notes.md", NOTES),
        ("a.html", PICTURE),
        ("b.md", "图1 转轮盘![图1](a.svg)图1\n"),
    ],
)
def test_what_a_reader_adds_and_leaves_out_is_on_the_record(tmp_path, name, data):
    (tmp_path / "a.svg").write_text(DRAWING)
    source = tmp_path / name
    source.write_bytes(data if isinstance(data, bytes) else data.encode())
    outcome = build(source, tmp_path / "out", Order(outputs=("epub",)), print)
    found = [str(d) for d in outcome.diagnostics if d.code.id.startswith("K7")]
    assert found == []
    assert outcome.editions


def test_a_change_where_the_text_of_a_document_begins(tmp_path):
    source = tmp_path / "报告.docx"
    body = p("报告", "Title") + p("船从江上来,又往江上去。")
    source.write_bytes(docx(body, styles=style("Title")))
    outcome = build(source, tmp_path / "out", Order(theme="gongwen"), print)
    assert outcome.audit.is_proved


def test_small_pictures_are_the_same_wherever_they_stand(tmp_path):
    picture = Image.new("L", (24, 24), 255)
    for at in range(0, 24, 2):
        picture.paste(0, (at, at // 2, at + 1, 24))
    picture.save(tmp_path / "a.png")
    text = "一。\n\n![甲](a.png)\n\n二，![乙](a.png)与![丙](a.png)三。\n"
    source = tmp_path / "章.md"
    source.write_text(text, encoding="utf-8")
    outcome = build(source, tmp_path / "out", Order(outputs=("pdf",)), print)
    assert outcome.audit.is_proved


def test_the_titles_that_only_the_contents_have_are_told(tmp_path):
    (tmp_path / "书").mkdir()
    for name, text in {
        "SUMMARY.md": "# Summary\n\n# 上编\n\n- [甲](a.md)\n- [乙](b.md)\n",
        "a.md": "没有题名的一篇。\n",
        "b.md": "# 乙\n\n有题名的一篇。\n",
    }.items():
        (tmp_path / "书" / name).write_text(text, "utf-8")
    order = Order(outputs=("epub",))
    outcome = build(tmp_path / "书", tmp_path / "out", order, print)
    assert [d.code.id for d in outcome.diagnostics] == []
    assert outcome.editions
