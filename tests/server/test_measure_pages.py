"""Pages on measures as a browser without script gets them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

DAY = "2026-11-24"
PLATFORM = "cqgxq-2024-31#art11.item1~1"
CARDS = ["cqgxq-2024-31#art5~1", "cqgxq-2024-31#art5~2"]


class Inline(HTMLParser):
    """Handlers, styles and code that stand in a page itself."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs) -> None:
        names = [name for name, _ in attrs]
        own = tag == "style" or (tag == "script" and "src" not in names)
        if own or "style" in names or any(name.startswith("on") for name in names):
            self.found.append(tag)


@pytest.fixture(scope="module")
def page(client):
    def _page(path: str, status: int = 200, **params) -> str:
        response = client.get(path, params=params, headers={"accept": "text/html"})
        assert response.status_code == status, response.text[:300]
        assert Inline(response.text).found == []
        return response.text

    return _page


def words(source: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", source))


def test_the_table_has_every_measure_with_its_clause(page, client) -> None:
    source = page("/measures", as_of=DAY)
    rows = client.get("/api/entitlements", params={"as_of": DAY}).json()["entitlements"]
    assert source.count('name="measure"') == len(rows)
    for row in rows:
        assert f'href="{row["url"]}"' in source
    assert f"{len(rows)} 项中 {len(rows)} 项" in words(source)


def test_filters_are_chips_and_the_export_keeps_them(page) -> None:
    source = page("/measures", area="重庆高新区", at_least="300", in_force="true", as_of=DAY)
    chips = re.findall(r'class="chip" href="([^"]+)"', source)
    assert len(chips) == 3
    assert all(unquote(chip).count("=") == 3 for chip in chips)
    (export,) = re.findall(r'href="(/api/entitlements/export[^"]*xlsx)"', source)
    assert "area=" in export and "in_force=true" in export
    shown = re.search(r"项中 (\d+) 项", words(source))
    assert shown and 0 < int(shown[1]) < 34


def test_sorted_rows_fall(page, client) -> None:
    source = page("/measures", sort="amount", order="down", in_force="true", as_of=DAY)
    assert 'aria-sort="descending"' in source
    first = re.findall(r'<td role="cell" data-l="数额与上限"[^>]*>(.*?)</td>', source)
    assert "1000万元" in first[0]
    assert "—" in first[-1]


def test_an_empty_table_says_which_filter_to_drop(page) -> None:
    text = words(page("/measures", stage="III期", subject="装修", as_of=DAY))
    assert "没有同时符合这些条件的措施" in text
    assert re.search(r"去掉“阶段：III期”，有 \d+ 项", text)


def test_a_wrong_filter_keeps_the_form(page) -> None:
    source = page("/measures", 400, at_least="很多")
    assert "请只填数字" in source
    assert 'value="很多"' in source


def test_both_readings_with_their_working(page) -> None:
    text = words(page("/calculator", measure=PLATFORM, base="6800", as_of=DAY))
    assert "另一种读法为 860万元" in text
    assert "1800万元 × 20% = 360万元" in text
    assert "第十一条第（一）项" in text
    assert "叠加" in text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "还差一项"),
        ("abc", "请只填数字"),
        ("-1", "请只填数字"),
        ("1e5", "请只填数字"),
        ("9" * 30, "请只填数字"),
    ],
)
def test_missing_and_wrong_figures_give_no_sum(page, value: str, said: str) -> None:
    source = page("/calculator", measure=PLATFORM, base=value, go="1")
    assert said in source
    assert 'class="fig"' not in source
    assert ('aria-invalid="true"' in source) == (said != "还差一项")


def test_thresholds_further_cases_and_ranges(page) -> None:
    short = words(
        page("/calculator", measure="cqgxq-2024-31#art11.item2~1", base="900", **{"bound-0": "200"})
    )
    assert "不能享受" in short
    raised = words(page("/calculator", **{"measure": CARDS[0], "case-0": "yes"}))
    assert "最高400万元" in raised
    rent = words(page("/calculator", measure="cqgxq-2024-31#art12.item2~1", base="80"))
    assert "至 80万元" in rent
    several = words(page("/calculator", **{"measure": CARDS[0], "case-0": "yes", "count": "3"}))
    assert "每次只算1个" in several


def test_every_measure_that_is_offered_can_be_worked_out(page, client, assistant) -> None:
    from server.calculating import calculated, can_be_calculated, inputs_of

    for document in assistant.index.documents:
        for row in assistant.index.entitlements[document.id]:
            if can_be_calculated(row):
                inputs = inputs_of(row, assistant.index)
                values = {
                    i.name: "3" for i in inputs if i.unit and i.role not in ("bound", "ceiling")
                }
                done = calculated(assistant.retriever, row, inputs, values)
                assert done.worked, (row.address, done)
                assert done.worked.unfounded is None


def test_measures_and_documents_side_by_side(page) -> None:
    text = words(page("/compare", measure=CARDS))
    assert "较高" in text and "单个品种一次性资金奖励200万元" in text
    both = words(
        page(
            "/compare", q="创新药III期临床试验研发投入", document=["cqgxq-2024-31", "cqzfb-2025-56"]
        )
    )
    assert "700万元" in both and "1000万元/项" in both and "口径不同" in both
    silent = words(
        page("/compare", q="自行装修GMP车间", document=["cqgxq-2024-31", "cqzfb-2025-56"])
    )
    assert "没有读到" in silent
    assert "请选两项或三项" in page("/compare", 400, measure=CARDS[:1])


@pytest.mark.parametrize(
    ("path", "params"),
    [("/calculator", {"measure": "none#art1~1"}), ("/calculator", {"measure": PLATFORM, "as_of": "x"}),
     ("/compare", {"measure": ["a", "b"]}), ("/compare", {"q": "药", "document": ["none", "x"]})],
)  # fmt: skip
def test_wrong_addresses_are_said_on_the_page(page, path: str, params: dict) -> None:
    assert "form-error" in page(path, 400, **params)


def test_a_profile_without_script(client) -> None:
    form = {
        "area": "重庆高新区", "kind": "器械企业", "product": ["三类医疗器械", ""],
        "stage": ["注册证", ""], "made": ["yes", ""], "as_of": DAY,
        "amount": ["固定资产投资额", ""], "value": ["1,200", ""], "unit": ["万元", "万元"],
    }  # fmt: skip
    source = client.post("/match", data=form, headers={"accept": "text/html"}).text
    assert "再答几个问题" in source
    names = re.findall(r'name="(a:[^"]+)" value="yes"', source)
    own = next(name for name in names if "#art5:" in name)
    again = client.post("/match", data=form | {own: "yes"}).text
    assert re.search(r"符合 <span class=\"num\">1</span>", again)
    assert f'type="hidden" name="{own}" value="yes"' in again


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"]
)
def test_what_is_filled_in_is_shown_as_text(page, client, evil: str) -> None:
    for path, name in (("/measures", "subject"), ("/compare", "q"), ("/calculator", "base")):
        extra = {"measure": PLATFORM} if name == "base" else {}
        assert evil not in page(path, **{name: evil}, **extra) or "{{" in evil
    source = client.post("/match", data={"area": evil, "text": evil, "product": evil}).text
    assert "<script>alert" not in source and "<img src=x" not in source


def test_a_form_that_is_none(client) -> None:
    assert (
        client.post("/match", content=b"\xff\xfe=1", headers={"accept": "text/html"}).status_code
        == 400
    )
    bad = client.post("/match", data={"amount": "研发费用", "value": "多"})
    assert bad.status_code == 400
    assert "金额有误" in bad.text
