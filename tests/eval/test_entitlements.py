"""The scorer of rows of measures, on rows made by hand and on the gold rows themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import eval
from corpus.address import Address
from corpus.catalogue import bundled_corpus
from corpus.outline import Clause, Outline
from eval.entitlements.figures import figure_of
from eval.entitlements.rows import FIELDS, LISTS, GoldRow, Ground, load_rows
from eval.entitlements.score import Score, score
from eval.gold import GoldError, bundled_gold
from indexer.build import read_corpus
from indexer.entitlements.entitlement import (
    Bound,
    Cap,
    Entitlement,
    Increment,
    Quantity,
    Span,
    Tier,
)

ADDRESS = Address.parse("d#art1")
TEXT = "对首台套产品，按采购金额的20%给予企业奖励，单个企业每年不超过300万元；对新药给予一次性奖励 50万元。"
GROUND = Ground.of(Outline((Clause(ADDRESS.path, "article", TEXT),)))
EMPTY: dict[str, Any] = dict.fromkeys(FIELDS) | {name: [] for name in LISTS}
EMPTY |= {"at_most": False, "deductions": [], "exclusions": []}
FIRST = EMPTY | {
    "event": ["首台套产品"], "subject": "企业", "form": "奖励", "base": "采购金额", "rate": "20%",
    "caps": [["300万元", "recipient", True]],
}  # fmt: skip
SECOND = EMPTY | {"event": ["新药"], "form": "奖励", "amount": "50万元", "frequency": "一次性"}


def gold(*rows: dict[str, Any]) -> list[GoldRow]:
    return [GoldRow(f"e{i}", "d", ADDRESS, row) for i, row in enumerate(rows)]


def span(words: str, address: Address = ADDRESS, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(address, start, start + len(words), words)


def found(row: dict[str, Any], outline: Outline | None = None, address: Address = ADDRESS) -> Entitlement:  # fmt: skip
    """What a perfect reader would return for a gold row of quotes."""

    def at(words: str) -> Span:
        if outline is None:
            return span(words)
        paths = [address.path, *(clause.path for clause in outline)]
        return next(
            span(words, Address(address.document, p), outline[p].text)
            for p in paths
            if words in outline[p].text
        )

    def quantity(text: str | None) -> Any:
        return text and Quantity(*_figure(text)[:2], at(text), _figure(text)[2])

    lists: dict[str, Any] = {
        "tiers": [Tier(*map(quantity, tier)) for tier in row["tiers"]],
        "caps": [Cap(quantity(c[0]), c[1], c[2]) for c in row["caps"]],
        "bounds": [Bound(b[0] and at(b[0]), b[1], quantity(b[2])) for b in row["bounds"]],
        "increments": [Increment((at(i[0]),), quantity(i[1])) for i in row["increments"]],
    }
    pieces = {name: tuple(map(at, row[name])) for name in ("event", "deductions", "exclusions")}
    subject = row["subject"][0] if isinstance(row["subject"], list) else row["subject"]
    one = {name: row[name] and at(row[name]) for name in ("form", "base", "each", "frequency")}
    figures = {name: quantity(row[name]) for name in ("rate", "amount", "years")}
    return Entitlement(
        address,
        **pieces,
        **one,
        **figures,
        subject=subject and at(subject),
        at_most=row["at_most"],
        **{name: tuple(values) for name, values in lists.items()},
    )


def _figure(text: str) -> tuple[Decimal, str, Decimal | None]:
    return figure_of(text)


def counts(one: Score, name: str) -> dict[str, int]:
    return dict(one.stated[name] + one.silent[name])


def test_what_is_read_as_it_is_written_is_all_right() -> None:
    one = score(gold(FIRST, SECOND), [found(SECOND), found(FIRST)], GROUND)
    assert one.values == {
        "field_accuracy": 1, "wrong_share": 0, "stated_accuracy": 1, "stated_wrong_share": 0,
        "row_recall": 1, "row_precision": 1,
    }  # fmt: skip
    assert one.failures == []


def test_another_value_is_wrong_and_none_is_empty() -> None:
    other = replace(
        found(FIRST),
        rate=Quantity(Decimal(2), "%", span("20%")),
        subject=None,
        frequency=span("每年"),
    )
    other = replace(other, caps=(replace(other.caps[0], scope="item"),))
    one = score(gold(FIRST), [other], GROUND)
    assert (counts(one, "rate"), counts(one, "caps")) == ({"wrong": 1}, {"wrong": 1})
    assert counts(one, "subject") == {"empty": 1}
    assert one.silent["frequency"] == {"wrong": 1}
    assert one.values["stated_accuracy"] == 3 / 6
    assert {f.field for f in one.failures} == {"rate", "caps", "subject", "frequency"}


def test_a_row_not_found_is_empty_and_one_too_many_is_extra() -> None:
    extra = Entitlement(
        ADDRESS, (span("单个企业"),), amount=Quantity(Decimal(9), "元", span("50万元"))
    )
    one = score(gold(FIRST, SECOND), [found(FIRST), extra], GROUND)
    assert (one.values["row_recall"], one.values["row_precision"]) == (0.5, 0.5)
    assert counts(one, "rate") == {"right": 1, "empty": 1}
    assert [(f.id, f.verdict) for f in one.failures] == [("e1", "missing"), ("d#art1", "extra")]


def test_texts_are_compared_by_their_characters() -> None:
    near = replace(found(FIRST), event=(span("对首台套产品"),), form=span("企业奖励"))
    far = replace(found(FIRST), event=(span(TEXT[:20]),), base=span("金额的20%给予"))
    for other, verdict in ((near, "right"), (far, "wrong")):
        one = score(gold(FIRST), [other], GROUND)
        assert {
            counts(one, n)[verdict] for n in ("event", "form" if other is near else "base")
        } == {1}


def test_rows_of_offsets_are_compared_on_the_record() -> None:
    record = "标题 " + TEXT
    start = len("标题对")
    row = EMPTY | {"event": [[start, start + 5]], "rate": "20%", "form": None, "base": None}
    one = score(
        [GoldRow("n1", "d", None, row)],
        [replace(found(FIRST), form=None, base=None, subject=None, caps=())],
        Ground.of(GROUND.outline, record),
    )
    assert one.matched == 1
    assert one.values["field_accuracy"] == 1


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("200万元", "2,000,000元"), ("1亿元", "10000万元"), ("百分之五", "5%"), ("四分之一", "25％"),
        ("全额", "100%"), ("1‰", "0.1%"), ("半年", "6个月"), ("3个年度", "三年"), ("300元/㎡", "300元"),
    ],
)  # fmt: skip
def test_figures_are_equal_by_value(text: str, same: str) -> None:
    assert figure_of(text) == figure_of(same)


def test_a_range_is_not_its_upper_end() -> None:
    assert figure_of("40%—100%") == (100, "%", 40)
    assert figure_of("40%—100%") != figure_of("100%")


def test_a_line_that_is_no_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "e1", "address": null, "doc": "d", "event": []}\n', "utf-8")
    with pytest.raises(GoldError, match=r"rows\.jsonl:1"):
        load_rows(file)


def test_gold_rows_stand_in_their_documents_and_match_themselves() -> None:
    other = Path(eval.__file__).parent / "corpora" / "other"
    folder = bundled_gold() / "entitlements"
    readings = read_corpus(bundled_corpus())[0] | read_corpus(other)[0]
    rows = load_rows(folder / "five-sources.jsonl") + load_rows(folder / "other-policies.jsonl")
    assert len({row.id for row in rows}) == len(rows)
    quoted = [row for row in rows if row.address]
    for name in {row.document for row in quoted}:
        outline = readings[name].outline
        mine = [row for row in quoted if row.document == name]
        one = score(
            mine,
            [found(dict(r.values), outline, r.address) for r in mine if r.address],
            Ground.of(outline),
        )
        assert [f for f in one.failures if f.field != "subject"] == []
        assert one.values["row_recall"] == one.values["row_precision"] == 1
