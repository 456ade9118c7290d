"""The steps from applying to the money, told by one clause from the first to the last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.clause_index import ClauseIndex
from server.answer import Claim
from server.pieces import ended
from server.wanted import is_yet_to_come

__all__ = ["tells_all_steps", "tells_steps", "with_steps"]

_ASKS = re.compile(
    r"流程|程序(?!员)|步骤|环节|怎么走|怎么个走法|走哪[几些]|(?:怎么|怎样|如何|咋)(?:去)?(?:申[请报]|报(?![销多]))"
)
_STEP = re.compile(
    r"提交|申请|申报|受理|初审|审核|审查|审计|评审|复核|公示|公告|下达|拨付|兑现|发放"
)
#: Fewer of them are no way from one end to the other.
_TOLD = 4


def tells_steps(question: str, text: str) -> bool:
    """Whether a question asks for the steps and a clause goes through them: all of it is the answer.

    >>> tells_steps("后面流程怎么走", "企业提交申请，区里初审；市局委托审计，公示5日，下达资金。")
    True
    >>> tells_steps("要审核几天", "企业提交申请，区里初审；市局委托审计，公示5日，下达资金。")
    False
    """
    return bool(_ASKS.search(question)) and len(set(_STEP.findall(text))) >= _TOLD


def tells_all_steps(question: str, texts: Sequence[str]) -> bool:
    """Whether clauses go through the steps asked for, and leave none to another text."""
    text = "\n".join(texts)
    return tells_steps(question, text) and not is_yet_to_come(text)


def with_steps(claims: Sequence[Claim], question: str, index: ClauseIndex) -> list[Claim]:
    """Statements, of a clause that tells the steps that are asked for the whole of it."""
    whole = [
        (claim.address, text, tells_steps(question, text))
        for claim in claims
        for text in [index.clause(claim.address)[1].text]
    ]
    stated = [
        Claim(ended(text), address, text) if steps else claim
        for claim, (address, text, steps) in zip(claims, whole, strict=True)
    ]
    return list(dict.fromkeys(stated))
