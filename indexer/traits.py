"""What a passage holds besides its words: an amount, a number, a day, who acts; where it stands.

Questions ask for these (多少, 什么时候, 哪个部门, 什么材料); a passage without them rarely answers. Two bytes a
passage, read when it is indexed.
"""

from __future__ import annotations

import re
from enum import IntFlag

from corpus.address import Address, ClausePath
from corpus.document import Document
from corpus.outline import ClauseKind, Outline

__all__ = ["Trait", "placed_traits", "traits"]

_CHINESE = "一二三四五六七八九十百千万两"


class Trait(IntFlag):
    """The traits of a passage."""

    AMOUNT = 1
    NUMBER = 2
    ACTOR = 4
    TIME = 8
    EDGE = 16
    ROW = 32
    TERM = 64
    #: Only leads to the clauses beneath it: 有下列情形之一的：
    LEAD = 128
    #: One of those.
    LISTED = 256
    #: What a clause settles, as its words or those above it say.
    MATERIALS = 512
    CONDITIONS = 1024
    STEPS = 2048
    DEFINITION = 4096
    PENALTY = 8192
    REPAID = 16384
    ENDED = 32768


_PATTERNS = (
    (
        Trait.AMOUNT,
        re.compile(rf"\d[.,]*+\s*+[万亿]?元|\d\s*[%％‰]|百分之|[{_CHINESE}][万亿]?元"),
    ),
    (
        Trait.NUMBER,
        re.compile(rf"\d|[{_CHINESE}](?:[日天年周次人倍]|个月|小时|分之)"),
    ),
    (Trait.ACTOR, re.compile(r"牵头|责任单位|负责|部门|机关|单位|委员会|法院|局")),
    (
        Trait.TIME,
        re.compile(rf"\d\s*[年月日天周]|[{_CHINESE}](?:日|个月|年)|施行|有效期|期限|小时"),
    ),
)
_SETTLES = (
    (
        Trait.MATERIALS,
        re.compile(
            r"(?:提交|提供|准备|携带|持|附|出具)[^。；]{0,16}(?:下列|以下|材料|资料|证明|证件)|申[请报](?:表|书)|复印件|身份证"
            r"|材料清单|(?:所需|申[请报]|提[交供])材料"
        ),
    ),
    (
        Trait.CONDITIONS,
        re.compile(
            r"(?:符合|具备|满足)[^。；]{0,8}(?:下列|以下|条件|要求)|(?:申[请报]|支持|补[贴助]|认定|享受|准入|基本)(?:条件|对象|范围|资格)"
            r"|[应须](?:当|同时)*(?:符合|具备|满足)"
        ),
    ),
    (
        Trait.STEPS,
        re.compile(
            r"(?:申[请报]|办理|审[核批定查]|认定|拨付|受理|工作|兑现)(?:程序|流程|步骤|方式|环节)"
            r"|(?:受理|初审|审[核批查]|评审|公示|拨付|复[核审]|提出申请)[^。]{0,80}(?:受理|初审|审[核批查]|评审|公示|拨付|复[核审])"
            r"|向[^。；，]{2,24}(?:提出|提交|递交)?(?:申请|申报)"
        ),
    ),
    (Trait.DEFINITION, re.compile(r"是指|系指|指的是|(?:本[^。；，]{1,6})?所称|的含义|术语")),
    (
        Trait.PENALTY,
        re.compile(r"罚款|处[^。；，]{0,16}元|责令|吊销|警告|追究|处罚|处分|违法所得|失信"),
    ),
    (Trait.REPAID, re.compile(r"退还|退回|退缴|追回|追缴|收回|扣回|返还|缴回|追讨")),
    (Trait.ENDED, re.compile(r"停止|终止|取消|中止|撤销|退出|不再(?:享受|给予|发放|列入)")),
)


def traits(text: str, kind: ClauseKind, above: str = "") -> Trait:
    """Return what the own words of a clause hold, and whether it opens or closes or is a row.

    ``above`` are the headings and leads that it stands under: they say what it settles, too.
    """
    found = Trait(0)
    for trait, pattern in _PATTERNS:
        if pattern.search(text):
            found |= trait
    for trait, pattern in _SETTLES:
        if pattern.search(text) or pattern.search(above):
            found |= trait
    if kind in ("opening", "closing"):
        found |= Trait.EDGE
    if kind == "table":
        found |= Trait.ROW
    return found


def placed_traits(address: Address, document: Document, outline: Outline) -> Trait:
    """Return what the place of a clause in its document says of it."""
    found = Trait(0)
    if address in document.term.basis:
        found |= Trait.TERM
    if _leads(address.path, outline):
        found |= Trait.LEAD
    parent = address.path.parent
    if parent is not None and parent in outline and _leads(parent, outline):
        found |= Trait.LISTED
    return found


def _leads(path: ClausePath, outline: Outline) -> bool:
    return outline[path].text.rstrip().endswith(("：", ":")) and len(outline.under(path)) > 1
