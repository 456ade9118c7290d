"""What a model is shown: clauses as numbered, quoted data that no text can get out of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.wording import label
from indexer.clause_index import ClauseIndex
from indexer.passages import Passage
from prompts import fingerprint, render
from retriever.query import Retrieval
from server.answer import Claim
from server.chat import Message
from server.notes import STATUS_WORDS

__all__ = ["PROMPT", "Evidence", "gather"]

_SYSTEM, _DATA = "generate.zh", "evidence.zh"
#: Names the words that a model was given, for the trace.
PROMPT = f"{fingerprint(_SYSTEM)}+{fingerprint(_DATA)}"
#: So many clauses and characters at most; the clauses that the draft states always go in.
_MOST_CLAUSES, _MOST_CHARACTERS = 5, 2500
#: How far below the best a further clause may score.
_MARGIN = 0.06
#: What would read as one of our marks, or as a mark of a model's own dialogue.
_MARKS = str.maketrans({"⟦": "〔", "⟧": "〕"})
_MARKER = re.compile(r"[\[【［](\s*\d[\d\s,，、]*)[\]】］]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Passages by number: ``passages[0]`` is [1]."""

    passages: tuple[Passage, ...]

    def get(self, number: int) -> Passage | None:
        """Return the passage of a number, None for one that was not given."""
        return self.passages[number - 1] if 0 < number <= len(self.passages) else None

    def messages(self, question: str, index: ClauseIndex, as_of: date) -> list[Message]:
        """The request to a model: rules, then the clauses and the question as data."""
        clauses = [
            {
                "n": n,
                "title": _plain(f"《{index.document(p.address.document).title}》"),
                "label": label(p.address.path),
                "validity": STATUS_WORDS[index.document(p.address.document).validity(as_of).status],
                "headings": [_plain(heading) for heading in p.context[1:]],
                "text": _plain(p.text),
            }
            for n, p in enumerate(self.passages, 1)
        ]
        asked = _plain(question)
        nonce = _nonce((asked, *(str(clause) for clause in clauses)))
        data = render(_DATA, nonce=nonce, clauses=clauses, question=asked)
        system = render(_SYSTEM, nonce=nonce)
        return [{"role": "system", "content": system}, {"role": "user", "content": data}]


def gather(claims: Sequence[Claim], retrieval: Retrieval, index: ClauseIndex) -> Evidence:
    """Take the clauses that a draft states, then the best others while there is room."""
    passages = {claim.address: index.passage(claim.address) for claim in claims}
    room = _MOST_CHARACTERS - sum(len(passage.text) for passage in passages.values())
    for hit in retrieval.hits:
        near = hit.score >= retrieval.hits[0].score - _MARGIN
        if len(passages) >= _MOST_CLAUSES or not near or hit.passage.address in passages:
            continue
        if len(hit.passage.text) <= room:
            room -= len(hit.passage.text)
            passages[hit.passage.address] = hit.passage
    return Evidence(tuple(passages.values()))


def _plain(text: str) -> str:
    """A text in which nothing reads as a mark: ⟦ ⟧, [1], <|im_end|>."""
    marked = _MARKER.sub(r"〔\1〕", text.translate(_MARKS))
    return marked.replace("<|", "＜|").replace("|>", "|＞")


def _nonce(texts: Sequence[str]) -> str:
    """Sixteen characters that stand in none of the texts; the same for the same ones.

    They come from a digest of all texts, so that none of them can have been written to hold them.
    """
    whole = "\0".join(texts)
    for turn in range(1000):
        nonce = hashlib.sha256(f"{turn}\0{whole}".encode()).hexdigest()[:16]
        if nonce not in whole:
            return nonce
    raise AssertionError("a text cannot hold a thousand of its own digests")
