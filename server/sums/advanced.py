"""What is paid ahead of what was given last year: 按上年补助额度的50%提前拨付."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["advanced"]

_RULE = re.compile(
    r"按照?(?:其)?(?P<of>[上去前]一?年度?[^，。；\d]{2,14}?(?:额度?|资金|规模|数))的(?P<rate>\d{1,3}(?:\.\d)?[%％])"
    r"(?:的?比例)?(?:提前|先行|预先|予以)?(?:拨付|下达|预拨|预付|拨)"
)
_AHEAD = re.compile(r"[拨预]|提前|先行|下达")
_LAST_YEAR = re.compile(r"[上去前]一?年")
#: What is left to be paid later is another sum.
_REST = re.compile(r"还剩|剩下|余下|其余|还差|之后")


def advanced(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """A share of what the question says was given last year, where it asks what is paid ahead.

    None where the clause that fits best pays nothing ahead.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    if not retrieval.hits or not money or not _AHEAD.search(question):
        return None
    address = retrieval.hits[0].passage.address
    found = list(_RULE.finditer(likeness.retriever.index.clause(address)[1].text))
    if not found:
        return None
    rest = [f for f in facts if f not in money and f.value != 1]
    last = _LAST_YEAR.search(money[0].words) and not money[0].vague
    if len(found) > 1 or len(money) > 1 or rest or not last or _REST.search(question):
        return STOPPED
    rate = find_quantities(found[0]["rate"])[0]
    share = quantity_at(address, found[0]["rate"], rate, found[0].start("rate"))
    working = Working()
    return worked_alone(working.share(money[0].value, share), MONEY, "", working)
