"""What a measure comes to with the facts put into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from indexer.entitlements import Entitlement

__all__ = ["Outcome"]


@dataclass(slots=True)
class Outcome:
    """What a measure comes to for each thing supported; two values where the text leaves two readings."""

    row: Entitlement
    low: list[Decimal]
    high: list[Decimal]
    assumptions: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    failed: bool = False
    over_years: bool = False

    def bar(self) -> None:
        """It comes to nothing: a threshold is not reached."""
        self.failed, self.low, self.high = True, [Decimal(0)], [Decimal(0)]
