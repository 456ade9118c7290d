"""A question on how much support there is, of which the clauses give none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.clause_index import ClauseIndex
from server.answer import Claim
from server.asking import Asking

__all__ = ["GIVES", "gives_none", "only_speaks_of"]

#: How much of a support is asked for.
_ASKED = re.compile(
    r"(?:奖励?|补贴|补助|资助|资金支持)(?:金额|标准|额度)?(?:是|有|能拿|给)?(?:多少|几|好多)"
    r"|(?:奖|补|资助)(?:多少|几[万成个百]|好多)|多少(?:钱?的?)?(?:奖励|补贴|补助|资助)"
)
#: Says that something is given.
GIVES = re.compile(r"[奖补贴减免返]|资助|给予|发放|支付|拨付|支持|报销|待遇|津贴|经费|标准|元")


def only_speaks_of(question: str, text: str, other: str) -> bool:
    """Whether a question asks how much support there is, another text gives some and this one none."""
    asked = _ASKED.search(question)
    return bool(asked and GIVES.search(other) and not GIVES.search(text))


def gives_none(question: str, claims: Sequence[Claim], ask: Asking, index: ClauseIndex) -> bool:
    """Whether a question asks how much support there is, and no clause stated gives any.

    市里三类证奖励多少 is not answered by how many of them the city wants to see.
    """
    if not claims or ask.lookup or ask.validity or not _ASKED.search(question):
        return False
    return not any(GIVES.search(index.clause(claim.address)[1].text) for claim in claims)
