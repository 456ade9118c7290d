"""GET /api/entitlements: one row a measure, filtered, each figure where it stands in the clause."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest

from corpus.address import Address
from indexer.entitlements.quantities import find_quantities
from server.checks import squeeze
from server.sums.facets import facets_of

CITY, ZONE, NEWS = "cqzfb-2025-56", "cqgxq-2024-31", "news-biocity"
DAY = "2026-11-24"
#: Of the public interface.
FIELDS = {
    "address": str,
    "document": str,
    "area": (str, type(None)),
    "subject": (str, type(None)),
    "condition": (str, type(None)),
    "form": (str, type(None)),
    "rate": (dict, type(None)),
    "amount": (dict, type(None)),
    "cap": (str, type(None)),
    "caps": list,
    "frequency": (str, type(None)),
    "stacking": list,
    "responsible_unit": dict,
    "thresholds": list,
    "increments": list,
    "deductions": list,
    "spans": dict,
    "text": str,
    "validity": dict,
    "url": str,
}
QUANTITY = {"text", "value", "low", "unit"}


@pytest.fixture(scope="module")
def get(client):
    def _get(**params) -> list[dict]:
        response = client.get("/api/entitlements", params={"as_of": DAY} | params)
        assert response.status_code == 200, response.text
        body = response.json()
        assert set(body) == {"as_of", "count", "entitlements"}
        assert body["count"] == len(body["entitlements"])
        return body["entitlements"]

    return _get


@pytest.fixture(scope="module")
def rows(get) -> list[dict]:
    return get(authority="all")


def paths(rows: list[dict]) -> list[str]:
    return [row["address"] for row in rows]


def one(rows: list[dict], address: str, event: str) -> dict:
    (row,) = [r for r in rows if r["address"] == address and event in (r["event"] or "")]
    return row


def test_every_row_has_every_field(rows) -> None:
    assert rows
    for row in rows:
        for name, kind in FIELDS.items():
            assert name in row, name
            assert isinstance(row[name], kind), f"{row['address']} {name}: {row[name]!r}"
        assert set(row["responsible_unit"]) == {"lead", "responsible"}
        for quantity in (row["rate"], row["amount"], *row["caps"], *row["thresholds"]):
            assert quantity is None or set(quantity) >= QUANTITY


def test_every_address_resolves(client, rows) -> None:
    for address in dict.fromkeys(paths(rows)):
        response = client.get(f"/api/clauses/{quote(address)}")
        assert response.status_code == 200, address
        clause = response.json()
        own = [row for row in rows if row["address"] == address]
        assert all(row["text"] == clause["text"] for row in own)
        assert all(row["label"] == clause["label"] for row in own)
        assert all(row["url"] == clause["url"] for row in own)


def test_every_span_stands_in_its_clause(rows, readings) -> None:
    seen = 0
    for row in rows:
        for name, spans in row["spans"].items():
            for span in spans:
                address = Address.parse(span["address"])
                text = readings[address.document].outline[address.path].text
                assert span["text"] == text[span["start"] : span["end"]], (row["address"], name)
                assert span["text"].strip()
                seen += 1
    assert seen > 3 * len(rows)


def test_every_field_is_what_its_span_says(rows) -> None:
    for row in rows:
        spans = {name: [s["text"] for s in found] for name, found in row["spans"].items()}
        for name in ("subject", "form", "base"):
            assert [row[name]] == spans.get(name, [None]), (row["address"], name)
        assert row["event"] == (
            "，".join(dict.fromkeys(spans["event"])) if "event" in spans else None
        )
        for name in ("rate", "amount"):
            if row[name]:
                assert row[name]["text"] == squeeze(spans[name][0])
        assert [cap["text"] for cap in row["caps"]] == [squeeze(t) for t in spans.get("caps", [])]
        assert row["cap"] == ("；".join(cap["text"] for cap in row["caps"]) or None)


def test_every_value_is_what_its_text_says(rows) -> None:
    for row in rows:
        for quantity in (row["rate"], row["amount"], *row["caps"], *row["thresholds"]):
            if quantity is None:
                continue
            held = {(float(q.value), q.unit) for q in find_quantities(quantity["text"])}
            assert (quantity["value"], quantity["unit"]) in held, (row["address"], quantity)


def test_a_row_of_a_rate_with_a_cap(rows) -> None:
    row = one(rows, f"{CITY}#item12", "CDMO")
    assert row["rate"] == {"text": "3%", "value": 3, "low": None, "unit": "%"}
    assert row["base"] == "年度委托服务收入金额"
    assert row["cap"] == "500万元"
    assert row["subject"] == "生产企业"
    assert row["form"] == "奖励"
    (threshold,) = row["thresholds"]
    assert (threshold["of"], threshold["relation"]) == ("年度委托服务收入", ">")
    assert threshold["value"] == 10_000_000
    assert row["responsible_unit"] == {"lead": ["市经济信息委"], "responsible": []}
    assert any("不重复" in rule["text"] for rule in row["stacking"])
    assert all(rule["address"] == f"{CITY}#closing" for rule in row["stacking"])


def test_a_row_of_an_amount_with_increments(rows) -> None:
    row = one(rows, f"{ZONE}#art5", "三类")
    assert (row["amount"]["value"], row["each"], row["frequency"]) == (
        2_000_000,
        "单个品种",
        "一次性",
    )
    assert {i["value"] for i in row["increments"]} == {2_000_000, 1_000_000}
    assert [(c["value"], c["scope"], c["yearly"]) for c in row["caps"]] == [
        (5_000_000, "recipient", True)
    ]


def test_a_cap_of_another_clause_keeps_its_own_address(rows) -> None:
    row = one(rows, f"{ZONE}#art4.item1", "在研创新药，完成III期")
    assert [(c["value"], c["scope"], c["address"]) for c in row["caps"]] == [
        (7_000_000, "item", f"{ZONE}#art4.item1"),
        (10_000_000, "recipient", f"{ZONE}#art4.item2"),
    ]
    assert row["deductions"] and "扣除" in row["deductions"][0]


def test_a_row_of_tiers(rows) -> None:
    row = one(rows, f"{ZONE}#art11.item1", "中试服务平台")
    assert [
        (t["from"] and t["from"]["value"], t["to"] and t["to"]["value"], t["rate"]["value"])
        for t in row["tiers"]
    ] == [(10_000_000, 50_000_000, 10), (50_000_000, None, 20)]


@pytest.mark.parametrize("name", ["渝高新发〔2024〕31号", ZONE])
def test_by_document(get, rows, name: str) -> None:
    found = get(document=name)
    assert paths(found) == [a for a in paths(rows) if a.startswith(f"{ZONE}#")]
    assert found


def test_by_several_documents(get, rows) -> None:
    found = get(document=[ZONE, CITY])
    assert {row["document"] for row in found} == {ZONE, CITY}
    assert len(found) == sum(row["document"] in (ZONE, CITY) for row in rows)


def test_by_area(get, rows) -> None:
    for area in ("重庆市", "重庆高新区"):
        found = get(area=area, authority="all")
        assert paths(found) == [row["address"] for row in rows if row["area"] == area]
        assert found
    assert paths(get(area="高新区")) == paths(get(area="重庆高新区"))


@pytest.mark.parametrize(
    ("stage", "own"),
    [("临床前", "临床前"), ("I期", "I"), ("II期", "II"), ("III期", "III")],
)
def test_by_stage(get, rows, stage: str, own: str) -> None:
    found = get(stage=stage)
    assert found
    for row in found:
        assert facets_of(row["event"])["stage"] == {own}
    expected = [r for r in rows if facets_of(r["event"] or "").get("stage") == {own}]
    assert paths(found) == paths(expected)


@pytest.mark.parametrize("written", ["Ⅲ期", "三期", "3期", "III期临床试验", " III期 "])
def test_a_stage_as_anybody_writes_it(get, written: str) -> None:
    assert paths(get(stage=written)) == paths(get(stage="III期"))


@pytest.mark.parametrize("stage", ["", "  "])
def test_no_stage_is_no_limit(get, stage: str) -> None:
    assert paths(get(stage=stage)) == paths(get())


def test_by_subject(get) -> None:
    found = get(subject="医疗机构")
    assert {f"{ZONE}#art13", f"{ZONE}#art10.item1"} <= set(paths(found))
    for row in found:
        assert "医疗机构" in "".join(
            filter(None, (row["event"], row["subject"], row["base"], row["name"]))
        )
    both = get(subject="医疗机构 临床")
    assert 0 < len(both) < len(found)
    assert all(row in found for row in both)
    assert get(subject="量子通信") == []


def test_filters_together(get) -> None:
    found = get(document=ZONE, area="重庆高新区", stage="I期", subject="创新药")
    assert [(row["address"], row["rate"]["value"]) for row in found] == [(f"{ZONE}#art4.item1", 10)]


def test_by_authority(get, rows) -> None:
    normative, news = get(), get(authority="informational")
    assert {row["authority"] for row in normative} == {"normative"}
    assert {row["authority"] for row in news} == {"informational"}
    assert {row["document"] for row in news} == {NEWS}
    assert len(normative) + len(news) == len(rows)


@pytest.mark.parametrize(
    ("day", "status"),
    [("2025-11-30", "not_yet"), ("2025-12-01", "in_force"), ("2028-12-02", "expired")],
)
def test_validity_is_judged_for_the_day(client, day: str, status: str) -> None:
    body = client.get("/api/entitlements", params={"document": CITY, "as_of": day}).json()
    assert body["as_of"] == day
    assert {row["validity"]["status"] for row in body["entitlements"]} == {status}


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"stage": "九期"}, "stage"),
        ({"stage": "上市后"}, "stage"),
        ({"stage": "x" * 500}, "stage"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"document": "没有这份文件"}, "document"),
        ({"authority": "rumour"}, "authority"),
    ],
)
def test_wrong_filters_are_named(client, params: dict, field: str) -> None:
    response = client.get("/api/entitlements", params=params)
    # A document that is named and is not there was not found.
    assert response.status_code == (404 if field == "document" else 400)
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "field", "request_id"}
    assert body["error"]["field"] == field
    assert re.search("[\u4e00-\u9fff]{2}", body["error"]["message"])
    assert re.search("[A-Za-z]{3,} [A-Za-z]", body["error"]["message"])
    assert len(body["error"]["message"]) < 300


def test_over_the_wire(server_url: str, rows) -> None:
    response = httpx.get(
        f"{server_url}/api/entitlements", params={"as_of": DAY, "authority": "all"}
    )
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert response.json()["entitlements"] == rows
