"""What a sentence in a model's own words must pass beside the checks of every claim.

Each check compares the sentence with the passage quoted for it and says what is wrong, or nothing.
They err on the side of rejection: the statement of the clause itself is always at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from corpus.charge import read_charge
from indexer.lexical import terms
from server.amounts import Amount, amounts_of, found_in, members_of, plain, word_table
from server.quoting import PARTICLES, Support, content

__all__ = [
    "LONGEST",
    "SUPPORT_CHECKS",
    "amounts_are_said_of_the_same",
    "amounts_are_whole",
    "amounts_keep_their_limits",
    "amounts_stay_with_their_subject",
    "content_is_covered",
    "is_plain_text",
    "nothing_is_promised",
    "obeys_nobody",
    "polarity_is_kept",
    "subjects_are_quoted",
    "units_keep_their_roles",
    "unsupported_by",
]

#: Shares of the content of a sentence that must stand in the passage quoted, and there or in
#: what stands above it or in the question.
_IN_QUOTE, _IN_ALL = 0.6, 0.8
#: A run of so many characters of which nothing stands anywhere is new matter.
_NEW_RUN = 5
#: By how much the words around another amount must be nearer for it to be the one meant.
_NEARER = 0.15
_LEAST = 3
_NONE: frozenset[str] = frozenset()
#: A sentence of more characters is none.
LONGEST = 400
_MARKUP = re.compile(r"[<>{}|\\`\[\]【】⟦⟧*#\ufffd]|https?:|www\.|javascript|&\w+;|[\x00-\x1f\x7f]")
_PARTS = re.compile(r"[，,。；;：:！!？?、()（）]")


Members = dict[str, frozenset[str]]
SupportCheck = Callable[[Support], str | None]


def is_plain_text(support: Support) -> str | None:
    """The sentence is text: no markup, links, control characters, and not endless."""
    if len(support.sentence) > LONGEST:
        return f"{len(support.sentence)}字"
    return _first(_MARKUP.findall(support.sentence))


def obeys_nobody(support: Support) -> str | None:
    """Neither the sentence nor the passage is an order to the model."""
    pattern = word_table()["orders"]["words"]
    found = pattern.search(support.said) or pattern.search(support.held)
    return str(found[0]) if found else None


def content_is_covered(support: Support) -> str | None:
    """What the sentence says stands in the passage; the question may lend some words."""
    wanted = content(support.said)
    held = set(terms(support.held))
    lent = held | set(terms(support.lead)) | set(terms(support.question))
    if len([term for term in wanted if term in held]) < _LEAST:
        return "几乎没有条文的内容"
    for known, share in ((held, _IN_QUOTE), (lent, _IN_ALL)):
        new = [term for term in wanted if term not in known]
        if len(new) > (1 - share) * len(wanted):
            return "、".join(dict.fromkeys(new))[:60]
    for part in _parts(support.said):
        words = content(part)
        if len(words) >= _LEAST and sum(w in lent for w in words) < len(words) / 3:
            return part[:40]
    return _new_run(support.said, lent)


def amounts_are_whole(support: Support) -> str | None:
    """Each amount stands in the passage with its whole unit: 万元 is not 元, 3—5年 not 5年."""
    return _first(a.text for a in amounts_of(support.said) if not found_in(a.text, support.held))


def amounts_keep_their_limits(support: Support) -> str | None:
    """A cap stays a cap, a floor a floor, 每年 and 一次性 stay what they are."""
    for amount, places in _pairs(support):
        alike = [place for place in places if place.limits == amount.limits]
        if places and not alike:
            return f"{amount.text}：限制词"
        problems = [_kept(amount, place, support.said) for place in alike]
        if places and all(problems):
            return f"{amount.text}：{problems[0]}"
    return None


def amounts_stay_with_their_subject(support: Support) -> str | None:
    """An amount stands under the same class, phase, level, kind as in the passage."""
    return _first(a.text for a, places in _pairs(support) if places and not _fit(a, support))


def amounts_are_said_of_the_same(support: Support) -> str | None:
    """What is said around an amount is nearest to what the passage says around that amount.

    大型设备补20万元, where the passage gives 大型设备 30万元 and 软件 20万元, is nearer to 30万元.
    """
    for amount in amounts_of(support.said):
        fitting = _fit(amount, support)
        best = max((_nearness(amount, place) for place in fitting), default=0.0)
        for other in support.amounts:
            another = other.kind == amount.kind and all(other is not place for place in fitting)
            if fitting and another and _nearness(amount, other) > best + _NEARER:
                return amount.text
    return None


def units_keep_their_roles(support: Support) -> str | None:
    """Who leads by the passage leads, who answers for it does not."""
    charge = read_charge(support.held)
    led = [part for part in _PARTS.split(support.said) if "牵头" in part]
    others = [unit for unit in charge.responsible if unit not in charge.lead]
    return _first(unit for part in led for unit in others if unit in part)


def subjects_are_quoted(support: Support) -> str | None:
    """A class, phase, level or kind that is named stands in the passage or above it."""
    named, held = members_of(support.said), members_of(support.held + support.lead)
    for family, members in named.items():
        if members - held.get(family, frozenset()):
            return family
    return None


def nothing_is_promised(support: Support) -> str | None:
    """No 必须, 一律, 保证 that the passage does not say."""
    words = word_table()["added"]["promise"].findall(support.said)
    return _first(word for word in words if word not in support.held)


def polarity_is_kept(support: Support) -> str | None:
    """What the passage denies is denied, and nothing else: 不予奖励 is not 给予奖励."""
    if _denies(support.lead) and not _denies(support.said):
        return "上文有否定"
    # A remark in brackets may part what belongs together.
    bare = re.sub(r"[（(][^（()）]*[）)]", "", support.held)
    held = _windows(_parts(support.held)) + _windows(_parts(bare))
    for part in _parts(support.said):
        nearest = _nearest(part, held)
        # A denial of something that the passage does not speak of has no support either.
        if _denies(part) != bool(nearest and _denies(nearest)):
            return part[:40]
    return None


#: In this order; the cheap ones first.
SUPPORT_CHECKS: tuple[SupportCheck, ...] = (
    is_plain_text,
    obeys_nobody,
    amounts_are_whole,
    content_is_covered,
    amounts_keep_their_limits,
    amounts_stay_with_their_subject,
    amounts_are_said_of_the_same,
    units_keep_their_roles,
    subjects_are_quoted,
    nothing_is_promised,
    polarity_is_kept,
)


def unsupported_by(support: Support) -> tuple[str, str] | None:
    """Return the first check that a sentence fails and what is wrong, or None."""
    # Whole sentences of the clause say what they say; only what they are is looked at.
    checks = SUPPORT_CHECKS[:2] if support.verbatim else SUPPORT_CHECKS
    for check in checks:
        if detail := check(support):
            return check.__name__, detail
    return None


def _pairs(support: Support) -> list[tuple[Amount, list[Amount]]]:
    """The amounts of a sentence, each with those of the passage that read the same."""
    held = support.amounts
    return [(a, [h for h in held if h.text == a.text]) for a in amounts_of(support.said)]


def _nearness(amount: Amount, place: Amount) -> float:
    """How like two amounts are by what is said around them, and before them in the sentence."""
    likeness = 0.0
    told = place.told + "，" + place.near
    for mine, theirs, weight in ((amount.near, place.near, 1), (amount.told, told, 0.5)):
        words = set(content(mine))
        likeness += weight * len(words & set(content(theirs))) / (len(words) or 1)
    return likeness


def _kept(amount: Amount, place: Amount, said: str) -> str | None:
    """A word such as 每年 that the passage says of an amount and the sentence does not, or vice versa."""
    for name, pattern in word_table()["kept"].items():
        # 首次 and 除外 stand apart from the amount.
        apart = {"first": place.sentence, "except": place.scope}
        scope = apart.get(name, place.segment)
        lost, new = pattern.search(scope), pattern.search(amount.segment)
        if lost and not pattern.search(said):
            return str(lost[0])
        if new and not pattern.search(scope):
            return str(new[0])
    return None


def _fit(amount: Amount, support: Support) -> list[Amount]:
    """The amounts of the passage that read the same under the same limits and subject."""
    asked, above = members_of(plain(support.question)), members_of(support.lead)
    return [
        place
        for place in support.amounts
        if place.text == amount.text
        and place.limits == amount.limits
        and not _kept(amount, place, support.said)
        and _under_the_same(amount, place, asked, above)
    ]


def _under_the_same(amount: Amount, place: Amount, asked: Members, above: Members) -> bool:
    """Whether two amounts stand under the same members of every family.

    A member that the sentence leaves out may stand in the question; one that the clause leaves
    out may stand above it.
    """
    for family in {*amount.families, *place.families, *place.carried}:
        there = place.families.get(family, place.carried.get(family, above.get(family, _NONE)))
        here = amount.families.get(family) or amount.carried.get(family) or asked.get(family)
        left_out = not here and family not in place.families
        if not left_out and (there is None or not here or not here <= there):
            return False
    return True


def _denies(text: str) -> bool:
    negation = word_table()["negation"]
    return bool(negation["words"].search(negation["lookalikes"].sub("", text)))


def _parts(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part]


def _windows(parts: list[str]) -> list[str]:
    """Neighbouring parts, up to three together: a sentence may draw them into one."""
    return ["".join(parts[i : i + n]) for i in range(len(parts)) for n in range(1, 4)]


def _nearest(part: str, windows: list[str]) -> str | None:
    """The words of the passage that a part of the sentence is about, if any."""
    wanted = set(content(part))
    if len(wanted) < 2:
        return None

    def likeness(window: str) -> tuple[float, float]:
        held = set(content(window))
        both = len(wanted & held)
        return both / len(wanted), both / (len(wanted | held) or 1)

    nearest = max(windows, key=likeness, default=None)
    return nearest if nearest and likeness(nearest)[0] >= 0.3 else None


def _new_run(said: str, known: set[str]) -> str | None:
    """A run of characters none of whose terms are known."""
    for run in re.findall(r"[\u4e00-\u9fff]+", PARTICLES.sub(" ", said)):
        pairs = [run[i : i + 2] in known for i in range(len(run) - 1)]
        length = 0
        for place, is_known in enumerate(pairs):
            length = 0 if is_known else length + 1
            if length >= _NEW_RUN - 1:
                return str(run[place - length + 1 : place + 2])
    return None


def _first(found: Iterable[str]) -> str | None:
    return next((word for word in found), None)
