"""Business with a related party, where a clause counts that with others only: 其中3000万元是给自己参股的公司做的
where 为与其无投资关系的企业提供服务."""

from __future__ import annotations

import re

from server.sums.facts import Fact

__all__ = ["counts_others_only", "is_all_related", "is_related", "is_unrelated"]

_TIES = r"(?:投资|股权|控股|参股|持股|出资|隶属|资本|产权)"
#: 非关联企业, 与其无投资关系的; 关联交易不计入, 剔除关联企业; 存在投资关系的，应当剔除.
_OTHERS_ONLY = re.compile(
    rf"(?:[非无]|没有|不存在)[^，。；、\d]{{0,8}}(?:关联|{_TIES}[^，。；\d]{{0,3}}关系)"
    rf"|(?:关联|{_TIES}[^，。；\d]{{0,3}}关系)[^。；\d]{{0,20}}(?:除外|剔除|扣除|不予|不得|不享受|不[计纳列]入?)"
    r"|(?:剔除|扣除|不含|不包括|除)[^，。；\d]{0,10}关联"
)
#: A customer that the state holds is nobody's own.
_RELATED = re.compile(
    r"[母子总分]公司|(?:兄弟|姊妹|姐妹)(?:公司|企业)|关联(?:企业|公司|方|单位|客户|交易|关系)|同一?集团|(?:自己|自家|本|咱们?|我们?)集团|集团内|上级集团"
    r"|(?<!国有)(?<!国资)(?<!央企)控股|参股|持股|入股|股东|自家|自己(?:名下)?的?(?:公司|企业)"
    rf"|(?:我们?|我司|自己|本公司|咱们?)(?:投资|出资|控制)|有{_TIES}[^，。；\d]{{0,3}}关系|隶属"
)
_DENIED = re.compile(
    rf"(?:[非无]|没有?|不存在|不是|不属于)[^，,。；;、\d]{{0,8}}?(?:关联(?:关系)?|{_TIES}[^，,。；;、\d]{{0,3}}关系|[控参持]股|股东|集团|[母子总分]公司)"
)
#: Whom business is done with; who does it may be a 子公司 too.
_FOR = r"(?:[给为替帮向跟与]|服务|承接|来自|都是|全是)[^，,。；;\d]{0,10}?"
_FOR_RELATED = re.compile(rf"{_FOR}(?:{_RELATED.pattern})")
#: All of an amount, or some of it, nobody knows how much.
_ALL = re.compile(
    rf"(?:都|全部?|均|净|只|其余|剩下|另外|部分|一半|有些|有的)[^，,。；;\d]{{0,4}}?[是为给替][^，,。；;\d]{{0,10}}?(?:{_RELATED.pattern})"
)


def counts_others_only(text: str) -> bool:
    """Whether a clause counts business only with those that somebody has no ties to.

    >>> counts_others_only("为与其无投资关系的企业提供服务"), counts_others_only("为企业提供服务")
    (True, False)
    >>> counts_others_only("与服务对象存在间接投资关系的服务金额应当剔除")
    True
    """
    return bool(_OTHERS_ONLY.search(text))


def is_related(words: str) -> bool:
    """Whether some words are of business with a related party.

    >>> is_related("500万是给参股公司做的"), is_related("500万是给没有参股的公司做的")
    (True, False)
    """
    return bool(_RELATED.search(_DENIED.sub("", words)))


def is_unrelated(words: str) -> bool:
    """Whether some words say that there are no ties: 是给无投资关系的企业做的."""
    return bool(_DENIED.search(words)) and not is_related(words)


def is_all_related(fact: Fact) -> bool:
    """Whether an amount is all of business with related parties (合同2000万，都是给子公司做的), or some
    of it is, nobody knows how much."""
    words, behind = (_DENIED.sub("", said) for said in (fact.words, fact.region))
    return bool(_FOR_RELATED.search(words) or _ALL.search(behind))
