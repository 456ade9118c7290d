"""What the asker has said of their company over a conversation: later words take the place of
earlier ones on the same thing, other things stand side by side."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements.quantities import find_quantities
from retriever.clearing import parted, takes_back
from retriever.followup import is_correction, is_marked
from retriever.query import Query, Retrieval
from retriever.retriever import Retriever
from server.answer import Calculation, Recalled
from server.said import Said, said_in
from server.sums.facets import conflict, kinds_of_base
from server.sums.facts import stated_facts
from server.sums.written_out import spelt_out

__all__ = ["heard", "left_out", "profile", "recall", "shown"]

_ORDER = ("place", "product", "stage", "amount", "area", "count")
_FIGURES = ("amount", "area", "count")
#: What a bare figure was for: 花了2000万, not 2000万.
_VERB = re.compile(r"花|投|付|交|用了")
_ROUNDS = 3
#: Of more things said, the latest are kept.
_MOST = 40


def profile(turns: Sequence[str], names: Sequence[str]) -> tuple[Said, ...]:
    """Read what was said in some questions, the oldest first; ``names`` are those of places.

    >>> turns = ["我们的创新药二期花了1800万", "能补多少？", "不对，是2000万", "保费60万"]
    >>> [s.text for s in profile(turns, ())]
    ['创新药', '二期花了2000万元', '保费60万元']
    """
    kept: list[Said] = []
    context, since = "", 1
    for turn, question in enumerate(turns, 1):
        if not is_marked(question):
            context, since = "", turn
        correcting = is_correction(question)
        found = said_in(question, turn, names, context)
        earlier = list(kept)
        for said in found:
            old = _replaced(said, earlier, correcting, since)
            new = _joined(said, old[-1]) if old else said
            if not old and _is_bare(said) and not _VERB.search(said.words):
                continue
            kept = [item for item in kept if item not in old] + [new]
            kept = _renamed(kept, old, new)[-_MOST:]
            earlier = [item for item in earlier if item not in old]
        context += question
    return tuple(sorted(kept, key=lambda said: (_ORDER.index(said.kind), said.turn)))


def recall(query: Query, retriever: Retriever, before: bool = False) -> tuple[Said, ...]:
    """What was said of the company up to a question; ``before`` leaves out what it says itself."""
    said = profile((*query.earlier, query.latest or query.text), _places(retriever))
    return tuple(s for s in said if s.turn <= len(query.earlier)) if before else said


def shown(
    retrieval: Retrieval, calculation: Calculation | None, retriever: Retriever
) -> tuple[Recalled, ...]:
    """What was said of the company, as an answer shows it; of what its sum used, it says so."""
    figures: set[tuple[Decimal, str] | None] = set()
    if calculation and calculation.result is not None:
        stated = {(f.value, f.unit) for f in stated_facts(retrieval.understanding.text)}
        worked = (q for step in calculation.steps for q in find_quantities(step.text))
        figures |= stated & {(q.value, q.unit) for q in worked}
        figures |= {one.figure for one in calculation.recalled}
    found = []
    for said in recall(retrieval.query, retriever):
        figure = (said.fact.value, said.fact.unit) if said.fact else None
        used = figure is not None and figure in figures
        found.append(Recalled(said.text, said.kind, said.turn, figure, used))
    return tuple(found)


def heard(
    conversation: Sequence[str], forget: Collection[str | int], retriever: Retriever
) -> tuple[str, ...]:
    """The questions of a conversation as far as they still count, empty where they do not."""
    turns = list(conversation)
    for place in reversed(range(len(turns))):
        cleared, rest = parted(turns[place])
        if cleared or takes_back(turns[place]):
            turns[: place + 1] = [*[""] * place, rest if cleared else ""]
            break
    return left_out(turns, _places(retriever), forget) if forget else tuple(turns)


def _places(retriever: Retriever) -> list[str]:
    """The names of places, without those of levels (市里, 省级)."""
    return [name for name in retriever.places if name not in retriever.vocabulary.levels]


def left_out(
    turns: Sequence[str], names: Sequence[str], forget: Collection[str | int]
) -> tuple[str, ...]:
    """Return questions without what is to be forgotten: a turn by its number, a thing by its text.

    >>> left_out(["我们在高新区，创新药二期花了1800万"], ["高新区"], ["二期花了1800万元"])
    ('我们在高新区，创新药二期花了',)
    """
    kept = ["" if turn in forget else text for turn, text in enumerate(turns, 1)]
    for _ in range(_ROUNDS):
        gone = [said for said in profile(kept, names) if said.text in forget]
        if not gone:
            break
        places = sorted({place for said in gone for place in said.places}, reverse=True)
        for turn, start, end in places:
            text = spelt_out(kept[turn - 1])
            kept[turn - 1] = text[:start] + text[end:]
    return tuple(kept)


def _replaced(said: Said, earlier: Sequence[Said], correcting: bool, since: int) -> list[Said]:
    """Which of the things said earlier one takes the place of."""
    alike = [old for old in earlier if old.kind == said.kind]
    if said.kind == "place":
        return alike
    if said.kind == "stage":
        return [old for old in alike if not conflict(old.facets, said.facets)]
    if said.kind == "product":
        same = [old for old in alike if old.facets.keys() == said.facets.keys()]
        return same if correcting else [old for old in same if old.facets == said.facets]
    assert said.fact is not None
    alike = [o for o in alike if o.fact and o.fact.unit == said.fact.unit]
    if _is_bare(said):
        latest = [o for o in alike if o.turn >= since] or (alike if correcting else [])
        return latest[-1:] if len({o.turn for o in latest[-2:]}) == len(latest[-2:]) else []
    alike = [o for o in alike if not conflict(o.facets, said.facets)]
    same = [o for o in alike if o.subject == said.subject]
    if not same and correcting:
        kinds = kinds_of_base(said.words)
        same = [o for o in alike if kinds & kinds_of_base(o.words)][-1:]
    return same


def _joined(said: Said, old: Said) -> Said:
    """What takes the place of something: a bare figure is of what the old one was of."""
    places = (*old.places, *said.places)
    if not (_is_bare(said) and said.fact and old.fact):
        return replace(said, places=places)
    own = said.fact.written
    fact = replace(said.fact, words=old.fact.words.replace(old.fact.written, own, 1))
    shown = old.text.replace(_figure(old.text), _figure(said.text), 1)
    words = old.words.replace(old.fact.written, own, 1)
    return replace(old, text=shown, turn=said.turn, words=words, places=places, fact=fact)


def _figure(text: str) -> str:
    """The figure in a text as it is shown."""
    found = re.search(r"[\d.]{1,24}(?:[万亿]?元|平方米|\w)", text)
    return found[0] if found else text


def _renamed(kept: Sequence[Said], old: Sequence[Said], new: Said) -> list[Said]:
    """Say of another product what was said of the one that it takes the place of."""
    if new.kind != "product" or not old:
        return list(kept)
    renamed = []
    for said in kept:
        if said is not new and any(_shares(said, item) for item in old):
            words = said.words
            for item in old:
                words = words.replace(item.text, new.text)
            said = replace(said, words=words, facets={**said.facets, **new.facets})
        renamed.append(said)
    return renamed


def _shares(said: Said, product: Said) -> bool:
    return any(said.facets.get(group) == values for group, values in product.facets.items())


def _is_bare(said: Said) -> bool:
    """Whether a figure says of nothing what it is of: 是2000万, 花了900万元."""
    return said.kind in _FIGURES and not said.subject
