"""What the name behind ::: asks for."""

from __future__ import annotations

import re

VERSE = "verse"
SIGNATURE = "signature"

# The five of GitHub, with the names that other dialects have for them.
_KINDS = {
    "note": (
        *("note", "info", "details", "seealso", "abstract", "summary", "tldr", "todo"),
        *("question", "faq", "example", "quote", "cite", "注", "注记", "說明", "说明"),
    ),
    "tip": ("tip", "hint", "success", "check", "done", "提示", "技巧"),
    "important": ("important", "重要"),
    "warning": (
        *("warning", "danger", "error", "bug", "failure", "fail", "missing"),
        *("警告", "危险", "危險"),
    ),
    "caution": ("caution", "attention", "注意", "小心"),
    VERSE: ("verse", "poem", "poetry", "诗", "詩", "诗歌", "詩歌"),
    SIGNATURE: ("signature", "right", "署名", "落款"),
}
_NAMES = {name: kind for kind, names in _KINDS.items() for name in names}
_CALLOUT = re.compile(r"\[!([^\]\s]+)\][+-]?[ \t]*")
_ATTRIBUTES = re.compile(r"\{(.*)\}")
_CLASS = re.compile(r"(?:^|\s)\.([^\s.}]+)")
_TITLE = re.compile(r"""title=("[^"]*"|'[^']*'|\S+)""")


def box(info: str) -> tuple[str | None, str]:
    """Return the kind of a box and its title, from ``warning 小心`` or ``{.tip}``.

    A name in Chinese that is no kind is itself the title of a note. None stands
    for a kind that nobody knows.
    """
    if attributes := _ATTRIBUTES.fullmatch(info.strip()):
        named, titled = _CLASS.search(attributes[1]), _TITLE.search(attributes[1])
        name, title = named[1] if named else "", titled[1] if titled else ""
    else:
        name, _, title = info.strip().partition(" ")
    known = _NAMES.get(name.strip("{.}").lower())
    if known is None and not name.isascii():
        return "note", info.strip()
    return known, title.strip().strip("\"'")


def callout(opening: str) -> tuple[str, int] | None:
    """Return the kind of a quotation that begins ``[!tip] 题名``, and where that ends.

    None stands for a mere quotation.
    """
    match = _CALLOUT.match(opening)
    kind = _NAMES.get(match[1].lower()) if match else None
    if match is None or kind in {None, VERSE, SIGNATURE}:
        return None
    return str(kind), match.end()
