"""The phrases up to a semicolon or stop, read as one thought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.entitlements.bare import bare_rows, gives
from indexer.entitlements.bounds import as_before, bounds_of
from indexer.entitlements.entitlement import Bound, Span
from indexer.entitlements.kinds_of_share import split_by_kind
from indexer.entitlements.labels import LISTED, labels_of
from indexer.entitlements.limits import (
    ceiling_span,
    limits_of,
    raised_alone,
    read_cap,
    read_increment,
    rows_raised,
)
from indexer.entitlements.occasion import opens
from indexer.entitlements.only_limits import grants, is_limit, is_manner, is_only_limit, is_scope
from indexer.entitlements.opening import open_rows
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.quantities import MONEY
from indexer.entitlements.roles import Figures, figures_in, scope_of, yearly
from indexer.entitlements.row import Place, Row
from indexer.entitlements.steps import read_tiers
from indexer.entitlements.tiers import tiers_of
from indexer.entitlements.wording import is_left_over, own_end

if TYPE_CHECKING:
    from indexer.entitlements.reader import ClauseReader

__all__ = ["Segment"]

_PASSES = re.compile(
    r"^(?:经[^，]{0,20}(?:审[核查批定]|评审|评估|认定|批准|同意|备案|验收|公示)[^，]{0,4}(?:后|的|同意)?$|经[^，]{1,24}(?:后|同意)$|按(?:有关|相关)?规定|依法依规|符合[^，但且]{0,20}(?:的|条件的?)$|且"
    r"|在.*(?:报销|支付|补贴|保障)后$|在.*基础上$)"
)
_PAYS_BACK = re.compile(r"财政[^，；]{0,80}给予(?:各)?(?:市县|地方|区县|县级)财政")
#: 补贴标准为…: what follows is the occasion.
_STANDARD = re.compile(
    r"^(?:其中)?(?P<kind>(?!具体|支付|发放)[^，；。、\d的]{2,4}|)(?:具体)?(?:补贴|补助|奖励|资助|发放)(?:支付)?标准为"
)


class Segment:
    """Reads phrases one by one; what is still to be granted is in ``head`` and ``shared``."""

    def __init__(
        self,
        reader: ClauseReader,
        first: int,
        phrases: Sequence[Phrase],
        fresh: bool,
        led: Row | None = None,
        kinds: int = 1,
    ) -> None:
        self.reader, self.clause = reader, reader.clause
        self.first, self.phrases, self.fresh, self.led = first, phrases, fresh, led
        #: How many kinds of support the grant that leads here named: 建设补贴和运营补贴.
        self.kinds = kinds
        self.head: list[Phrase] = []
        self.shared: list[Place] = []
        #: Words before a first own occasion, which hold for the following ones too.
        self.stem: list[Place] = []
        self.conditions: list[Span] = []
        self.bounds: list[Bound] = []
        self.used: list[Place] = []
        #: Several thresholds side by side, to be paired with as many amounts.
        self.steps: list[list[Bound]] = []
        #: Words of a list of labelled figures: 机构护理75%、居家护理90%.
        self.labels: list[Place] = []
        #: Thresholds that tell the occasion only where nothing else does.
        self.bounded: list[Place] = []
        self.years: Figures | None = None
        words = "，".join(p.text for p in phrases if not is_manner(p.text))
        self.grants = grants(words, bool(reader.sentence)) or led is not None
        #: No grant is spoken of, but a limit on what was granted: 单个项目最高不超过2000万元.
        self.limits_only = not self.grants and bool(reader.rows) and is_limit(words)
        self.alone = is_only_limit(reader.clause.text)
        #: The rows that a cap or an increment that follows belongs to, and all of this segment.
        self.open: list[Row] = []
        #: A limit was said to be one for the total: 总额以…为限，且不超过….
        self.whole = False
        self.shared_rate: Row | None = None
        self.opened: list[Row] = []
        self.earlier = list(reader.rows)

    def read(self) -> None:
        """Read every phrase; a grant of which no figure is said becomes a row without one."""
        tiers, rest = tiers_of(self.clause, self.phrases)
        if tiers:
            read_tiers(self, tiers, rest, self._phrase)
            for number, phrase in enumerate(self.phrases):
                if phrase.start >= tiers[-1].rate.span.end:
                    self._phrase(number, phrase)
            return
        for number, phrase in enumerate(self.phrases):
            self._phrase(number, phrase)
        if not self.opened:
            bare_rows(self)
        self._shared_bounds()

    def _shared_bounds(self) -> None:
        """其中…建筑面积不超过15平方米/人 in a sentence of its own bounds what was granted before."""
        if self.opened or not self.earlier:
            return
        for bound in self.bounds:
            if "/" in bound.quantity.unit and bound.relation == "<=":
                for row in self.earlier:
                    row.bounds += (bound,)

    def add(self, row: Row) -> None:
        """Keep a row that was read."""
        self.reader.rows.append(row)
        self.open.append(row)
        self.opened.append(row)

    def passes(self, phrase: Phrase) -> bool:
        """Whether a phrase is a condition that is passed: 经评审后."""
        return bool(_PASSES.match(phrase.text))

    def is_occasion(self, phrase: Phrase) -> bool:
        """Whether a phrase says what a grant is for: no condition passed, no threshold."""
        bound = any(group.role == "bound" for group in figures_in(phrase.text, 0))
        return not (bound or _PASSES.match(phrase.text))

    def _phrase(self, number: int, phrase: Phrase) -> None:
        if limits_of(self, phrase) or (self.open and is_left_over(phrase.text)):
            return
        groups = figures_in(phrase.text, phrase.start)
        groups = [self._listed(phrase, number, groups) for number in range(len(groups))]
        granted = [g for g in groups if g.role in ("rate", "amount", "cap", "increment")]
        granted = granted if self.grants or self.limits_only else []
        self._asides(phrase, groups, granted)
        if not granted:
            self._plain(phrase, groups)
            return
        labels = labels_of(phrase, granted)
        for position, group in enumerate(granted):
            since = granted[position - 1].end if position else phrase.start
            if labels:
                self._labelled(number, phrase, group, labels, position)
            else:
                self._figures(number, phrase, group, since)
        for group in groups:
            if group.role == "years" and group.start > granted[0].start:
                self._years(phrase, group, False)
        self._late_bounds(groups)

    def _listed(self, phrase: Phrase, number: int, groups: Sequence[Figures]) -> Figures:
        """博士5万元、硕士3万元 behind the words of a grant: each an amount."""
        group = groups[number]
        since = groups[number - 1].end if number else phrase.start
        before = self.clause.text[since : group.start]
        after = self.clause.text[group.end : phrase.end]
        money = group.quantities[0].unit.split("/")[0] == MONEY and len(group.quantities) == 1
        if group.role != "none" or not money or not (self.shared or self.led):
            return group
        listed = LISTED.fullmatch(before)
        ends = not after or after[0] in "、和及"
        return Figures("amount", group.quantities) if listed and ends else group

    def _asides(
        self, phrase: Phrase, groups: Sequence[Figures], granted: Sequence[Figures]
    ) -> None:
        """Thresholds, and terms said before what the phrase grants."""
        for group in groups:
            if group.role == "bound" and len(group.quantities) > 1:
                self.steps.append(bounds_of(self.clause, phrase, group))
            elif group.role == "bound":
                self.bounds += map(self._as_before, bounds_of(self.clause, phrase, group))
            elif group.role == "years" and not (granted and group.start > granted[0].start):
                self._years(phrase, group, bool(granted))

    def _as_before(self, bound: Bound) -> Bound:
        rows = [*self.reader.sentence, *self.opened]
        return as_before(bound, [*(other for row in rows for other in row.bounds), *self.bounds])

    def _labelled(
        self,
        number: int,
        phrase: Phrase,
        group: Figures,
        labels: Sequence[Place],
        position: int,
    ) -> None:
        """机构护理75%、居家护理90%: each figure behind what it is for."""
        start, end = labels[position]
        self.labels.append((start, end))
        if not position:
            stem = own_end(phrase.text[: start - phrase.start])
            self.shared += [(p.start, p.end) for p in self.head]
            self.shared += [(phrase.start, phrase.start + stem)] if stem >= 2 else []
            self.head = []
        open_rows(self, number, phrase, group, (start, end), start)

    def number_of(self, phrase: Phrase) -> int:
        """The number of a phrase within its clause."""
        return self.first + list(self.phrases).index(phrase)

    def _late_bounds(self, groups: Sequence[Figures]) -> None:
        """Thresholds behind 给予 in the same sentence would be another row's."""
        if groups and groups[-1].role != "bound":
            self.bounds, self.steps = [], []

    def _plain(self, phrase: Phrase, groups: Sequence[Figures]) -> None:
        """A phrase that grants nothing itself: an occasion, a condition, or the words of a grant."""
        bound = any(group.role in ("bound", "years") for group in groups)
        place = (phrase.start, phrase.end)
        if self.open and self._bounds_open(groups):
            return
        if is_manner(phrase.text) and self.earlier:
            return
        if _PASSES.match(phrase.text) and not bound and not gives(phrase.text):
            self.conditions.append(self.clause.span(*place))
        elif bound and (self.head or self.shared) and not opens(phrase.text):
            self.conditions.append(self.clause.span(*place))
            self.bounded.append(place)
        elif gives(phrase.text) and (self.head or own_end(phrase.text) >= 4) and not bound:
            own = phrase.start + own_end(phrase.text)
            self.shared += [(p.start, p.end) for p in self.head] + [(phrase.start, own)]
            self.head = []
        elif not (groups and groups[0].role == "years"):
            self.head.append(phrase)

    def _bounds_open(self, groups: Sequence[Figures]) -> bool:
        """补贴面积不超过2000平方米 behind a grant bounds it, and is no occasion of the next."""
        if not groups or any(g.role != "bound" for g in groups) or not self.bounds:
            return False
        if self.bounds[-1].relation != "<=":
            return False
        for row in self.open:
            row.bounds += (self.bounds[-1],)
        self.bounds.pop()
        return True

    def _figures(self, number: int, phrase: Phrase, group: Figures, since: int) -> None:
        lead = _STANDARD.match(self.clause.text[since : group.start])
        kind = (since + lead.start("kind"), since + lead.end("kind")) if lead else (0, 0)
        since += lead.end() if lead else 0
        prefix = self.clause.text[since : group.start]
        if group.role == "cap" and self.clause.text[group.end :].startswith("为限"):
            prefix = prefix.removesuffix("以")
        end = own_end(prefix)
        own = (since, since + end) if end >= 2 and not is_scope(prefix[:end]) else None
        own = own or (kind if kind[1] - kind[0] >= 2 else None)
        if self.shared and not self.opened and _PAYS_BACK.search(phrase.text):
            # What one treasury grants, and what another gives it in return.
            bare_rows(self, number)
            self.shared, self.head, self.open = [], [], []
        other = bool(re.search(r"财政[^，]*再", phrase.text)) and group.quantities[0].unit == "%"
        if group.role == "increment":
            self.open = self.open or rows_raised(self, phrase, group)
        if group.role == "increment" and self.open and not other:
            read_increment(self, group, own)
        elif group.role == "cap" and self._belongs(phrase, group, own):
            read_cap(self, phrase, group, prefix)
        elif not (own and split_by_kind(self, group, own)) and not self.limits_only:
            open_rows(self, number, phrase, group, own, since)
            raised_alone(self, group)

    def _belongs(self, phrase: Phrase, group: Figures, own: Place | None) -> bool:
        """Whether a cap limits what was granted before it, rather than grant something itself."""
        if own or (self.head and not self.limits_only):
            return False
        said = phrase.text[: group.start - phrase.start]
        if not self.open and re.search(r"给予|发放", said) and not self.shared:
            return False
        if self.shared and not self.open:
            bare_rows(self)
        before = phrase.text[: group.start - phrase.start]
        limits = scope_of(before) == "recipient" or yearly(before)
        limits = limits or self.alone or bool(self.earlier)
        return bool(self.open) or (limits and (self.fresh or bool(self.reader.sentence)))

    def _years(self, phrase: Phrase, group: Figures, granted: bool) -> None:
        """For how long: of what was granted, or of what the phrase is about to grant."""
        later = self.fresh and not granted and re.search("期限|期为|年限", phrase.text)
        rows = self.open or (self.reader.previous if later else [])
        if rows and rows[0].phrase < self.number_of(phrase):
            # 本科每人每月800元、专科每人每月500元，期限12个月: said behind both, it is of each.
            rows = [*(r for r in self.opened if r.phrase == rows[0].phrase), *rows]
        if not rows or granted:
            self.years = group
        for row in rows if not granted else ():
            row.years = row.years or self.clause.quantity(group.quantities[0])

    def ceilings(self, phrase: Phrase) -> None:
        """Words of what a support may not exceed."""
        place = ceiling_span(phrase.text)
        if self.shared and not self.open:
            bare_rows(self)
        if span := self.clause.placed(place, phrase.start):
            for row in self.open or (self.earlier if self.fresh else []):
                row.ceilings.append(span)
