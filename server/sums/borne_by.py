"""What one level of government pays of a support that several bear: 所需资金由市、区按6∶4分担, 这笔奖励市级财政要出多少."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY
from server.answer import Calculation
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["asks_who_bears", "borne_by"]

_BEAR = r"(?:承担|负担|分担)"
_OWN = r"(?:里|级|本级)?(?:财政|政府)?"
_PAYS = rf"(?:{_BEAR}|掏|出[钱资]?)"
#: 市级财政要出多少, 区里承担多少; 市里能给多少, 市里帮掏多少 ask for the support itself.
_ASKED = re.compile(
    rf"(?P<level>中央|省|市|区|县|镇|街道)(?:(?:里|级|本级)?(?:财政|政府)[^，,。；？?\d]{{0,6}}?(?:{_PAYS}|拿)|{_OWN}"
    rf"[^，,。；？?\d帮替给]{{0,4}}?(?:{_BEAR}|掏|[要得该应]出))[^，,。；？?\d]{{0,8}}(?:多少|几)"
)
_EACH_ASKED = re.compile(
    rf"(?P<level>省|市){_OWN}[、和与跟]?(?P<lower>区|县|镇){_OWN}(?:两级)?(?:财政|政府)?[^，,。；？?\d]{{0,6}}(?:各|分别)[^，,。；？?\d]{{0,6}}?{_PAYS}"
)
#: Two levels with a ratio, or the same share each, or a share each of its own.
_RATIO = r"(?P<ratio>\d{1,2}[∶:：]\d{1,2})的?(?:比例)?[^，。；\d]{0,4}?"
_SHARES = re.compile(
    rf"(?:{_RATIO}{_BEAR}|各(?:自)?(?:按)?{_BEAR}(?P<half>50%|一半)"
    rf"|{_BEAR}(?P<first>\d{{1,2}}%)[、,，](?P<other>[^，。；\d%]{{1,30}}?){_BEAR}(?P<second>\d{{1,2}}%))"
)
#: The higher one of them: 由市、区, 市级与高新区.
_UPPER = re.compile(rf"(?:(?<=[由，,；;：:。、])|^)(?P<upper>省|市|区|县){_OWN}(?=[、与和及]|$)")
_LOWER = re.compile(rf"(?:区|县|镇|街道|旗|）){_OWN}$")
_PLACE = re.compile(
    r"(?:^|(?<=[、，,；;。：:与和及由在对中]))(?P<stem>(?:(?![由在对按的与内])[\u4e00-\u9fff]){2,8}?)(?:经济技术开发区|高新技术产业开发区|新区|高新区|经开区|开发区|区|县|市|旗)(?=[、，,与和及由按的内承范财级各）]|$)"
)
_NO_PLACE = re.compile(r"所在|受益|企业|项目|单位|所需|资金|财政|省直管")
#: What is borne is every support of the text; 安家费所需资金 is of that alone.
_OF_ALL = re.compile(
    r"(?:第.{1,5}条|（.{1,4}）|本(?:办法|措施|政策|意见|规定|细则|方案|通知)|《[^》]{1,40}》|上述|以上|各项|政策|奖补|补助|奖励|补贴|扶持|支持|兑现|专项|财政|涉及|的|所|及|和|、|\s){0,12}(?:所需|涉及)?(?:资金|经费)"
)
_RANKS = "省市区县"
_LOWER_LEVELS = ("区", "县", "镇", "街道")


@dataclass(frozen=True, slots=True)
class _Borne:
    """The shares of two levels, in the places named, or wherever nothing else is said."""

    places: tuple[str, ...]
    upper: str
    shares: tuple[Quantity, Quantity]


def asks_who_bears(question: str) -> bool:
    """Whether a question asks what one level of government pays of a support.

    >>> asks_who_bears("这笔奖励市级财政要出多少"), asks_who_bears("市里能给多少")
    (True, False)
    """
    return bool(_ASKED.search(question) or _EACH_ASKED.search(question))


def borne_by(found: Sum, question: str, index: ClauseIndex) -> Sum:
    """What the level that a question asks for pays of a sum; as it is where none is asked for, or
    its document says nothing of shares; STOPPED where these are not told for certain."""
    result = found.calculation.result
    if not result or not found.sources or found.levels > 1 or not asks_who_bears(question):
        return found
    address = found.sources[0].address
    texts = list(_texts(address, index))
    if not texts:
        clauses = index.readings[address.document].outline.clauses
        # What is said of other supports only leaves open who bears this one.
        return STOPPED if any(_SHARES.search(c.text) for c in clauses) else found
    groups = _meant([one for at, text in texts for one in _groups(at, text)], question)
    named = any(stem in question for _, text in texts for stem in _places(text))
    open_ = len(groups) != 1 or (named and not groups[0].places)
    if open_ or found.high not in (None, result):
        asks = open_ and not named and any(one.places for one in groups)
        return _asked_where(found) if asks else STOPPED
    return _worked(found, result, groups[0], question)


def _texts(address: Address, index: ClauseIndex) -> Iterator[tuple[Address, str]]:
    """The clauses of a document that say who bears what all it grants takes; of the clause of the
    measure alone where that says so itself."""
    own = index.clause(address)[1].text
    if _SHARES.search(own) and _UPPER.search(own):
        yield address, own
        return
    for clause in index.readings[address.document].outline.clauses:
        if _OF_ALL.match(clause.text.strip()) and re.search(_BEAR, clause.text):
            yield Address(address.document, clause.path), clause.text


def _groups(address: Address, text: str) -> Iterator[_Borne]:
    upper, end = "", 0
    for match in _SHARES.finditer(text):
        lead = text[end : match.start()]
        upper = min((m["upper"] for m in _UPPER.finditer(lead)), key=_RANKS.index, default=upper)
        end = match.end()
        shares = _read(address, text, match, lead)
        if upper and shares:
            yield _Borne(tuple(_places(lead)), upper, shares)


def _read(
    address: Address, text: str, match: re.Match[str], lead: str
) -> tuple[Quantity, Quantity] | None:
    """The share of the higher level and that of the lower one; None where they are no whole."""

    def share(name: str, value: Decimal) -> Quantity:
        start, end = match.span(name)
        return Quantity(value, "%", Span(address, start, end, text[start:end]))

    if match["ratio"]:
        parts = [int(part) for part in re.findall(r"\d+", match["ratio"])]
        values = [Decimal(part * 100) / sum(parts) for part in parts]
        even = all(value == value.to_integral_value() for value in values)
        return (share("ratio", values[0]), share("ratio", values[1])) if even else None
    if match["half"]:
        return (share("half", Decimal(50)), share("half", Decimal(50)))
    values = [Decimal(match[name].rstrip("%")) for name in ("first", "second")]
    both = (share("first", values[0]), share("second", values[1]))
    if sum(values) != 100:
        return None
    # 区承担75%，市承担25%: the lower one first.
    return both if not _LOWER.search(lead) else (both[1], both[0])


def _places(text: str) -> Iterator[str]:
    for match in _PLACE.finditer(text):
        stem = match["stem"].removeprefix("其中")
        if len(stem) > 1 and not _NO_PLACE.search(stem):
            yield stem


def _meant(groups: Sequence[_Borne], question: str) -> list[_Borne]:
    """The shares of the place that a question names, else those of all places, else all."""
    named = [one for one in groups if any(stem in question for stem in one.places)]
    return named or [one for one in groups if not one.places] or list(groups)


def _asked_where(found: Sum) -> Sum:
    calculation = Calculation(None, MONEY, "", (), missing=("在哪个区、县（市）？",))
    return Sum(calculation, found.sources)


def _worked(found: Sum, result: Decimal, borne: _Borne, question: str) -> Sum:
    whole, working = found.calculation, Working(list(found.calculation.steps))
    each = _EACH_ASKED.search(question)
    asked = each or _ASKED.search(question)
    level = asked["level"] if asked else ""
    # 建德市财政要出多少: a city that is one of the places is no higher level.
    own = asked is not None and question[: asked.start()].endswith(borne.places or ("\0",))
    lower = level in _LOWER_LEVELS and level != borne.upper
    if level != borne.upper and not lower and not own:
        return STOPPED
    parts = [working.share(result, share) for share in borne.shares]
    most = "最高" if whole.display.startswith("最高") else ""
    if each and not own:
        said = "、".join(
            f"{name}级承担{most}{written(part, MONEY)}"
            for name, part in zip((borne.upper, each["lower"]), parts, strict=True)
        )
        value, display = result, f"{said}（合计{whole.display}）"
    else:
        place = int(own or lower)
        del working.steps[len(whole.steps) + 1 - place]
        value, share = parts[place], borne.shares[place]
        display = (
            f"{most}{written(value, MONEY)}（承担{plain(share.value)}%，全部为{whole.display}）"
        )
    shown = replace(whole, result=value, display=display, steps=tuple(working.steps))
    return replace(found, calculation=shown, sources=unique([*found.sources, *working.sources]))
