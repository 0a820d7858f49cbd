"""A work is read: what a person said about it, judged with the sources at hand."""

from io import BytesIO

from PIL import Image

from pipeline import reading, works

TEXT = "夜航\n\n第一章 出海\n\n　　船出了港。\n"


def understood(folder, settings):
    (folder / "夜航.txt").write_text(TEXT, "utf-8")
    (folder / "夜航.toml").write_text(settings, "utf-8")
    return reading.read(works.locate(folder / "夜航.txt", print))


def reports(read):
    return [(d.code.id, str(d.span)) for d in read.diagnostics]


def test_a_picture_in_the_folder_is_the_cover(tmp_path):
    file = BytesIO()
    Image.new("RGB", (3, 4)).save(file, "PNG")
    (tmp_path / "画").mkdir()
    (tmp_path / "画" / "封面.png").write_bytes(file.getvalue())
    read = understood(tmp_path, 'title = "夜航"\ncover = "画/封面.png"\n')
    (asset,) = read.book.assets
    assert (asset.name, asset.data) == (read.book.meta.cover, file.getvalue())
    assert reports(read) == []


def test_a_cover_that_is_not_there_is_an_error_with_its_line(tmp_path):
    read = understood(tmp_path, 'title = "夜航"\ncover = "封面.png"\n')
    assert reports(read) == [("K550", "夜航.toml:2")]
    assert reading.failed(read.diagnostics)


def test_a_cover_outside_the_folder_is_not_looked_for(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"")
    (tmp_path / "book").mkdir()
    read = understood(tmp_path / "book", 'cover = "../secret.png"\n')
    assert reports(read) == [("K550", "夜航.toml:1")]


def test_rules_and_levels_that_do_not_exist_are_told_where_they_were_said(tmp_path):
    settings = '[rules]\noff = ["comas"]\n\n[headings.level]\n"第一回" = 2\n'
    read = understood(tmp_path, settings)
    assert reports(read) == [("K405", "夜航.toml:2"), ("K209", "夜航.toml:4")]
