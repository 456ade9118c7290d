"""The address of a clause: ``{document}#{path}``, printed and parsed without loss."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import AddressError

__all__ = ["Address", "ClausePath", "Step"]

#: Ranks that count (``art4``) and ranks of which a document has one (``closing``).
NUMBERED = (
    "annex", "text", "book", "vol", "subbook", "part", "chap", "sect", "group", "art", "para",
    "item", "sub", "sec", "num", "subnum", "half", "circled", "qa", "measure", "cell", "table", "row",
    "passage", "deca", "decb", "decc", "decd", "dece",
)  # fmt: skip
SINGLE = ("notice", "opening", "closing")

#: Ranks that hold articles rather than being one or lying in one.
_ABOVE_ARTICLES = frozenset(
    ("annex", "text", "book", "vol", "subbook", "part", "chap", "sect", "group", "sec", "deca", "table")
)  # fmt: skip

_STEP = re.compile(r"(?P<rank>[a-z]+)(?P<number>[1-9][0-9]{0,4})?(?:-(?P<branch>[1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One step of a path: a rank with its number; ``art120-1`` is 第一百二十条之一."""

    rank: str
    number: int = 0
    branch: int = 0

    def __str__(self) -> str:
        number = str(self.number) if self.number else ""
        return f"{self.rank}{number}" + (f"-{self.branch}" if self.branch else "")

    @classmethod
    def parse(cls, text: str) -> Step:
        """Parse ``art120-1``; raise AddressError for anything that does not print back."""
        match = _STEP.fullmatch(text)
        if not match:
            raise AddressError(f"地址写法有误 / malformed address step: {text!r}")
        number, branch = int(match["number"] or 0), int(match["branch"] or 0)
        known = match["rank"] in (NUMBERED if number else SINGLE)
        if not known or (branch and not number):
            raise AddressError(f"地址写法有误 / malformed address step: {text!r}")
        return cls(match["rank"], number, branch)


@dataclass(frozen=True, slots=True, order=True)
class ClausePath:
    """The place of a clause inside its document, outermost step first."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return ".".join(map(str, self.steps))

    @classmethod
    def parse(cls, text: str) -> ClausePath:
        """Parse ``art39.para1.item2``.

        >>> str(ClausePath.parse("art39.para1.item2"))
        'art39.para1.item2'
        """
        return cls(tuple(Step.parse(step) for step in text.split(".")))

    def child(self, step: Step) -> ClausePath:
        """Return the path one step below this one."""
        return ClausePath((*self.steps, step))

    def contains(self, other: ClausePath) -> bool:
        """Tell whether ``other`` is this path or lies beneath it."""
        return other.steps[: len(self.steps)] == self.steps

    @property
    def parent(self) -> ClausePath | None:
        """The path one step up, or None at the top."""
        return ClausePath(self.steps[:-1]) if len(self.steps) > 1 else None

    @property
    def article(self) -> ClausePath:
        """The path of the article that this clause lies in, or of what stands for one.

        In a notice that is the first numbered unit under its 一、, or the 一、 itself.

        >>> str(ClausePath.parse("annex1.art39.para1.item2").article)
        'annex1.art39'
        >>> [str(ClausePath.parse(path).article) for path in ("sec2.item1.num3", "sec7.para2")]
        ['sec2.item1', 'sec7']
        """
        for depth, step in enumerate(self.steps, 1):
            if step.rank == "para" and depth > 1 and self.steps[depth - 2].rank == "sec":
                return ClausePath(self.steps[: depth - 1])
            if step.rank not in _ABOVE_ARTICLES:
                return ClausePath(self.steps[:depth])
        return self


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A clause of a document; the key that everything carries and nothing invents."""

    document: str
    path: ClausePath

    def __str__(self) -> str:
        return f"{self.document}#{self.path}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Parse ``cqgxq-2024-31#art4.item1``.

        >>> str(Address.parse("cqgxq-2024-31#art4.item1"))
        'cqgxq-2024-31#art4.item1'
        """
        document, hash_sign, path = text.rpartition("#")
        if not (document and hash_sign and path):
            raise AddressError(f"不是条款地址 / not a clause address: {text!r}", field="address")
        return cls(document, ClausePath.parse(path))

    def contains(self, other: Address) -> bool:
        """Tell whether ``other`` is this clause or lies beneath it."""
        return self.document == other.document and self.path.contains(other.path)
