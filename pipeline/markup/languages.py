"""Language tags as documents have them, to those of the model."""

from __future__ import annotations

from pipeline.structure import script

_CHINESE = {
    **dict.fromkeys(("zh", "zh-cn", "zh-sg", "zh-hans", "zh-hans-cn"), "zh-Hans"),
    **dict.fromkeys(("zh-tw", "zh-hant", "zh-hant-tw"), "zh-Hant"),
    **dict.fromkeys(("zh-hk", "zh-mo", "zh-hant-hk", "zh-hant-mo"), "zh-Hant-HK"),
}


def language(tag: str, text: str) -> str:
    """Return the language of ``text`` that declares ``tag``.

    The characters decide between the scripts: many pages declare English, and
    traditional text is declared as zh-CN.
    """
    declared = _CHINESE.get(tag.strip().lower().replace("_", "-"), "")
    written = script.language(text)
    if not written:
        return declared or tag.strip()
    return declared if declared.startswith(written) else written
