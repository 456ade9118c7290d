"""Which clauses change clauses of other documents (将第四条第（二）项修改为：“…”), and which those are.

A text that was amended is often kept as it was first printed: an answer from it would give what
no longer holds. Only what names its document and its clause is read; a text that already holds the
new words is a later version, and nothing was done to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from corpus.address import Address, ClausePath
from corpus.document import Amendment, Change, Document
from corpus.mentions import Mention, find_mentions, resolve
from corpus.outline import Clause, Outline
from indexer.dates import DAY, first_day
from indexer.docnumbers import normal_number
from indexer.readings import Reading
from indexer.repeals import named_by
from indexer.validity import stated_end

__all__ = ["apply_amendments", "read_amendments"]

_SPEAKS = re.compile(
    r"有效期|修改|修正|修订|调整为|改为|变更为|删[去除]|增加|不再执行|停止(?:执行|实施)|纳入"
    r"|(?:提高|提升|上调|下调|降低|延长|缩短|放宽|扩大|减少)[至到为]"
)
_NAMED = re.compile(r"《(?P<title>[^》]{2,200})》(?:[（(](?P<number>[^（）()]{1,80}号)[）)])?")
#: 一、《某办法》（某政发〔2024〕1号）; 二、关于《某措施》的有关条款
_ONLY_NAMED = re.compile(
    rf"(?:[一二三四五六七八九十]{{1,3}}、|（[一二三四五六七八九十]{{1,3}}）)?\s?(?:关于|对|就)?{_NAMED.pattern}"
    r"(?:的?(?:有关|部分|相关)?(?:内容|条款|条文|规定|事项))?[：:]?"
)
#: 《某办法》（以下简称《办法》): clauses of it are named by the short name.
_SHORT = re.compile(
    r"《(?P<title>[^》]{4,200})》(?:[（(](?P<number>[^（）()，,]{1,80}号)(?:[）)][^。《》]{0,24}[（(]|[，,；;]\s*)|[^。《》]{0,24}[（(])"
    r"以下简称[《“](?P<short>[^》”]{2,20})[》”]"
)
_OF = re.compile(r"关于(?:对|修改|修订|修正|调整)")
#: Words put out or in; a heading that leads to a clause (“二、支持研发”第（二）项) is none.
_QUOTED = re.compile(r"“([^“”]{0,4000}+)”(?![的中里]?第[（(])")
_CHANGED = re.compile(
    r"(?:修改|修正|修订|调整|变更|更改|改)为|(?:由|从)[^。；]{1,40}?(?:提高|提升|上调|下调|降低|延长|缩短|放宽|扩大|减少)[至到为]"
)
_GONE = re.compile(r"删[去除]|不再执行|停止执行|予以废止")
_ADDED = re.compile(r"增加(?:[一二两三四五六七八九十\d]{1,2}[款项条句]|[“：:]|以下|规定)")
#: 删去第九条: the word stands before the clause.
_GONE_BEFORE = re.compile(
    r"(?:删[去除]|停止(?:执行|实施)|废止|取消)(?:其中的|了)?(?:《[^》]{2,200}》)?$"
)
#: 将网约配送员纳入《办法》第十条规定的对象.
_ADDED_BEFORE = re.compile(r"纳入(?:《[^》]{2,200}》)?$")
#: A sentence that begins with the text whose clause it changes.
_BEGINS = re.compile(r"(?:^|[。；：:\n])\s{0,4}+(?:（[^）]{1,4}）)?$")
#: A clause that is meant to be changed is named so; a rate that follows another text is not.
_MEANT = re.compile(r"将|把|由|原|对")
#: 《办法》有效期延长至2028年8月31日, 该细则有效期延长至…: the clause that states the term is meant.
_EXTENDED = re.compile(
    r"(?:^|[。；）])\s{0,4}(?:[（(][^（）()]{1,4}[）)])?(?:《(?P<title>[^》]{2,80})》|该[^，。；]{0,6}|其)?的?有效期(?:延长|调整|变更|顺延)[至到为](?P<end>[^，。；]{4,16}?日)"
)
_TERM = "有效期"
#: Names the text that the clause before it named.
_SAME = re.compile(r"(?:同一?|该|前述|上述)(?:办法|细则|规定|措施|意见|政策|文件|通知|条例)第")
#: What is joined by these shares what is said behind the last.
_JOINED = re.compile(r"[、和及与至，\s]*(?:以及)?")
_LONGEST_STEP = 60
#: 删去第（一）项中的“…”: words of the clause go, and it stays.
_WORDS_OF = re.compile(r"(?:规定)?的?(?:中|里|内)?的?(?=“)")
#: 《办法》第三条规定的比例由8%提高为10%: what is changed needs no 将 in front of it.
_STATED = re.compile(r"(?:中)?规定的[^，。；“”]{1,24}?(?:由|从)")
#: The days that a sentence states for its own change: 自2026年3月1日起至2026年12月31日止.
_SINCE = re.compile(rf"自\s*(?P<day>{DAY})\s*起(?!正?式?(?:施行|实施|执行|生效))")
_UNTIL = re.compile(rf"(?:起\s*(?:至|到)|(?:执行|实施|施行)(?:至|到))\s*(?P<day>{DAY})")
_KINDS: tuple[tuple[Literal["replaced", "added", "deleted"], re.Pattern[str]], ...] = (
    ("replaced", _CHANGED),
    ("added", _ADDED),
    ("deleted", _GONE),
)
_MARKS = str.maketrans("", "", " \t\n\u3000，。；：、,;:")


def read_amendments(document: Document, outline: Outline) -> tuple[Amendment, ...]:
    """Read what the clauses of a document do to those of others."""
    titled = _titled(document.title) if _OF.search(document.title) else None
    short = {
        match["short"]: (match["title"], _number(match))
        for clause in outline
        for match in _SHORT.finditer(clause.text)
    }
    found: list[Amendment] = []
    for clause in outline:
        if not _SPEAKS.search(clause.text):
            continue
        above = (*clause.headings, *_leads(clause, outline))
        heads = [named for head in above if (named := _titled(head) or _headed(head, document))]
        target = heads[-1] if heads else titled
        if target is None and _SAME.search(clause.text):
            target = _last_named(clause, outline)
        if target is None and "《" not in clause.text:
            continue
        for amendment in (
            *_amended(clause, target, document),
            *_extended(clause, target, document),
        ):
            if full := short.get(amendment.title):
                amendment = replace(amendment, title=full[0], doc_number=full[1])
            if amendment.title not in document.titles:
                found.append(amendment)
    return tuple(dict.fromkeys(found))


def _last_named(clause: Clause, outline: Outline) -> tuple[str, str | None] | None:
    """The text that was named last before a clause: 同办法第八条 is of that."""
    last = None
    for other in outline:
        if other.path == clause.path:
            break
        if named := list(_NAMED.finditer(other.text)):
            last = named[-1]["title"], _number(named[-1])
    return last


def _leads(clause: Clause, outline: Outline) -> Iterator[str]:
    """What the clauses above one say of those beneath them: 对《某办法》作如下修改：."""
    path = clause.path.parent
    while path is not None:
        if path in outline and (text := outline[path].text.rstrip()).endswith(("：", ":")):
            yield re.split(r"(?<=[。；])", text.rstrip("：:"))[-1]
        path = path.parent


def _titled(text: str) -> tuple[str, str | None] | None:
    """The one document that a heading or a title names, of those it speaks of changing."""
    named = list(_NAMED.finditer(text))
    if len(named) != 1 or not re.search("修改|修订|修正|调整|作出|变更", text):
        return None
    return named[0]["title"], _number(named[0])


def _headed(text: str, document: Document) -> tuple[str, str | None] | None:
    """The document that a heading names and nothing else, in a text that changes several."""
    match = _ONLY_NAMED.fullmatch(text.strip())
    return (match["title"], _number(match)) if match and _OF.search(document.title) else None


def _number(match: re.Match[str]) -> str | None:
    return normal_number(match["number"]) if match["number"] else None


def _amended(
    clause: Clause, named: tuple[str, str | None] | None, document: Document
) -> Iterator[Amendment]:
    quotes = {m.start(): m[1] for m in _QUOTED.finditer(clause.text)}
    # Words put into another text name clauses of that text; they are none of this one.
    text = _QUOTED.sub(lambda m: "“" + "□" * len(m[1]) + "”", clause.text)
    titles = list(_NAMED.finditer(text))
    mentions = [m for m in find_mentions(text) if m.words.startswith("第") or "第（" in m.words]
    for at, mention in enumerate(mentions):
        own = [t for t in titles if t.end() <= mention.start]
        target, start = named, mention.start
        if own:
            target = own[-1]["title"], _number(own[-1])
            behind = mention.start + len(mention.words)
            if not _is_meant(text[: own[-1].start()]) and not _STATED.match(text, behind):
                target = None
        done = _done(text, mentions, at)
        if target is None or done is None:
            continue
        kind, verb, end = done
        of_it = _WORDS_OF.match(text, mention.start + len(mention.words))
        if kind == "deleted" and of_it:
            kind, old, new = "replaced", [quotes[of_it.end()]], []
        else:
            old = [q for s, q in quotes.items() if start < s < verb]
            new = [q for s, q in quotes.items() if verb <= s < end]
        by, days = Address(document.id, clause.path), _own_days(text, mention.start)
        yield Amendment(*target, mention.words, kind, by, "\n".join(old), "\n".join(new), *days)


def _own_days(text: str, at: int) -> tuple[date | None, date | None]:
    """The first and the last day that the sentence of a change states for it."""
    start, end = text.rfind("。", 0, at) + 1, text.find("。", at)
    sentence = text[start : end if end >= 0 else None]
    since, until = _SINCE.search(sentence), _UNTIL.search(sentence)
    return (
        first_day(since["day"]) if since else None,
        first_day(until["day"]) if until else None,
    )


def _extended(
    clause: Clause, named: tuple[str, str | None] | None, document: Document
) -> Iterator[Amendment]:
    """The text whose term a clause puts off, without naming the clause that states it."""
    for match in _EXTENDED.finditer(clause.text):
        target = (match["title"], None) if match["title"] else named
        if target:
            by = Address(document.id, clause.path)
            title, number = target
            end = f"{_TERM}至{match['end']}"
            yield Amendment(title, number, _TERM, "replaced", by, new=end)


def _is_meant(before: str) -> bool:
    """Whether the words in front of a title say that its clause is changed, not followed."""
    begun = _MEANT.search(before[-12:]) or _BEGINS.search(before[-8:])
    return bool(begun or _GONE_BEFORE.search(before[-8:]) or _ADDED_BEFORE.search(before[-8:]))


def _done(
    text: str, mentions: list[Mention], at: int
) -> tuple[Literal["replaced", "deleted", "added"], int, int] | None:
    """What is done to a clause that is named: how, where the word stands, and where its part ends."""
    mention = mentions[at]
    start = mention.start + len(mention.words)
    if _GONE_BEFORE.search(before := text[max(0, mention.start - 220) : mention.start].rstrip("“")):
        return "deleted", mention.start, start
    if _ADDED_BEFORE.search(before):
        return "added", mention.start, start
    end = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
    if _JOINED.fullmatch(text[start:end]) and at + 1 < len(mentions):
        return _done(text, mentions, at + 1)
    part = text[start:end]
    for kind, pattern in _KINDS:
        match = pattern.search(part)
        between = _QUOTED.sub("", part[: match.start()]) if match else ""
        if match and len(between) <= _LONGEST_STEP and "。" not in between:
            return kind, start + match.start(), end
    return None


def apply_amendments(readings: dict[str, Reading]) -> dict[str, Document]:
    """Return the documents of a corpus with what the others among them changed."""
    documents = {name: reading.document for name, reading in readings.items()}
    named = named_by(documents)
    for by in list(documents.values()):
        for amendment in by.amends:
            for name in named(amendment.title, amendment.doc_number):
                if name == by.id or _is_later(documents[name], by):
                    continue
                for path in _places(amendment, readings[name]):
                    since = amendment.since or _since(by)
                    change = Change(path, amendment.kind, amendment.by, since, amendment.until)
                    documents[name] = _changed(documents[name], change, amendment)
    return documents


def _since(by: Document) -> date | None:
    return by.term.start or by.published or by.issued


def _is_later(document: Document, by: Document) -> bool:
    """Whether a text is of the day of the one that changes it, or after: it holds the change
    already, though that may come into force later."""
    passed = by.issued or _since(by)
    begun = document.issued or document.term.start
    return bool(passed and begun and begun >= passed)


def _places(amendment: Amendment, reading: Reading) -> Iterator[ClausePath]:
    outline, document = reading.outline, reading.document
    if amendment.place == _TERM:
        yield from (a.path for a in document.term.basis if a.document == document.id)
    for mention in find_mentions(amendment.place):
        path = resolve(mention, outline)
        if path is None:
            continue
        text = "".join(c.text for c in outline.under(path)).translate(_MARKS)
        old, new = (
            [part.translate(_MARKS) for part in words.splitlines() if part.translate(_MARKS)]
            for words in (amendment.old, amendment.new)
        )
        if all(part in text for part in old) and not (new and all(part in text for part in new)):
            yield path


def _changed(document: Document, change: Change, amendment: Amendment) -> Document:
    term = document.term
    stated = {a.path for a in term.basis if a.document == document.id}
    end = stated_end(amendment.new, term.start) if change.path in stated else None
    if end:
        note = "；".join(filter(None, (term.note, "有效期经修改")))
        term = replace(term, end=end, basis=(*term.basis, change.by), note=note)
    changes = tuple(dict.fromkeys((*document.changes, change)))
    return replace(document, changes=changes, term=term)
