"""What fuzzing begins with: inputs of the tests, examples, and small files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests import specimen
from tests.fonts.typefoundry import font
from tests.readers import office, test_docx, test_epub
from tests.readers.office import p, r, zipped

ROOT = Path(__file__).resolve().parents[2]
_CASES = ROOT / "tests" / "cases"
_OUTCOME = b"\n.\n"
_LONGEST = 4096


def _raster(form: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (4, 3)).save(file, form)
    return file.getvalue()


_DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/>'
    b"</svg>"
)
PICTURES = {"a.png": _raster("PNG"), "b.svg": _DRAWING}

TEXT = (
    *(
        "第一章 雨\n",
        "第二回　歸港\n",
        "一、",
        "（一）。",
        "卷一\r",
        "　　",
        "\r\n\r\n",
    ),
    *("目录\n", "诗曰：", "作者：", "“", "”", "……", "——", "\ufeff", "\x00", "\ufffd"),
    *("锟斤拷", "序\n", "【", "】", "①", "注：", "*", "----\n", "www.", "《", "》"),
)
MARKDOWN = (
    *("# ", "## ", "| a |\n|-|\n", "```\n", "[^1]", "[^1]: 注\n", "$$", "$x$"),
    *("---\n", "> ", "- ", "1. ", "- [ ] ", "![a](a.png)", "[x](#x)", "**", "`"),
    *("{.center}", ":::", "==", "~~", "{a|b}", "<ruby>", "&amp;", "\\", "    "),
    *("::: note\n", "<br>", "<table><tr><td>", "题\n===\n", "词\n: 义\n", "，", ","),
)
HTML = (
    *("<p>", "</p>", "<h1>", "<h2>", "</", "<div>", "<br/>", "<table>", "<tr>", "<td>"),
    *("<ul><li>", "<a href='#n'>", "<sup>", "<aside epub:type='footnote' id='n'>"),
    *("<img src='a.png' alt='图'/>", "<ruby>字<rt>zì</rt></ruby>", "&nbsp;", "&#0;"),
    *("<section>", "<pre>", "<blockquote>", "<b>", "<i>", "<script>", "<style>"),
    *(' class="', ' style="', ' id="', ' rowspan="9', "<!--", "-->", "<math>"),
)
WORD = (
    *("<w:p>", "</w:p>", "<w:r><w:t>字</w:t></w:r>", "<w:tbl>", "<w:tr>", "<w:tc>"),
    *("<w:br/>", "<w:tab/>", '<w:footnoteReference w:id="2"/>', "<w:ins>", "<w:del>"),
    *('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', "<w:sdt>"),
    *('<w:gridSpan w:val="2"/>', "<w:vMerge/>", "<m:oMath>", "<m:r><m:t>x</m:t></m:r>"),
    *("<w:txbxContent>", "<mc:AlternateContent>", '<w:fldChar w:fldCharType="begin"/>'),
)
FOLDER = (
    *(
        "- [一](1.md)\n",
        "# 书\n",
        "  - [二](sub/2.md)\n",
        "- [外](../x.md)\n",
        "[附]()",
    ),
    *("sources = ", 'title = "', "[book]\n", '"src": "', "- 部\n", '"root": "."'),
)
SETTINGS = (
    *("title = ", "[headings]\n", "add = [3]\n", "level = {", "[[", "]]", '"""', "'''"),
    *("date = 2024-01-01\n", "- ", ": ", "author:\n", "&a ", "*a", "!!python", "<<: "),
    *("---\n", "+++\n", "[fonts]\n", "[lines]\n", "[set]\n", "isbn = ", "1979-05-27"),
)
SVG = (
    "<svg ",
    "<!DOCTYPE",
    "<!ENTITY",
    "<path ",
    "<image ",
    "viewBox=",
    "href=",
    "&a;",
)
CSS = ("{", "}", "@media", "@import", "@font-face", "url(", ";", ":", "/*", "*/", "::")


def texts() -> Iterator[bytes]:
    """Yield plain texts, also in older encodings."""
    yield from _cases("structure")
    yield from _cases("normalisation")
    for case in _cases("structure"):
        text = case.decode()
        yield text.encode("gb18030")
        yield text.encode("big5hkscs", "ignore")
        yield text.encode("utf-16")


def markdown() -> Iterator[bytes]:
    yield from _cases("markdown")


def html() -> Iterator[bytes]:
    yield from _cases("html")


def docx() -> Iterator[bytes]:
    yield test_docx.SAMPLE
    yield _report()
    yield office.docx(p("关于开放的通知") + p("一、时间") + p("每天上午八点。"))


def epubs() -> Iterator[bytes]:
    yield test_epub.SAMPLE
    yield _printed()


def folders() -> Iterator[bytes]:
    chapter = "# 一\n\n正文。[^1]\n\n[^1]: 注。\n"
    files: dict[str, str | bytes] = {
        "1.md": chapter,
        "sub/2.md": "## 二\n\n![图](../a.png)\n\n[一](../1.md)\n",
    }
    files["a.png"] = PICTURES["a.png"]
    contents = "# 目录\n\n[序](0.md)\n\n# 上编\n\n- [一](1.md)\n  - [二](sub/2.md)\n"
    mdbook = '[book]\ntitle = "舟"\nauthors = ["甲"]\nsrc = "."\n'
    ours = (
        'title = "舟"\nsources = ["1.md", "sub/2.md"]\n[headings]\nadd = ["1.md:3"]\n'
    )
    honkit = '{"title": "舟", "root": ".", "structure": {"readme": "1.md"}}'
    yield zipped({**files, "0.md": "序。", "SUMMARY.md": contents, "book.toml": mdbook})
    yield zipped({**files, "0.md": "序。", "SUMMARY.md": contents, "book.json": honkit})
    yield zipped({**files, "book.toml": ours})
    yield zipped({"1.txt": "第一章 雨\n正文。\n", "book.toml": 'sources = ["1.txt"]\n'})


def settings() -> Iterator[bytes]:
    yield from _cases("settings")


def front_matter() -> Iterator[bytes]:
    yield from (case for case in _cases("markdown") if case[:3] in (b"---", b"+++"))


def fonts() -> Iterator[bytes]:
    yield font("山水")
    yield font("山水", form=4)


def pictures() -> Iterator[bytes]:
    yield _DRAWING
    yield from map(_raster, ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"))


def styles() -> Iterator[bytes]:
    for sheet in sorted((ROOT / "styles").rglob("*.css")):
        yield sheet.read_bytes()[:_LONGEST]


def _cases(folder: str) -> Iterator[bytes]:
    for path in sorted((_CASES / folder).iterdir()):
        yield path.read_bytes().partition(_OUTCOME)[0] + b"\n"


@cache
def _printed() -> bytes:
    """Return an EPUB that has everything that an EPUB of ours can have."""
    made: bytes = specimen.packed(specimen.specimen())
    return made


def _report() -> bytes:
    """Return a Word file that has a little of everything."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    ruby = (
        f"<w:r><w:ruby><w:rt>{r('zì')}</w:rt><w:rubyBase>{r('字')}</w:rubyBase>"
        "</w:ruby></w:r>"
    )
    changes = (
        f"<w:ins>{r('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    )
    link = f'<w:hyperlink r:id="web">{r("网页")}</w:hyperlink>'
    formula = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="图"/><a:graphic>'
        '<a:blip r:embed="seal"/></a:graphic></wp:inline></w:drawing></w:r>'
    )
    cell = f"<w:tc>{p('格')}</w:tc>"
    made: bytes = office.docx(
        p("报告", "Title")
        + p("总则", "1", office.numbered(1))
        + p(r("正文") + note + ruby + changes + link + formula + r("，结束,了。"))
        + p(picture)
        + f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"
        + p("一项", "", office.numbered(1, 1)),
        styles=test_docx.HEADINGS + office.style("Title"),
        numbering=office.numbers(("decimal", "%1."), ("bullet", "•")),
        footnotes=f'<w:footnote w:id="2">{p("脚注。")}</w:footnote>',
        links={"web": "https://example.org/"},
        pictures={"seal": PICTURES["a.png"]},
        core="<dc:title>报告</dc:title><dc:creator>甲</dc:creator>",
    )
    return made
