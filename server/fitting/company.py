"""The profile of a company: what it makes, how far that has come, what it spends and earns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from server.fitting.wordlist import found, reached_by
from server.sums.alone import SCALES, Given
from server.sums.facets import Facets, facets_of

__all__ = ["Amount", "Area", "Company", "Product"]

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of a company: what it is called, its value in a unit, of which stage and product."""

    name: str
    value: Decimal
    unit: str
    stage: str | None = None
    product: str | None = None

    @property
    def money(self) -> Decimal:
        """The value in 元."""
        return self.value * SCALES[self.unit]

    @property
    def words(self) -> str:
        """How it is said back."""
        stage = f"{self.stage}期" if self.stage and self.stage != "临床前" else self.stage or ""
        return f"{stage}{Given(None, self.name, self.value, self.unit).words}"


@dataclass(frozen=True, slots=True)
class Area:
    """A floor area, and what it is of (GMP车间)."""

    of: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Product:
    """A product by its class (创新药, 三类器械) and the steps it has reached."""

    name: str
    steps: tuple[str, ...] = ()

    @property
    def facets(self) -> Facets:
        """The class and kind of drug that its name tells."""
        return facets_of(self.name)

    @property
    def kinds(self) -> frozenset[str]:
        """药品 or 器械; 三类 alone is a class of devices."""
        kinds = set(found("kind", self.name))
        return frozenset(kinds or ({"器械"} if "class" in self.facets else set()))

    @property
    def furthest(self) -> int | None:
        """How far it has come; None where that is not said."""
        places = [reached_by(step) for step in self.steps if step != "产业化"]
        return max(places, default=None)


@dataclass(frozen=True, slots=True)
class Company:
    """What is known of a company on a day. ``answers`` are settled questions by their id."""

    as_of: date
    area: str | None = None
    kinds: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    amounts: tuple[Amount, ...] = ()
    areas: tuple[Area, ...] = ()
    employees: int | None = None
    text: str = ""
    answers: tuple[tuple[str, bool], ...] = ()

    def answer(self, question: str) -> bool | None:
        """What was answered to a question; None where nothing was."""
        return dict(self.answers).get(question)

    def statements(self) -> Iterator[str]:
        """Each thing said in words of the company's own, one sentence at a time."""
        for match in _SENTENCE.finditer(self.text):
            yield match[0].strip()
