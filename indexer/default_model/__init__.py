"""The default embedding model: multilingual-e5-small, made from an installed package."""

from __future__ import annotations

from indexer.default_model.install import DEFAULT_MODEL_NAME, ensure_default_model

__all__ = ["DEFAULT_MODEL_NAME", "ensure_default_model"]
