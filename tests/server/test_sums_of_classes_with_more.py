"""Things of several classes that are counted, with more for some of them, told in sentences of one paragraph."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """柏川市人民政府关于印发《柏川市支持医疗器械产业若干措施》的通知
柏川政发〔2025〕3号
柏川市支持医疗器械产业若干措施
第一条 支持产品注册。对首次取得第三类医疗器械注册证的产品，每个给予80万元奖励；对首次取得第二类医疗器械注册证的无菌产品，每个给予25万元奖励。列入国家优先审批目录的产品，每个另行给予40万元奖励。同一企业每年获得本条奖励最高不超过450万元。第二类体外诊断试剂不在奖励范围内。
第二条 支持产品出口。对取得境外上市许可的医疗器械，每个产品给予30万元奖励。
第三条 支持产品延续。首次取得第二类、第三类医用软件注册证的，分别按每个产品10万元、30万元给予奖励。注册证延续和变更注册不在奖励范围内。
第四条 本措施自2025年2月1日起施行，有效期5年。
柏川市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们今年首次拿到2个三类医疗器械注册证和3个无菌二类注册证，其中一个三类产品列入了国家优先审批目录，合计能拿多少？",
            "最高275万元", "160万元 + 75万元 + 40万元 = 275万元", id="more-for-one",
        ),
        pytest.param(
            "今年首次取得三类注册证2个、二类无菌产品注册证4个，一共奖励多少？",
            "最高260万元", "160万元 + 100万元 = 260万元", id="counts-behind",
        ),
        pytest.param(
            "企业首次取得5个三类注册证和3个二类无菌注册证，一共奖励多少？",
            "最高450万元", "475万元 超过每年上限450万元，按450万元", id="limit",
        ),
        pytest.param(
            "企业首次拿到3个二类无菌注册证，能拿多少奖励？",
            "最高75万元", "3个 × 25万元 = 75万元", id="one-class",
        ),
        pytest.param(
            "首次取得2个三类医用软件注册证、3个二类医用软件注册证，一共奖励多少？",
            "90万元", "60万元 + 30万元 = 90万元", id="a-word-of-what-is-shut-out",
        ),
    ],
)  # fmt: skip
def test_each_class_at_its_own_amount(
    works: Assistant, question: str, display: str, line: str
) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("首次拿到2个三类注册证、2个二类体外诊断试剂注册证，奖励多少？", id="excluded"),
        pytest.param(
            "首次拿到2个三类注册证，延续注册了3个二类证，一共奖励多少？", id="not-the-first"
        ),
        pytest.param("企业首次拿到2个一类器械注册证，能拿多少奖励？", id="no-such-class"),
    ],
)
def test_no_sum_for_what_is_of_no_class(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
