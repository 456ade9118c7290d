"""A clause that another document of the library changed is never stated as it was."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.testclient import TestClient

from corpus.document import Amendment
from retriever.query import Query
from server.app import create_app
from server.assistant import Assistant

BEFORE, AFTER = date(2024, 6, 1), date(2026, 11, 29)
OLD = """南山区支持总部企业发展若干政策
（南管发〔2022〕41号 2022年8月15日发布）
第一条 为支持总部企业发展，制定本政策。
第二条 支持总部企业落户。
（一）对新引进的总部企业，给予500万元落户奖励。
（二）租用自用办公用房的，按实际租金的50%给予补贴，每月每平方米最高30元。
第三条 新入驻认定楼宇的企业，按装修费用的20%给予一次性补贴，最高50万元。
第四条 对区内企业新引进的博士，给予每月2000元租房补贴。
第五条 本政策自2022年9月1日起施行，有效期3年。
南山区管委会
"""
NEW = """南山区管委会关于修改和废止部分政策文件的通知
南管发〔2024〕29号
各有关企业：
经研究，决定对部分政策文件予以修改、废止。
一、对《南山区支持总部企业发展若干政策》（南管发〔2022〕41号）作出修改
（一）将第二条第（一）项修改为：“对新引进的总部企业，给予800万元落户奖励。”第（二）项不作修改。
（二）删去第三条。
（三）将第四条中的“每月2000元”修改为“每月2500元”。
（四）将第五条中的“有效期3年”修改为“有效期至2027年8月31日”。
二、废止下列文件
（一）《南山区鼓励企业上市暂行办法》（南管发〔2019〕33号）；
（二）《南山区服务外包产业扶持政策》（南管发〔2020〕17号）。
三、施行
（一）本通知自2024年10月1日起施行。
（二）此前已获批准的补贴，按原标准执行至2024年12月31日。
附件：清理情况一览表
序号 文件名称 清理结果
1 总部企业若干政策 修改
南山区管委会
2024年9月12日
"""


@pytest.fixture(scope="module")
def changed(assistant_over) -> Assistant:
    return assistant_over(old=OLD, new=NEW)


def test_what_is_done_to_which_clause(changed: Assistant) -> None:
    document = changed.index.document("old")
    assert [(str(c.path), c.kind, str(c.by.path)) for c in document.changes] == [
        ("art2.item1", "replaced", "sec1.item1"),
        ("art3", "deleted", "sec1.item2"),
        ("art4", "replaced", "sec1.item3"),
        ("art5", "replaced", "sec1.item4"),
    ]
    assert {c.since for c in document.changes} == {date(2024, 10, 1)}
    amends = changed.index.document("new").amends
    assert amends[2] == Amendment(
        document.title, "南管发〔2022〕41号", "第四条", "replaced", amends[2].by, "每月2000元", "每月2500元"
    )  # fmt: skip


def test_the_terms_of_both(changed: Assistant) -> None:
    old, new = changed.index.document("old"), changed.index.document("new")
    assert (old.term.start, old.term.end) == (date(2022, 9, 1), date(2027, 8, 31))
    assert old.validity(AFTER).status == "in_force"
    # Neither the words put into the other text nor what goes on for a while is its own term.
    assert (new.term.start, new.term.end) == (date(2024, 10, 1), None)
    assert (old.doc_number, new.issued) == ("南管发〔2022〕41号", date(2024, 9, 12))


@pytest.mark.parametrize(
    ("question", "first", "then"),
    [
        ("新引进的总部企业落户奖励多少", "给予800万元落户奖励", "原条文：对新引进的总部企业"),
        ("引进博士的租房补贴每月多少", "修改为“每月2500元”", "原条文：对区内企业新引进的博士"),
        ("入驻楼宇装修有补贴吗", "删去第三条", "原条文：新入驻认定楼宇的企业"),
    ],
)
def test_the_change_comes_first(changed: Assistant, question: str, first: str, then: str) -> None:
    answer = changed.ask(Query(question, AFTER))
    assert answer.text.startswith("修改：《南山区支持总部企业发展若干政策》（南管发〔2022〕41号）")
    assert answer.notes[0].startswith("修改：") and answer.text.count(answer.notes[0]) == 1
    assert 0 < answer.text.index(first) < answer.text.index(then)
    assert not answer.trace.problems


def test_before_its_day_the_clause_stands_as_it_was(changed: Assistant) -> None:
    answer = changed.ask(Query("新引进的总部企业落户奖励多少", BEFORE))
    assert "500万元" in answer.text and "原条文" not in answer.text


def test_nothing_is_worked_out_by_what_no_longer_holds(changed: Assistant) -> None:
    asked = Query("我们新引进了2名博士，租房补贴一个月一共多少钱", AFTER)
    answer = changed.ask(asked)
    assert answer.calculation is None and "4000" not in answer.text
    unchanged = changed.ask(
        Query("总部企业租办公用房1000平方米，每月每平方米50元，一个月补多少", AFTER)
    )
    assert "原条文" not in unchanged.text


def test_the_list_of_what_was_repealed(changed: Assistant) -> None:
    answer = changed.ask(Query("南管发〔2024〕29号废止了哪几个文件", AFTER))
    said = [text for text, _ in answer.claims]
    assert said[:2] == [
        "废止：《南山区鼓励企业上市暂行办法》（南管发〔2019〕33号）。",
        "废止：《南山区服务外包产业扶持政策》（南管发〔2020〕17号）。",
    ]


def test_the_page_and_the_interface_tell(changed: Assistant) -> None:
    with TestClient(create_app(changed)) as client:
        page = client.get("/documents/old").text
        clause = client.get("/api/clauses/old%23art4").json()
    assert "4 处已被其他文件修改" in page and "/documents/new#sec1.item2" in page
    assert [c["by"] for c in clause["changes"]] == ["new#sec1.item3"]
    assert clause["text"] == "对区内企业新引进的博士，给予每月2000元租房补贴。"
