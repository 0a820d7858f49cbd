"""How rows are worded that web sites and scanners leave around a text.

All patterns are in simplified characters and match a whole row.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ADDRESS = (
    r"(?:(?:https?://|www\.)[^\s，。；、）》」』]+"
    r"|(?i:[a-z0-9-]+\.(?:com|net|org|cn|cc|info|la|me|tw|hk|xyz|top)(?:\.cn|/\S*)?))"
)
_NO_SENTENCE = "[^。！？“”「」]"

WORD_COUNT = re.compile(
    r"(?:更新时间|更新日期|发表时间|最后更新)[:：\s].{0,60}"
    r"|(?:本章|共计|全文)?字数[:：]?\s*约?\d[\d,]*字?"
)

NOTICE = re.compile(
    r".{0,60}(?:(?:24|二十四)小时(?:内|之内).{0,6}删除|不得用[作于]商业|购买正版|支持正版"
    r"|仅供(?:读者|个人|试读|学习)(?:预览|学习|阅读|交流)?"
    r"|版权归|转载请(?:注明|保留)"
    r"|未经.{0,8}(?:许可|授权|允许|同意).{0,8}(?:转载|复制|摘编|传播|刊登)).*"
    r"|(?:版权所有|Copyright|©|\(C\)).{0,60}"
    r"|.{0,20}[Aa]ll [Rr]ights [Rr]eserved.{0,20}"
)

BANNER = re.compile(
    r"[-—=*\s]*章节内容(?:开始|结束)[-—=*\s]*"
    rf"|{_NO_SENTENCE}{{0,24}}{_ADDRESS}{_NO_SENTENCE}{{0,24}}"
    rf"|{_NO_SENTENCE}{{0,60}}(?:电子书|小说|下载|书库|书城|[Tt][Xx][Tt])"
    rf"{_NO_SENTENCE}{{0,40}}{_ADDRESS}{_NO_SENTENCE}{{0,24}}"
    r"|.{0,12}(?:请记住本[站书]|最新网址|手机用户请|手机阅读|一秒记住|百度搜索|首发域名).{0,40}"
    r"|[（(【]?(?:本章(?:完|未完)|未完待续)[^。]{0,20}[）)】]?"
    r"|.{0,20}(?:txt|TXT)(?:电子书|下载|免费下载).{0,20}"
)

_BUTTON = (
    "上一[篇章页条]|下一[篇章页条]|返回(?:目录|首页|列表|顶部)|回目录|[前后]一页|回首页|加入书签"
    "|推荐本书|投推荐票|打印(?:本页)?|列印|关闭(?:窗口)?|窗口|收藏(?:本页)?|分享到?|复制链接"
    "|字号|字体|[大中小]|纠错|扫一扫.{0,20}|扫码.{0,20}|TOP"
)
NAVIGATION = re.compile(
    rf"(?:[\[【(（]?(?:{_BUTTON})[\]】)）]?(?:[:：].{{0,50}})?[\s|｜·>»/]*)+"
    r"|(?:您?(?:当前|现在|目前)?的?|你的|所在)位置[:：].{0,60}"
    r"|首\s*页\s*(?:[>»›/＞-]+\s*\S{1,16}\s*){1,6}"
)

_WORK = "扫描|OCR|ocr|录入|输入|校对|整理|制作|排版|勘校|精校|提供|上传|收集"
_POST = (
    "责任编辑|责编|编辑|作者单位|审核|校审|[初终]审|供稿|撰稿|摄影|通讯员|编审|值班编辑"
)
CREDIT = re.compile(
    rf"[^。！？“”]{{0,20}}(?:{_WORK})(?:[者人员]|制作)?[:：]\s*[^。！？]{{1,30}}"
    rf"|[《〈]?[^。！？“”，,]{{1,20}}(?:{_WORK})"
    rf"(?:[，,、；;\s]+[^。！？“”，,]{{1,12}}(?:{_WORK}))*"
    r"|.{0,60}(?:由互联网用户|由网友|由书友|本站).{0,20}"
    r"(?:分享|整理|提供|上传|制作|收集|发布).{0,120}"
    r"|.{0,40}(?:链接地址|原文链接|原文地址|本文地址|文章来源)[:：].{0,160}"
    rf"|[（(\[【]?(?:{_POST})[:：].{{1,40}}"
)

BUTTONS = _words(
    """
    下载 打印 全屏 收藏 分享 加大 还原 减小 放大 缩小 默认 大 中 小 】 【 > » › × |
    首页 返回 顶部 关闭 关闭窗口 返回顶部 分享到 分享到: 分享: 分享： 分享到微信
    【字体： 【字体: 【字号： 【字号: 字体： 字号： 阅读量： 浏览量： 浏览次数：
    点击数： 您的位置: 您的位置： 当前位置: 当前位置： 语音播报 无障碍浏览
    """
)
"""Rows at the edges of a page that are a button, or a part of one."""

# Project Gutenberg sets its licence around a text, between lines such as these.
LICENCE_ABOVE = re.compile(r"\*{3}\s*START OF (?:THIS|THE) PROJECT GUTENBERG.*")
LICENCE_BELOW = re.compile(
    r"\*{3}\s*END OF (?:THIS|THE) PROJECT GUTENBERG.*"
    r"|End of (?:the )?Project Gutenberg.*"
)

RELATED = re.compile(
    r"[【\[■◆●·\s]*(?:相关|推荐|热门|最新|延伸|精彩|更多|猜你喜欢|你可能感兴趣|大家都在看|同类|本类|随机)"
    r"的?(?:文章|阅读|新闻|推荐|资讯|链接|内容|信息|文档|范文|专题|小说|作品|报道|图文|文件)?"
    r"(?:列表|排行|排行榜|推荐)?[】\]:：\s]*"
)
RELATED_ALONE = _words(
    """
    相关 推荐 热门 最新 更多 精彩 延伸 同类 本类 随机
    """
)
"""Words that announce no list unless they say of what."""

TELLTALES = _words(
    """
    更新时间 更新日期 发表时间 最后更新 字数 24小时 二十四小时 不得用 仅供 正版 版权
    转载 未经 opyright © (C) eserved 章节内容 :// www. .com .net .org .cn .cc .info
    .la .me .tw .hk .xyz .top .COM 请记住 最新网址 手机用户 手机阅读 一秒记住
    百度搜索 首发域名 本章完 本章未完 未完待 txt TXT 上一 下一 前一页 后一页 返回目
    返回首 返回列 返回顶 回目录 回首页 书签 本书 推荐票 打印 列印 关闭 收藏 分享
    复制 字号 字体 纠错 扫一 扫码 扫描 位置 首页 OCR ocr 录入 输入 校对 整理 制作
    排版 勘校 精校 提供 上传 收集 网友 用户 书友 链接 地址 文章来源 编辑 责编
    作者单位 审核 校审 初审 终审 供稿 撰稿 摄影 通讯员 编审
    """
)
"""No row without one of these can match a pattern."""
