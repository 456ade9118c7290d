"""Documents by the names that texts call them: titles, short titles, 文号; versions of one title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Document
from indexer.docnumbers import normal_number

__all__ = ["Names"]

_STATE = "中华人民共和国"


@dataclass(frozen=True)
class Names:
    """Which documents of a corpus bear a title or a 文号; several where there are versions."""

    by_title: dict[str, tuple[str, ...]]
    by_number: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Names:
        """Collect the names of documents."""
        titles: dict[str, tuple[str, ...]] = {}
        numbers: dict[str, tuple[str, ...]] = {}
        for document in documents:
            for title in {_bare(title) for title in document.titles}:
                titles[title] = (*titles.get(title, ()), document.id)
            if document.doc_number:
                number = document.doc_number
                numbers[number] = (*numbers.get(number, ()), document.id)
        return cls(titles, numbers)

    def find(self, title: str, doc_number: str | None = None) -> str | None:
        """Return the one document that is named so; None for none, or for more than one."""
        number = normal_number(doc_number) if doc_number else None
        if number and number in self.by_number:
            found = self.by_number[number]
        else:
            found = () if number else self.by_title.get(_bare(title), ())
        return found[0] if len(found) == 1 else None

    def versions(self, document: Document) -> tuple[str, ...]:
        """The other documents of the same title: older and newer versions."""
        return tuple(
            name for name in self.by_title.get(_bare(document.title), ()) if name != document.id
        )


def _bare(title: str) -> str:
    """A title without blanks, marks, the state's name and what tells versions apart."""
    bare = re.sub(r"[\s《》〈〉<>“”\"]", "", title).removeprefix(_STATE)
    return re.sub(r"[（(](?:\d{4}年?)?(?:修订|修正|修改|最新)(?:版|本|稿)?[）)]$", "", bare)
