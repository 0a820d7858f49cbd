"""Every encoding, with and without its mark, with every line end, damaged or not.

All lines but the damaged one are read as they were written, and the damage
costs that line no more than the characters beside it.
"""

from itertools import product

import pytest

MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "gb18030": b"\x84\x31\x95\x33",
    "big5hkscs": None,
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}
LINE_ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
LINES = [
    "第一回　春雨",
    "　　清晨，雨絲斜斜地落在青石板上。老人推開木窗，望見遠處的山影。",
    "　　「今年的茶，怕是要晚幾天了。」他輕聲說。",
    "　　「不急，」孫女笑道，「等天晴再採也不遲。」",
    "　　兩人說著話，一隻燕子從簷下飛過，落在對面的屋脊上。",
    "第二回　新茶",
    "　　天晴之後，滿山都是採茶的人，歌聲從這一坡傳到那一坡。",
]
DAMAGED = 4
COST = 3  # characters of the damaged line


def unreadable(encoding):
    """Return bytes that stand for no character."""
    if encoding.startswith("utf-32"):
        return (0x110000).to_bytes(4, "little" if encoding.endswith("le") else "big")
    if encoding.startswith("utf-16"):
        return (0xDC00).to_bytes(2, "little" if encoding.endswith("le") else "big")
    return b"\xff"


def intact(lines, line_end, encoding):
    return line_end.join(lines).encode(encoding)


def bad_byte(lines, line_end, encoding):
    before = line_end.join([*lines[:DAMAGED], lines[DAMAGED][:8]])
    after = line_end.join([lines[DAMAGED][8:], *lines[DAMAGED + 1 :]])
    return before.encode(encoding) + unreadable(encoding) + after.encode(encoding)


def control_code(lines, line_end, encoding):
    lines = [*lines]
    lines[DAMAGED] = lines[DAMAGED][:8] + "\x00" + lines[DAMAGED][8:]
    return line_end.join(lines).encode(encoding)


def cut_short(lines, line_end, encoding):
    return line_end.join(lines[: DAMAGED + 1]).encode(encoding)[:-1]


def filled_up(lines, line_end, encoding):
    return line_end.join(lines).encode(encoding) + "\x00\x00\x1a".encode(encoding)


DAMAGES = (intact, bad_byte, control_code, cut_short, filled_up)
CASES = [
    pytest.param(
        encoding,
        marked,
        line_end,
        damage,
        id=f"{encoding}{'-marked' if marked else ''}-{name}-{damage.__name__}",
    )
    for (encoding, mark), marked, (name, line_end), damage in product(
        MARKS.items(), (False, True), LINE_ENDS.items(), DAMAGES
    )
    if mark or not marked
]


@pytest.mark.parametrize(("encoding", "marked", "line_end", "damage"), CASES)
def test_the_text_is_the_original(encoding, marked, line_end, damage, decoded):
    mark = MARKS[encoding] if marked else b""
    result = decoded(mark + damage(LINES, line_end, encoding))
    assert result.source.encoding == encoding
    assert [line.text for line in result.source.lines] == result.text.split(line_end)
    found = result.text.split(line_end)
    wanted = LINES[: len(found)]
    if damage in (intact, filled_up):
        assert found == LINES
    assert found[:DAMAGED] + found[DAMAGED + 1 :] == (
        wanted[:DAMAGED] + wanted[DAMAGED + 1 :]
    )
    before, after = wanted[DAMAGED][:7], wanted[DAMAGED][10:]
    if damage is cut_short:
        assert found[DAMAGED][:-2] == wanted[DAMAGED][: len(found[DAMAGED]) - 2]
        assert len(wanted[DAMAGED]) - len(found[DAMAGED]) < COST
    else:
        assert found[DAMAGED].startswith(before)
        assert found[DAMAGED].endswith(after)
    assert bool(result.codes) is (damage in (bad_byte, cut_short, filled_up))
