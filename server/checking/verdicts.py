"""From what was found at a reference to a verdict in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.address import Address
from corpus.wording import label, reference
from indexer.clause_index import ClauseIndex
from server.amounts import Amount, amounts_of, plain
from server.checking.clauses import Held, bigrams, containment, held_by
from server.checking.figures import Figure, figures_of, values_of
from server.checking.passages import Passage, passages_of
from server.checking.place import Place
from server.checking.statements import Statement
from server.notes import STATUS_WORDS

__all__ = ["WRONG", "Item", "Verdict", "judge"]

Verdict = Literal[
    "ok", "wrong_figure", "wrong_article", "misquoted", "no_such_clause", "not_in_force",
    "not_in_corpus", "unsure",
]  # fmt: skip
#: The verdicts that say that something is wrong.
WRONG: tuple[Verdict, ...] = (
    "no_such_clause", "wrong_article", "misquoted", "wrong_figure", "not_in_force",
)  # fmt: skip
#: Of several findings the first of these counts.
_ORDER: tuple[Verdict, ...] = (*WRONG, "not_in_corpus", "unsure", "ok")
#: The text itself says that the document is no longer, or not yet, in force.
_SAYS_SO = re.compile(
    r"废止|失效|过期|到期|不再执行|原《|已?停止执行|尚未施行|未生效|此前|原办法|旧版"
)
#: How much of a statement another clause must hold, and the one referred to at most, to be meant.
_OTHER_HOLDS, _OWN_LACKS, _LEAST = 0.6, 0.2, 8


@dataclass(frozen=True, slots=True)
class Item:
    """One reference with its verdict. ``meant`` is the clause that the words fit, if another."""

    place: Place
    verdict: Verdict
    explanation: str
    figures: tuple[Figure, ...] = ()
    passages: tuple[Passage, ...] = ()
    remarks: tuple[str, ...] = ()
    meant: Address | None = None


Finding = tuple[Verdict, str]


def judge(text: str, statement: Statement, index: ClauseIndex, day: date) -> Iterator[Item]:
    """The items of the references of one statement, in their order."""
    addresses = [place.address for place in statement.places if place.address]
    findings: list[Finding] = []
    figures: tuple[Figure, ...] = ()
    passages: tuple[Passage, ...] = ()
    meant = None
    if addresses:
        held = held_by(addresses, index)
        figures, passages = figures_of(text, statement, held), passages_of(text, statement, held)
        findings, meant = _of_words(text, statement, held, figures, passages)
        findings += [("ok", f.remark) for f in figures if f.remark]
    for place in statement.places:
        if place.problem:
            yield _without_clause(place)
        elif place.path is None:
            yield _of_document(text, place, statement, index, day)
        else:
            own = [*findings, *_of_place(text, place, statement, index, day)]
            yield _item(place, own, figures, passages, index, meant)


def _item(
    place: Place,
    findings: Sequence[Finding],
    figures: tuple[Figure, ...],
    passages: tuple[Passage, ...],
    index: ClauseIndex,
    meant: Address | None = None,
) -> Item:
    verdicts: list[Verdict] = [verdict for verdict, _ in findings]
    verdict: Verdict = min(verdicts, key=_ORDER.index, default="ok")
    found = [text for v, text in findings if v != "ok"]
    remarks = [*place.remarks, *(text for v, text in findings if v == "ok")]
    if verdict == "ok" and place.document:
        found = [_confirmed(place, figures, passages, index)]
    # A doubt about which document is meant takes the edge off every accusation.
    if place.remarks and verdict in WRONG:
        verdict = "unsure"
    told = tuple(dict.fromkeys(remarks))
    return Item(place, verdict, "；".join((*found, *told)), figures, passages, told, meant)


def _confirmed(
    place: Place, figures: Sequence[Figure], passages: Sequence[Passage], index: ClauseIndex
) -> str:
    name = str(place.document)
    document = index.document(name)
    parts = [f"查有《{document.title}》"]
    if place.path:
        parts = [f"查有{reference(document.title, document.doc_number, place.path)}"]
    if any(p.verdict == "ok" for p in passages):
        parts.append("引文与原文一致")
    if right := [f.text for f in figures if f.verdict == "ok"]:
        parts.append(f"{'、'.join(dict.fromkeys(right))}与条文一致")
    if computed := [f.text for f in figures if f.verdict == "computed"]:
        parts.append(f"{'、'.join(dict.fromkeys(computed))}是文中算得的，没有核对")
    return "，".join(parts)


def _without_clause(place: Place) -> Item:
    verdict: Verdict = place.problem or "unsure"
    if verdict == "not_in_corpus" and place.named and place.named.repeal:
        verdict = "not_in_force"
    return Item(place, verdict, place.reason, remarks=place.remarks)


def _of_document(
    text: str, place: Place, statement: Statement, index: ClauseIndex, day: date
) -> Item:
    """A document named without a clause: it is here, and in force."""
    findings = list(_of_place(text, place, statement, index, day))
    return _item(place, findings, (), (), index)


def _of_place(
    text: str, place: Place, statement: Statement, index: ClauseIndex, day: date
) -> Iterator[Finding]:
    """What is to be said of the document on the day, and of the page that is given."""
    document = index.document(str(place.document))
    status = document.validity(day).status
    said = "".join(text[a:b] for a, b in (*statement.own, (place.start, place.end)))
    if document.authority != "normative":
        yield "ok", f"《{document.title}》不是政策文件，不作申报依据"
    elif status in ("repealed", "expired", "not_yet"):
        term = document.term
        when = {
            "repealed": term.repealed,
            "expired": term.end,
            "not_yet": term.start,
        }[status]
        basis = "、".join(
            reference(index.document(a.document).title, None, a.path) for a in term.basis[:3]
        )
        words = f"《{document.title}》在{day.isoformat()}{STATUS_WORDS[status]}（{when}"
        words += f"，依据{basis}）" if basis else "）"
        yield "ok" if _SAYS_SO.search(said) else "not_in_force", words
    elif status == "unknown":
        yield "ok", f"《{document.title}》的有效性待核：没有写明施行日期"
    if place.page and place.path:
        page = index.clause(Address(document.id, place.path))[1].page
        if page and page != place.page:
            yield "ok", f"该条在来源文件第{page}页，不是第{place.page}页"


def _of_words(
    text: str, statement: Statement, held: Held, figures: Sequence[Figure],
    passages: Sequence[Passage],
) -> tuple[list[Finding], Address | None]:  # fmt: skip
    findings = [finding for p in passages for finding in _of_passage(p)]
    wrong = [f for f in figures if f.verdict == "wrong"]
    open_ = [f for f in figures if f.verdict == "not_found" and f.sure]
    other = _meant(text, statement, held, [*wrong, *open_])
    if other is None and (elsewhere := [p.other for p in passages if p.other]):
        other = elsewhere[0]
    cited = "、".join(dict.fromkeys(label(path) for path in held.paths))
    if other and (wrong or open_):
        texts = "、".join(dict.fromkeys(f.text for f in (*wrong, *open_)))
        findings.append(("wrong_article", f"{texts}写在{label(other.path)}，不在{cited}"))
    elif other and not passages:
        findings.append(("unsure", f"这句话更像出自{label(other.path)}，不是{cited}"))
    else:
        findings += [_of_figure(figure, cited) for figure in wrong]
        findings += [_of_open(figure, cited) for figure in open_]
    if not findings and (swapped := _swapped(text, statement, held)):
        findings.append(("wrong_figure", f"{cited}里{swapped}说的不是这一类对象"))
    return findings, other


def _of_figure(figure: Figure, cited: str) -> Finding:
    return "wrong_figure", f"{figure.text}不对：{cited}写的是{_few(figure.stated)}"


def _of_open(figure: Figure, cited: str) -> Finding:
    if not figure.stated:
        return "unsure", f"{cited}没有{figure.text}，也没有这一类数字；若是您自己的数字可不理会"
    stated = _few(figure.stated)
    return "unsure", f"{cited}没有{figure.text}（写的是{stated}）；若是您自己的数字可不理会"


def _few(values: Sequence[str]) -> str:
    return "、".join(values[:6]) + ("等" if len(values) > 6 else "")


def _of_passage(passage: Passage) -> Iterator[Finding]:
    short = passage.text if len(passage.text) <= 24 else passage.text[:23] + "…"
    if passage.verdict == "elsewhere" and passage.other:
        yield "wrong_article", f"“{short}”是{label(passage.other.path)}的原文，不在所引条款"
    elif passage.verdict == "differs":
        changes = "；".join(
            f"“{d.written or '（缺）'}”原文为“{d.source or '（无）'}”"
            for d in passage.differences[:6]
        )
        yield "misquoted", f"“{short}”与原文不同：{changes}。原文：{passage.nearest}"
    elif passage.verdict == "not_found":
        near = f"，最接近的是：{passage.nearest}" if passage.nearest else ""
        verdict: Verdict = "misquoted" if passage.claimed else "unsure"
        yield verdict, f"所引条款里没有“{short}”这段话{near}"


def _meant(
    text: str, statement: Statement, held: Held, missing: Sequence[Figure]
) -> Address | None:
    """Another clause of the document that the words of a statement fit, and this one does not."""
    words = bigrams("，".join(text[a:b] for a, b in statement.own))
    if len(words) < _LEAST or statement.shared:
        return None
    own = containment(words, held.words)
    wanted = {key for figure in missing for key in values_of(figure.text)}
    best, share = None, own
    for address, other in held.others():
        if wanted and not wanted <= set(values_of(other)):
            continue
        holds = containment(words, bigrams(other))
        enough = holds >= max(0.3, own + 0.1) if wanted else _unlike(own, holds)
        if enough and holds > share:
            best, share = address, holds
    return best


def _unlike(own: float, other: float) -> bool:
    return own <= _OWN_LACKS and other >= _OTHER_HOLDS


def _swapped(text: str, statement: Statement, held: Held) -> str | None:
    """An amount that the clause gives to another class, phase or level than the statement."""
    if statement.shared or len(statement.places) > 1:
        return None
    given = amounts_of(plain(held.text))
    said = [a for start, end in statement.own for a in amounts_of(plain(text[start:end]))]
    for amount in said:
        places = [a for a in given if values_of(a.text).keys() & values_of(amount.text).keys()]
        if places and all(_excluded(amount, place) for place in places):
            return amount.text
    return None


def _excluded(amount: Amount, place: Amount) -> bool:
    """Whether an amount stands under members of a family that are not those of the clause's."""
    for family, members in amount.families.items():
        other = place.families.get(family) or place.carried.get(family)
        if members and other and not members & other:
            return True
    return False
