"""Lists without numbers: which paragraph is an entry, and under which lead."""

from __future__ import annotations

import pytest

from corpus.address import Address, ClausePath
from corpus.outline import Clause, Outline
from indexer.passages import lead_of_paragraph

_LEAD = "对下列人员发放补助："


def lead(*texts: str, of: int) -> str | None:
    paths = [Address.parse(f"a#item1.para{n}").path for n in range(1, len(texts) + 1)]
    clauses = [Clause(p, "paragraph", t) for p, t in zip(paths, texts, strict=True)]
    outline = Outline(tuple(clauses))
    found: ClausePath | None = lead_of_paragraph(outline, paths[of - 1])
    return str(found) if found else None


@pytest.mark.parametrize("of", [2, 3, 4])
def test_entries_are_under_their_lead(of: int) -> None:
    assert lead(_LEAD, "甲类：3万元；", "乙类：2万元；", "丙类：1万元。", of=of) == "item1.para1"


def test_what_follows_the_list_is_no_entry() -> None:
    assert lead(_LEAD, "甲类：3万元；", "乙类：2万元。", "补助按季度发放。", of=4) is None


def test_one_sentence_behind_a_colon_is_no_list() -> None:
    assert lead("本办法说明如下：", "补助按季度发放。", of=2) is None
    assert lead("补助按季度发放。", "甲类：3万元；", of=2) is None
