"""What the name behind ::: asks for."""

from __future__ import annotations

VERSE = "verse"
SIGNATURE = "signature"

# The five of GitHub, with the names that other dialects have for them.
_KINDS = {
    "note": ("note", "info", "details", "seealso", "注", "注记", "說明", "说明"),
    "tip": ("tip", "hint", "success", "提示", "技巧"),
    "important": ("important", "重要"),
    "warning": ("warning", "danger", "error", "警告", "危险", "危險"),
    "caution": ("caution", "attention", "注意", "小心"),
    VERSE: ("verse", "poem", "poetry", "诗", "詩", "诗歌", "詩歌"),
    SIGNATURE: ("signature", "right", "署名", "落款"),
}
_NAMES = {name: kind for kind, names in _KINDS.items() for name in names}


def box(info: str) -> tuple[str | None, str]:
    """Return the kind of a box and its title, from ``warning 小心`` or ``{.tip}``.

    A name in Chinese that is no kind is itself the title of a note. None stands
    for a kind that nobody knows.
    """
    name, _, title = info.strip().partition(" ")
    known = _NAMES.get(name.strip("{.}").lower())
    if known is None and not name.isascii():
        return "note", info.strip()
    return known, title.strip().strip('"')
