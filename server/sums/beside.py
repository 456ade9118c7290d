"""What limits the amounts of a list: said in the line that it hangs on, or in a paragraph beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from server.sums.bounds import is_money
from server.sums.clause_figures import quantity_at
from server.sums.facets import kinds_of_base
from server.sums.factors import likeness_of_names
from server.sums.facts import COUNTED, Fact
from server.sums.listing import Listing, Piece
from server.sums.working import Working

__all__ = ["Least", "Limits", "ShareLimit", "held_to", "limits_of"]

_LIMIT = re.compile(
    r"(?:限额|最高|最多|不超过|不得超过|封顶线?|上限)(?:额|金额|为|是|按)?[^，。；\d%]{0,4}$"
)
_OF = re.compile(r"(?:不超过|不得超过|最高不超过|上限为)(?P<of>[^，。；\d%]{2,30}?)的?$")
_YEARLY = re.compile(r"年度|每年|全年|一年|累计")
#: A limit that is for some of those who get anything, and a figure that changes one.
_OF_SOME = re.compile(r"其他|其余|其中|分别")
_CHANGES = re.compile(r"提高|上浮|降低")
_FROM_ON = re.compile(r"(?:超过|达到?|不低于|不少于|高于)[^，。；\d]{0,4}$")
_OVER = re.compile(r"(?:超过|高于)[^，。；\d]{0,4}$")
_ALSO = re.compile(r"\s*(?:[（(]含[）)])?(?:及|或|和)?以上")
_CALLED = 0.5
#: The price of a home, as a clause and as somebody who bought it says it.
_HOME = re.compile(r"购房|房价|房款|住房(?:合同)?总?价")
_BOUGHT = re.compile(r"买[^，。；]{0,8}房|买[了过]?[^，。；]{0,4}套|[房款]总?价|房款")


@dataclass(frozen=True, slots=True)
class Least:
    """From where on a list gives anything; ``over``: only what is more than that."""

    quantity: Quantity
    over: bool


@dataclass(frozen=True, slots=True)
class ShareLimit:
    """A limit that is a share of what something cost: 不超过设备投资额的30%."""

    share: Quantity
    of: str

    def cost(self, facts: Sequence[Fact]) -> Fact | None:
        """The amount stated that it is a share of."""
        kinds = kinds_of_base(self.of)
        called = [
            f
            for f in facts
            if f.unit == MONEY
            and (
                kinds & kinds_of_base(f.words)
                or likeness_of_names(self.of, f.words) >= _CALLED
                or (_HOME.search(self.of) and _BOUGHT.search(f.words))
            )
        ]
        return called[0] if len(called) == 1 else None


@dataclass(frozen=True, slots=True)
class Limits:
    """``counts``: of how many things at most; ``unread``: an amount beside is none of these."""

    least: tuple[Least, ...] = ()
    caps: tuple[tuple[Quantity, bool], ...] = ()
    shares: tuple[ShareLimit, ...] = ()
    counts: tuple[Quantity, ...] = ()
    unread: bool = False


def limits_of(listing: Listing, index: ClauseIndex) -> Limits:
    """The limits on the amounts of a list, of its document too."""
    found = Limits()
    for piece in (listing.lead, *listing.beside):
        for sentence in re.finditer(r"[^。；;\n]+", piece.words):
            own = Piece(piece.address, sentence[0], piece.at + sentence.start())
            found = _with(found, _of_sentence(own, piece is listing.lead))
    caps = list(found.caps)
    for item in listing.items:
        for row in index.measures(item.address):
            beside = [c for c in row.caps if is_money(c) and c.quantity.span.address != row.address]
            caps += [(c.quantity, c.yearly) for c in beside]
    once = {(cap.span.address, cap.span.start): (cap, yearly) for cap, yearly in caps}
    return Limits(found.least, tuple(once.values()), found.shares, found.counts, found.unread)


def _with(left: Limits, right: Limits) -> Limits:
    return Limits(
        left.least + right.least, left.caps + right.caps, left.shares + right.shares,
        left.counts + right.counts, left.unread or right.unread,
    )  # fmt: skip


def _of_sentence(piece: Piece, leads: bool) -> Limits:
    least: list[Least] = []
    caps: list[tuple[Quantity, bool]] = []
    shares: list[ShareLimit] = []
    counts: list[Quantity] = []
    words, end = piece.words, 0
    for q in find_quantities(words):
        before = re.split("[，,]", words[: q.start])[-1]
        own, end = words[end : q.start], q.end
        figure = quantity_at(piece.address, words, q, piece.at)
        if _CHANGES.search(own):
            continue
        if not leads and _OF_SOME.search(own) and q.unit.split("/")[0] == MONEY:
            return Limits(unread=True)
        if q.unit == "%":
            shares += [ShareLimit(figure, m["of"]) for m in [_OF.search(before)] if m]
        elif _LIMIT.search(before) and q.unit == MONEY:
            caps.append((figure, bool(_YEARLY.search(before))))
        elif _LIMIT.search(before) and q.unit in COUNTED:
            counts.append(figure)
        elif leads and _begins(words, q):
            least.append(Least(figure, bool(_OVER.search(before))))
        elif q.unit.split("/")[0] == MONEY:
            return Limits(unread=True)
    return Limits(tuple(least), tuple(caps), tuple(shares), tuple(counts))


def _begins(words: str, q: Measured) -> bool:
    return bool(_FROM_ON.search(words[: q.start]) or _ALSO.match(words[q.end :]))


def held_to(
    value: Decimal, limits: Limits, facts: Sequence[Fact], working: Working, assumed: list[str]
) -> Decimal:
    """An amount held to all that limits it; a share of a cost that is not stated is assumed."""
    for cap, yearly in limits.caps:
        value = working.capped(value, cap.value, "每年上限" if yearly else "上限", cap.span)
    for one in limits.shares:
        if cost := one.cost(facts):
            limit = working.share(cost.value, one.share)
            value = working.capped(value, limit, "上限", one.share.span)
        else:
            assumed.append(f"不超过{one.of}的{one.share.span.text}")
    return value
