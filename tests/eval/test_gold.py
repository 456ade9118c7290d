"""Gold files: a mistake in one is told before any score is given."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from eval.gold import GoldError, load_gold
from eval.lint import lint
from eval.sets import GoldSet, default_sets
from eval.variant import DEFAULT
from server.settings import Settings

TYPES = {
    "single_fact", "sub_item", "comparison", "sum", "validity", "lookup", "list_all", "follow_up",
    "not_stated", "out_of_scope", "news_only", "false_premise", "colloquial", "typo", "injection",
}  # fmt: skip
GOOD = {
    "id": "t1",
    "question": "高新区中药经典名方奖励多少？",
    "type": "single_fact",
    "expect": {
        "status": "answered",
        "addresses": ["cqgxq-2024-31#art6"],
        "facts": [["50万元", "50 万元"]],
        "forbid": ["100万元"],
    },
    "as_of": "2026-01-15",
    "area": "重庆高新区",
    "note": "free text",
}


def changed(**values) -> dict:
    """The good question with some values of ``expect`` or of itself changed."""
    expect = GOOD["expect"] | {k: v for k, v in values.items() if k in GOOD["expect"]}
    return GOOD | {k: v for k, v in values.items() if k not in expect} | {"expect": expect}


@pytest.fixture
def load(tmp_path: Path, readings):
    def _load(*lines: dict | str):
        path = tmp_path / "gold.jsonl"
        texts = (x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
        path.write_text("\n".join(texts), "utf-8")
        return load_gold(path, readings)

    return _load


def test_a_good_question_is_read_whole(load) -> None:
    (question,) = load(GOOD, "")
    assert question.id == "t1"
    assert question.status == "answered"
    assert [str(address) for address in question.addresses] == ["cqgxq-2024-31#art6"]
    assert question.facts == (("50万元", "50 万元"),)
    assert question.forbid == ("100万元",)
    assert (question.as_of, question.area) == (date(2026, 1, 15), "重庆高新区")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (changed(addresses=["cqgxq-2024-31#art99"]), "cqgxq-2024-31#art99"),
        (changed(addresses=["none#art1"]), "none#art1"),
        (changed(addresses=["第六条"]), "AddressError"),
        (changed(status="maybe"), "maybe"),
        (changed(as_of="soon"), "ValueError"),
        pytest.param(changed(facts=["50万元"]), "facts", id="fact-without-its-list"),
        pytest.param(changed(facts=[[]]), "facts", id="fact-without-a-spelling"),
        pytest.param(changed(forbid="300"), "forbid", id="forbid-is-a-text"),
        pytest.param(changed(addresses=[]), "addresses", id="answered-without-addresses"),
        pytest.param(changed(status="refused"), "addresses", id="refused-with-addresses"),
        (GOOD | {"expect": "answered"}, "TypeError"),
        ({"id": "t1"}, "expect"),
        ('{"id": "t1",', "JSONDecodeError"),
        ("plain text", "JSONDecodeError"),
    ],
)
def test_a_bad_line_is_named_with_its_number(load, line, said: str) -> None:
    with pytest.raises(GoldError) as caught:
        load(GOOD, line)
    assert "gold.jsonl:2" in caught.value.message
    assert said in caught.value.message


def test_an_id_is_used_once(load) -> None:
    with pytest.raises(GoldError, match="t1"):
        load(GOOD, changed(question="另一个问题"))


def test_all_problems_are_told_at_once(load) -> None:
    with pytest.raises(GoldError) as caught:
        load(changed(status="maybe"), changed(id="t2", addresses=["none#art1"]), "{")
    assert all(f"gold.jsonl:{n}" in caught.value.message for n in (1, 2, 3))


@pytest.mark.parametrize("name", ["missing.jsonl", "empty-folder"])
def test_no_gold_set_is_an_error(tmp_path: Path, readings, name: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(GoldError):
        load_gold(tmp_path / name, readings)


@pytest.fixture(scope="module", params=default_sets(), ids=lambda gold: gold.name)
def gold(request):
    gold: GoldSet = request.param
    readings = gold.open(Settings(), DEFAULT).index.readings
    return load_gold(gold.gold, readings), readings


def test_a_bundled_set_fits_its_corpus_and_asks_every_kind(gold) -> None:
    questions, _ = gold
    assert {question.status for question in questions} == {
        "answered",
        "not_stated",
        "informational",
        "refused",
    }
    assert {question.type for question in questions} == TYPES
    for question in questions:
        # A refusal has nothing to cite, everything else has.
        assert bool(question.addresses) == (question.status != "refused"), question.id
        assert question.question.strip()


def test_the_bundled_sets_are_as_large_as_they_should_be() -> None:
    sizes = {s.name: len(s.gold.read_text("utf-8").splitlines()) for s in default_sets()}
    assert sizes["five-sources"] >= 240
    assert sizes["other-documents"] >= 100


def test_no_bundled_set_has_an_error_that_the_linter_sees(gold) -> None:
    assert [r for r in lint(*gold) if r.level == "error"] == []
