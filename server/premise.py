"""What a question takes for granted and the clause on the matter says otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from corpus.charge import read_charge
from corpus.document import Document
from corpus.numerals import read_numeral
from corpus.wording import reference
from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import Measured, find_quantities
from indexer.lexical import terms
from indexer.passages import sentences
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Claim

__all__ = [
    "asks_a_condition",
    "corrections",
    "is_false_premise",
    "said_term",
    "without_taken",
    "wrong_rates",
]

#: The asker speaks of a figure as of something known: 这5%, 那200万.
_TAKEN = re.compile(r"[这那]\s*\d[\d.]*\s*(?:%|％|万|亿|元|块)")
_UNITS = ("%", "‰", "元")
#: The asker wants to hear that something is so.
_CONFIRMS = re.compile(
    r"(?:对吗|对吧|对不对|是吗|是吧|没错吧|真的[吗吧]|吧)[？?。！!\s]*$|不是[^，。？?]{2,24}[吗吧]|(?:必须|一定要|非要|才(?:能|可以|有|给|行|算|补|奖))[^，。？?]{0,12}[吗吧]"
)
#: A condition is asked about (超过500万才能拿奖励吗): no case of the asker's own.
_CONDITION = re.compile(
    r"(?:必须|一定要|非要|非得|才(?:能|可以|有|给|行|算|补|奖))[^，。？?]{0,12}[吗吧]"
)
_CASE = re.compile(r"我们|咱|本公司|我家|我(?![国省市区州县])|多少|几[个万成]")
#: A rate is hardly ever a case: 国采中选奖励5%，最高能拿多少.
_GIVEN_RATE = re.compile(
    r"(?:奖励?|补[贴助]?|资助|支持|返还?|给予?)[^，。？?\d]{0,8}\d[\d.]*\s*[%％]"
    r"|按[^，。？?\d]{0,12}\d[\d.]*\s*[%％]\s*(?:给|补|奖|支持|资助|返)"
)
_NOT_GIVEN = re.compile(r"占比|持股|股权|增长|完成|达到|超过")
_UNIT_SAID = re.compile(
    r"(?:是|由|归|该)(?P<name>[\u4e00-\u9fff]{2,14}?(?:局|委|厅|部|办|中心|管委会|银行))(?:来)?(?P<role>牵头|负责|主管|审核|审批|受理)"
)
_CHARGED = re.compile(
    r"由(?P<name>[^，。；、：由]{2,20}?)(?:牵头|负责|组织实施|受理|审核|审批|主管)"
)
_START = re.compile(
    r"(?P<y>20\d\d)\s*年(?:\s*(?P<m>\d{1,2})\s*月)?[^，。？?]{0,6}?(?:施行|实施|生效|执行)"
)
_END = re.compile(
    r"(?:有效期|到期|执行|管)[^，。？?]{0,4}?[到至]\s*(?P<y>20\d\d)\s*年(?:\s*(?P<m>\d{1,2})\s*月)?"
)
_YEARS = re.compile(r"有效期(?:是|为|有)?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})年")
#: Who asks how to get a figure takes it for granted.
_HOW = re.compile(r"\d[^，。？?]{0,10}[，,]?(?:要?怎么|如何|去?哪里?)(?:才能)?(?:领|拿|申领|办|报)")
#: A sentence on the matter holds at least this share of the question.
_ON_IT = 0.25
#: …and this part of what the one that holds most of it does.
_AS_MUCH = 0.7
_OF_ITSELF = re.compile(r"施行|有效期|废止|印发")
_WORKDAY = "工作日"
#: More values of a clause are not said again.
_MOST = 4


def is_false_premise(question: str, clause: str, of_procedure: bool) -> bool:
    """Whether a question rests on a figure where the clause has another one of its unit.

    ``of_procedure``: the question asks how to apply, so that a figure in it can only be one that
    is taken for granted.

    >>> is_false_premise("集采奖5%，这5%怎么申请", "按年度集中采购金额的3%给予奖励", True)
    True
    """
    if not (of_procedure or _TAKEN.search(question)):
        return False
    taken = {(q.value, q.unit) for q in find_quantities(question) if q.unit in _UNITS}
    stated = find_quantities(clause)
    held = {(q.value, q.unit.split("/")[0]) for q in stated}
    if any(_is_within(value, q) for value, unit in taken for q in stated if q.unit == unit):
        return False
    other = {unit for _, unit in held} & {unit for _, unit in taken}
    return bool(taken) and not taken & held and bool(other)


def without_taken(question: str) -> str:
    """A question without the parts that go on from a figure said before; '' where none does.

    >>> without_taken("进二期按研发投入的40%补，这40%要哪些发票"), without_taken("补多少")
    ('进二期按研发投入的40%补', '')
    """
    parts = re.split(r"[，,；;。？?！!]", question)
    rest = [part for part in parts if not _TAKEN.search(part)]
    return "，".join(part for part in rest if part.strip()) if len(rest) < len(parts) else ""


def asks_a_condition(question: str) -> bool:
    """Whether a question asks if something must be so, and states no case of its own.

    >>> asks_a_condition("合同超过500万才能拿奖励吗"), asks_a_condition("我们合同500万，能拿多少")
    (True, False)
    """
    return bool(_CONDITION.search(question)) and not _CASE.search(question)


def corrections(
    retrieval: Retrieval, claims: Sequence[Claim], retriever: Retriever, taken: bool = False
) -> Iterator[str]:
    """Say what a question takes for granted and the clauses stated say otherwise, with the clause.

    ``taken``: every amount and rate in it is known to be one that is taken for granted.
    """
    question, index = retrieval.understanding.text, retriever.index
    # Amounts beside a case of the asker's own may be of that case.
    case = bool(_CASE.search(question)) or (not taken and _is_of_a_case(question))
    if not claims or (case and not _GIVEN_RATE.search(question)):
        return
    confirms = bool(_CONFIRMS.search(question) or _HOW.search(question))
    # What the clause says otherwise is no measure of how much it is on the matter.
    asked = retriever.without_areas(_without_figures(question), retrieval.understanding.areas)
    matter = terms(retriever.vocabulary.matter(asked))
    share = partial(retriever.coverage, matter)
    said = _given_rates(question) if case or not (confirms or taken) else find_quantities(question)
    for figure in said:
        own = _kind(question, figure)
        stated = [(c, s) for c, s in _on_it(claims, share) if _of_kind(s, own)]
        figures = [(c, s, q) for c, s in stated for q in _of_kind(s, own)]
        if figures and not any(_is_within(figure.value, q) for _, _, q in figures):
            claim, nearest = max(stated, key=lambda pair: share(pair[1]))
            written = dict.fromkeys(_words(nearest, q) for q in _of_kind(nearest, own))
            yield _corrected(_words(question, figure), list(written)[:_MOST], claim, index)
    if confirms:
        yield from _units(question, claims, index)


def _is_of_a_case(question: str) -> bool:
    """Whether a question states so many amounts that some are the asker's own: 合同1.5亿，到账9000万，给270万吧."""
    return sum(q.unit in ("元", "") for q in find_quantities(question)) > 2


def wrong_rates(question: str, claims: Sequence[Claim], index: ClauseIndex) -> Iterator[str]:
    """The shares that a question takes for granted (按7%奖励) where the clauses of its sum say
    another one."""
    for figure in _given_rates(question):
        held = [(c, q) for c in claims for q in _of_kind(c.quote, figure.unit)]
        if held and not any(_is_within(figure.value, q) for _, q in held):
            claim = held[0][0]
            written = dict.fromkeys(_words(c.quote, q) for c, q in held if c is claim)
            yield _corrected(_words(question, figure), list(written)[:_MOST], claim, index)


def _on_it(claims: Sequence[Claim], share: Callable[[str], float]) -> list[tuple[Claim, str]]:
    """The sentences stated that are on what is asked; a text's own term is on nothing else."""
    pieces = [(claim, piece) for claim in claims for piece in sentences(claim.quote)]
    shares = {piece: share(piece) for _, piece in pieces if not _OF_ITSELF.search(piece)}
    least = max(_ON_IT, _AS_MUCH * max(shares.values(), default=0.0))
    return [(claim, piece) for claim, piece in pieces if shares.get(piece, 0.0) >= least]


def _kind(text: str, figure: Measured) -> str:
    """The unit of a figure; a working day is another kind of time than a day."""
    return _WORKDAY if _is_workday(text, figure) else figure.unit.split("/")[0]


def _of_kind(text: str, kind: str) -> list[Measured]:
    return [q for q in find_quantities(text) if _kind(text, q) == kind]


def _words(text: str, figure: Measured) -> str:
    said = text[figure.start : figure.end].strip()
    return said + _WORKDAY if _is_workday(text, figure) else said


def _is_workday(text: str, figure: Measured) -> bool:
    return text[figure.end :].lstrip().startswith(_WORKDAY)


def _without_figures(question: str) -> str:
    """A question without its figures, which a clause that says otherwise does not hold."""
    for figure in reversed(find_quantities(question)):
        question = f"{question[: figure.start]} {question[figure.end :]}"
    return question


def _given_rates(question: str) -> list[Measured]:
    """The rates that a question says are given."""
    if _NOT_GIVEN.search(question):
        return []
    places = [match.span() for match in _GIVEN_RATE.finditer(question)]
    found = [q for q in find_quantities(question) if q.unit == "%"]
    return [q for q in found if any(start <= q.start < end for start, end in places)]


def _units(question: str, claims: Sequence[Claim], index: ClauseIndex) -> Iterator[str]:
    """Where a question names a unit in charge and the clause names another one."""
    match = _UNIT_SAID.search(question)
    for claim in claims if match else ():
        assert match is not None
        charge = read_charge(index.clause(claim.address)[1].text)
        spoken = tuple(m["name"] for m in _CHARGED.finditer(claim.quote))
        units = charge.lead if match["role"] == "牵头" and charge.lead else ()
        units = units or (*charge.lead, *charge.responsible, *spoken)
        if units and not any(_is_called(match["name"], unit) for unit in units):
            yield _corrected(match["name"], units[:_MOST], claim, index)
        return


def said_term(question: str, document: Document) -> str | None:
    """What a question says of a document's term where that is another one; '' where it is right.

    None where it says nothing of it.
    """
    if not _CONFIRMS.search(question):
        return None
    years, term = _YEARS.search(question), document.term
    if years and term.start and term.end:
        held = round((term.end - term.start).days / 365.25)
        return "" if read_numeral(years["n"]) == held else f"与您说的不同：有效期{held}年。"
    for pattern, day, words in (
        (_END, document.term.repealed or document.term.end, "有效期至"),
        (_START, document.term.start, "施行日为"),
    ):
        match = pattern.search(question)
        if match and day:
            right = int(match["y"]) == day.year and int(match["m"] or day.month) == day.month
            return "" if right else f"与您说的不同：{words}{day.isoformat()}。"
    return None


def _corrected(said: str, written: Sequence[str], claim: Claim, index: ClauseIndex) -> str:
    document = index.document(claim.address.document)
    where = reference(document.title, document.doc_number, claim.address.path)
    return (
        f"您说的“{said.strip()}”与条文不同，条文写的是{'、'.join(written)}，以条文为准（{where}）。"
    )


def _is_within(value: Decimal, held: Measured) -> bool:
    """Whether a value is the one stated, or lies in the range stated."""
    return value == held.value or (held.low is not None and held.low <= value <= held.value)


def _is_called(name: str, unit: str) -> bool:
    """Whether a unit may be meant by a name: 市经信委 has its characters in 市经济信息委, in order."""
    rest = iter(unit)
    short = re.sub(r"^.{1,4}?市(?=.{3})", "市", name)
    return all(character in rest for character in short) or unit in name
