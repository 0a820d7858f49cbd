"""The books that are opened in reading systems."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs/examples"


@dataclass(frozen=True)
class Copy:
    """A book to be made: its source, and the theme that it is made by."""

    source: Callable[[Path], Path]
    theme: str = "book"
    outputs: tuple[str, ...] = ("epub",)


def novel(folder: Path) -> Path:
    """Return a novel of 120 chapters in twelve volumes."""
    return _written(folder / "长夜.txt", _novel())


def law(folder: Path) -> Path:
    """Return a law of 1,000 sections, of one article each, in 40 chapters."""
    return _written(folder / "大法.txt", _law())


def vertical(folder: Path) -> Path:
    """Return a short book in Traditional characters."""
    return _written(folder / "豎排.md", VERTICAL)


def manual(folder: Path) -> Path:
    """Return a Markdown book with all that Markdown has."""
    (folder / "图").mkdir()
    (folder / "图/色.png").write_bytes(_png(1200, 300))
    return _written(folder / "手册.md", MANUAL)


COPIES = {
    "first": Copy(
        lambda _: next((ROOT / "seeds").glob("000_*")), outputs=("epub", "pdf")
    ),
    "markdown": Copy(lambda _: EXAMPLES / "markdown/刻本小史.md"),
    "short": Copy(lambda _: EXAMPLES / "novel/夜航.txt"),
    "novel": Copy(novel),
    "law": Copy(law),
    "manual": Copy(manual),
    "vertical": Copy(vertical, "vertical"),
}

_NUMERALS = "零一二三四五六七八九"
_SENTENCES = (
    "江上起了雾，船老大把灯挂得更高一些，好让后面的船看见。",
    "“你到底走不走？”她站在门槛上问，手里的伞还滴着水。",
    "他没有回答，只是把那封信翻过来，又翻过去，像是背面也写着字。",
    "天快亮的时候，远处传来第一声鸡叫，接着整个村子都醒了。",
    "账本上最后一行写着：三月初七，收米二石，欠钱四百文。",
)


def numeral(number: int) -> str:
    """Return a number below 10,000 in Chinese, as in 一千零二十."""
    found = ""
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            found += _NUMERALS[digit] + unit
        elif found and found[-1] != "零" and number % value:
            found += "零"
    return found.removeprefix("一") if 10 <= number < 20 else found


def _novel() -> Iterable[str]:
    yield from ("书名：长夜", "作者：无名氏", "")
    for chapter in range(1, 121):
        if chapter % 10 == 1:
            volume = chapter // 10
            yield f"第{numeral(volume + 1)}卷　{_SENTENCES[volume % 5][:4]}\n"
        yield f"第{numeral(chapter)}章　灯下第{numeral(chapter)}夜\n"
        for line in range(24):
            yield f"　　{_SENTENCES[(chapter + line) % 5]}{_SENTENCES[(line + 2) % 5]}"
        yield ""


def _law() -> Iterable[str]:
    yield "中华书刻大法\n"
    article = 0
    for chapter in range(1, 41):
        yield f"第{numeral(chapter)}章　{_SENTENCES[chapter % 5][:4]}之事\n"
        for section in range(1, 26):
            article += 1
            yield f"第{numeral(section)}节　一般规定之{numeral(section)}\n"
            yield f"第{numeral(article)}条　刻书的人应当在版心下端刻下自己的姓名。"


def _written(path: Path, lines: Iterable[str] | str) -> Path:
    path.write_text(lines if isinstance(lines, str) else "\n".join(lines), "utf-8")
    return path


def _png(width: int, height: int) -> bytes:
    """Return a picture that grows lighter from left to right."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    row = b"\0" + bytes(255 * x // width for x in range(width))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * height))
    return b"\x89PNG\r\n\x1a\n" + data + chunk(b"IEND", b"")


VERTICAL = """\
---
title: 豎排小集
author: 松間書屋
language: zh-Hant
date: 2024-05-01
---

# 第一章　燈下 {#lamp}

夜裏讀書，燈要放在左邊，免得手影落在紙上。「光要自己去找，」先生說，「不要等它來。」[^1]

[^1]: 先生姓名不詳，見舊抄本第三葉。

## 紙與墨

紙有生有熟，墨有鬆煙、有油煙。*生紙*吃墨，熟紙不吃墨；用錯了，一行字要重寫三遍。
二〇二四年一月，共收得紙 240 張。

> 一紙一墨，皆有來處。

## 筆

筆有尖、齊、圓、健四德，缺一便不好用。{筆|ㄅㄧˇ}字從竹，可見古人拿什麼做筆桿。

# 第二章　窗前

## 聽雨

雨落在瓦上是一種聲音，落在芭蕉上是另一種。[^2]聽得久了，不看也知道雨下在哪裏。

[^2]: 芭蕉葉大，聲音低而長。

## 等客

客人沒有來。茶涼了，換一壺；又涼了，就不換了。
"""

MANUAL = """\
---
title: 排书手册
author: 松间书屋
language: zh-Hans
date: 2024-05-01
---

# 第一章　表与码 {#one}

## 宽表

本节的表有八栏，手机上也要看得全。[^a] 又见<https://example.org/a/very/long/address/that/never/seems/to/end?with=a-query&and=another-one>。

[^a]: 手机的屏幕宽 360 像素。这条注里有*重点*，也有 `code`。

| 书名 | 版本 | 刻印年代 | 行款 | 藏处 | 卷数 | 尺寸 | 备考 |
|------|------|----------|------|------|-----:|-----:|:----:|
| 春秋经传 | 建安余氏万卷堂本 | 绍熙年间 | 半叶十行 | 藏书楼 | 30 | 21.4 | 存 |
| Encyclopaedia | Revised edition | 1911 | two columns | University | 29 | 28.5 | 全 |

## 长码

```python
def a_function_with_quite_a_long_name(first_argument, second_argument, third=None):
    \"\"\"量一量：长行在窄屏上折行。\"\"\"
    return first_argument * second_argument  # 一行注解，也很长，长到屏幕放不下
```

1. 先看封面；
    - 再看目录；
        - 末了看正文。[^b]

[^b]: 也有人先看末页。

# 第二章　式与图

## 算式

行内有 $a^2 + b^2 = c^2$，独行的在下面：

$$
\\sum_{k=1}^{n} k^2 = \\frac{n(n+1)(2n+1)}{6}
= \\frac{n^3}{3} + \\frac{n^2}{2} + \\frac{n}{6}
$$

## 插图

![一条从黑到白的横带，左边最黑，右边最白](图/色.png "图 1　深浅")

文字中的图![小方块](图/色.png)也有。

::: tip 请看
框里的字也随读者的颜色。
:::

## 诗与杂项

::: verse
窗外一声雁，
灯前万里心。
:::

~~删去的字~~，**着重的字**，{注音|zhùyīn}，H~2~O，x^2^。

术语
: 解释一个词的话。

***

末了一段，[回到开头](#one)。
"""
