"""Tell simplified from traditional Chinese, and write the one for the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from pipeline.structure.rows import BLANKS

_SAMPLE = 20_000
TRADITIONAL = (
    "編冊輯單講課話場齣節條個錄輸製譯網號體關閉轉載權請發時間書籤緒論導讀題記"
    "辭詞緣開內簡說寫獻總後語傳終遺補謝鳴結參釋註標點頁頂當鏈複掃責審攝務資訊"
    "類機構來處擊閱覽數預購買許頻壇庫圖館門戶對質聲寶絡業於員從將詩讚贊誌錶錢"
    "線頭迴囘廻巻"
)
_SIMPLIFIED = (
    "编册辑单讲课话场出节条个录输制译网号体关闭转载权请发时间书签绪论导读题记"
    "辞词缘开内简说写献总后语传终遗补谢鸣结参释注标点页顶当链复扫责审摄务资讯"
    "类机构来处击阅览数预购买许频坛库图馆门户对质声宝络业于员从将诗赞赞志表钱"
    "线头回回回卷"
)
"""Traditional characters of those words, in the order of the simplified ones."""
_WORDS = str.maketrans(TRADITIONAL + BLANKS, _SIMPLIFIED + " " * len(BLANKS))


def simplified(text: str) -> str:
    """Return ``text`` with the words that structure turns on in simplified form.

    Blanks of all kinds become spaces, other characters are left alone: this is
    for matching only. The length stays the same, and so do all offsets.
    """
    return text.translate(_WORDS)


_CANTONESE = frozenset("嘅咗喺啲嚟哋唔佢冇嗰咁噉乜嘢睇畀")
"""Characters that are written for Cantonese only, in traditional script."""
_FEWEST_KINDS, _FEWEST_IN_A_THOUSAND = 3, 5


def language(text: str) -> str:
    """Return ``zh-Hans`` or ``zh-Hant`` by the characters that only one script has.

    Traditional text with much Cantonese in it is from Hong Kong: ``zh-Hant-HK``.
    Text without such a character gives an empty string.
    """
    scripts = _scripts()
    found: Counter[str] = Counter()
    characters = Counter(text[:_SAMPLE])
    for character, count in characters.items():
        if script := scripts.get(character):
            found[script] += count
    written = found.most_common(1)[0][0] if found else ""
    return (
        f"{written}-HK"
        if written == "zh-Hant" and _is_cantonese(characters)
        else written
    )


def _is_cantonese(characters: Counter[str]) -> bool:
    spoken = {c: n for c, n in characters.items() if c in _CANTONESE}
    often = sum(spoken.values()) * 1000 >= characters.total() * _FEWEST_IN_A_THOUSAND
    return len(spoken) >= _FEWEST_KINDS and often


@cache
def _scripts() -> Mapping[str, str]:
    # GB 2312 has the simplified characters, Big5 the traditional ones.
    in_gb2312, in_big5 = _repertoire("gb2312"), _repertoire("big5")
    return {
        **dict.fromkeys(in_gb2312 - in_big5, "zh-Hans"),
        **dict.fromkeys(in_big5 - in_gb2312, "zh-Hant"),
    }


def _repertoire(encoding: str) -> set[str]:
    unified = "".join(map(chr, range(0x4E00, 0x9FA6)))
    return set(unified.encode(encoding, "ignore").decode(encoding))
