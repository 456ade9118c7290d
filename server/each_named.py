"""The sentences on each of several units or things that a question lists: 药监、医保、卫健、海关四家分别要干什么."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["all_counted", "said_of_each"]

_LISTED = re.compile(r"(?:[\u4e00-\u9fffA-Za-z]{2,8}、)+[\u4e00-\u9fffA-Za-z]{2,8}")
#: What stands before the first and behind the last of the names.
_BEFORE = re.compile(r"^.*(?:的|里|中|在|和|对|把|给|是|段|分)(?=[\u4e00-\u9fff]{2})")
_BEHIND = re.compile(
    r"(?:[二两三四五六七八九\d几]?(?:家|个|样|者|部门|单位|方面)|分别|各自|都|要|负责|这).*$"
)
#: A sentence is on a unit where its first characters name it.
_SUBJECT = 14
_LEAST = 2
_COUNTS_OFF = re.compile(r"(?:第?[一二三四五六七八九十][是、，]|[1-9][.、）)])")
_ALL_ASKED = re.compile(
    r"哪(?:几|[一二两三四五六七八九十])|(?:[二两三四五六七八九十几]|\d)(?:件|个|条|项|方面|点|大)|有哪些|分别是|都有什么|哪些"
)


def said_of_each(question: str, pieces: Sequence[str]) -> set[int]:
    """The numbers of the sentences on the things that a question lists, one by one.

    Nothing where fewer than two of them have a sentence of their own.

    >>> pieces = ["市药监局要深化改革。", "市医保局要衔接。", "市卫生健康委要试点。", "重庆海关要便利。"]
    >>> sorted(said_of_each("优化服务那段，药监、卫健、海关三家分别要干什么", pieces))
    [0, 2, 3]
    """
    found: dict[str, int] = {}
    for run in _LISTED.findall(question):
        names = run.split("、")
        names[0], names[-1] = _BEFORE.sub("", names[0]), _BEHIND.sub("", names[-1])
        for name in (n for n in names if len(n) > 1):
            own = [i for i, piece in enumerate(pieces) if _is_on(name, piece)]
            if len(own) == 1:
                found[name] = own[0]
    return set(found.values()) if len(set(found.values())) >= _LEAST else set()


def _is_on(name: str, piece: str) -> bool:
    """Whether a sentence begins with a unit of that name, also a short one: 卫健 of 市卫生健康委."""
    subject = piece[:_SUBJECT]
    if name in subject:
        return True
    letters = iter(re.split(r"要|应|负责|会同", subject)[0])
    return len(name) == 2 and all(letter in letters for letter in name)


def all_counted(question: str, pieces: Sequence[str]) -> set[int]:
    """The numbers of the sentences that count things off (一是…二是…), where all are asked for.

    >>> sorted(all_counted("哪三件事", ["做好保障。", "一是保粮油。", "二是保用水。", "三是抓采购。"]))
    [1, 2, 3]
    """
    counted = [i for i, piece in enumerate(pieces) if _COUNTS_OFF.match(piece.lstrip())]
    if len(counted) < _LEAST or not _ALL_ASKED.search(question):
        return set()
    # What stands between two of them belongs to the one before.
    return set(range(counted[0], counted[-1] + 1))
