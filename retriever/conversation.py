"""A question read in its conversation: whether it goes on with what was asked, and how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.entitlements.quantities import find_quantities
from indexer.lexical import terms
from retriever.confidence import confidence
from retriever.followup import is_correction, is_elliptic, is_marked, is_supposed, joined, tiers
from retriever.query import DEFAULT_THRESHOLD, Query, Retrieval
from retriever.retriever import Retriever

__all__ = ["standalone"]

#: Questions before it that one may go on with.
_REMEMBERED = 4
#: Characters of the longest question that may go on with another.
_LONGEST = 40
#: So short, words that mark a follow-up leave no doubt.
_SHORT = 12
#: So short, a question that names no document and no place is not taken to stand alone.
_BRIEF = 8
#: A question of fewer characters besides words that ask names nothing.
_NOTHING = 4
#: Words that questions on any measure of support use.
_OF_ANYTHING = re.compile(
    r"最[长短高低多少大小早晚]|封顶|上限|下限|限额|额度|金额|标准|比例|期限|总共|一共|合计|到手|[每一两]|[年月天日周次个人家户元块万钱]"
    r"|限制|要求|条件|门槛|材料|资料|手续|流程|程序|部门|电话|地址|地点|网址|窗口|哪里|哪儿|申请|申报|办理|准备|提交|截止"
    r"|[领拿给发交缴报补奖贴付退返算享办带]|多久|时间|时候|有没有|需要|钱|顶|长|份"
)
#: What a case comes to is asked for.
_COMES_TO = re.compile(r"多少|几[个万千百块]|[能可]以?(?:拿|领|得|补|奖|享)|怎么算|咋算|够不够")
_FIGURE = re.compile(
    r"[\d.,]+\s*(?:%|％|[万亿千百]?[元块人个家平名亩台套件张场次年月天])?|我们?|公司|今年"
)
#: So much of what a case names the clause of the question before must hold.
_HELD = 0.15
#: How much of what it names must be spoken of by what is found for both together.
_SPOKEN = 0.3
#: How much of what a question names an earlier thread must hold, where the last one holds nothing.
_MOST = 0.5


def standalone(
    question: str,
    conversation: Sequence[str],
    retriever: Retriever,
    threshold: float = DEFAULT_THRESHOLD,
) -> str:
    """Return a question with what it leaves out, taken from the questions before it, oldest first.

    One goes on with them if its words say so, or if nothing answers it alone. Without such words,
    what is found for both must speak of it too: else it is a question on something else.
    """
    threads = _threads(conversation[-_REMEMBERED:], retriever)
    if not threads or not question.strip() or len(question) > _LONGEST:
        return question
    whole = joined(_meant(threads, question, retriever), question, retriever.places)
    elliptic = is_elliptic(question)
    marked = elliptic or is_marked(question) or _names_a_place_alone(question, retriever)
    sure = elliptic or len(question) < _SHORT or is_correction(question)
    if marked and (sure or _is_another_case(question, retriever)):
        return whole
    if _is_of_no_matter(question, retriever):
        return whole
    retrieval = retriever.retrieve(Query(question, date.today()))
    brief = len(question) < _BRIEF and _names_nothing(question, retriever)
    if _is_case_of(question, _meant(threads, question, retriever), retriever, retrieval):
        return whole
    if not brief and confidence(retrieval, retriever) >= threshold:
        return question
    return whole if marked or _speaks_of(question, whole, retriever) else question


def _is_case_of(
    question: str, thread: str, retriever: Retriever, alone: Retrieval | None = None
) -> bool:
    """Whether a question tells a case of what was asked before: its figures, and what they are of.

    我们今年合同额2000万能拿多少 behind a question on a reward by 合同金额: the clause of that one holds
    its words, and what is found for it ``alone`` holds them no better.
    """
    if not _tells_a_case(question):
        return False
    alone = alone or retriever.retrieve(Query(question, date.today()))
    named = alone.understanding
    if named.documents or named.subjects:
        return False
    before = retriever.retrieve(Query(thread, date.today(), k=1)).hits
    if not before:
        return False
    # 市级 is a word of the clause before too, and then no other place.
    places = [w for area in named.areas for w in retriever.spoken(area) if w in question]
    if any(word not in f"{thread}\n{before[0].passage.text}" for word in places):
        return False
    if before[0].passage.address == alone.hits[0].passage.address:
        return bool(named.areas - retriever.understand(thread).areas)
    rest = _FIGURE.sub(" ", _OF_ANYTHING.sub(" ", retriever.vocabulary.matter(named.text)))
    own = [term for term in terms(rest) if len(term) > 1]
    held = [retriever.coverage(own, hit.passage.text) for hit in (before[0], alone.hits[0])]
    return held[0] >= max(held[1], _HELD) if own else True


def _tells_a_case(question: str) -> bool:
    """Whether a question gives figures of its asker's own and asks what they come to."""
    return bool(find_quantities(question)) and _COMES_TO.search(question) is not None


def _threads(conversation: Sequence[str], retriever: Retriever) -> list[str]:
    """The questions before, each with those that go on with it; the one of the last at the end."""
    threads: list[str] = []
    for asked in conversation:
        marked = is_marked(asked) or _names_a_place_alone(asked, retriever)
        if not threads or len(asked) > _LONGEST:
            threads.append(asked)
            continue
        meant = _meant(threads, asked, retriever)
        going_on = marked or _names_nothing(asked, retriever)
        if going_on or _is_case_of(asked, meant, retriever):
            threads.remove(meant)
            asked = joined(meant, asked, retriever.places)
        threads.append(asked)
    return threads


def _meant(threads: Sequence[str], question: str, retriever: Retriever) -> str:
    """The thread that a question goes on with: the last one, unless an earlier one is meant.

    It is where the question names a tier (三期) and only the earlier one names one of that kind,
    or where nothing that the question names stands in the last one, and most of it in the other.
    """
    *earlier, last = threads
    units = tiers(question).keys()
    if not earlier or units & tiers(last).keys():
        return last
    alike = [thread for thread in reversed(earlier) if units & tiers(thread).keys()]
    if alike:
        return alike[0]
    matter = retriever.vocabulary.matter(question)
    named = [term for term in terms(matter) if len(term) > 1]
    if not named or retriever.coverage(named, last) > 0:
        return last
    held = [thread for thread in reversed(earlier) if retriever.coverage(named, thread) >= _MOST]
    return held[0] if held else last


def _is_another_case(question: str, retriever: Retriever) -> bool:
    """Whether a question supposes another case of the one before, and names no document or place."""
    named = retriever.understand(question)
    return is_supposed(question) and not (named.documents or named.areas or named.foreign)


def _names_nothing(question: str, retriever: Retriever) -> bool:
    """Whether a short question names no document and no place."""
    named = retriever.understand(question)
    return len(question) < _SHORT and not (named.documents or named.areas or named.foreign)


def _is_of_no_matter(question: str, retriever: Retriever) -> bool:
    """Whether a question says nothing of what it is on: 最长能领几年？一年封顶多少."""
    named = retriever.understand(question)
    if named.documents or named.addresses or named.areas or named.foreign or named.subjects:
        return False
    rest = _OF_ANYTHING.sub(" ", retriever.vocabulary.matter(named.text))
    return not any(len(term) > 1 for term in terms(rest))


def _names_a_place_alone(question: str, retriever: Retriever) -> bool:
    """Whether a short question names a place or level, and nothing that is asked of it: 高新区能补多少."""
    if len(question) >= _SHORT:
        return False
    rest = question
    for place in retriever.places:
        rest = rest.replace(place, " ")
    named = terms(retriever.vocabulary.matter(rest))
    return rest != question and not any(len(term) > 1 for term in named)


def _speaks_of(question: str, whole: str, retriever: Retriever) -> bool:
    """Whether what is found for both questions together speaks of the second."""
    matter = retriever.vocabulary.matter(retriever.understand(question).text)
    if len(re.findall(r"\w", matter)) < _NOTHING:
        return True
    hits = retriever.retrieve(Query(whole, date.today(), k=5)).hits
    spoken = "\n".join(hit.passage.whole for hit in hits)
    return retriever.coverage(terms(matter), spoken) >= _SPOKEN
