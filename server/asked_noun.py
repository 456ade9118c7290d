"""What a question asks the time or number of (公示几天: 公示), and whether a text says just that."""

from __future__ import annotations

import re

from server.wanted import states

__all__ = ["says_it_of"]

_ASKED_OF = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2})(?:时间|期限|时限|时长|期)?"
    r"(?:一般|大概|总共|一共|最[长多短少快]|是|为|要|需要?|得|有|能|可以){0,5}+(?:几|多少|多久|多长)"
)


def says_it_of(text: str, question: str, kind: str) -> bool:
    """Whether one part of a text names what is asked about beside a value of the kind.

    >>> says_it_of("名单在网站上公布，公示时间为7日，有异议的可以提出", "结果要公示几天", "span")
    True
    >>> says_it_of("公示内容包括姓名，受理后7日内办结", "结果要公示几天", "span")
    False
    """
    asked = _ASKED_OF.search(question)
    return asked is not None and any(
        asked["noun"] in part and states(part, kind, question)
        for part in re.split(r"[，。；;\n]", text)
    )
