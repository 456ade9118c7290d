"""Short names of places in questions, and everyday words that a corpus uses itself."""

from __future__ import annotations

import pytest

from retriever.places import Places
from retriever.vocabulary import bundled_vocabulary

AREAS = ("江西省", "广西壮族自治区", "天津市", "天津经济技术开发区", "渝东县")


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("我在江西租国企厂房，房租怎么减", {"江西省"}),
        ("广西和江西的补贴有什么不同", {"江西省", "广西壮族自治区"}),
        ("渝东县补多少", {"渝东县"}),
        # Of a city whose district has texts of its own, the short name may mean either.
        ("天津补多少", set()),
        ("天津市补多少", {"天津市"}),
        ("山东补多少", set()),
    ],
)
def test_areas_named_by_their_short_names(question: str, areas: set[str]) -> None:
    found, foreign = Places(AREAS, bundled_vocabulary()).read(question)
    assert found == areas
    assert foreign == (("山东",) if "山东" in question else ())


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("市里的钱和白鹭洲的钱，申报时间一样吗", {"岚津市", "白鹭洲高新区"}),
        ("市里给的多还是开发区给的多", {"岚津市", "岚津经济开发区"}),
        ("经开区的厂房补多少", {"岚津经济开发区"}),
        ("高新区的厂房补多少", {"白鹭洲高新区"}),
        ("白鹭补多少", set()),
    ],
)
def test_zones_named_by_what_is_their_own(question: str, areas: set[str]) -> None:
    known = ("岚津市", "岚津经济开发区", "白鹭洲高新区")
    assert Places(known, bundled_vocabulary()).read(question)[0] == areas


def test_words_that_a_corpus_uses_itself_are_left_alone() -> None:
    vocabulary = bundled_vocabulary()
    text = "保费和担保费率由县财政承担"
    adapted = vocabulary.known_to(lambda word: word in text)
    assert adapted.write_out("担保费率降多少") == "担保费率降多少"
    # A dialect word asks; no corpus holds it.
    assert adapted.write_out("奖好多") == "奖多少"
    told = vocabulary.known_to(lambda word: word in f"{text}，按实际缴纳保费计算")
    assert "实际缴纳保费" in told.write_out("保费补多少")
