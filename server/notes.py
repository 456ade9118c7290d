"""What must be said beside an answer: validity, stacking, the state of the source.

Notes are written by code from the document's data and from clauses; every note that rests on
a clause prints its reference. Days in notes are computed, and say what they were computed from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.address import Address
from corpus.divisions import lies_in, path_of
from corpus.document import Document
from corpus.wording import reference
from indexer.clause_index import ClauseIndex
from indexer.passages import sentences
from indexer.readings import Reading
from prompts import render
from retriever.query import Retrieval
from retriever.vocabulary import bundled_vocabulary
from server.asking import Asking
from server.pieces import between
from server.quality import flaws

__all__ = [
    "STATUS_WORDS",
    "notes",
    "reference_of",
    "refusal",
    "stacking_rules",
    "validity_note",
    "warnings",
]

STATUS_WORDS = {
    "in_force": "现行有效",
    "not_yet": "尚未施行",
    "expired": "已过有效期",
    "repealed": "已废止",
    "unknown": "有效性待核",
}
#: Documents that are all named in a refusal; of more, as many as are nearest to the question.
_LISTED, _NEAREST = 20, 5
_STACKING = re.compile(
    r"就高|不重复|不再重复|重叠或冲突"
    r"|[国省市区县][^。；，]{0,10}(?:可以?|不得|不能|不可以?)(?:同时|叠加)"
)
#: What becomes of the difference.
_WHICH_IS_HIGHER = re.compile(r"[高低多少]于|差额|补足|补齐")


def reference_of(document: Document) -> str:
    """A document as it is referred to: 《title》（文号）."""
    number = f"（{document.doc_number}）" if document.doc_number else ""
    return f"《{document.title}》{number}"


def refusal(
    index: ClauseIndex,
    retrieval: Retrieval,
    missing: Sequence[str] = (),
    unstated: Sequence[str] = (),
) -> str:
    """Say that nothing was found, what is ``missing`` from the library or ``unstated`` by the
    nearest clauses, and what is covered.

    Of a large library, the documents nearest to the question, those of its place first.
    """
    documents, things = index.documents, bundled_vocabulary().things
    if len(documents) > _LISTED:
        places = retrieval.understanding.places
        own = [d for d in documents if any(lies_in(path_of(d.area), place) for place in places)]
        found = (index.document(hit.passage.address.document) for hit in retrieval.hits)
        documents = tuple(dict.fromkeys([*own, *found]))[:_NEAREST]
    return render(
        "refuse.zh",
        documents=[reference_of(document) for document in documents],
        count=len(index.documents),
        missing=[name for name in missing if name not in things],
        things=[*unstated, *(name for name in missing if name in things)],
        # Who does not write Chinese may not read it.
        english=not re.search(r"[\u4e00-\u9fff]", retrieval.query.text),
    )


def warnings(documents: Sequence[Document], as_of: date) -> list[str]:
    """What an answer must say first: that a document it rests on is not in force."""
    said = []
    for document in dict.fromkeys(documents):
        status = document.validity(as_of).status
        if status in ("not_yet", "expired", "repealed"):
            said.append(f"所引{reference_of(document)}在判断日{STATUS_WORDS[status]}。")
    return said


def notes(
    index: ClauseIndex, addresses: Sequence[Address], ask: Asking, as_of: date
) -> tuple[str, ...]:
    """Return the notes for an answer that rests on these clauses."""
    names = list(dict.fromkeys(address.document for address in addresses))
    found: list[str] = []
    for name in names:
        reading = index.readings[name]
        validity = validity_note(index, reading.document, as_of)
        if validity and (ask.validity or reading.document.validity(as_of).status != "in_force"):
            found.append(validity)
        if reading.document.authority == "informational":
            kind = reading.document.kind or "资料"
            found.append(f"来源：{reference_of(reading.document)}是{kind}，不能作为申报依据。")
        found += _quality(reading, [a for a in addresses if a.document == name])
        if ask.amount:
            found += (
                f"叠加：{sentence}（{_printed(index, address)}）"
                for address, sentence in stacking_rules(index, name, addresses)
            )
    return tuple(found)


def _quality(reading: Reading, addresses: Sequence[Address]) -> Iterator[str]:
    """What is wrong with a source that an answer rests on."""
    source = reference_of(reading.document)
    if reading.remarks:
        yield f"来源质量：{reading.remarks}（{source}）"
    else:
        for flaw in flaws(reading, addresses):
            yield f"来源质量：{source}{flaw}"
    pages = dict.fromkeys(
        clause.page
        for address in addresses
        for clause in reading.outline.under(address.path)
        if clause.ocr is not None
    )
    if pages:
        where = "、".join(f"第{page}页" for page in pages if page)
        yield f"来源质量：{source}{where}为扫描件，所引文字由识别得到，请核对原件。"


def validity_note(index: ClauseIndex, document: Document, as_of: date) -> str | None:
    """Say whether a document is in force on a day, with the clauses that say so."""
    if document.authority == "informational":
        return None
    term = document.term
    status = document.validity(as_of).status
    span = "".join(
        words
        for words in (
            f"，{term.start.isoformat()}起施行" if term.start else "",
            f"，有效期至{term.end.isoformat()}" if term.end else "",
            f"，{term.repealed.isoformat()}起废止" if term.repealed else "",
        )
    )
    basis = "、".join(_printed(index, address) for address in term.basis)
    because = "；".join(filter(None, (term.note, f"依据{basis}" if basis else "")))
    if status == "unknown":
        because = because or "文中没有写施行日期和有效期"
    return (
        f"有效性：{reference_of(document)}在{as_of.isoformat()}{STATUS_WORDS[status]}{span}"
        f"（{because}）。"
    )


def _printed(index: ClauseIndex, address: Address) -> str:
    document = index.document(address.document)
    return reference(document.title, document.doc_number, address.path)


def stacking_rules(
    index: ClauseIndex, name: str, shown: Sequence[Address] = ()
) -> Iterator[tuple[Address, str]]:
    """The sentences of a document on support from several policies, with their clauses."""
    for clause in index.readings[name].outline:
        address = Address(name, clause.path)
        if address in shown or (clause.kind == "item" and clause.path.parent is not None):
            continue
        # Parting every clause of a long law into sentences takes most of the time of a table.
        if _STACKING.search(clause.text):
            pieces = sentences(clause.text)
            last = -1
            for place, piece in enumerate(pieces):
                if place <= last or not _STACKING.search(piece):
                    continue
                last = place
                while _goes_on(pieces, last):
                    last += 1
                yield address, between(clause.text, pieces[place], pieces[last])


def _goes_on(pieces: Sequence[str], place: int) -> bool:
    """Whether a rule goes on behind a semicolon: …就高不重复；市级标准高于本办法的，区里不再补助."""
    more = place + 1 < len(pieces) and pieces[place].rstrip().endswith(("；", ";"))
    return more and bool(_WHICH_IS_HIGHER.search(pieces[place + 1]))
