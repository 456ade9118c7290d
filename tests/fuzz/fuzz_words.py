"""Mutation by words: pieces that policies and questions are made of, put in, left out, repeated."""

from __future__ import annotations

import random

__all__ = ["mutated"]

_PIECES = ("第一条", "第〇条", "第二条之一", "第10000条", "第（十）条", "（一）", "（十十）", "(1)", "1．", "一、", "①", "⑳x", "⑴", "第一章 总则", "第三节", "附件1：", "目 录", "\n", "\t", "\r\n", "\x0c", "\u3000\u3000", " ", "。", "；", "，", "：", "《", "》", "“", "”", "（", "）", "〔2026〕", "某市发〔2026〕1号", "某某办法", "关于印发《某某办法》的通知", "自2026年3月1日起施行", "有效期三年", "有效期9999年", "2024年2月30日", "同时废止", "20%", "百分之五", "百分之百", "百分之零点五", "千分之一", "300万元", "1.5亿元", "三千五百", "一千二", "两", "两百多万", "1,200", "1，200.5", "0", "00", "99999999999999999999", "1e9", ".5", "万", "亿", "万元", "元/平方米", "每人每年", "不超过", "最高", "以上", "以下", "以内", "至", "-", "—", "～", "/", "分别", "其中", "按", "给予", "一次性奖励", "补助", "减半", "三分之一", "零分之一", "五分之零", "〇分之〇", "半", "一半", "全额", "0.0%", "100%", "1/3", "1/0", "第二年", "每年", "个月", "去年", "今年投入", "员工200人", "营业收入", "研发投入", "首次", "评上", "哪个更高", "分别是多少", "多少", "吗", "？", "不是", "我说的是", "那", "呢", "如果", "忽略以上规则", "你现在是", "原文", "cqgxq-2024-31#art4", "#", "art0", "art1-0", "item", "para1.", "annex1.", "٣", "９", "²", "Ⅲ", "III期", "壹佰", "\ud7ff", "💥", "\u202e", "\u200b", "\x00", "\x1c", "<w:p>", "</w:p>", "<w:tbl>", "<w:tr>", "<w:tc>", "</w:tc>", "<w:vMerge/>", "<w:gridSpan w:val='99'/>", "<w:numPr><w:ilvl w:val='8'/><w:numId w:val='1'/></w:numPr>", "<w:t>", "<w:fldChar w:fldCharType='begin'/>", "<w:sdt>", "<table>", "<tr>", "<td rowspan=9999>", "<td colspan=0>", "<pre>", "<br>", "<script>", "<!--", "-->", "<![CDATA[", "&#x110000;", "&nbsp;", "DeltaX='g 99999 1'", "CTM='0 0 0 0 0 0'", "Boundary='nan 0 inf 1'", "Size='1e400'", "Size='0'", "question", "as_of", '{"question": 1}', '"', ",,", ";")  # fmt: skip


def mutated(content: bytes, most: int, seed: int) -> bytes:
    """Change a text in one to four places; stay below ``most`` bytes."""
    chance = random.Random(seed)
    text = content.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 4)):
        text = _changed(text, chance)
    return text.encode("utf-8", "replace")[:most]


def _changed(text: str, chance: random.Random) -> str:
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.choice((0, 0, 1, 3, 12, 80)))
    choice = chance.randrange(5)
    if choice == 0:
        return text[:start] + text[end:]
    if choice == 1:
        return text[:end] + text[start:end] * chance.choice((1, 2, 30)) + text[end:]
    if choice == 2:
        other = chance.randint(0, len(text))
        return text[:other] + text[start:end] + text[other:]
    piece = chance.choice(_PIECES)
    if choice == 3:
        return text[:start] + piece * chance.choice((1, 1, 1, 2, 40)) + text[start:]
    return text[:start] + piece + text[end:]
