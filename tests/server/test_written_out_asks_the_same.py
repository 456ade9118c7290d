"""What an everyday phrase is written out with asks for nothing that the phrase itself does not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import retriever
from server.asking import Asking, asking

#: Each changes what kind of answer is given.
_KINDS = ("procedure", "contact", "list_all", "compare", "lookup", "unit")
#: Phrases that do ask for it, in words that only the formal ones tell; 差别待遇 compares nothing.
_ASK = frozenset(
    [
        "找谁问", "联系谁", "哪个口子管", "谁来审", "材料往哪交", "走流程",
        "交材料", "递材料", "现场交材料", "填表格", "大数据杀熟",
    ]
)  # fmt: skip


def test_no_phrase_gets_another_intent() -> None:
    """租金补贴门槛多高 was written out with 申报条件, and answered as a question on how to apply."""
    path = Path(retriever.__file__).with_name("everyday.toml")
    pairs = dict(_pairs(tomllib.loads(path.read_text(encoding="utf-8"))))
    changed = {
        phrase: kinds
        for phrase, written in pairs.items()
        if (kinds := _kinds(f"{written}是这样") - _kinds(f"{phrase}是这样")) and phrase not in _ASK
    }
    assert not changed and len(pairs) > 5000


def _kinds(text: str) -> set[str]:
    read: Asking = asking(text)
    return {kind for kind in _KINDS if getattr(read, kind)}


def _pairs(table: dict) -> list[tuple[str, str]]:
    found = []
    for phrase, written in table.items():
        found += _pairs(written) if isinstance(written, dict) else [(phrase, written)]
    return [(phrase, written) for phrase, written in found if isinstance(written, str)]
