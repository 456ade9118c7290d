"""When a document is in force, as its own words say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from corpus.address import Address
from corpus.document import Document, Source, Term
from corpus.outline import Outline
from indexer.readings import Reading
from indexer.repeals import apply_repeals, read_repeals
from indexer.validity import read_term

OutlineOf = Callable[[str], Outline]

ISSUED = date(2025, 11, 1)
MEASURES = Document("a", "某市办法", Source("a.txt", "0"), ("某市办法",), issued=ISSUED)


def term_of(outline_of: OutlineOf, words: str, document: Document = MEASURES) -> Term:
    return read_term(document, outline_of(f"第一条 甲。\n第二条 {words}"))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        pytest.param(
            "本办法自2019年2月1日实施，有效期5年。",
            date(2019, 2, 1),
            date(2024, 2, 1),
            id="from-a-day-without-起",
        ),
        pytest.param(
            "以上措施自印发之日起实施，有效期至2026年底（另有规定的除外）。",
            ISSUED,
            date(2026, 12, 31),
            id="to-the-end-of-a-year",
        ),
        pytest.param(
            "本措施执行期暂定为自政策发布之日起至2026年6月30日。",
            ISSUED,
            date(2026, 6, 30),
            id="from-issue-to-a-day",
        ),
        pytest.param("本通知适用截止时间为2026年2月底。", None, date(2026, 2, 28), id="month-end"),
        pytest.param(
            "本政策执行期为自发布之日起的3个月。", None, date(2026, 2, 1), id="months-from-issue"
        ),
        pytest.param("通行证有效期为3个月，随车携带，到期更换。", None, None, id="of-a-permit"),
        pytest.param(
            "本办法自公布之日起30日后施行，有效期3年。",
            date(2025, 12, 1),
            date(2028, 12, 1),
            id="days-and-years",
        ),
        pytest.param("本办法自印发之日起施行。", ISSUED, None, id="at-once"),
        pytest.param(
            "本办法自发布之日起三十日后施行。", date(2025, 12, 1), None, id="chinese-days"
        ),
        pytest.param("本办法自公布之日起1个月后施行。", date(2025, 12, 1), None, id="months"),
        pytest.param("本办法自2026年1月1日起施行。", date(2026, 1, 1), None, id="day-stated"),
        pytest.param(
            "本办法自 2026 年 1 月 1 日起正式执行，有效期至2027年12月31日。",
            date(2026, 1, 1),
            date(2027, 12, 31),
            id="end-stated",
        ),
        pytest.param(
            "本办法自2024年2月29日起施行，试行期一年。",
            date(2024, 2, 29),
            date(2025, 2, 28),
            id="leap-day",
        ),
        pytest.param("有效期至2027年12月31日。", None, date(2027, 12, 31), id="only-an-end"),
        pytest.param("本办法由某局负责解释。", None, None, id="no-term"),
        pytest.param("项目自公布之日起3年内完成。", None, None, id="no-term-of-the-document"),
        pytest.param("本办法自2026年13月1日起施行。", None, None, id="no-such-day"),
    ],
)
def test_term(outline_of: OutlineOf, words: str, start: date | None, end: date | None):
    term = term_of(outline_of, words)
    assert (term.start, term.end, term.repealed) == (start, end, None)
    if start or end:
        assert [str(address) for address in term.basis] == ["a#art2"]


def test_working_days_are_not_counted_as_days(outline_of: OutlineOf):
    term = term_of(outline_of, "本办法自公布之日起10个工作日后施行。")
    assert term.start != date(2025, 11, 11)


def test_day_of_publication_counts_where_it_is_known(outline_of: OutlineOf):
    published = replace(MEASURES, published=date(2025, 11, 5))
    words = "本办法自公布之日起30日后施行。"
    assert term_of(outline_of, words, published).start == date(2025, 12, 5)
    assert "2025-11-05" in (term_of(outline_of, words, published).note or "")
    assert "公布日未见记载" in (term_of(outline_of, words).note or "")


def test_months_end_on_the_last_day_of_a_shorter_one(outline_of: OutlineOf):
    issued = replace(MEASURES, issued=date(2025, 10, 31))
    words = "本办法自公布之日起1个月后施行。"
    assert term_of(outline_of, words, issued).start == date(2025, 11, 30)


def test_unknown_day_of_publication_gives_no_start(outline_of: OutlineOf):
    undated = replace(MEASURES, issued=None)
    term = term_of(outline_of, "本办法自公布之日起30日后施行。", undated)
    assert (term.start, term.note) == (None, "未见公布日期，无法推算施行日")


def test_span_of_a_plan_is_its_title(outline_of: OutlineOf):
    plan = replace(MEASURES, title="某市三年行动计划（2022—2024年）")
    term = term_of(outline_of, "甲。", plan)
    assert (term.start, term.end) == (date(2022, 1, 1), date(2024, 12, 31))
    assert "规划期" in (term.note or "")


@pytest.mark.parametrize(
    "words",
    [
        "检测报告有效期为2年。",
        "考评合格的发给上岗证书，有效期3年。",
        "生产许可证分为正本和副本，有效期为5年。",
        "商标备案自准予之日起生效，有效期为10年。",
        "展会费用减半执行期限为2025年1月1日至2025年6月30日。",
    ],
)
def test_the_term_of_a_permit_is_not_that_of_the_text(outline_of: OutlineOf, words: str):
    term = term_of(outline_of, f"{words}本办法自2025年2月1日起施行。")
    assert (term.start, term.end) == (date(2025, 2, 1), None)


OLD = Document(
    "old",
    "某市办法",
    Source("o.txt", "0"),
    ("某市办法",),
    "甲发〔2023〕29号",
    issued=date(2023, 5, 1),
)
NEW = Document(
    "new", "某市办法（修订）", Source("n.txt", "0"), ("某市办法（修订）",), "甲发〔2024〕31号"
)
OTHER = Document("other", "某市条例", Source("x.txt", "0"), ("某市条例",), issued=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("words", "repealed"),
    [
        pytest.param("《某市办法》（甲发〔2023〕29号）同时废止。", {"old"}, id="by-number"),
        pytest.param("《某市办法》同时废止。", {"old"}, id="by-title"),
        pytest.param("《某市办法》（甲发〔2023〕30号）同时废止。", set(), id="another-number"),
        pytest.param("《某市暂行办法》同时废止。", set(), id="another-title"),
        pytest.param("按《某市办法》执行。", set(), id="only-named"),
        pytest.param(
            "《某市办法》《某市条例》同时废止。",
            {"old", "other"},
            id="two-titles",
        ),
    ],
)
def test_repeal_across_documents(outline_of: OutlineOf, words: str, repealed: set[str]):
    outline = outline_of(f"第一条 甲。\n第二条 本办法自2025年1月3日起施行，{words}")
    new = replace(NEW, term=read_term(NEW, outline), repeals=read_repeals(NEW, outline))
    documents = {d.id: d for d in (OLD, new, OTHER)}
    apply_repeals(documents)
    assert {d.id for d in documents.values() if d.term.repealed} == repealed
    for name in repealed:
        term = documents[name].term
        assert term.repealed == date(2025, 1, 3)
        assert Address.parse("new#art2") in term.basis
        assert documents[name].validity(date(2025, 1, 2)).status == "unknown"
        assert documents[name].validity(date(2025, 1, 3)).status == "repealed"


REAL = {
    "cqzfb-2019-52": (None, None, []),
    "cqzfb-2021-17": (date(2022, 1, 1), date(2024, 12, 31), ["notice"]),
    "cqgxq-2024-31": (date(2025, 1, 3), None, ["art16"]),
    "cqzfb-2025-56": (date(2025, 12, 1), date(2028, 12, 1), ["closing"]),
    "news-biocity": (None, None, []),
}


@pytest.mark.parametrize("name", REAL)
def test_term_of_a_real_source(sources: dict[str, Reading], name: str):
    term = sources[name].document.term
    assert (term.start, term.end, [str(a.path) for a in term.basis]) == REAL[name]


def test_interim_application_is_noted(sources: dict[str, Reading]):
    assert "2024-01-01至施行前参照执行" in (sources["cqgxq-2024-31"].document.term.note or "")


def test_missing_end_is_noted(sources: dict[str, Reading]):
    assert "没有写有效期" in (sources["cqgxq-2024-31"].document.term.note or "")


VERSIONS = {
    "as-first-adopted": (["（2007年6月29日通过）"], date(2008, 1, 1)),
    "amended-later": (
        ["（2007年6月29日通过", "根据2012年12月28日《关于修改〈某法〉的决定》修正）"],
        date(2012, 12, 28),
    ),
    "day-of-the-version-is-said": (
        ["2012年12月28日 修正", "2013年7月1日 施行"],
        date(2013, 7, 1),
    ),
}


@pytest.mark.parametrize(("head", "start"), VERSIONS.values(), ids=VERSIONS)
def test_version_is_in_force_from_its_amendment(
    outline_of: OutlineOf, head: list[str], start: date
):
    outline = outline_of("第一条 甲。\n第二条 本法自2008年1月1日起施行。")
    term = read_term(MEASURES, outline, head)
    assert term.start == start and [str(a) for a in term.basis] == ["a#art2"]
    assert (term.note is not None and "2008-01-01" in term.note) == (start > date(2008, 1, 1))


def test_what_is_changed_for_a_while_is_no_term_of_the_notice(outline_of: OutlineOf) -> None:
    words = "将第三条的标准由每人900元调整为每人1100元，执行至2025年12月31日。\n第三条 本通知自2025年11月5日起施行。"
    term = term_of(outline_of, words)
    assert (term.start, term.end) == (date(2025, 11, 5), None)
