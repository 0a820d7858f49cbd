"""The words that Keben adds to a book, in the book's own language.

The terms follow GB/T 12450 (title leaves of books) and GB/T 12451.
"""

from __future__ import annotations

_SIMPLIFIED = {
    "cover": "封面",
    "title": "扉页",
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
    "aut": "著",
    "trl": "译",
    "edt": "编",
    "publisher": "来源",
    "date": "日期",
    "address": "原文地址",
    "rights": "版权",
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
    "aut": "著",
    "trl": "譯",
    "edt": "編",
    "publisher": "來源",
    "date": "日期",
    "address": "原文網址",
    "rights": "版權",
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


def labels(language: str) -> dict[str, str]:
    """Return the words for a book in ``language`` (a BCP 47 tag)."""
    return _TRADITIONAL if language.startswith("zh-Hant") else _SIMPLIFIED
