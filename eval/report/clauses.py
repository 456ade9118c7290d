"""The clauses that a report names, each once, with the anchor of its block in the appendix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.address import Address
from corpus.errors import AddressError
from corpus.wording import label
from indexer.readings import Reading
from server.assistant import Assistant

__all__ = ["Clauses", "Shown", "counts"]

#: Characters shown of a document that is expected as a whole.
_DOCUMENT_ROOM = 600


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause, or a whole document, as the report prints it.

    Without a reading that has it, ``reference`` is the bare name and ``text`` empty.
    """

    name: str
    anchor: str
    reference: str
    text: str = ""
    document: str = ""


@dataclass(slots=True)
class Clauses:
    """Looks clauses up in the product as it was opened for each set, and remembers them."""

    assistants: Mapping[str, Assistant]
    _known: dict[tuple[str, str], Shown] = field(default_factory=dict)
    _distinct: dict[tuple[str, str, str], Shown] = field(default_factory=dict)

    def find(self, set_name: str, name: str) -> Shown:
        """Return what stands behind an address, or behind the id of a document."""
        key = (set_name, name)
        if key not in self._known:
            assistant = self.assistants.get(set_name)
            readings = assistant.index.readings if assistant else {}
            reference, text, document = _look_up(name, readings)
            # Two sets may ask one corpus: what is the same is shown once.
            fresh = Shown(name, f"c{len(self._distinct) + 1}", reference, text, document)
            self._known[key] = self._distinct.setdefault((name, reference, text), fresh)
        return self._known[key]

    def all(self) -> tuple[Shown, ...]:
        """Return all that was looked up, document by document."""
        return tuple(sorted(self._distinct.values(), key=_place))


def counts(expected: str, found: str) -> bool:
    """Whether a found clause is the expected one or lies in it; ids of documents count too.

    >>> counts("law#art4", "law#art4.item1"), counts("law#art4", "law#art41"), counts("a", "a#art1")
    (True, False, True)
    """
    return found == expected or found.startswith(f"{expected}{'.' if '#' in expected else '#'}")


def _look_up(name: str, readings: Mapping[str, Reading]) -> tuple[str, str, str]:
    """Reference, text and title of the document, as far as they are known."""
    if name in readings:
        reading = readings[name]
        text = "\n".join(c.text for c in reading.outline if c.text)
        rest = "…" if len(text) > _DOCUMENT_ROOM else ""
        title = _title(reading)
        return title or name, text[:_DOCUMENT_ROOM] + rest, title
    try:
        address = Address.parse(name)
    except AddressError:
        return name, "", ""
    found = readings.get(address.document)
    if found is None or address.path not in found.outline:
        return name, "", ""
    title = _title(found)
    # A passage without a title of its document is known by its id alone.
    reference = f"{title or address.document + ' '}{label(address.path)}"
    return reference, found.outline.text(address.path), title


def _title(reading: Reading) -> str:
    title = reading.document.title
    return f"《{title}》" if title else ""


def _place(shown: Shown) -> tuple[str, tuple[object, ...]]:
    document, _, path = shown.name.partition("#")
    try:
        steps = Address.parse(shown.name).path.steps if path else ()
    except AddressError:
        steps = ()
    return document, steps
