"""The parts of a question between its commas: the asker's story, and what is asked."""

from __future__ import annotations

import re

__all__ = ["asking_parts", "parts_of"]

_PAUSE = re.compile(r"[，,；;。！!？?\n：:]+")
_ASKS = re.compile(
    r"多少|几多|好多|多[久大高长远]|几|什么|啥|哪|谁|怎么|怎样|咋|如何|吗|呢$|是否|能否|可否|[不没冇]$"
    r"|有没有|是不是|能不能|可不可以|要不要|给不给|补不补|管不管|到底|[是按].{1,10}还是"
)


def parts_of(question: str) -> list[str]:
    """Return what stands between the commas of a question."""
    return [part.strip() for part in _PAUSE.split(question) if part.strip()]


def asking_parts(question: str) -> list[str]:
    """Return the parts that ask; all of them where none does.

    >>> asking_parts("老板刚谈成海外授权，八千万美金首付，奖多少")
    ['奖多少']
    """
    parts = parts_of(question)
    return [part for part in parts if _ASKS.search(part)] or parts
