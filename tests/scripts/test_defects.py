"""The table of defects: what it counts, and that it finds what is wrong."""

from __future__ import annotations

import defects
from benchmarks.runs import Cost

from pipeline.diagnostics import Code
from pipeline.layout import Copy, Imprint, paginate
from pipeline.writer import Stylesheet
from tests.paper import job
from tests.specimen import speech


def test_every_finding_about_lines_is_one_of_the_ten():
    counted = {code for codes in defects.TEN.values() for code in codes}
    about_lines = {code for code in Code if "K671" <= code.id <= "K684"}
    assert counted == about_lines - {Code.LINES_FAILED}
    assert len(defects.TEN) == 10


def test_a_row_has_the_counts_of_a_finished_file(tmp_path):
    design = job(speech()).design
    css = "p { text-align: left; white-space: nowrap }"
    lines = f"他说，“走。”{'言' * 40}"
    head = "<head><title>书</title></head>"
    xhtml = f'<html lang="zh-CN">{head}<body><p>{lines}</p></body></html>'
    sheets = (*design.paged, Stylesheet("css/test.css", css))
    made = paginate(Copy(xhtml, sheets, design.faces), Imprint("书"), lambda _: None)
    path = tmp_path / "book.pdf"
    path.write_bytes(made.data)
    row = defects.row(defects.Made("book", path, Cost(2.0, 1.5, 100.2)))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[0] == "book"
    assert cells[-3:] == ["1", "1.5", "100"]
    assert len(cells) == 1 + len(defects.TEN) + 3
