"""Cases told by a measure that is no amount, count or time: 其中工艺节点为28纳米及以下的, asked with 22nm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import find_quantities
from server.sums.likeness import event_text

__all__ = ["case_holds", "of_its_case"]

_BOUND = re.compile(
    r"(?<![\d.])(?P<value>\d{1,6}(?:\.\d{1,4})?)\s?(?P<unit>[a-zA-Z]{1,6}|[\u4e00-\u9fff]{1,3}?)(?:（含）|\(含\))?(?P<side>及?以[上下内]|或以[上下]|以内)"
)
_SAME = {"nm": "纳米", "NM": "纳米", "Nm": "纳米", "寸": "英寸"}


def case_holds(case: str, question: str) -> bool | None:
    """Whether a question's figure is one of a case; None where either states none.

    >>> case_holds("工艺节点为28纳米及以下", "一款22nm芯片"), case_holds("工艺节点为28纳米及以下", "40纳米的")
    (True, False)
    """
    bound = _BOUND.search(case)
    # Amounts, counts and times are thresholds of their own.
    if bound is None or any(q.start <= bound.start() < q.end for q in find_quantities(case)):
        return None
    names = {bound["unit"], _SAME.get(bound["unit"], bound["unit"])}
    names |= {short for short, name in _SAME.items() if name in names}
    units = "|".join(re.escape(name) for name in sorted(names))
    stated = re.search(rf"(?<![\d.])(\d+(?:\.\d+)?)\s?(?:{units})(?![a-zA-Z])", question)
    if stated is None:
        return None
    value, limit = Decimal(stated[1]), Decimal(bound["value"])
    return value >= limit if bound["side"].endswith("上") else value <= limit


def of_its_case(row: Entitlement, sisters: Sequence[Entitlement], question: str, text: str) -> bool:
    """Whether the figure that a question states of its thing does not exclude a measure: not one of
    another case (28纳米及以下), nor the general one where a case of its own holds."""
    holds = case_holds(event_text(row), question)
    cases = (r for r in sisters if r is not row and _is_case_of(r, row, text))
    others = (case_holds(event_text(r), question) for r in cases)
    return holds is not False and (holds is True or not any(others))


def _is_case_of(case: Entitlement, rule: Entitlement, text: str) -> bool:
    """Whether a measure may be a case of another one: it stands behind it in its sentence."""
    general, own = (r.rate or r.amount for r in (rule, case))
    if general is None or own is None:
        return True
    between = text[general.span.end : own.span.start]
    return own.span.start > general.span.start and "。" not in between
