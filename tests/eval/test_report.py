"""The report in a real browser: what a reader finds, and what a hostile text cannot do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval.compare import compare
from eval.measures import MEASURES
from eval.outcome import Found, Outcome
from eval.report import plots, tables
from eval.report.clauses import Clauses, counts
from eval.report.drawing import plain
from eval.report.html import write_html
from eval.report.marking import marked, number, spelled
from eval.report.questions import failure_kinds, has_failed
from eval.report.tables import OURS, baseline_rows
from eval.runs import BaselineRun, Run
from eval.workbench import Evaluation
from server.assistant import Assistant

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

EVIL = "</summary></details><script>window.hacked = 1</script><img src='http://example.invalid/x'>"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 800}
SWEEP = (
    {"variant": "default", "run": "a", "right": 0.9, "difference": 0.0, "p": 1.0},
    {"variant": "without lexical", "run": "b", "right": 0.7, "difference": -0.2, "p": 0.0001},
)


def handmade(evaluation: Evaluation) -> tuple[Outcome, ...]:
    """Outcomes that a good product seldom gives: hostile text, an error, a refusal, a bare search."""
    first = next(o for o in evaluation.run.outcomes if o.quotes and o.facts and o.values["right"])
    zeros = dict.fromkeys(first.values, 0.0)
    return (
        replace(
            first, id="hostile", question=EVIL, conversation=(EVIL,), note=EVIL, answer=f"{EVIL}99万",
            unsupported=("99",), values={**first.values, "unsupported_figures": 1.0, "right": 0.0},
        ),
        replace(
            first, id="broken", status="error", error="模型不在 / no model", answer="", found=(),
            cited=(), quotes={}, values={**zeros, "errors": 1.0}, confidence=None, forced=None,
            times={}, missing=tuple(fact[0] for fact in first.facts),
        ),
        replace(
            first, id="unanswered", status="refused", answer="无", cited=(), quotes={},
            missing=(first.facts[0][0],),
            values={**first.values, "status_accuracy": 0.0, "right": 0.0, "citation_recall": 0.0},
        ),
        Outcome(
            "elsewhere", "x", "中文名$\\frac{x}$", "别处的问题", "", "", expected=("no address",),
            found=(Found("一号文件", 0.5, ("dense",)),),
            values={"document_recall@5": 0.0, "document_recall@1": 0.0, "errors": 0.0},
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def run(evaluation: Evaluation) -> Run:
    outcomes = (*evaluation.run.outcomes, *handmade(evaluation))
    half = {
        o.key: {name: value / 2 for name, value in o.values.items() if "@" in name}
        for o in evaluation.run.outcomes
        if o.expected
    }
    baselines = (
        BaselineRun("bm25", "只用BM25 / BM25 alone", 180, half, 2.5),
        BaselineRun("peer", "同类产品 / a peer", problem="未安装 / not installed"),
    )
    return replace(evaluation.run, outcomes=outcomes, baselines=baselines)


@pytest.fixture(scope="module")
def report(run: Run, evaluation: Evaluation, tmp_path_factory) -> Path:
    worse = tuple(
        replace(o, values={**o.values, "right": 1.0 - o.values["right"]}) if row == 1 else o
        for row, o in enumerate(run.outcomes)
    )
    comparison = compare(replace(run, name="before", outcomes=worse), run).as_json()
    assert comparison["lost"] or comparison["gained"]
    path = tmp_path_factory.mktemp("report") / "report.html"
    return write_html(run, evaluation.assistants, path, comparison, SWEEP)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, report):
    """Open the report; nothing may be asked of the network nor stand in the console."""
    contexts, complaints, requests = [], [], []

    def _open(viewport=WIDE, **options) -> sync_api.Page:
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(report.as_uri())
        return page

    yield _open
    for context in contexts:
        context.close()
    assert complaints == []
    assert requests == [report.as_uri()] * len(contexts)


def visible(page: sync_api.Page) -> int:
    return page.locator(".q:visible").count()


@in_browser
def test_failures_are_listed_and_all_questions_by_a_switch(open_page, run: Run) -> None:
    page = open_page()
    failed = sum(map(has_failed, run.outcomes))
    assert failed <= visible(page) < len(run.outcomes)
    page.check("[name=all]")
    assert visible(page) == len(run.outcomes)
    assert page.inner_text("#count") == f"{len(run.outcomes)} / {len(run.outcomes)}"


@in_browser
@pytest.mark.parametrize("kind", ["status", "facts", "citations", "figures", "retrieval", "error"])
def test_the_filter_by_kind_shows_all_of_that_kind(open_page, run: Run, kind: str) -> None:
    page = open_page()
    page.check("[name=all]")
    page.select_option("[name=kind]", kind)
    expected = sum(kind in failure_kinds(o) for o in run.outcomes)
    assert visible(page) == expected > 0


@in_browser
def test_filters_by_type_set_change_and_text_work_together(open_page, run: Run) -> None:
    page = open_page()
    page.check("[name=all]")
    page.select_option("[name=type]", run.outcomes[0].type)
    assert visible(page) == sum(o.type == run.outcomes[0].type for o in run.outcomes)
    page.select_option("[name=set]", "elsewhere")
    assert visible(page) == 0
    assert page.locator("#nothing").is_visible()
    page.select_option("[name=type]", "")
    assert visible(page) == 1
    page.select_option("[name=set]", "")
    page.select_option("[name=move]", ["lost", "gained"][run.outcomes[1].values["right"] == 1.0])
    assert visible(page) == 1
    page.select_option("[name=move]", "")
    page.fill("[name=text]", "别处 没有这个词")
    assert visible(page) == 0
    page.fill("[name=text]", "别处 问题")
    assert visible(page) >= 1


@in_browser
def test_a_clause_is_reached_from_a_question(open_page, report: Path) -> None:
    page = open_page()
    page.locator(".q:visible summary").first.click()
    link = page.locator(".q[open] .clauses a").first
    name = link.inner_text()
    link.click()
    block = page.locator(":target")
    assert block.locator(".ref").inner_text() == name
    assert block.locator(".text").inner_text()
    assert page.url.startswith(report.as_uri())


@in_browser
def test_every_link_and_id_of_the_page_is_sound(open_page) -> None:
    page = open_page()
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll('a, use')].map(
            a => a.getAttribute('href') || a.getAttribute('xlink:href')
        ).filter(href => !href.startsWith('#') || !document.getElementById(href.slice(1)))"""
        )
        == []
    )
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(node => node.id)")
    assert len(ids) == len(set(ids))


@in_browser
def test_a_link_opens_a_question_that_the_filter_hides(open_page) -> None:
    page = open_page()
    page.fill("[name=text]", "no such words")
    assert visible(page) == 0
    page.locator(".moved a").first.click()
    page.locator(".q:target[open]").wait_for(state="visible")


@in_browser
def test_hostile_text_stays_text(open_page) -> None:
    page = open_page()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert EVIL in page.locator(".q .ask").all_text_contents()


@in_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scroll(open_page, scheme: str) -> None:
    page = open_page(NARROW, color_scheme=scheme)
    page.check("[name=all]")
    page.click("#unfold")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert (
        page.evaluate("Math.max(...[...document.querySelectorAll('svg')].map(s => s.clientWidth))")
        <= 460
    )


@in_browser
def test_texts_of_a_plot_do_not_overlap(open_page) -> None:
    page = open_page()
    assert page.locator("figure svg").count() == 6
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll('figure svg')].flatMap(svg => {
          const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
          return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([, q]) =>
            p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 4 && q.top < p.bottom - 4
          ).map(([b]) => `${a} | ${b}`));
        })"""
        )
        == []
    )


@in_browser
def test_print_shows_what_is_folded(open_page) -> None:
    page = open_page()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".q.failed .sides").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".q[open]").count() == 0


def test_the_file_is_small_and_the_same_again(
    run: Run, report: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    assert report.stat().st_size / len(run.outcomes) * 350 <= 4_000_000
    again = [write_html(run, evaluation.assistants, tmp_path / n).read_bytes() for n in "ab"]
    assert again[0] == again[1]


def test_a_report_without_assistants_or_answers_still_stands(run: Run, tmp_path: Path) -> None:
    searched = tuple(o for o in run.outcomes if o.set == "elsewhere")
    html = write_html(
        replace(run, outcomes=searched, baselines=()), {}, tmp_path / "r.html"
    ).read_text("utf-8")
    assert "no address" in html
    assert "一号文件" in html
    assert re.search(r'class="q failed"', html)


def test_a_baseline_stands_beside_our_own_over_the_same_questions(run: Run) -> None:
    ours, bm25, peer = baseline_rows(run)
    assert ours.name == OURS
    asked = [o.values["complete@5"] for o in run.outcomes if o.key in run.baselines[0].values]
    assert ours.values["complete@5"] == pytest.approx(sum(asked) / len(asked))
    assert bm25.values["complete@5"] == pytest.approx(ours.values["complete@5"] / 2)
    assert bm25.ahead is not None
    assert bm25.ahead.value == pytest.approx(ours.values["complete@5"] / 2, abs=1e-4)
    assert (peer.values, peer.problem) == ({}, "未安装 / not installed")


def test_where_no_baseline_ran_the_reason_stands(run: Run, tmp_path: Path) -> None:
    problem = run.baselines[1]
    html = write_html(replace(run, baselines=(problem,)), {}, tmp_path / "r.html").read_text(
        "utf-8"
    )
    assert str(problem.problem) in html


def test_clauses_are_looked_up_once(assistant: Assistant) -> None:
    clauses = Clauses({"a": assistant, "b": assistant})
    first = clauses.find("a", "cqgxq-2024-31#art6")
    assert first.reference.endswith("》第六条")
    assert first.text
    assert clauses.find("b", "cqgxq-2024-31#art6") is first
    assert clauses.find("c", "cqgxq-2024-31#art6").text == ""
    whole = clauses.find("a", "cqgxq-2024-31")
    assert whole.reference == first.document
    assert [clauses.find("a", name).reference for name in ("nowhere#art1", "a b")] == [
        "nowhere#art1",
        "a b",
    ]
    assert len(clauses.all()) == len({shown.anchor for shown in clauses.all()}) == 5


@pytest.mark.parametrize(
    ("expected", "found", "wanted"),
    [
        ("law#art4", "law#art4", True),
        ("law#art4", "law#art4.item1", True),
        ("law#art4", "law#art41", False),
        ("law#art4.item1", "law#art4", False),
        ("law", "law#art4", True),
        ("law", "law.old#art4", False),
    ],
)
def test_what_counts_as_expected(expected: str, found: str, wanted: bool) -> None:
    assert counts(expected, found) is wanted


def test_marks_ignore_white_space_and_escape_the_rest() -> None:
    text = "<b>最高 240 万\n元</b>，不超过2,000元，2000.5元"
    found = marked(text, {"fact": [spelled("240万元")], "bad": [number("2000")]})
    assert found == (
        '&lt;b&gt;最高 <mark class="fact">240 万\n元</mark>&lt;/b&gt;，不超过'
        '<mark class="bad">2,000</mark>元，2000.5元'
    )
    assert marked("[3]", {"bad": [number("3")]}) == "[3]"


def test_a_long_text_is_cut_around_its_first_mark() -> None:
    found = marked("甲" * 500 + "乙" + "丙" * 500, {"fact": [spelled("乙")]}, 100)
    assert found == f'…{"甲" * 40}<mark class="fact">乙</mark>{"丙" * 59}…'
    assert marked("甲" * 9, {}, 5) == "甲甲甲甲甲…"


def test_names_that_a_plot_cannot_print_become_numbers() -> None:
    assert plain("right", 1) == "right"
    assert plain("中文", 3) == "#3"
    assert plain("a" * 40, 1) == "a" * 19 + "..."


def test_measures_of_the_report_exist() -> None:
    names = {*tables._KEY, *tables._GROUPED, *tables._DECIDING, *plots._PER_TYPE}
    names |= {name for row in tables._BASELINE_MEASURES.values() for name in row}
    assert names <= set(MEASURES)
