"""A place that a question names: what is of other places is no answer, what is of none is said so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.build import build
from indexer.clause_index import ClauseIndex
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant

DAY = date(2026, 11, 29)
TEXTS = {
    "长沙市支持企业用工若干措施": "一、对新招用员工的企业，按每人600元给予一次性用工补助。\n二、由人社部门受理。",
    "湖北省支持企业用工若干措施": "一、企业新招员工的，每人给予一次性用工补助500元。\n二、由人社部门受理。",
    "西安市公园管理办法": "第一条 为规范公园管理，制定本办法。\n第二条 公园每日六时开放。",
    "关于培训补贴的通知": "一、组织员工参加岗前培训的企业，按每人300元给予培训补贴。\n二、由企业申请。",
}


def library(assistant: Assistant, folder: Path, further: int = 0) -> Assistant:
    (folder / "corpus").mkdir()
    more = {f"绿化养护规程第{n}号": f"一、第{n}号绿地每周浇水一次。" for n in range(further)}
    for title, text in (TEXTS | more).items():
        (folder / "corpus" / f"{title}.txt").write_text(f"{title}\n{text}\n", "utf-8")
    embedder = assistant.retriever.embedder
    build(folder / "corpus", folder / "index", embedder)
    index = ClauseIndex.open(folder / "index")
    return Assistant(index, Retriever(index, embedder))


@pytest.fixture(scope="module")
def small(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return library(assistant, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def large(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return library(assistant, tmp_path_factory.mktemp("large"), further=20)


def test_the_rules_of_the_place(small: Assistant) -> None:
    answer = small.ask(Query("长沙新招一名员工一次性用工补助多少", DAY))
    assert answer.status == "answered" and "600元" in answer.text and "500元" not in answer.text


def test_the_rules_of_other_places_are_no_answer(small: Assistant) -> None:
    answer = small.ask(Query("西安企业新招一名员工一次性用工补助多少", DAY))
    assert answer.status == "refused" and "元" not in answer.text


def test_what_does_not_say_whose_it_is(small: Assistant) -> None:
    answer = small.ask(Query("长沙企业岗前培训补贴每人多少", DAY))
    assert "300元" in answer.text
    assert any("没有写明是哪里的规定" in note and "长沙市" in note for note in answer.notes)


def test_a_refusal_of_a_large_library_names_the_nearest(large: Assistant) -> None:
    answer = large.ask(Query("西安出租车起步价多少", DAY))
    assert answer.status == "refused" and "共有 24 份文件" in answer.text
    listed = [line for line in answer.text.splitlines() if line.startswith("- 《")]
    assert listed[0] == "- 《西安市公园管理办法》" and len(listed) <= 5


def test_a_refusal_of_a_small_library_names_all(small: Assistant) -> None:
    answer = small.ask(Query("西安出租车起步价多少", DAY))
    assert all(title in answer.text for title in TEXTS)
