"""A share that other levels have borne already (国家和市级已经补了50%), of which a sum takes no notice."""

from __future__ import annotations

import re

from server.sums.result import Sum

__all__ = ["leaves_out_what_was_borne"]

_BORNE = re.compile(
    r"(?:国家|中央|上级|[省市区县](?:里|级|财政)?)[^，。；？?\d]{0,10}已经?[^，。；？?\d]{0,10}(?P<share>\d+(?:\.\d+)?)\s*[%％]"
)


def leaves_out_what_was_borne(found: Sum, question: str) -> bool:
    """Whether a question tells the share that other levels have borne and no line of a sum has it:
    what all of them may come to together is then not looked at."""
    borne = _BORNE.search(question)
    if borne is None or found.calculation.result is None:
        return False
    lines = "".join(step.text for step in found.calculation.steps)
    return re.search(rf"(?<![\d.]){re.escape(borne['share'])}%", lines) is None
