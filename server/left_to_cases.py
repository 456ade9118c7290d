"""The case asked about is the very one that its clause leaves open, whatever it states of others.

A类人才实行一事一议 behind the amounts of B to E, 其他家庭的标准由县区自行确定 behind those of 低保对象: the
amounts are more like the question, and are not those of its case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from retriever.parts import asking_parts
from server.answer import Claim
from server.no_support import GIVES
from server.pieces import quoted
from server.wanted import LEFT_OPEN, is_left_open, is_yet_to_come, states, wanted

__all__ = ["gives_openly", "left_open", "of_a_base_unknown"]

#: Characters of a name that tells one case from another.
_NAME = 3
#: What stands out: 特别重大项目按一事一议.
_DEGREE = re.compile(
    r"特别(?:重大|重要|突出|优秀|优质|巨大)|重特大|顶尖|特大|重大(?=的?(?:项目|平台|贡献))"
)
_LINKS = frozenset("的了是在和与")
#: How large a thing must be.
_AT_LEAST = re.compile(
    r"(?:超过|达到|不低于|不少于|满)\s?(?<![\d.])\d[\d.]*+\s?[万亿]{0,2}元(?!的?[奖补支])"
    r"|(?<![\d.])\d[\d.]*+\s?[万亿]{0,2}元(?:（含）)?以上"
)
_PART = re.compile(r"[^。；;\n]+[。；;]?")
#: A class as a text defines it: A类：两院院士等顶尖人才.
_DEFINED = re.compile(
    r"(?P<name>[^\W_]{2,8})(?:[：:]|是指|指的?是|，?包括)(?P<what>[^。；]{4,200})"
)
_DENIED = re.compile(
    r"(?:不是|不属于|没评上|没有|不算|并非)(?P<what>[\u4e00-\u9fff]{2,6}?)(?:的|[，,]|$)"
)
_OTHERS = re.compile(r"^(?:其他|其余|除[^，。；]{2,20}外|未|不属于)")
_ALL = re.compile(
    r"(?:总共|一共|总计|合计)[^，。？?]{0,8}(?:多少|几)|总(?:额|量|规模|盘子)[^，。？?]{0,4}(?:多少|多大|几)"
)
_TOTAL = re.compile(r"总额|总量|总规模|总数|总计")
#: What is done so long or so often: 还能续几年.
_DOES = re.compile(
    r"(?P<verb>[\u4e00-\u9fff])(?:[租聘期签约]{0,2}(?:的|到|能|可以)?)(?:几|多少)(?:个?年|个?月|天|次|期)"
)
#: Verbs that say nothing of what: 补几年, 领几个月.
_PLAIN = "有是给补拿领要管报到共满住干发奖贴能得算用付享可持需等过在为近"
#: More than what is stated: 除了六千还能多补多少.
_ASKS_MORE = re.compile(r"(?:还能|还可以?|再|另外|额外)[^，。？?]{0,3}(?:加|补|奖|给|拿|多)")
_MORE = re.compile(r"加[补发奖]|增发|另加|额外|上浮")
_ASKS_SUPPORT = re.compile(r"(?:补|奖|资助)[贴助励]?(?:的|了|给)?(?:多少|几|好多)")
_SUPPORT = re.compile(r"补[贴助]|奖|资助")
_LETS_OFF = re.compile(r"减免|免(?:多少|几|收|租)|减(?:多少|几)")
_CHANGED = re.compile(r"(?:涨|调|提|增|降|变)[\u4e00-\u9fff]{0,3}(?:多少|几[百千十块元成])")
_CHANGES = re.compile(r"调整|提高|上调|增加|下调|降低")
#: Whether something is so is for somebody to decide.
_WHETHER = re.compile(r"是否[^。；]{2,20}[，]?由[^。；]{2,24}(?:决定|确定|研究|明确)")
_ASKS_WHETHER = re.compile(r"是不是|是否|会不会|要不要|[吗么没不][？?]?$")
#: What is set for all by somebody else, of which a share is given.
_BASE = re.compile(
    r"(?P<base>最低工资标准|(?:社会|社平|职工)?(?:月|年)?平均工资|最低生活保障标准|低保标准|失业保险金标准|养老金标准)"
    r"[^。；]{0,16}?\d[\d.]*\s*[%％]|(?P<above>最低工资标准|平均工资|最低生活保障标准|低保标准)为基数"
)
_MONEY = re.compile(r"多少(?:块|元)?钱|多少元|几(?:百|千)|多少块")
_YUAN = r"\d[\d,.]*\s*万?元"


def left_open(
    question: str,
    claims: Sequence[Claim],
    near: Mapping[str, Address],
    index: ClauseIndex,
    held: Callable[[str, str], float],
) -> tuple[Claim, ...]:
    """The sentence that leaves open just the case asked about, or whether it is so; all that is
    stated, where that is a share of what is not known.

    ``near`` are the sentences on the matter and where they stand, ``held`` tells the share of a
    question (of all of it, if empty) that a text holds.
    """
    asked, kind = " ".join(asking_parts(question)), wanted(question)
    if left := _whether(question, near, lambda text: held(text, asked)):
        return (quoted(left.strip(), near[left]),)
    first = claims[0].address
    document, article = first.document, first.path.article
    texts = [clause.text for clause in index.readings[document].outline]
    beside = [c.address for c in claims if c.address.document == document]
    for address in dict.fromkeys(a for a in beside if a.path.article == article):
        own = index.clause(address)[1].text
        left = kind and _of_the_case(question, kind, own, texts, lambda text: held(text, ""))
        if left:
            return (quoted(left, address),)
    unknown = kind and of_a_base_unknown(question, claims[0].quote, "\n".join(texts))
    return tuple(claims) if unknown else ()


def _of_the_case(
    question: str, kind: str, text: str, defined: Iterable[str], held: Callable[[str], float]
) -> str | None:
    """The sentence of a clause that leaves open the value of just the case that is asked about.

    ``defined`` are the clauses of the document, which may say what a class is.
    """
    parts = [match[0].strip() for match in _PART.finditer(text)]
    left = [p for p in parts if is_left_open(p) and not _states(p, kind, question)]
    valued = [p for p in parts if p not in left and states(p, kind, question)]
    if not left:
        return None
    if of_class := _of_its_class(question, parts, left, defined):
        return of_class
    ways = (
        _of_its_degree,
        _of_its_name,
        _of_others,
        _of_all,
        _of_more,
        _of_support,
        _of_what_is_done,
    )
    found = next(filter(None, (way(question, left, valued) for way in ways)), None)
    return found or _as_changed(question, left, valued, held)


def _states(part: str, kind: str, question: str) -> bool:
    """Whether a part states a value; 期满 in what somebody is yet to say is none, nor is how large
    a thing must be (投资超过50亿元的)."""
    part = _AT_LEAST.sub(" ", part)
    yet_to_come = is_yet_to_come(part) and not re.search(r"\d", part)
    return states(part, kind, question) and not yet_to_come


def gives_openly(text: str) -> bool:
    """Whether a text gives something and leaves open how much: 依法依规给予奖励."""
    return bool(LEFT_OPEN.search(text) and GIVES.search(text))


def _of_its_class(
    question: str, parts: Sequence[str], left: Sequence[str], defined: Iterable[str]
) -> str | None:
    """The sentence on the class that a question names, or that it is by definition: 院士 is A类."""
    classes = {
        match["name"]: match["what"]
        for text in defined
        if (match := _DEFINED.match(text)) and any(match["name"] in part for part in parts)
    }
    named = [name for name in classes if name in question]
    whole, told = "".join(parts), dict[str, set[str]]()
    for pair in _pairs(question) - _pairs(whole):
        of = [name for name, what in classes.items() if pair in what]
        if len(of) == 1:
            told.setdefault(of[0], set()).add(pair)
    named = named or list(told)
    if len(named) != 1 or len(classes) < 2:
        return None
    own = [part for part in parts if named[0] in part]
    return own[0] if own and all(part in left for part in own) else None


def _of_its_degree(question: str, left: Sequence[str], valued: Sequence[str]) -> str | None:
    """The sentence on what stands out, where a question is on that: 特别重大的平台 is its own case, though
    all else that the question says is of the amounts for the others."""
    for asked in _DEGREE.findall(question.replace("特别大", "特别重大")):
        if not any(asked in part for part in valued):
            return next((part for part in left if asked in part), None)
    return None


def _of_its_name(question: str, left: Sequence[str], valued: Sequence[str]) -> str | None:
    """The sentence with a name of the question that no value stands beside: 特别重大项目一事一议; none
    where a value stands beside another name of it."""
    named = {run for run in _runs(question, _NAME) if not set(run) & _LINKS}
    for part in left if valued else ():
        own = [n for n in named if n in part and not any(n in other for other in valued)]
        others = any(n in other and n not in part for n in named for other in valued)
        if own and not others:
            return part
    return None


def _of_others(question: str, left: Sequence[str], valued: Sequence[str]) -> str | None:
    """The sentence on all others, where a question is on what is not that which has a value."""
    denied = _DENIED.search(question)
    if denied is None or not any(denied["what"] in part for part in valued):
        return None
    return next((part for part in left if _OTHERS.search(part)), None)


def _of_all(question: str, left: Sequence[str], valued: Sequence[str]) -> str | None:
    """The sentence on the total, where that is asked for and no other one gives it."""
    if not _ALL.search(question) or any(_TOTAL.search(part) for part in valued):
        return None
    return next((part for part in left if _TOTAL.search(part)), None)


def _of_more(question: str, left: Sequence[str], valued: Sequence[str]) -> str | None:
    """The sentence on what comes on top, where that is asked for and no other one gives it."""
    if not _ASKS_MORE.search(question) or any(_MORE.search(part) for part in valued):
        return None
    return next((part for part in left if _MORE.search(part)), None)


def _of_support(question: str, left: Sequence[str], valued: Sequence[str]) -> str | None:
    """The sentence that gives support, where that is asked for and the others only let off: what a
    landlord gets is not how much rent is let off."""
    asked = _ASKS_SUPPORT.search(question) and not _LETS_OFF.search(question)
    if not asked or not valued or any(_SUPPORT.search(part) for part in valued):
        return None
    return next((part for part in left if _SUPPORT.search(part)), None)


def _of_what_is_done(question: str, left: Sequence[str], valued: Sequence[str]) -> str | None:
    """The sentence on what is done: 续租期限另行规定, where 还能续几年 is asked."""
    does = _DOES.search(question)
    if does is None or does["verb"] in _PLAIN or any(does["verb"] in part for part in valued):
        return None
    return next((part for part in left if does["verb"] in part), None)


def _as_changed(
    question: str, left: Sequence[str], valued: Sequence[str], held: Callable[[str], float]
) -> str | None:
    """The sentence on a change yet to come, where one is asked for and no other holds as much."""
    if not _CHANGED.search(question):
        return None
    most = max((held(part) for part in valued), default=0.0)
    changes = (part for part in left if _CHANGES.search(part) and held(part) > most)
    return next(changes, None)


def _whether(question: str, near: Iterable[str], held: Callable[[str], float]) -> str | None:
    """The sentence that leaves to somebody whether something is so, where that is asked.

    It must hold as much of what asks as any sentence on the matter.
    """
    if not _ASKS_WHETHER.search(question):
        return None
    pieces = list(near)
    left = [piece for piece in pieces if _WHETHER.search(piece)]
    best = max(left, key=held, default=None)
    if best is None or held(best) < max(map(held, pieces)):
        return None
    return best if held(best) else None


def of_a_base_unknown(question: str, quote: str, document: str) -> bool:
    """Whether an amount of money is asked for, of which a statement gives a share of what is set for
    all elsewhere, and the document does not say how much that is.

    >>> of_a_base_unknown("见习补多少块钱", "以最低工资标准为基数，按70%计发", "")
    True
    """
    base = _BASE.search(quote) if _MONEY.search(question) else None
    if base is None:
        return False
    name = base["base"] or base["above"]
    sentence = next(m[0] for m in _PART.finditer(quote) if name in m[0])
    stated = re.search(rf"{name}[^。；]{{0,12}}?{_YUAN}", document)
    return not stated and not re.search(_YUAN, sentence)


def _pairs(text: str) -> set[str]:
    return set(_runs(text, 2))


def _runs(text: str, length: int) -> Iterator[str]:
    """Every so many neighbours of a text."""
    for run in re.findall(r"[\u4e00-\u9fff]{2,}", text):
        yield from (run[i : i + length] for i in range(len(run) - length + 1))
