"""POST /api/match and ``tiaowen match``: what fits a company, with reasons and checked sums."""

from __future__ import annotations

import json

import pytest

from corpus.address import Address
from server.checks import squeeze
from server.cli import main
from server.fitting.schemas import MatchResult

DAY = "2026-11-24"
ZONE = "重庆高新区"
CARD = {
    "area": ZONE,
    "kind": ["器械企业"],
    "products": [{"class": "三类医疗器械", "stages": ["注册证", "产业化"]}],
    "text": "三类医疗器械注册证是首次获批。",
}


@pytest.fixture(scope="module")
def match(client):
    def _match(**profile) -> dict:
        response = client.post("/api/match", json={"as_of": DAY} | profile)
        assert response.status_code == 200, response.text
        MatchResult.model_validate(response.json())
        return response.json()

    return _match


def measures(result: dict, group: str, article: str, words: str) -> list[dict]:
    return [
        row
        for row in result[group]
        if row["address"].endswith(article) and words in squeeze(row["event"] or "")
    ]


def everything(result: dict) -> list[dict]:
    return [row for group in ("fits", "may_fit", "does_not_fit") for row in result[group]]


def test_a_class_three_certificate_fits_and_nothing_of_another_class(match) -> None:
    result = match(**CARD)
    (own,) = measures(result, "fits", "#art5", "三类")
    assert own["sum"]["result"] == 2_000_000
    assert {c["state"] for c in own["conditions"] if c["kind"] != "decision"} == {"met"}
    (other,) = measures(result, "does_not_fit", "#art5", "二类")
    assert "二类" in other["reason"]
    assert other["sum"] is None


def test_a_further_case_is_asked_for_and_added(match) -> None:
    result = match(**CARD)
    (ask,) = [q for q in result["questions"] if "特别审查" in q["text"]]
    (own,) = measures(match(**CARD | {"answers": {ask["id"]: True}}), "fits", "#art5", "三类")
    assert own["sum"]["result"] == 4_000_000
    assert any("优先审批" in text for text in own["sum"]["assumptions"])


def test_what_is_not_said_is_unknown_and_asked(match) -> None:
    (own,) = measures(match(**CARD | {"text": ""}), "may_fit", "#art5", "三类")
    open_ = [c for c in own["conditions"] if c["question"]]
    assert [c["state"] for c in open_] == ["unknown"]
    answered = match(**CARD | {"text": "", "answers": {open_[0]["question"]: True}})
    assert measures(answered, "fits", "#art5", "三类")
    denied = match(**CARD | {"text": "", "answers": {open_[0]["question"]: False}})
    assert measures(denied, "does_not_fit", "#art5", "三类")


@pytest.mark.parametrize("text", ["还没有首次获批三类医疗器械注册证。", "计划首次获批注册证。"])
def test_what_is_denied_or_planned_meets_nothing(match, text: str) -> None:
    (own,) = measures(match(**CARD | {"text": text}), "may_fit", "#art5", "三类")
    assert "unknown" in {c["state"] for c in own["conditions"] if c["kind"] == "occasion"}


def test_stages_are_held_apart(match) -> None:
    result = match(
        area=ZONE,
        kind=["药品企业"],
        products=[{"class": "改良型新药", "stages": ["III期"]}],
        spending=[{"kind": "研发费用", "value": 2500, "unit": "万元", "stage": "III期"}],
        text="我们是产品注册申请人。",
    )
    (second,) = measures(result, "fits", "art4.item1", "改良型新药和已上市生物制品，完成II期")
    assert second["sum"] is None
    assert second["missing"]
    (third,) = measures(
        result, "does_not_fit", "art4.item1", "改良型新药和已上市生物制品，完成III期"
    )
    assert "受理" in third["reason"]
    assert all(
        "创新药" in row["reason"] for row in measures(result, "does_not_fit", "item1", "在研创新药")
    )
    (city,) = [r for r in measures(result, "may_fit", "item3", "") if r["sum"]]
    assert "Ⅲ期" in city["event"]
    assert city["sum"]["result"] == 5_000_000


def test_an_amount_goes_only_where_it_is_called_so(match) -> None:
    result = match(
        area=ZONE,
        kind=["药品企业"],
        spending=[{"kind": "固定资产投资", "value": 1.2, "unit": "亿元"}],
    )
    (devices,) = measures(result, "may_fit", "art12.item1", "")
    assert devices["sum"] is None
    assert "当年度生产性设备实际付款且列入固定资产金额" in "".join(devices["missing"])
    small = match(area=ZONE, kind=["药品企业"], spending=[{"kind": "固定资产投资", "value": 2500}])
    (devices,) = measures(small, "does_not_fit", "art12.item1", "")
    assert "不会更多" in devices["reason"]


def test_other_places_expired_documents_and_other_recipients_do_not_fit(match) -> None:
    result = match(area="上海市", kind=["药品企业"])
    assert not result["fits"] + result["may_fit"]
    result = match(area=ZONE, kind=["药品企业"])
    reasons = [row["reason"] for row in result["does_not_fit"]]
    assert any("已过有效期" in reason for reason in reasons)
    assert any("支持对象是医疗机构" in reason for reason in reasons)
    early = match(area=ZONE, as_of="2024-12-20", documents=["cqgxq-2024-31"])
    assert early["counts"]["fits"] + early["counts"]["may_fit"] == 0


def test_hospitals_and_what_they_buy(match) -> None:
    result = match(
        area=ZONE,
        kind=["医疗机构"],
        spending=[{"kind": "采购金额", "value": 500}],
        text="我院采购经市认定的首台套医疗器械。",
    )
    (own,) = measures(result, "fits", "art10.item1", "首台")
    assert own["sum"]["result"] == 1_000_000
    assert any("采购金额" in text for text in own["sum"]["assumptions"])
    assert not measures(result, "fits", "art10.item1", "采购和使用")


@pytest.mark.parametrize(("level", "meets"), [("市级", True), ("国家级", False)])
def test_another_level_meets_nothing(match, level: str, meets: bool) -> None:
    text = f"举办{level}重点支持的生物医药产业峰会、论坛等活动。"
    rows = measures(match(area=ZONE, text=text), "may_fit", "#art14", "举办，市级")
    states = {c["words"]: c["state"] for row in rows for c in row["conditions"]}
    assert (states["市级"] == "met") == meets


def test_what_a_bracket_leaves_out_is_a_condition(match) -> None:
    amount = [{"kind": "固定资产投资额", "value": 6800}]
    (own,) = measures(match(area=ZONE, spending=amount), "may_fit", "art11.item1", "中试")
    assert own["sum"]["result"] == 7_600_000
    assert own["sum"]["high"] == 8_600_000
    open_ = [c["words"] for c in own["conditions"] if c["state"] == "unknown"]
    assert any("不包括土地" in words for words in open_)


def test_words_stand_in_their_clauses_and_figures_are_checked(match, assistant) -> None:
    result = match(**CARD)
    outlines = {name: reading.outline for name, reading in assistant.index.readings.items()}
    for row in everything(result):
        for condition in row["conditions"]:
            if "#" not in condition["address"]:
                continue
            address = Address.parse(condition["address"])
            text = squeeze(outlines[address.document].text(address.path))
            for piece in condition["words"].split("，"):
                assert squeeze(piece) in text
    for rule in result["stacking"]:
        address = Address.parse(rule["address"])
        assert squeeze(rule["text"]) in squeeze(outlines[address.document].text(address.path))
    assert 0 < len(result["questions"]) <= 5


def test_an_empty_profile_fits_nothing_for_certain(match) -> None:
    result = match()
    assert result["counts"]["fits"] == 0
    assert all(not row["relevant"] for row in result["may_fit"])


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        ({"area": 3}, "area"),
        ({"spending": [{"kind": "研发费用", "value": -1}]}, "spending"),
        ({"income": [{"kind": "收入", "value": 1, "unit": "美元"}]}, "income"),
        ({"turnover": 1}, "turnover"),
        ({"as_of": "soon"}, "as_of"),
        ({"products": [{"class": "创新药", "stages": ["V期"]}]}, "products"),
    ],
)
def test_a_wrong_profile_is_400_with_its_field(client, profile: dict, field: str) -> None:
    response = client.post("/api/match", json=profile)
    assert response.status_code == 400
    assert response.json()["error"]["field"] == field


def test_a_document_that_is_not_there_is_404(client) -> None:
    response = client.post("/api/match", json={"documents": ["none"]})
    assert response.status_code == 404
    assert response.json()["error"]["field"] == "documents"


def test_the_command_prints_what_the_api_returns(client, tmp_path, capsys) -> None:
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(CARD | {"as_of": DAY}), "utf-8")
    assert main(["match", str(file), "--json"]) == 0
    assert (
        json.loads(capsys.readouterr().out)
        == client.post("/api/match", json=CARD | {"as_of": DAY}).json()
    )
    assert main(["match", str(file)]) == 0
    assert "符合：" in capsys.readouterr().out
    file.write_text("{", "utf-8")
    assert main(["match", str(file)]) == 2


def test_the_description_has_models_and_an_example(client) -> None:
    spec = client.get("/openapi.json").json()
    post = spec["paths"]["/api/match"]["post"]
    assert post["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith(
        "MatchResult"
    )
    assert spec["components"]["schemas"]["MatchBody"]["example"]["products"]
