"""The words that Keben adds to a book, in the book's own language.

The terms follow GB/T 12450 (title leaves of books) and GB/T 12451.
"""

from __future__ import annotations

_TAGS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "zh-Hant-HK": "zh-HK"}

_SIMPLIFIED = {
    "cover": "封面",
    "title": "扉页",
    "half-title": "半书名页",
    "head": "版头",
    "tail": "版记",
    "notes": "注释",
    "signers": "签发人",
    "attachments": "附件",
    "copied": "抄送",
    "issued": "印发",
    "contents": "目录",
    "landmarks": "导航",
    "pages": "页码",
    "printed": "《{title}》PDF 版（{identifier}）",
    "text": "正文",
    "colophon": "版本记录",
    "work": "书名",
    "author": "作者",
    "translator": "译者",
    "editor": "编者",
    "illustrator": "绘者",
    "annotator": "注者",
    "compiler": "辑者",
    "other": "责任者",
    "isbn": "ISBN",
    "series": "丛书",
    "aut": "著",
    "trl": "译",
    "edt": "编",
    "ill": "绘",
    "ann": "注",
    "com": "辑",
    "publisher": "来源",
    "date": "日期",
    "address": "原文地址",
    "rights": "版权",
    "fonts": "字体",
    "back": "返回正文",
    "note": "注",
    "tip": "提示",
    "important": "重要",
    "warning": "警告",
    "caution": "小心",
    "accessible-text": "本书为可重排文本，有目录，按标题分层，可以改变字号和颜色。",
    "described": "图片都有文字说明。",
    "undescribed": "部分图片没有文字说明。",
}
_TRADITIONAL = {
    "cover": "封面",
    "title": "扉頁",
    "half-title": "半書名頁",
    "head": "版頭",
    "tail": "版記",
    "notes": "註釋",
    "signers": "簽發人",
    "attachments": "附件",
    "copied": "抄送",
    "issued": "印發",
    "contents": "目錄",
    "landmarks": "導覽",
    "pages": "頁碼",
    "printed": "《{title}》PDF 版（{identifier}）",
    "text": "正文",
    "colophon": "版本記錄",
    "work": "書名",
    "author": "作者",
    "translator": "譯者",
    "editor": "編者",
    "illustrator": "繪者",
    "annotator": "註者",
    "compiler": "輯者",
    "other": "責任者",
    "isbn": "ISBN",
    "series": "叢書",
    "aut": "著",
    "trl": "譯",
    "edt": "編",
    "ill": "繪",
    "ann": "註",
    "com": "輯",
    "publisher": "來源",
    "date": "日期",
    "address": "原文網址",
    "rights": "版權",
    "fonts": "字體",
    "back": "返回正文",
    "note": "註",
    "tip": "提示",
    "important": "重要",
    "warning": "警告",
    "caution": "小心",
    "accessible-text": "本書為可重排文字，有目錄，按標題分層，可以改變字級和顏色。",
    "described": "圖片都有文字說明。",
    "undescribed": "部分圖片沒有文字說明。",
}


# Unicode has circles around numbers up to fifty.
_CIRCLES = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
)


def circled(number: int) -> str:
    """Return the mark of a note: ①, and the bare number beyond ㊿."""
    return _CIRCLES[number - 1] if 0 < number <= len(_CIRCLES) else str(number)


def labels(language: str) -> dict[str, str]:
    """Return the words for a book in ``language`` (a BCP 47 tag)."""
    return _TRADITIONAL if language.startswith("zh-Hant") else _SIMPLIFIED


def language_tag(language: str) -> str:
    """Return the tag by which reading systems choose fonts: zh-CN, not zh-Hans.

    A book must say its language; ``und`` says that nobody knows it.
    """
    return _TAGS.get(language, language) or "und"
