"""Text that was once misread is repaired where that is certain."""

import pytest


def misread(text):
    return text.encode().decode("gb18030")


def test_utf_8_read_as_gbk(simplified, decoded):
    result = decoded(f"{simplified}{misread('春雨落在青石板上')}\n".encode())
    assert result.text == f"{simplified}春雨落在青石板上\n"
    assert [(d.code.id, d.values["lines"]) for d in result.found] == [("K109", "5")]


def test_within_a_sound_line(decoded):
    text = "本书由{}整理，仅供阅读。\n"
    result = decoded(text.format(misread("天地之间小说网站")).encode())
    assert result.text == text.format("天地之间小说网站")


def test_a_whole_file_saved_as_gbk(decoded):
    text = "天地玄黄宇宙洪荒\n" * 9
    result = decoded(misread(text).encode("gb18030"))
    assert (result.text, result.source.encoding) == (text, "utf-8")


def test_euro_sign_stands_for_byte_0x80(decoded):
    wrong = "说：“你好”x".encode().decode("gb18030", "surrogateescape")
    result = decoded(wrong.replace("\udc80", "€").encode())
    assert result.text == "说：“你好”x"


def test_character_cut_short_is_lost(decoded):
    wrong = "天地玄黄宇宙洪荒。".encode()[:-1].decode("gb18030")
    result = decoded(f"{wrong}?\n".encode())
    assert result.text == "天地玄黄宇宙洪荒\ufffd\n"
    assert result.codes == ["K109", "K106"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_read_as_windows_1252(encoding, traditional, decoded):
    wrong = traditional.encode(encoding).decode("latin-1")
    assert decoded(wrong.encode()).text == traditional


def test_rare_but_sound_text_is_left_alone(decoded):
    text = "魑魅魍魉，饕餮梼杌。naïveté — Ünïcödé\n锟斤拷是乱码。\n"
    result = decoded(text.encode())
    assert result.text == text
    assert result.codes == ["K110"]


def test_told_encoding_leaves_it(decoded):
    wrong = misread("春雨落在青石板上")
    assert decoded(wrong.encode(), "utf-8").text == wrong


def test_a_lost_byte_of_ascii_within_what_was_misread(decoded):
    line = "第一条，见<em>".encode() + b"\xf3" * 14
    assert decoded("是相同。\n".encode() + line).text.startswith("是相同。\n第一条")
