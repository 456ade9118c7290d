"""Measures of support as rows: who gets how much for what, each field with its characters."""

from indexer.entitlements.document import entitlements_of
from indexer.entitlements.entitlement import Entitlement

__all__ = ["Entitlement", "entitlements_of"]
