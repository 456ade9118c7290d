"""References in somebody's text, held against the five sources."""

from __future__ import annotations

from datetime import date

import pytest

from server.checking.checked import check_text
from server.checking.naming import Register

DAY = date(2026, 11, 29)
METHOD = "渝高新发〔2024〕31号"


@pytest.fixture(scope="module")
def register(assistant) -> Register:
    return Register(assistant.index)


@pytest.fixture(scope="module")
def verdicts(register):
    def _verdicts(text: str, day: date = DAY) -> list[str]:
        return [item.verdict for item in check_text(text, register, day).items]

    return _verdicts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"根据{METHOD}第五条，三类医疗器械注册证单个品种奖励200万元。", ["ok"]),
        (f"根据{METHOD}第五条，三类医疗器械注册证单个品种奖励300万元。", ["wrong_figure"]),
        (f"依据{METHOD}第七条，同位素药物给予一次性奖励0.015亿元。", ["ok"]),
        ("同位素药物给予一次性奖励150元（高新区办法第七条）。", ["wrong_figure"]),
        (f"按{METHOD}第七条，三类医疗器械注册证单个品种一次性资金奖励200万元。", ["wrong_article"]),
        ("渝府办发〔2025〕56号第（十）条、第（二十六）条。", ["ok", "no_such_clause"]),
        (
            "《关于促进重庆高新区生物医药产业发展的办法》（渝高新发〔2023〕29号）第五条",
            ["not_in_force"],
        ),
        ("按民法典第三条办理。《某市支持办法》第九条奖励5万元。", ["not_in_corpus"] * 2),
        ("第三条规定奖励5万元。", ["unsure"]),
        (f"二期临床按高新区办法第四条第（一）项补助20%，{METHOD}第四条第（九）项另有规定。", ["ok", "no_such_clause"]),
    ],
)  # fmt: skip
def test_verdicts(verdicts, text: str, expected: list[str]) -> None:
    assert verdicts(text) == expected


def test_a_wrong_figure_is_named_with_what_the_clause_says(register) -> None:
    (item,) = check_text(f"{METHOD}第九条按合同金额的5%给予奖励。", register, DAY).items
    (figure,) = item.figures
    assert (figure.text, figure.verdict) == ("5%", "wrong")
    assert "3%" in figure.stated and "3%" in item.explanation


def test_a_swapped_class_is_no_right_figure(verdicts) -> None:
    # 三类 has 200万元, 二类 less: the figure is in the clause, of another class.
    assert verdicts(f"{METHOD}第五条：第二类医疗器械注册证单个品种奖励200万元。") != ["ok"]


def test_a_quotation_is_held_to_every_character(register) -> None:
    quote = register.index.readings["cqgxq-2024-31"].outline.articles[5].text
    (item,) = check_text(f"高新区办法第六条规定：“{quote}”", register, DAY).items
    assert item.verdict == "ok"
    (item,) = check_text(
        f"高新区办法第六条规定：“{quote.replace('50万元', '80万元')}”", register, DAY
    ).items
    assert item.verdict == "misquoted"
    assert ("80万元", "50万元") in [(d.written, d.source) for d in item.passages[0].differences]


def test_a_limit_left_out_is_remarked(register) -> None:
    text = "高新区办法第十二条第（二）项：单个企业年补贴总额100万元。"
    (item,) = check_text(text, register, DAY).items
    assert item.verdict == "ok"
    assert any("上限" in remark for remark in item.remarks)
    kept = check_text(text.replace("100万元", "不超过100万元"), register, DAY).items[0]
    assert not kept.remarks


def test_what_the_writer_spent_is_not_held_against_the_clause(verdicts) -> None:
    text = f"我公司二期花了1250万元，按{METHOD}第四条第（一）项，1250万元 × 20% = 250万元。"
    assert verdicts(text) == ["ok"]
    assert verdicts(text.replace("20%", "30%").replace("250万元", "375万元")) == ["ok"]
    assert verdicts(text.replace("20%", "25%")) != ["ok"]


def test_validity_is_judged_on_the_day(verdicts) -> None:
    text = "根据《重庆国际生物城建设发展三年行动计划（2022—2024年）》，打造产业高地。"
    assert verdicts(text) == ["not_in_force"]
    assert verdicts(text, date(2023, 5, 1)) == ["ok"]
    assert verdicts(text.replace("根据", "已到期的")) == ["ok"]


def test_a_name_that_the_text_gives_itself_is_followed(register) -> None:
    text = (
        "《关于促进重庆高新区生物医药产业发展的办法（修订）》（以下简称《办法》）已施行。"
        "《办法》第六条支持中药，该办法第十八条没有。"
    )
    items = check_text(text, register, DAY).items
    found = [(str(i.place.address or ""), i.verdict) for i in items]
    assert found[1:] == [("cqgxq-2024-31#art6", "ok"), ("", "no_such_clause")]


def test_every_sentence_of_the_sources_passes(register) -> None:
    """Nothing that a clause says itself is called wrong."""
    for name in ("cqgxq-2024-31", "cqzfb-2025-56"):
        document = register.index.document(name)
        for clause in register.index.readings[name].outline:
            if clause.kind in ("article", "item") and clause.text:
                from corpus.wording import reference

                words = reference(document.title, document.doc_number, clause.path)
                for sentence in clause.text.split("。"):
                    items = check_text(f"根据{words}，{sentence}。", register, DAY).items
                    assert items[0].verdict == "ok", (sentence, items[0].explanation)
                    assert items[0].place.path == clause.path


def test_our_own_answer_pasted_back_is_right(ask, client) -> None:
    answer = ask("创新药二期花了1250万元，三期已启动，高新区能补多少？")
    assert answer["calculation"]["result"] == 2500000
    result = client.post(
        "/api/check", json={"text": answer["answer"], "as_of": "2026-11-24"}
    ).json()
    assert result["items"] and {i["verdict"] for i in result["items"]} == {"ok"}
    assert any(i["kind"] == "marker" for i in result["items"])
    changed = answer["answer"].replace("20%", "25%")
    result = client.post("/api/check", json={"text": changed, "as_of": "2026-11-24"}).json()
    assert result["summary"]["wrong"] > 0


def test_places_are_those_of_the_text(client) -> None:
    text = "前言。\n根据高新区办法第六条，奖励80万元。"
    body = client.post("/api/check", json={"text": text}).json()
    (item,) = body["items"]
    assert text[item["start"] : item["end"]] == item["text"] == "高新区办法第六条"
    (figure,) = item["figures"]
    assert text[figure["start"] : figure["end"]] == "80万元"
    assert body["summary"]["counts"]["wrong_figure"] == 1


@pytest.mark.parametrize(("text", "field"), [("  ", "text"), ("字" * 20_001, "text")])
def test_too_little_and_too_much_is_refused(client, text: str, field: str) -> None:
    response = client.post("/api/check", json={"text": text})
    assert response.status_code == 400
    assert response.json()["error"]["field"] == field


def test_the_page_marks_the_text_without_a_script(client) -> None:
    text = "<b>高新区办法第六条</b>奖励80万元，<script>alert(1)</script>"
    page = client.post("/check", files={"text": (None, text), "as_of": (None, "2026-11-29")})
    assert page.status_code == 200
    assert "<script>alert" not in page.text and "&lt;script&gt;" in page.text
    assert '<mark class="check-figure">80万元</mark>' in page.text
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert client.get("/check").status_code == 200
    assert client.post("/check", data={"text": ""}).status_code == 400


def test_the_command_fails_where_something_is_wrong(tmp_path, capsys) -> None:
    from server.cli import main

    file = tmp_path / "稿.txt"
    file.write_text("按高新区办法第六条，单个品种奖励80万元。", "utf-8")
    assert main(["check", str(file)]) == 1
    assert "50万元" in capsys.readouterr().out
    file.write_text("按高新区办法第六条，单个品种奖励50万元。", "utf-8")
    assert main(["check", str(file), "--json"]) == 0
    assert main(["check", str(tmp_path / "none")]) == 2


def test_a_hostile_text_takes_no_long_time(register) -> None:
    for text in (
        "“" * 10_000,
        "《" * 20_000,
        "第一条" * 6_000,
        "[1]" * 6_000,
        "高新区办法第五条" * 2_000,
    ):
        check_text(text, register, DAY)


def test_beside_other_references_a_figure_is_doubted_at_most(verdicts) -> None:
    text = f"{METHOD}第六条奖励80万元，渝府办发〔2025〕56号文件第（十）条奖励100万元。"
    assert verdicts(text) == ["unsure", "ok"]


def test_an_amount_for_each_item_is_the_same_amount(verdicts) -> None:
    assert verdicts("56号文第（三）条，III期临床最高支持1000万元。") == ["ok"]
    assert verdicts("按56号措施第（三）条，III期临床最高支持1000万元。") == ["ok"]
