"""Language tags as documents have them, to those of the model."""

from __future__ import annotations

from pipeline.structure import script

_CHINESE = {
    **dict.fromkeys(("zh", "zh-cn", "zh-sg", "zh-hans", "zh-hans-cn"), "zh-Hans"),
    **dict.fromkeys(("zh-tw", "zh-hant", "zh-hant-tw"), "zh-Hant"),
    **dict.fromkeys(("zh-hk", "zh-mo", "zh-hant-hk", "zh-hant-mo"), "zh-Hant-HK"),
}


def known(tag: str) -> str:
    """Return a tag of BCP 47 as the model has it: zh-Hant for zh-TW."""
    return _CHINESE.get(tag.strip().lower().replace("_", "-"), tag.strip())


def language(tag: str, text: str) -> str:
    """Return the language of ``text`` that declares ``tag``.

    The characters decide between the scripts: many pages declare English, and
    traditional text is declared as zh-CN.
    """
    declared, written = known(tag), script.language(text)
    return declared if declared.startswith(written) else written
