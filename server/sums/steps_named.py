"""Amounts that name a step of a list and are none of the case: 5亿那档没领, 破1亿的时候领过30万."""

from __future__ import annotations

import re

from indexer.entitlements.quantities import Measured

__all__ = ["names_a_step"]

_STEP = re.compile(r"元?(?:的|[那这]|[那这]一|那个)?(?:档|台阶|一级台阶)")
_REACHED = re.compile(r"(?:之前|以前|前[几些两]?年|早[前年]|当年|曾)[^，,。；;\d]{0,12}$")
_THEN = re.compile(r"元?(?:的)?(?:那)?(?:时候|时|那年|那会)")


def names_a_step(phrase: str, q: Measured) -> bool:
    """Whether an amount only says which step is meant (5亿那档), or when something was reached."""
    before = _REACHED.search(phrase[: q.start]) and _THEN.match(phrase, q.end)
    return bool(before or _STEP.match(phrase, q.end))
