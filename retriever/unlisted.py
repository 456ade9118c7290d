"""Places named that neither a list of divisions nor any clause knows: 隔壁宁汐市的补贴."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from retriever.spelling import is_word, sounds_like

__all__ = ["unlisted"]

#: What stands before a place: the beginning of a question or of a part of it, 在, 隔壁.
_BEFORE = r"(?:^|[，,。；;？?\s]|隔壁的?|邻近的?|那要是|换成|请问|[我他]们?在|[是去])"
#: Characters of words around a place, not of its name.
_NO_NAME = "全本我你他她们咱各每这那哪该此同外内省市区县城乡村镇社小大新老旧跨进出入离到在从去来是的和与及或某一二三四五六七八九十两几多园景校学不有无没申请想要为给拿报按对把让被"
_NAME = re.compile(
    rf"{_BEFORE}(?P<stem>[^{_NO_NAME}\W\da-zA-Z]{{2}})"
    r"(?P<level>市(?![场民值级面价容政长委占盈])|县(?![级域长委])|区(?![别分域间块位级长委]))"
)


def unlisted(
    text: str, is_spoken_of: Callable[[str], bool], known: Collection[str] = ()
) -> list[str]:
    """Return the places that a question is on by a name of which no clause speaks.

    A word of the language (居民区, 高薪区) is none, nor what sounds like a place that is ``known``.

    >>> unlisted("隔壁宁汐市的飞机补多少", lambda name: False), unlisted("居民区能补多少", lambda name: False)
    (['宁汐市'], [])
    """
    found = {m["stem"] + m["level"] for m in _NAME.finditer(text) if not is_word(m["stem"])}
    return [
        name
        for name in sorted(found)
        if not (is_spoken_of(name) or _comes_from(name, text))
        and not any(sounds_like(name, other[-len(name) :]) for other in known)
    ]


def _comes_from(name: str, text: str) -> bool:
    """Whether a text names a place only as where somebody comes from."""
    return bool(
        re.search(
            rf"从{name}|{name}(?:过|迁|搬)?来的"
            rf"|{name}(?:的)?(?:公司|企业|人|厂家?|团队|户口)(?:想|要|准备|打算)?(?:搬|迁|来|落户|到)",
            text,
        )
    )
