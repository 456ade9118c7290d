"""Lines that sites print around a text: the way to the page, the size of letters, buttons."""

from __future__ import annotations

import re

__all__ = ["is_furniture", "is_marginal"]

#: What a page prints around its text, wherever it stands. Refuses what merely begins so: 转发某某
#: 通知, 主办单位：市科技局, 技术支持。对企业….
_FURNITURE = re.compile(
    r"(?:[^。，；]{0,60}[\s\u3000])?您?(?:现在|当前|所在)*(?:的)?位置\s*+[:：].*"
    r"|[^。，；：<＜>＞]{1,30}+(?:[>＞›»]{1,2}[^。，；：<＜>＞]{1,30}+){2,8}|(?:[^。，；：]{0,40}[\s\u3000])?(?:首页|主页)\s*+(?:[>＞›»/\-]|>>).*"
    r"|【?\s*+(?:字体|字号|视力保护色)\s*+[:：]?[^。，；]{0,20}】?|(?:【?\s*+(?:大|中|小|超大)\s*+】?\s*+){2,4}"
    r"|(?:分享|转发|收藏)(?:到|至|给)?\s*+[:：][^。，；]{0,24}|分享到?"
    r"|[【\[(（]?\s*+(?:打印(?:本页|此页|页面|文章)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|列表|上一?页)?"
    r"|回到顶部|我要纠错|纠错|收藏(?:本页)?|下载(?:原文|文字版|图片版)|复制链接|朗读|语音播报|top)\s*+[】\])）]?"
    r"|(?:【?\s*+(?:打印|关闭|收藏|纠错|分享|返回)\w{0,4}\s*+】?[\s|｜]*+){2,5}"
    r"|扫一扫[^。；]{0,24}|(?:微信|手机)扫[^。；]{0,24}|您?的?浏览器[^。]{0,30}"
    r"|【?(?:上|下)一篇】?\s*+[:：]?.{0,120}|(?:上|下)一[条页](?:\s*+[:：].{0,120})?"
    r"|【(?:上|下)一[条页]】.{0,120}|打印(?:时间|日期)\s*+[:：]\s*+\d{4}[-年./]\d{1,2}.{0,160}"
    r"|(?:版权所有|网站标识码|.{0,3}ICP备|.{0,6}公网安备)\s*+[:：]?[^。]{0,80}|网站地图|联系我们|隐私声明",
    re.IGNORECASE,
)
#: What a page prints above or below its text, and what may stand inside one too.
_MARGINAL = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]\s*\S{0,8}(?:\s*次)?"
    r"|(?:信息|文章|稿件|内容)?来源\s*[:：]\s*[^。；]{0,40}"
    r"|(?:发布|发表|更新|录入)(?:日期|时间)\s*[:：]\s*[\d\-年月日./: ]{6,24}[^。；]{0,60}"
    r"|(?:(?:责任)?编辑|作者|审核|初审|复审|终审|校对)\s*[:：]\s*[^。；，]{0,12}"
)
#: Two of these on a line, one of them the first kind, make it the foot of a page.
_FOOT = re.compile(
    r"版权所有|网站标识码|ICP备|公网安备|分辨率|最佳浏览|copyright|all rights reserved|支持IPv6",
    re.IGNORECASE,
)
_FOOT_TOO = re.compile(r"(?:主办|承办|维护)(?:单位)?\s*[:：]|技术支持\s*[:：]|网站地图|备案序?号")
_LONGEST_FOOT = 400
#: Several of these on one line: 【字体：大 中 小】 【打印本页】 【关闭窗口】, 来源：某局 浏览次数：12.
_SIDE_BY_SIDE = re.compile(
    r"(?:(?:(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*+[:：]\s*+\d{0,9}+\s*+次?"
    r"|(?:(?:信息|文章|稿件|内容)?来源|发布(?:机构|单位|人)|作者|编辑|索引号|信息分类)\s*+[:：]\s*+[^\s，。；：【】]{1,30}+"
    r"|(?:发布|发表|更新|成文|生成)(?:日期|时间)\s*+[:：]\s*+\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?"
    r"(?:\s++\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|[【\[]?\s*+(?:字体|字号)\s*+[:：]?\s*+(?:\s*+[【\[]?\s*+(?:特?大|中|小)\s*+[】\]]?\s*+[|/]?){2,4}[】\]]?|分享到?\s*+[:：]?"
    r"|[【\[(（]?\s*+(?:打印|关闭|收藏|分享|返回|纠错)(?:本页|此页|页面|文章|窗口|顶部|首页|列表)?\s*+[】\])）]?"
    r")[\s|｜]*+){1,8}"
)
#: What a page says of a text beside it, run together on one line without blanks.
_SAID = re.compile(
    r"(?:索引号|信息分类|主题分类|发布机构|发文机关|发文单位|发布单位|(?:信息|文章)?来源|(?:发布|公开|成文|更新)(?:日期|时间)"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量)|字体|字号|责任编辑)\s*+[：:]"
)
_LONGEST_SAID = 200


def is_furniture(text: str) -> bool:
    """Whether a line is of the page, not of its text, wherever it stands."""
    kinds = len(_FOOT.findall(text)), len(_FOOT_TOO.findall(text))
    foot = kinds[0] and sum(kinds) > 1 and len(text) <= _LONGEST_FOOT
    return bool(foot) or bool(_FURNITURE.fullmatch(text))


def is_marginal(text: str) -> bool:
    """Whether a line is of the page if it stands above or below a text."""
    if "。" not in text and len(text) <= _LONGEST_SAID and len(_SAID.findall(text)) > 1:
        return True
    return bool(_MARGINAL.fullmatch(text) or _SIDE_BY_SIDE.fullmatch(text))
