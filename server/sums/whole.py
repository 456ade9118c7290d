"""A total asked of several parts (两样加起来多少): the sum of one part alone would be taken for it."""

from __future__ import annotations

import re

from server.answer import Calculation
from server.sums.one_more import adds_another

__all__ = ["is_a_part"]

#: Says that what is asked for is made of several parts; 两种模式加起来进出口3.7亿 tells one figure.
_TOGETHER = re.compile(
    r"(?:加起来|加一[起块]|加在一起|合起来|合在一起|拢共)(?![^，,。；;？?]{0,10}\d)|[两二几]\s*(?:样|项|笔|块|头)(?:钱|加|合|一共|总共|都|补|奖)|两者"
)
#: A line of a working that gives an amount of its own; not the adding of amounts, nor a limit.
_AMOUNT = re.compile(r"×|^(?:[^+−=]{0,30}[：:])?[\d.,]+[万亿]?元$")
_LIMIT = re.compile(r"超过|上限")


def is_a_part(question: str, calculation: Calculation, told: int = 0) -> bool:
    """Whether a question asks for several parts together, of which it tells so many, and only one
    was worked out, or fewer than are told.

    Several things of one kind (三个品种合计) have a line each, or a count.
    """
    together = told or _TOGETHER.search(question) or adds_another(question)
    if calculation.result is None or not together:
        return False
    texts = [step.text for step in calculation.steps]
    lines = [text for text in texts if _AMOUNT.search(text) and not _LIMIT.search(text)]
    if len(lines) < told:
        return not any(text.endswith("不能享受") for text in texts)
    # One part may come to nothing: 120万元 + 0元.
    return len(lines) < 2 and not any(" + " in text for text in texts)
