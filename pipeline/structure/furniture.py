"""Rows that belong to the place where a text was found, not to the text.

A row is taken for furniture only where its whole wording says so; what could
be a sentence of the text stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipeline.structure.candidates import normalised
from pipeline.structure.rows import Row

_URL = r"(?:https?://|www\.)[^\s，。；、）》」』]+"
_DOMAIN = r"[a-z0-9-]+\.(?:com|net|org|cn|cc|info|la|me|tw|hk|xyz|top)(?:\.cn|/\S*)?"

_WORD_COUNT = re.compile(
    r"(?:更新时间|更新時間|更新日期|发表时间|最后更新)[:：\s].{0,60}"
    r"|(?:本章)?(?:字数|字數|共计字数|全文字数)[:：]?\s*[约約]?\d[\d,]*字?"
)
_NOTICE = re.compile(
    r".{0,60}(?:24小时内|二十四小时内|不得用作商业|不得用于商业|仅供(?:读者|个人|试读|学习)(?:预览|学习|阅读|交流)?"
    r"|購買正版|购买正版|支持正版|版权归|版權歸|转载请(?:注明|保留)|轉載請(?:註明|保留)"
    r"|未经.{0,8}(?:许可|授权|允许|同意).{0,8}(?:转载|复制|摘编|传播|刊登)).*"
    r"|(?:版权所有|版權所有|Copyright|©|\(C\)).{0,60}"
    r"|.{0,20}[Aa]ll [Rr]ights [Rr]eserved.{0,20}"
)
_BANNER = re.compile(
    rf"[-—=*\s]*章节内容(?:开始|结束)[-—=*\s]*"
    rf"|[^。！？“”「」]{{0,24}}(?:{_URL}|(?i:{_DOMAIN}))[^。！？“”「」]{{0,24}}"
    r"|.{0,12}(?:请记住本(?:站|书)|最新网址|手机用户请|手机阅读|一秒记住|天才一秒|百度搜索|首发域名).{0,40}"
    r"|[（(【]?(?:本章(?:完|未完)|未完待续|未完待續)[^。]{0,20}[）)】]?"
    r"|.{0,20}(?:txt|TXT)(?:电子书|下载|免费下载).{0,20}"
)
_NAVIGATION = re.compile(
    r"(?:[\[【(（]?(?:上一[篇章页頁条]|下一[篇章页頁条]|返回(?:目录|目錄|首页|列表|顶部)|回目录|加入书签|加入書籤"
    r"|推荐本书|投推荐票|打印(?:本页)?|列印|关闭(?:窗口)?|關閉|窗口|收藏(?:本页)?|分享到?|复制链接"
    r"|字号|字體|字体|[大中小]|[【\[]?纠错[】\]]?|扫一扫.{0,20}|扫码.{0,20}|TOP)[\]】)）]?"
    r"(?:[:：].{0,50})?[\s　|｜·>»/]*)+"
    r"|(?:您?(?:当前|现在|目前)(?:的)?位置|你的位置|所在位置|當前位置)[:：].{0,60}"
    r"|首\s*页\s*(?:[>»›/＞-]+\s*\S{1,16}\s*){1,6}"
)
_CREDIT_VERB = "扫描|掃描|OCR|ocr|录入|輸入|输入|校对|校對|整理|制作|製作|排版|勘校|精校|提供|上传|上傳|收集"
_CREDIT = re.compile(
    rf"[^。！？“”]{{0,20}}(?:{_CREDIT_VERB})(?:[者人员]|制作)?[:：]\s*[^。！？]{{1,30}}"
    rf"|[《〈]?[^。！？“”，,]{{1,20}}(?:{_CREDIT_VERB})"
    rf"(?:[，,、；;\s　]+[^。！？“”，,]{{1,12}}(?:{_CREDIT_VERB}))*"
    r"|.{0,60}(?:由互联网用户|由网友|由書友|由书友|本站).{0,20}(?:分享|整理|提供|上传|制作|收集|发布).{0,120}"
    r"|.{0,40}(?:链接地址|原文链接|原文地址|本文地址|文章来源)[:：].{0,160}"
    r"|[（(\[【]?(?:责任编辑|責任編輯|责编|编辑|編輯|作者单位|审核|校审|初审|终审|供稿|撰稿|摄影|通讯员|编审|值班编辑)"
    r"[:：].{1,40}"
)
_ANYWHERE, _AT_THE_EDGE = True, False
_PATTERNS = (
    ("word-count", _WORD_COUNT, _ANYWHERE),
    ("navigation", _NAVIGATION, _ANYWHERE),
    ("site-banner", _BANNER, _ANYWHERE),
    ("credit", _CREDIT, _AT_THE_EDGE),
    ("copyright", _NOTICE, _AT_THE_EDGE),
)
"""Reasons with their patterns, and whether the place of the row matters."""
_RELATED = re.compile(
    r"[【\[■◆●·\s]*(?:相关|推荐|热门|最新|延伸|精彩|更多|猜你喜欢|你可能感兴趣|大家都在看|相關|推薦|熱門|同类|本类|随机)"
    r"(?:的)?(?:文章|阅读|閱讀|新闻|新聞|推荐|推薦|资讯|链接|内容|信息|文档|范文|专题|小说|作品|报道|图文|資訊|鏈接)?"
    r"(?:列表|排行|排行榜|推荐)?[】\]:：\s]*"
)
_RELATED_ALONE = frozenset({"相关", "推荐", "热门", "最新", "更多", "精彩", "延伸"})
_RULE = re.compile(r"[-—–=＝_*＊~～·.#+ 　─━☆★◆◇○●※…⊙◎△▲□■]{3,}|[＊*※☆★◆◇]")
_NOT_LISTED = tuple("。！？；：…”」』")
_LISTED_COLUMNS = 130
_REPEATED = 3
_WIDEST = 240
# No row without one of these can match; looking for them first is much faster.
_TELLTALES = """
更新时间 更新時間 更新日期 发表时间 最后更新 字数 字數 24小时 二十四小时 不得用 仅供 正版
版权 版權 转载 轉載 未经 opyright © (C) eserved 章节内容 :// www. .com .net .org .cn .cc .info
.la .me .tw .hk .xyz .top .COM 请记住 最新网址 手机用户 手机阅读 一秒记住 百度搜索 首发域名 本章完
本章未完 未完待 txt TXT 上一 下一 返回目 返回首 返回列 返回顶 回目录 书签 書籤 本书 推荐 推薦 打印 列印
关闭 關閉 收藏 分享 复制 字号 字體 字体 纠错 扫一 扫码 扫描 掃描 位置 首页 OCR ocr 录入 輸入 输入 校对
校對 整理 制作 製作 排版 勘校 精校 提供 上传 上傳 收集 网友 用户 書友 书友 链接 地址 文章来源 编辑 編輯 责编
作者单位 审核 校审 初审 终审 供稿 撰稿 摄影 通讯员 编审
"""


def is_rule(text: str) -> bool:
    """Tell whether ``text`` is made of marks alone, as scene breaks are."""
    return bool(_RULE.fullmatch(text))


def find(rows: Sequence[Row], text: str) -> tuple[dict[int, str], list[Row]]:
    """Return the reason of each row of ``text`` that is furniture, by its index.

    The rows that only may be furniture come second.
    """
    found = dict(_related(rows))
    doubtful: list[Row] = []
    repeated = Counter(row.text for row in rows if row.columns <= 80)
    for row in _suspects(rows, text):
        match _judged(row):
            case (reason, anywhere) if anywhere or _is_outside(row, rows, repeated):
                found.setdefault(row.index, reason)
            case (_, _) if row.index not in found:
                doubtful.append(row)
    for row in rows:
        if row.index not in found and is_rule(row.text) and _frames(row, found):
            found[row.index] = "ornament"
    return found, doubtful


def _judged(row: Row) -> tuple[str, bool] | None:
    """Return what the wording of a row says it is, and whether its place matters."""
    for reason, pattern, anywhere in _PATTERNS:
        if pattern.fullmatch(row.text):
            return reason, anywhere
    return None


def _suspects(rows: Sequence[Row], text: str) -> Iterator[Row]:
    starts = [row.start for row in rows]
    found: set[int] = set()
    for word in _TELLTALES.split():
        offset = text.find(word)
        while offset >= 0:
            found.add(bisect_right(starts, offset) - 1)
            offset = text.find(word, offset + 1)
    for index in sorted(found):
        if rows[index].columns <= _WIDEST:
            yield rows[index]


def _is_outside(row: Row, rows: Sequence[Row], repeated: Counter[str]) -> bool:
    """Tell whether a row repeats, or stands by the edges of text or page."""
    edge = min(row.index, len(rows) - 1 - row.index) < 12
    after_list = row.index + 1 < len(rows) and _is_related(rows[row.index + 1].text)
    after_rule = row.index > 0 and is_rule(rows[row.index - 1].text)
    return edge or after_list or after_rule or repeated[row.text] >= _REPEATED


def _is_related(text: str) -> bool:
    short = normalised(text)
    return bool(_RELATED.fullmatch(text)) and short not in _RELATED_ALONE


def _related(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield the rows of lists of other articles, with their headers."""
    inside = False
    for row in rows:
        if _is_related(row.text):
            listed = rows[row.index + 1 : row.index + 3]
            inside = bool(listed) and all(map(_is_listed, listed))
        elif inside and not _is_listed(row):
            inside = False
        if inside:
            yield row.index, "related-articles"


def _is_listed(row: Row) -> bool:
    if row.columns > _LISTED_COLUMNS:
        return False
    return "。" not in row.text and not row.text.endswith(_NOT_LISTED)


def _frames(row: Row, found: dict[int, str]) -> bool:
    """Tell whether a rule stands beside furniture of a site."""
    beside = {found.get(row.index - 1), found.get(row.index + 1)}
    return bool(beside & {"credit", "site-banner", "navigation", "copyright"})


def address(texts: Iterable[str]) -> str:
    """Return the first full address in ``texts``, empty where there is none."""
    for text in texts:
        if match := re.search(r"https?://[!-~]+", text):
            return match[0]
    return ""
