"""Other pipelines over the same questions, for real: what they find is judged by one rule."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.address import Address
from eval.baselines import run_baselines
from eval.baselines.chunks import Chunk, cached_vectors, counts_for, fixed_size
from eval.outcome import Outcome
from eval.runs import BaselineRun
from eval.workbench import Evaluation
from server.settings import Settings

ARTICLE = Address.parse("cqgxq-2024-31#art6")


@pytest.fixture(scope="module")
def asked(evaluation: Evaluation) -> list[Outcome]:
    """A few questions of each set; the whole run is the report's."""
    answerable = [o for o in evaluation.run.outcomes if o.expected]
    return [o for n, o in enumerate(answerable) if n % 12 == 0]


@pytest.fixture(scope="module")
def found(evaluation: Evaluation, asked: list[Outcome]) -> dict[str, BaselineRun]:
    runs = run_baselines(asked, evaluation.assistants, Settings())
    return {run.name: run for run in runs}


def test_every_baseline_is_measured_as_the_product_is(found, asked) -> None:
    assert set(found) == {"bm25", "dense", "fixed", "langchain"}
    for run in found.values():
        assert run.problem is None
        assert run.units > 0
        assert run.p50_ms > 0
        assert set(run.values) == {o.key for o in asked}
        for outcome in asked:
            ranked = {name for name in outcome.values if "@" in name or "mrr" in name}
            assert set(run.values[outcome.key]) == ranked


def test_baselines_find_much_and_not_everything(found) -> None:
    for run in found.values():
        documents = [values["document_recall@10"] for values in run.values.values()]
        clauses = [values["success@1"] for values in run.values.values()]
        assert sum(documents) / len(documents) > 0.5, run.name
        assert 0.1 < sum(clauses) / len(clauses) < 1.0, run.name


def test_a_piece_counts_for_what_it_holds(assistant) -> None:
    index = assistant.index
    text = index.readings[ARTICLE.document].outline.text(ARTICLE.path)
    other = Address.parse("cqgxq-2024-31#art7")
    expected = {ARTICLE, other}

    def counted(words: str, document: str = ARTICLE.document) -> set[Address]:
        return counts_for(Chunk(document, words), expected, index)

    assert counted(f"前文。\n{text}\n后文") == {ARTICLE}
    assert counted("  ".join(text)) == {ARTICLE}
    assert counted(text[: len(text) * 2 // 3]) == {ARTICLE}
    assert counted(text[: len(text) // 4] + "全然无关的别的文字" * 20) == set()
    assert counted(text, "cqzfb-2025-56") == set()
    # A piece that lies wholly in a long clause is of that clause.
    assert counted(text[5:40]) == {ARTICLE}


def test_pieces_overlap_and_lose_nothing() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(1234))
    pieces = fixed_size(text)
    assert all(len(piece) <= 500 for piece in pieces)
    assert pieces[0] + "".join(piece[50:] for piece in pieces[1:]) == text
    assert fixed_size("短") == ["短"]


def test_vectors_are_kept_and_damage_is_mended(assistant, tmp_path: Path) -> None:
    embedder = assistant.retriever.embedder
    first = cached_vectors(["甲", "乙"], embedder, tmp_path)
    (kept,) = (tmp_path / "eval" / "chunks").iterdir()
    stamp = kept.stat().st_mtime_ns
    assert np.array_equal(cached_vectors(["甲", "乙"], embedder, tmp_path), first)
    assert kept.stat().st_mtime_ns == stamp
    kept.write_bytes(b"broken")
    assert np.allclose(cached_vectors(["甲", "乙"], embedder, tmp_path), first, atol=1e-5)


def test_a_disk_that_cannot_be_written_only_costs_time(assistant, tmp_path: Path) -> None:
    (tmp_path / "eval").write_text("a file where the folder should be")
    vectors = cached_vectors(["甲"], assistant.retriever.embedder, tmp_path)
    assert vectors.shape == (1, assistant.retriever.embedder.dimension)


def test_without_langchain_the_others_run(evaluation, asked, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_core.documents", None)
    runs = {run.name: run for run in run_baselines(asked[:1], evaluation.assistants, Settings())}
    assert runs["langchain"].problem == "未安装 / not installed: pip install 'tiaowen[peers]'"
    assert not runs["langchain"].values
    assert all(runs[name].values for name in ("bm25", "dense", "fixed"))


def test_without_the_sources_clauses_are_searched_still(evaluation, asked, tmp_path) -> None:
    name = asked[0].set
    whole = evaluation.assistants[name]
    manifest = replace(whole.index.manifest, corpus=str(tmp_path / "gone"))
    moved = replace(whole, index=replace(whole.index, manifest=manifest))
    runs = {run.name: run for run in run_baselines(asked[:1], {name: moved}, Settings())}
    assert "cannot read the file" in (runs["fixed"].problem or "")
    assert "cannot read the file" in (runs["langchain"].problem or "")
    assert runs["bm25"].values and runs["dense"].values


def test_only_questions_with_clauses_of_an_open_set_are_asked(evaluation, asked) -> None:
    refused = next(o for o in evaluation.run.outcomes if not o.expected)
    of_documents = replace(asked[0], id="x", expected=("cqgxq-2024-31",))
    told: list[tuple[str, int, int]] = []
    runs = run_baselines(
        [asked[0], refused, of_documents],
        evaluation.assistants,
        Settings(),
        lambda *step: told.append(step),
    )
    assert all(set(run.values) == {asked[0].key} for run in runs)
    assert told == [(f"{run.name} {asked[0].set}", 1, 1) for run in runs]
    assert run_baselines([refused], evaluation.assistants, Settings()) == ()
    assert run_baselines([asked[0]], {}, Settings()) == ()


def test_a_follow_up_is_asked_with_the_question_before(evaluation) -> None:
    name = "five-sources"
    read = evaluation.assistants[name].read
    follow_up = next(
        o
        for o in evaluation.run.outcomes
        if o.set == name and o.expected and read(o.question, o.conversation) != o.question
    )
    spelled_out = replace(
        follow_up, question=read(follow_up.question, follow_up.conversation), conversation=()
    )
    one, two = (
        [r.values for r in run_baselines([o], evaluation.assistants, Settings())]
        for o in (follow_up, spelled_out)
    )
    assert one == two


def test_langchain_reports_to_nobody_and_changes_no_environment(assistant, tmp_path) -> None:
    code = (
        "import os, socket, sys, threading\n"
        "def refuse(*a): raise AssertionError('the network was used')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "before = dict(os.environ)\n"
        "from pathlib import Path\n"
        "from eval.baselines.peer import langchain_search\n"
        "from server.assembly import open_assistant\n"
        "from server.settings import Settings\n"
        "a = open_assistant(Settings())\n"
        "size, search = langchain_search(a.index, a.retriever.embedder, Settings().home, 3)\n"
        "assert size > 3 and len(search('奖励多少？')) == 3\n"
        "assert os.environ.get('LANGSMITH_TRACING') == 'true'\n"
        "assert os.environ.get('LANGCHAIN_TRACING_V2') == before.get('LANGCHAIN_TRACING_V2')\n"
    )
    environment = os.environ | {"LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "none"}
    subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, check=True, timeout=120
    )


def test_langchain_is_needed_only_where_it_runs() -> None:
    code = "import sys, eval.command; sys.exit(any(m.startswith('langchain') for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], timeout=120)
    assert done.returncode == 0
