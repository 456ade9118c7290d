"""What makes a gold set a bad judge: leaks, duplicates, imbalance, facts that nothing attests.

Errors make a question worthless or unfair; warnings are for a person to weigh. The thresholds
were chosen on the bundled sets (560 questions); each says why where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from corpus.address import Address
from eval.gold import GoldQuestion
from indexer.passages import sentences
from indexer.readings import Reading
from server.answer import Status
from server.checks import figures, squeeze

__all__ = ["TYPES", "Remark", "lint"]

#: The types of question, each with the only status it can have, if there is one.
TYPES: Mapping[str, str | None] = MappingProxyType(
    {
        "single_fact": "answered", "sub_item": "answered", "comparison": "answered",
        "sum": "answered", "validity": None, "lookup": None, "list_all": None,
        "follow_up": None, "not_stated": "not_stated", "out_of_scope": "refused",
        "news_only": "informational", "false_premise": None, "colloquial": None, "typo": None,
        "injection": None,
    }
)  # fmt: skip

#: More than half of a question's 4-grams in one clause is copying. No bundled question is above
#: 0.47; of 404 questions made by asking for a figure in the clause's own words before it, 402 are
#: (above 0.8 only 171). With less than eight grams (中药经典名方呢) a name is all there is.
_GRAM, _LEAK_SHARE, _LEAK_GRAMS = 4, 0.5, 8
#: The longest run that an honest question shares is a name of twelve (国家创新医疗器械特别审查).
_LEAK_RUN = 14
#: Pairs that expect the same and share half of their bigrams ask the same in the same words; the
#: nearest of a development set that are two questions (one with typing mistakes) share 0.4. Pairs
#: that expect different things share up to 0.55, which is why what they expect is compared.
_ALIKE = 0.5
_RAREST, _MOST, _ONE_CLAUSE = 0.02, 0.35, 0.08

#: What a question may share with its clause: titles, 文号, clause numbers, figures with units.
_SHARED = re.compile(
    r"《[^》]*》|[\u4e00-\u9fff]{0,6}〔\d{4}〕\d+号|第[\d一二三四五六七八九十百]+[条项款]"
    r"|\d+(?:\.\d+)?(?:%|[万亿]*元|[万亿])?"
)
_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十百]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a question (``id``) or with the set as a whole (no id)."""

    level: Literal["error", "warning"]
    kind: str
    id: str
    detail: str


def lint(
    questions: Sequence[GoldQuestion],
    readings: Mapping[str, Reading],
    others: Mapping[str, Sequence[GoldQuestion]] = MappingProxyType({}),
) -> tuple[Remark, ...]:
    """Return all remarks on a set; ``others`` are sets that it must not repeat."""
    found = [remark for q in questions for check in _CHECKS for remark in check(q, readings)]
    return (*found, *_duplicates(questions, others), *_imbalance(questions, readings))


def _type(question: GoldQuestion, readings: Mapping[str, Reading]) -> Iterator[Remark]:
    if question.type not in TYPES:
        said = f"未知题型 / unknown type: {question.type}"
        yield Remark("warning", "type", question.id, said)


def _status(question: GoldQuestion, readings: Mapping[str, Reading]) -> Iterator[Remark]:
    wanted = TYPES.get(question.type)
    if wanted not in (None, question.status):
        said = f"{question.type} 应为 / must be {wanted}: {question.status}"
        yield Remark("error", "status", question.id, said)


def _conversation(question: GoldQuestion, readings: Mapping[str, Reading]) -> Iterator[Remark]:
    if bool(question.conversation) != (question.type == "follow_up"):
        said = "追问题须带对话，其他题型不带 / a follow-up, and nothing else, has a conversation"
        yield Remark("error", "conversation", question.id, said)


def _leak(question: GoldQuestion, readings: Mapping[str, Reading]) -> Iterator[Remark]:
    if question.type == "lookup":
        return
    titles = [title for r in readings.values() for title in (r.document.title, *r.document.titles)]
    words = _pieces(question.question, titles)
    for address in question.addresses:
        clause = "\n".join(_pieces(_text(address, readings)))
        if copied := _copied(words, clause):
            said = f"照抄条款 / copied from {address}: {copied}"
            yield Remark("error", "leak", question.id, said)


def _facts(question: GoldQuestion, readings: Mapping[str, Reading]) -> Iterator[Remark]:
    if question.type == "sum":
        return
    documents = [readings[a.document].document for a in question.addresses]
    held = [squeeze(title) for d in documents for title in (d.title, *d.titles)]
    held += [squeeze(_text(address, readings)) for address in question.addresses]
    for fact in question.facts:
        if not any(_states(text, fact) for text in held):
            said = f"预期条款中没有 / in no expected clause: {fact[0]}"
            yield Remark("error", "fact", question.id, said)


def _forbid(question: GoldQuestion, readings: Mapping[str, Reading]) -> Iterator[Remark]:
    pieces = (squeeze(s) for a in question.addresses for s in sentences(_text(a, readings)))
    needed = [piece for piece in pieces if any(_states(piece, fact) for fact in question.facts)]
    # A right answer that quotes the sentence, or spells the fact so, would be called wrong.
    needed += [squeeze(spelling) for fact in question.facts for spelling in fact]
    for figure in question.forbid:
        if any(squeeze(figure) in text for text in needed):
            said = f"与事实同句或即事实 / stands with a fact, or is one: {figure}"
            yield Remark("error", "forbid", question.id, said)


def _breadth(question: GoldQuestion, readings: Mapping[str, Reading]) -> Iterator[Remark]:
    # A look-up names its clause itself.
    for address in question.addresses if question.type != "lookup" else ():
        outline = readings[address.document].outline
        whole = squeeze(outline.text(address.path))
        facts = [fact for fact in question.facts if _states(whole, fact)]
        own, *parts = outline.under(address.path)
        if not facts or all(_states(squeeze(own.text), fact) for fact in facts):
            continue
        texts = {p.path: squeeze((p.title or "") + outline.text(p.path)) for p in parts}
        narrower = [p for p, text in texts.items() if all(_states(text, fact) for fact in facts)]
        if narrower:
            said = f"{address} 可缩至 / can be narrowed to {narrower[-1]}"
            yield Remark("warning", "breadth", question.id, said)


#: Each looks at one question by itself.
_CHECKS = (_type, _status, _conversation, _leak, _facts, _forbid, _breadth)


def _text(address: Address, readings: Mapping[str, Reading]) -> str:
    return readings[address.document].outline.text(address.path)


def _states(squeezed: str, fact: Iterable[str]) -> bool:
    return any(squeeze(spelling) in squeezed for spelling in fact)


def _plain(text: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", text)).casefold()


def _pieces(text: str, titles: Iterable[str] = ()) -> list[str]:
    """The words between what any question may share with its clause, without punctuation.

    >>> _pieces("《办法》第六条里，GMP车间每年最多补200万元吗？")
    ['里gmp车间每年最多补', '吗']
    """
    plain = _plain(text)
    for title in filter(None, map(_plain, titles)):
        plain = plain.replace(title, "\n")
    words = (re.sub(r"\W", "", piece) for piece in re.split(rf"{_SHARED.pattern}|\n", plain))
    return [piece for piece in words if piece]


def _copied(words: Sequence[str], clause: str) -> str | None:
    """What a question takes from a clause, where that is most of it or a long run."""
    for piece in words:
        for start in range(len(piece) - _LEAK_RUN + 1):
            if (run := piece[start : start + _LEAK_RUN]) in clause:
                return run
    grams = [w[i : i + _GRAM] for w in words for i in range(len(w) - _GRAM + 1)]
    shared = sum(gram in clause for gram in grams)
    if len(grams) >= _LEAK_GRAMS and shared > _LEAK_SHARE * len(grams):
        return f"{shared}/{len(grams)}"
    return None


def _duplicates(
    questions: Sequence[GoldQuestion], others: Mapping[str, Sequence[GoldQuestion]]
) -> Iterator[Remark]:
    """Questions asked before, in the set or in another one."""
    before = [(f"{name}/{q.id}", q, _bigrams(q)) for name, found in others.items() for q in found]
    for question in questions:
        grams = _bigrams(question)
        for name, other, theirs in before:
            shared, union = len(grams & theirs), len(grams | theirs)
            # The same words with another expectation contradict each other.
            alike = shared == union or (shared >= _ALIKE * union and _expect_alike(question, other))
            if alike and (question.as_of, question.area) == (other.as_of, other.area):
                said = f"与 {name} 重复 / asked in {name} already ({shared / max(union, 1):.2f})"
                yield Remark("error", "duplicate", question.id, said)
        before.append((question.id, question, grams))


def _expect_alike(one: GoldQuestion, other: GoldQuestion) -> bool:
    if (one.status, set(one.addresses)) != (other.status, set(other.addresses)):
        return False
    if not one.addresses:
        # Refusals expect nothing that could differ: article 30 and article 40 of a text of 25.
        return _numerals(one) == _numerals(other)
    if one.type == other.type == "lookup":
        return True
    few, more = sorted((one.facts, other.facts), key=len)
    if not few:
        # Only where a fact is optional does the lack of one say nothing.
        return not more or one.status == "not_stated"
    return all(any(_same_fact(fact, found) for found in more) for fact in few)


def _same_fact(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two facts are one, told at length or briefly: 最高100万元 and 100万元, not 1100万元."""
    pairs = [(squeeze(a), squeeze(b)) for a in one for b in other]
    return any((a in b or b in a) and figures(a) == figures(b) for a, b in pairs)


def _asked(question: GoldQuestion) -> str:
    return _plain("".join((*question.conversation, question.question)))


def _numerals(question: GoldQuestion) -> set[str]:
    return set(_NUMERAL.findall(_asked(question)))


def _bigrams(question: GoldQuestion) -> frozenset[str]:
    words = re.sub(r"[^\w%]", "", _asked(question))
    return frozenset(words[i : i + 2] for i in range(len(words) - 1))


def _imbalance(
    questions: Sequence[GoldQuestion], readings: Mapping[str, Reading]
) -> Iterator[Remark]:
    details = (*_uneven(questions), *_unasked(questions, readings))
    return (Remark("warning", "imbalance", "", detail) for detail in details)


def _uneven(questions: Sequence[GoldQuestion]) -> Iterator[str]:
    """Types, statuses and clauses that have too few questions or too many."""
    count = len(questions)
    types = Counter(q.type for q in questions)
    for name in TYPES:
        if types[name] < _RAREST * count:
            yield f"题型太少 / few of type {name}: {types[name]}"
        elif types[name] > _MOST * count:
            yield f"题型太多 / too many of type {name}: {types[name]}"
    for status in sorted(set(get_args(Status)) - {q.status for q in questions}):
        yield f"没有此状态的题 / no question of status {status}"
    for clause, times in Counter(a for q in questions for a in set(q.addresses)).items():
        if times > _ONE_CLAUSE * count:
            yield f"一条问得太多 / one clause asked too often: {clause} {times}"


def _unasked(questions: Sequence[GoldQuestion], readings: Mapping[str, Reading]) -> Iterator[str]:
    """Documents, and thirds of documents, that no question is about."""
    asked = {address for q in questions for address in q.addresses}
    for name, reading in readings.items():
        clauses = [clause.path for clause in reading.outline]
        paths = {p.path for a in asked if a.document == name for p in reading.outline.under(a.path)}
        thirds: dict[int, set[bool]] = {}
        for number, path in enumerate(clauses):
            thirds.setdefault(3 * number // len(clauses), set()).add(path in paths)
        missing = [part for third, part in enumerate("前中后") if thirds.get(third) == {False}]
        if len(missing) == len(thirds):
            yield f"{name} 没有题 / never asked"
        elif missing:
            yield f"{name} 的{'、'.join(missing)}部没有题 / a third of it is never asked"
