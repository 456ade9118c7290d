"""What came of a policy is asked for: how many there really were, what was paid out in a year.

Policies state aims and rules. 力争到2024年…3个1类新药获批上市 says nothing of how many there were, and a
limit on what one firm gets nothing of what all of them got.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.clause_index import ClauseIndex
from server.answer import Claim
from server.asking import Asking

__all__ = ["asks_for_result", "of_other_years", "only_aims"]

_REALLY = r"(?:实际|真正|真的|究竟|到底|一共|总共|累计|统共|总计|最后|最终)"
_CAME = r"(?:批下来|批出来|批(?=了)|获批|批准|建成|建好|投产|引进|引入|落地|上市|拿到|完成|达到|做到|迈入|实现|发|兑现|支付|花|拨)"
_MANY = r"(?:多少|几[个家项件名人户亿种款]|好多)"
#: 实际有多少…迈入, 一共发了多少, 真正批下来几个, 究竟有几个真的批下来了.
_RESULT = re.compile(
    rf"{_REALLY}[^，,。；;？?]{{0,12}}?{_CAME}(?:上市)?了[^，,。；;？?]{{0,6}}?{_MANY}"
    rf"|(?:实际|真正|究竟)[^，,。；;？?补奖贴]{{0,6}}?{_MANY}[^，,。；;？?补奖贴]{{0,16}}?{_CAME}"
    rf"|(?:实际|真正){_CAME}了?[^，,。；;？?补奖贴]{{0,6}}?{_MANY}"
    rf"|年(?:底|末|度|全年)?[^，,。；;？?补奖贴]{{0,8}}?(?:新|共|又)?{_CAME}了[^，,。；;？?]{{0,4}}?{_MANY}"
)
#: The asker's own case: 我们一共花了多少.
_OWN = re.compile(r"我|咱|俺|公司一共|能[补奖拿领]|可以[补奖拿领]|补多少|奖多少")
#: Says what there is already.
_REPORTS = re.compile(
    r"已经?|累计|截至|目前|先后|同比|(?:增长|下降|提高)了|实现了|完成了|建成了|获得了|引进了"
)
_AIMS = re.compile(
    r"力争|争取|目标|计划|预计|拟|将(?=[在于建引达形实]|[\u4e00-\u9fff]{2,4}(?:达到|超过))"
)
#: The year that an aim is to be reached by.
_BY = re.compile(r"到(?P<year>20\d\d)年?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


def asks_for_result(question: str) -> bool:
    """Whether a question asks what there really was, and not what there is to be.

    >>> asks_for_result("到2024年底，真正批下来上市了几个1类新药"), asks_for_result("一年到底补多少")
    (True, False)
    >>> asks_for_result("2025年全市实际批了几个创新药"), asks_for_result("实际投入的几成能补")
    (True, False)
    >>> asks_for_result("2024年要批准上市几个1类新药"), asks_for_result("我们一共花了多少万才有补贴")
    (False, False)
    """
    return _RESULT.search(question) is not None and _OWN.search(question) is None


def only_aims(question: str, claims: Sequence[Claim], ask: Asking, index: ClauseIndex) -> bool:
    """Whether a result is asked for and every clause states an aim or a rule, or is on other years."""
    if not claims or ask.lookup or ask.validity or not asks_for_result(question):
        return False
    told = [claim for claim in claims if _REPORTS.search(claim.quote)]
    told = [claim for claim in told if not _AIMS.search(claim.quote)]
    years = set(_YEAR.findall(question))
    texts = [index.clause(claim.address)[1].text for claim in told]
    return not any(not years or years & set(_YEAR.findall(text)) for text in texts)


def of_other_years(question: str, claims: Sequence[Claim], ask: Asking) -> list[str]:
    """Return the year by which a question asks what is to be reached, where the clauses stated have
    aims for other years alone: 到2025年 says nothing of 2030."""
    years = {match["year"] for match in _BY.finditer(question)}
    if len(years) != 1 or not ask.figure or ask.lookup or ask.validity or ask.compare:
        return []
    quotes = [claim.quote for claim in claims]
    aims = [quote for quote in quotes if _BY.search(quote)]
    held = {year for quote in quotes for year in _YEAR.findall(quote)}
    return [f"{year}年" for year in years if aims and year not in held]
