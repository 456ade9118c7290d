"""Question sets made by others, in the layouts that they come in; retrieval alone is measured."""

from eval.external.detect import external_set

__all__ = ["external_set"]
