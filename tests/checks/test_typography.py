from __future__ import annotations

import pytest

from pipeline.checks.typography import check
from pipeline.diagnostics import Code
from tests.layout.lines.conftest import pdf  # noqa: F401 - a fixture

TEXT = (
    "那日天色将晚，他说：“风从东来，雨也就要到了。”众人听了，都不言语；"
    "只有老者抬头望了一望，慢慢地说道：“不妨，再等一等（总要等的）。”"
)


@pytest.fixture
def found(pdf, tmp_path):  # noqa: F811
    def codes(body: str, css: str = "", lines: str = "ours") -> set[Code]:
        path = tmp_path / "book.pdf"
        path.write_bytes(pdf(body, css, lines))
        diagnostics = []
        check(path, diagnostics.append)
        return {diagnostic.code for diagnostic in diagnostics}

    return codes


def test_our_lines_have_no_defects(found):
    assert found(f"<p>{TEXT}</p>" * 20) == set()


def test_stock_lines_have(found):
    body = f"<p>{TEXT}</p>" * 20 + f"<p>{'言' * 18}。他</p><p>{TEXT}</p>"
    assert found(body, lines="stock") >= {
        Code.RAGGED_LINE,
        Code.UNCOMPRESSED_PAIR,
    }


def test_a_line_off_the_grid_is_found(found):
    body = f"<p>{TEXT}</p>" * 3 + "<p class='lower'>" + TEXT + "</p>"
    assert found(body, ".lower { margin-top: 3pt }") == {Code.OFF_GRID}


def test_a_lone_character_is_found(found):
    body = f"<p>{TEXT}</p>" * 3 + f"<p>{'言' * 18}<br/>也</p><p>{TEXT}</p>"
    assert found(body) == {Code.LONE_CHARACTER}


def test_a_prohibited_start_is_found(found):
    body = f"<p>{TEXT}</p>" * 3 + f"<p>{'言' * 18}<br/>，{TEXT}</p>"
    assert found(body) == {Code.PROHIBITED_PLACE}


def test_what_is_no_pdf_is_reported(tmp_path):
    path = tmp_path / "book.pdf"
    path.write_bytes(b"%PDF")
    found = []
    check(path, found.append)
    assert [diagnostic.code for diagnostic in found] == [Code.UNREADABLE_PDF]
