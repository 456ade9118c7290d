"""What clauses on fines and damages set: 货值金额一万元以上的，并处货值金额十倍以上二十倍以下罚款."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from server.sums.clause_figures import quantity_at
from server.sums.factors import likeness_of_names
from server.sums.phrases import WHOLE_SENTENCE

__all__ = ["Penalty", "circumstances", "is_called", "least_of", "penalties_of"]

_PART = re.compile(r"[^；;]+")
_RATES = ("倍", "%", "‰")
#: What stands behind a figure that is a fine, or damages.
_FINE = re.compile(r"的?(?:罚[款金]|[^，。；]{0,12}赔偿金?)")
#: The punishment begins with the last of these before its figure.
_IMPOSED = re.compile(r"处以?|支付|赔偿的?(?:金额|数额)[为是]|要求|或者")
#: 处上一年年收入百分之六十的罚款.
_INCOME = re.compile(r"年(?:度)?收入的?$")
_WHO = re.compile(r"对[^。；]{0,40}?(?:责任人|法定代表人|主管人员|负责人|个人)")
_PERSONS = re.compile(r"责任人|法定代表人|主管人员|负责人|(?:[对罚]|处罚)个人|个人[要会]?罚")
#: What a figure holds for apart from the amount: it must be so in the case too.
_CIRCUMSTANCES = {
    "grave": r"(?<!尚)(?<!不)(?:情节|后果)(?:特别)?严重|严重情节|很严重|特别严重|影响恶劣",
    "slight": r"情节较?轻|情节轻微|从轻|减轻|轻微",
    "unmended": r"逾期|拒不|不(?:改正|整改)|没有?改|不改|仍不|还不|拒绝|到期不",
    "caused": r"造成|导致|致人|受伤|死亡|身亡",
    "again": r"[三四五3-5]次|多次|屡",
    "second": r"再次|第[二2]次|[两二2]次|又犯|再犯",
    "persons": _PERSONS.pattern,
}
#: Of these a clause names each as enough: 两年内有三次以上违法行为或者有其他严重情节的.
_EITHER = frozenset({"grave", "again"})
_CIRCUMSTANCES_READ = {name: re.compile(words) for name, words in _CIRCUMSTANCES.items()}
_LEAST = re.compile(
    r"不足(?P<n>[\d一二三四五六七八九十百千万.]{1,9}元)的?，(?:按照?|为)(?P<same>[\d一二三四五六七八九十百千万.]{1,9}元)(?:计算)?"
)
#: A name is what an amount is called where it shares more of its characters.
_CALLED = 0.5
_BRACKETS = re.compile(r"[（(][^（）()]{0,60}[）)]")


@dataclass(frozen=True, slots=True)
class Penalty:
    """One fine: ``of`` what it is a multiple (nothing where it is an amount), its ends, from where
    to where that must be, and the circumstances it holds for. ``start`` is where it stands."""

    of: str
    low: Quantity | None
    high: Quantity
    above: Quantity | None
    below: Quantity | None
    threshold: str
    circumstances: frozenset[str]
    start: int
    exact: bool

    @property
    def is_share(self) -> bool:
        """Whether it is worked out of an amount of the case."""
        return self.high.unit in _RATES

    def meant(self, told: frozenset[str]) -> bool:
        """Whether it is for a case of which these circumstances are told."""
        if self.of.endswith("年收入"):
            # Only a person has one.
            told = told - {"persons"}
        if self.circumstances >= _EITHER:
            own, told = self.circumstances - _EITHER, frozenset(told)
            return bool(told & _EITHER) and own == told - _EITHER
        return self.circumstances == told

    def holds(self, value: Decimal, words: str) -> bool:
        """Whether it is the one for an amount that is called so."""
        if self.threshold and not is_called(self.threshold, words):
            return False
        over = self.above is None or value >= self.above.value
        return over and (self.below is None or value < self.below.value)


def is_called(name: str, words: str) -> bool:
    """Whether the words around an amount call it so: its last words count, 货值 of 药品货值金额.

    >>> is_called("违法生产、销售的药品货值金额", "卖假药货值"), is_called("取得收入", "营业收入")
    (True, False)
    """
    return any(likeness_of_names(part, words) > _CALLED for part in (name, name[-4:]))


def circumstances(text: str) -> frozenset[str]:
    """The circumstances that some words name.

    >>> sorted(circumstances("逾期不改正，情节严重的")), sorted(circumstances("卖了假药"))
    (['grave', 'unmended'], [])
    """
    return frozenset(name for name, said in _CIRCUMSTANCES_READ.items() if said.search(text))


def penalties_of(address: Address, text: str) -> Iterator[Penalty]:
    """The fines that a clause sets, in their order."""
    for sentence in WHOLE_SENTENCE.finditer(text):
        carried: frozenset[str] = frozenset()
        for part in _PART.finditer(sentence[0]):
            at = sentence.start() + part.start()
            found = find_quantities(part[0])
            behind = 0
            for place, q in enumerate(found):
                if ends := _ends(part[0], found, place):
                    own = circumstances(_condition(part[0][: q.start]))
                    carried = own | (carried - {"persons"})
                    yield _penalty(address, part[0], at, ends, found[behind:place], carried)
                    behind = place + (1 if ends[0] is None else 2)
            carried |= circumstances(_condition(part[0])) - {"persons"}


def _condition(lead: str) -> str:
    """The words that say for whom and when; 责任人员 counts only where the fine is theirs."""
    return _PERSONS.sub("", lead) + ("责任人" if _WHO.search(lead) else "")


def _ends(text: str, found: list[Measured], place: int) -> tuple[Measured | None, Measured] | None:
    """The ends of a range that begins with a figure, or the one that stands alone."""
    q = found[place]
    if q.unit not in (*_RATES, MONEY) or q.low is not None:
        return None
    behind = text[q.end :]
    if behind.startswith("以上") and place + 1 < len(found):
        upper = found[place + 1]
        joined = upper.start == q.end + 2 and upper.unit in (*_RATES, MONEY)
        whole = text.startswith("以下", upper.end) and _FINE.match(text, upper.end + 2)
        return (q, upper) if joined and whole else None
    # 等值以上三倍以下: the lower end is no figure.
    if text.endswith("以上", 0, q.start):
        return None
    if behind.startswith("以下") and _FINE.match(text, q.end + 2):
        return None, q
    alone = _FINE.match(text, q.end) or re.search(r"赔偿的?(?:金额|数额)[为是]", text[: q.start])
    share = q.unit == "倍" or (q.unit == "%" and _INCOME.search(text[: q.start]))
    return (None, q) if share and alone else None


def _penalty(
    address: Address,
    text: str,
    at: int,
    ends: tuple[Measured | None, Measured],
    before: list[Measured],
    told: frozenset[str],
) -> Penalty:
    low, high = ends
    first = (low or high).start
    begins = max((m.end() for m in _IMPOSED.finditer(text[:first])), default=0)
    above, below, name = _threshold(address, text, at, before)
    return Penalty(
        _BRACKETS.sub("", text[begins:first]).rstrip("的"),
        quantity_at(address, text, low, at) if low else None,
        quantity_at(address, text, high, at),
        above,
        below,
        name,
        told,
        at + first,
        low is None and not text.startswith("以下", high.end),
    )


def _threshold(
    address: Address, text: str, at: int, before: list[Measured]
) -> tuple[Quantity | None, Quantity | None, str]:
    """From where to where what a fine depends on must be, and what that is."""
    above = below = None
    name = ""
    for q in before:
        if q.unit != MONEY:
            continue
        lead, behind = text[: q.start], text[q.end :]
        what = re.search(r"([一-鿿]{2,12}?)(?:不足|在|超过|达到|不满)?$", _BRACKETS.sub("", lead))
        if re.search(r"不[足满]$", lead) and re.match(r"的", behind):
            below = quantity_at(address, text, q, at)
        elif re.match(r"以上(?:的|不[足满])", behind):
            above = quantity_at(address, text, q, at)
        else:
            continue
        name = what[1] if what and not name else name
    return above, below, name


def least_of(address: Address, text: str, start: int) -> list[tuple[Quantity, str]]:
    """The least that amounts are taken for behind a place of a clause, up to the end of the
    sentence, each with what it is of: 货值金额不足十万元的，按十万元计算."""
    sentence = re.match(r"[^。\n]*", text[start:])
    found = []
    for match in _LEAST.finditer(sentence[0] if sentence else ""):
        if match["n"] != match["same"]:
            continue
        of = re.search(r"[一-鿿]{2,12}$", text[start : start + match.start()])
        q = find_quantities(match["n"])[0]
        quantity = quantity_at(address, match["n"], q, start + match.start("n"))
        found.append((quantity, of[0] if of else ""))
    return found
