"""A sum that a question claims and wants confirmed: 一个奖200万，三个就是600万，没错吧."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.entitlements.quantities import MONEY, find_quantities
from server.sums.money import written
from server.sums.result import Sum

__all__ = ["Claimed", "claimed_in", "corrected"]

_AMOUNT = r"\d{1,6}(?:\.\d{1,4})?\s?[万亿]?元?|[一二两三四五六七八九十百千]{1,6}[万亿]元?"
#: What the asker thinks that it comes to, said last.
_RESULT = re.compile(
    rf"(?:就是|就有|就能拿|就得|那就|合计就是|总共就是|算下来是?|加起来就?是|(?<=算[，,])(?:进账|入账|到手|能?拿|报))(?P<amount>{_AMOUNT})(?=[，,。！!？?嘛吧啊呢了]|$)"
)
#: …or that it is what they get: 合同2000万，能给我60万不.
_GOT = re.compile(
    rf"(?:能|可以|奖励?|补[贴助]?|就)?(?:给|补|奖|拿|报|得|领)到?(?:我们?|咱们?)?(?P<amount>{_AMOUNT})(?:不|吗|么|嘛|吧|对吧|没错吧)[？?。]?$"
)
#: What each is thought to get, or the rate.
_EACH = re.compile(
    rf"(?:(?:每[多新增]{{0,2}})?[一1单](?:个|张|家|款|项|件)[\u4e00-\u9fff]{{0,4}}?(?:[奖给补加贴拿返][励贴助]?)?|[奖给补加贴拿返按][励贴助]?)了?(?<!\d)(?:{_AMOUNT}|\d{{1,3}}(?:\.\d{{1,2}})?\s?[%％])(?=[，,。；;的]|$)"
    rf"|都?按(?<!\d)(?:{_AMOUNT})[一1每](?:个|张|家|款|项|件)算"
)
#: A count alone goes with what stands before it: 经典名方，三个 is three of them.
_BARE = re.compile(
    r"[，,](?P<count>(?:\d{1,3}|[一二两三四五六七八九十]{1,2})[个张款项家件])，一共多少"
)
_CONFIRM = re.compile(
    r"对[吧吗不]|对不对|没错|是不是|是吧|是吗|签字|哈[？?。！!]?$|确认|没?记错|这么报|这么算|[嘛不吗么][。！!？?]?$|吧[。？?！!]?$"
)

_SIDES = re.compile(r"两[头边方]|双方|各自?|分别")


@dataclass(frozen=True, slots=True)
class Claimed:
    """The claim, and the question without it: what it comes to is asked instead."""

    written: str
    question: str


def claimed_in(question: str) -> Claimed | None:
    """The result that a question claims; None where it claims none, or asks for more than a yes.

    >>> claimed_in("经典名方一个奖200万，三个就是600万，老板让我确认")
    Claimed(written='600万', question='经典名方三个，一共多少，老板让我确认')
    """
    match = _RESULT.search(question) or _got(question)
    # Of two parties each may be meant, or both.
    if match is None or _SIDES.search(question) or not _CONFIRM.search(question[match.start() :]):
        return None
    rest = question[: match.start()] + "，一共多少" + question[match.end() :]
    asked = _BARE.sub(r"\g<count>，一共多少", _EACH.sub("", rest))
    return Claimed(match["amount"], asked)


def _got(question: str) -> re.Match[str] | None:
    """The amount that somebody thinks they get, behind another one that it is of."""
    match = _GOT.search(question)
    before = find_quantities(question[: match.start()]) if match else ()
    return match if any(q.unit in (MONEY, "") for q in before) else None


def corrected(found: Sum | None, claim: Claimed) -> Sum | None:
    """A sum said as an answer to a claim: what it comes to, and that it is not what was claimed."""
    result = found.calculation.result if found else None
    claimed = [q for q in find_quantities(claim.written) if q.unit in (MONEY, "")]
    if found is None or result is None or len(claimed) != 1:
        return found
    value = claimed[0].value
    if value == result:
        return found
    display = f"不是{written(value, MONEY)}，{found.calculation.display}"
    return replace(found, calculation=replace(found.calculation, display=display))
