"""Tell simplified from traditional Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

_SAMPLE = 20_000


def language(text: str) -> str:
    """Return ``zh-Hans`` or ``zh-Hant`` by the characters that only one script has.

    Text without such a character, or without Chinese, gives an empty string.
    """
    scripts = _scripts()
    found: Counter[str] = Counter()
    for character, count in Counter(text[:_SAMPLE]).items():
        if script := scripts.get(character):
            found[script] += count
    return found.most_common(1)[0][0] if found else ""


@cache
def _scripts() -> Mapping[str, str]:
    # GB 2312 has the simplified characters, Big5 the traditional ones.
    simplified, traditional = _repertoire("gb2312"), _repertoire("big5")
    return {
        **dict.fromkeys(simplified - traditional, "zh-Hans"),
        **dict.fromkeys(traditional - simplified, "zh-Hant"),
    }


def _repertoire(encoding: str) -> set[str]:
    unified = "".join(map(chr, range(0x4E00, 0x9FA6)))
    return set(unified.encode(encoding, "ignore").decode(encoding))
