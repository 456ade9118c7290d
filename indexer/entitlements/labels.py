"""Figures in a list, each behind its own words: 机构护理75%、居家护理90%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.phrases import Phrase
from indexer.entitlements.roles import Figures
from indexer.entitlements.row import Place
from indexer.entitlements.wording import own_end

__all__ = ["LISTED", "labels_of"]

#: What an amount of a list is for: 博士, 2类改良型新药每个品种, 3类、4类仿制药.
LISTED = re.compile(
    r"[、和及]?(?!原|贷款|注册)(?:(?:[1-9]类[、和及]){1,3}(?=[1-9]类))?(?:[1-9]类)?[^，；。、\d]{1,16}"
)

_MARK = re.compile(r"^(?:、|和|及|以及)(?P<label>[^，；。、按给\d]{2,16})$")
_BEFORE = re.compile(r"(?:^|[按为：的对]|给予|分别)(?P<label>[^，；。、按为：的对给\d]{2,16})$")


def labels_of(phrase: Phrase, groups: Sequence[Figures]) -> list[Place]:
    """The words before each figure of a list of one kind; none where it is no such list."""
    kinds = {(g.role, g.quantities[0].unit, len(g.quantities)) for g in groups}
    if len(groups) < 2 or len(kinds) > 1 or groups[0].role == "increment":
        return []
    labels: list[Place] = []
    for number, group in enumerate(groups):
        since = groups[number - 1].end if number else phrase.start
        words = phrase.text[since - phrase.start : group.start - phrase.start]
        match = (_MARK if number else _BEFORE).search(words)
        if not match or not (end := own_end(match["label"])):
            return []
        start = since + match.start("label")
        labels.append((start, start + end))
    return labels
