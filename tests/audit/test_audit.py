"""The proof on finished files: what it accepts, and what it finds."""

import json
import zipfile
from dataclasses import replace

import pytest

from pipeline.build import Order, build
from pipeline.cli import main
from pipeline.messages import Message, knows
from pipeline.passes import anchors
from pipeline.passes.normalisation import RULES
from pipeline.passes.normalisation.characters import ILLEGAL
from pipeline.passes.normalisation.rule import Rule

STORY = """夜航

第一章 开船

    船在黄昏时离岸。他说,"走吧。"
    江面很宽(有三里),灯火一点一点远了。

第二章 靠岸

    天亮时到了。
"""
ARTICLE = """# 船

船有**三种**，用 `ship` 记之：$a^2$。[^1]

![一条船](ship.svg)

| 名 | 数 |
|----|----|
| 帆 | 三 |

- [x] 上油
- [ ] 补帆

::: tip
看天。
:::

[^1]: 见《船经》。
"""
SHIP = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="40" height="20"/></svg>'
)


def made(folder, name, text):
    source = folder / name
    source.write_text(text, encoding="utf-8")
    (folder / "ship.svg").write_text(SHIP, encoding="utf-8")
    outcome = build(source, folder / "dist", Order(), lambda _stage: None)
    assert [
        d.message for d in outcome.diagnostics if d.code.severity.value == "error"
    ] == []
    return source, folder / "dist"


@pytest.mark.parametrize(("name", "text"), [("夜航.txt", STORY), ("船.md", ARTICLE)])
def test_a_build_proves_its_editions(tmp_path, name, text):
    source, dist = made(tmp_path, name, text)
    record = json.loads((dist / f"{source.stem}.audit.json").read_text("utf-8"))
    assert record["proved"]
    whole = {"differences": [], "pictures": []}
    assert record["editions"] == {"EPUB": whole, "PDF": whole}


def test_the_record_counts_edits_and_what_was_left_out(tmp_path):
    _source, dist = made(tmp_path, "夜航.txt", STORY)
    record = json.loads((dist / "夜航.audit.json").read_text("utf-8"))
    assert record["edits"] == {"comma": 2, "double-quotation-mark": 2, "bracket": 2}


def test_a_changed_edition_is_found_with_its_places(tmp_path, capsys):
    source, dist = made(tmp_path, "夜航.txt", STORY)
    change(dist / "夜航.epub", "江面很宽", "江面不宽")
    assert main(["audit", str(source), str(dist / "夜航.epub")]) == 1
    told = capsys.readouterr().err
    for said in ("夜航.txt:6", "“不”", "“很”", "第一章 开船"):
        assert said in told


def test_json_tells_programs(tmp_path, capsysbinary):
    source, dist = made(tmp_path, "夜航.txt", STORY)
    files = [str(dist / "夜航.epub"), str(dist / "夜航.pdf")]
    assert main(["audit", str(source), *files, "--json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert told["proved"]


def test_a_file_that_is_no_edition_is_refused(tmp_path):
    source, dist = made(tmp_path, "夜航.txt", STORY)
    assert main(["audit", str(source), str(source)]) == 2
    assert main(["audit", str(source), str(dist / "nowhere.pdf")]) == 2


@pytest.mark.parametrize("suffix", [".epub", ".pdf"])
def test_a_broken_edition_is_no_proof(tmp_path, suffix):
    source, dist = made(tmp_path, "夜航.txt", STORY)
    broken = dist / f"broken{suffix}"
    broken.write_bytes(b"%PDF-1.7 not at all")
    assert main(["audit", str(source), str(broken)]) == 1


def test_an_edition_that_differs_is_not_kept(tmp_path, monkeypatch):
    source, dist = made(tmp_path, "夜航.txt", STORY)
    before = (dist / "夜航.epub").read_bytes()
    whole = anchors.name

    def less(book):
        *others, last = book.sections
        return whole(replace(book, sections=(*others, replace(last, flow=()))))

    monkeypatch.setattr(anchors, "name", less)
    outcome = build(source, dist, Order(), lambda _stage: None)
    assert outcome.editions == ()
    assert "K701" in {diagnostic.code.id for diagnostic in outcome.diagnostics}
    assert (dist / "夜航.epub").read_bytes() == before


def change(epub, before, after):
    with zipfile.ZipFile(epub) as archive:
        entries = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(epub, "w") as archive:
        for info, data in entries:
            archive.writestr(info, data.replace(before.encode(), after.encode()))


NOTICE = """关于修船的通知

各位船工：

    船要修了。

    请于春分前修好。
"""
FORM = """theme = "gongwen"
[gongwen]
letterhead = "三家村船务文件"
number = "船发〔2024〕1号"
recipients = "各船"
signature = ["三家村船务所"]
date = 2024-12-27
copied_to = "渡口"
"""


def test_what_settings_put_around_a_document_is_no_addition(tmp_path):
    (tmp_path / "修船.toml").write_text(FORM, encoding="utf-8")
    _source, dist = made(tmp_path, "修船.txt", NOTICE)
    record = json.loads((dist / "修船.audit.json").read_text("utf-8"))
    assert record["proved"]


def test_a_document_may_be_no_more_than_its_title(tmp_path):
    (tmp_path / "修船.toml").write_text('theme = "gongwen"\n', encoding="utf-8")
    _source, dist = made(tmp_path, "修船.txt", "春︐夏︑秋︒︵冬︶\n")
    assert json.loads((dist / "修船.audit.json").read_text("utf-8"))["proved"]


def test_what_no_setting_says_is_an_addition_there_too(tmp_path):
    (tmp_path / "修船.toml").write_text(FORM, encoding="utf-8")
    source, dist = made(tmp_path, "修船.txt", NOTICE)
    change(dist / "修船.epub", "三家村船务文件", "三家村船务急文件")
    assert main(["audit", str(source), str(dist / "修船.epub")]) == 1


def test_what_stands_twice_around_a_document_is_an_addition(tmp_path):
    (tmp_path / "修船.toml").write_text(FORM, encoding="utf-8")
    source, dist = made(tmp_path, "修船.txt", NOTICE)
    change(dist / "修船.epub", "三家村船务文件", "三家村船务文件三家村船务文件")
    assert main(["audit", str(source), str(dist / "修船.epub")]) == 1


def test_numbers_of_the_style_sheet_are_no_addition(tmp_path):
    text = "# 现状\n\n甚好。\n\n## 细节\n\n也好。\n\n# 打算\n\n更好。\n"
    (tmp_path / "报告.toml").write_text('theme = "report"\n', encoding="utf-8")
    _source, dist = made(tmp_path, "报告.md", text)
    assert json.loads((dist / "报告.audit.json").read_text("utf-8"))["proved"]


def test_every_rule_has_a_name():
    named = (*RULES, *(Rule(n, "", "") for n in (ILLEGAL, "word-number", "box")))
    assert [r.name for r in named if not knows(f"edit.{r.name}")] == []


def test_the_page_says_everything_in_both_languages(tmp_path):
    _source, dist = made(tmp_path, "夜航.txt", STORY)
    page = (dist / "夜航.audit.html").read_text("utf-8")
    for language in ("en", "zh"):
        said = Message("audit.equation").text(language)
        assert f'<span class="ui" lang="{language}">{said}</span>' in page


def test_edits_without_a_column_stand_behind_their_line(tmp_path):
    _source, dist = made(tmp_path, "夜航.html", "<p>船出了港,天色晚了。</p>")
    page = (dist / "夜航.audit.html").read_text("utf-8")
    assert (
        '天色晚了。<span class="change" tabindex="-1" aria-describedby="edit-comma">'
        "<del>,</del><ins>，</ins></span>"
    ) in page
