"""Sets made by others: recognised, read, run through the real model, errors with their place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from corpus.address import Address
from corpus.errors import InputError
from eval.external import external_set
from eval.external.beir import BeirSet, read_qrels
from eval.external.ncp import NcpSet, holds_answer
from eval.external.passage_index import open_index
from eval.external.records import Record, read_records
from eval.measures import MEASURES
from eval.outcome import Found, Outcome
from eval.variant import DEFAULT, Variant
from server.assistant import Assistant
from server.settings import Settings

NCP = Path(__file__).resolve().parents[3] / "shared" / "data" / "ncp-policies"

PASSAGES = [
    {
        "_id": "公园/1#a b",
        "title": "公园规定",
        "text": "公园每天早上六点整准时开门。晚上十点关门，之后不得入内。",
    },
    {"_id": "library", "title": "图书馆规定", "text": "每人最多借阅五册图书"},
    {"_id": "pool", "title": "", "text": "泳池水深一米二，儿童须由成人陪同"},
    {"_id": "bus", "title": "公交车票价两元", "text": ""},
    {"_id": "blank", "title": "", "text": " "},
]
QUERIES = [
    {"_id": "q1", "text": "公园几点关门？"},
    {"_id": "q2", "text": "图书馆能借几册书？"},
    {"_id": "q3", "text": "坐公交车多少钱？"},
    {"_id": "q4", "text": "没有标注的问题"},
    {"_id": "q5", "text": "只有零分的问题"},
]
QRELS = """query-id\tcorpus-id\tscore
q1\t公园/1#a b\t2
q1\tlibrary\t1
q2\tlibrary\t1
q3\tbus\t1
q5\tbus\t0
"""
TEXTS = [
    {
        "id": "aa11",
        "title": "某市稳岗办法",
        "text": "第一条 为了稳定岗位，制定本办法。\n第二条 对不裁员的企业，返还50%的失业保险费。\n"
        "第三条 困难企业可以缓缴社会保险费，期限不超过6个月。",
    },
    {
        "id": "bb#22",
        "title": "某县复工通知",
        "text": "各企业自2月10日起复工，复工前应当报备。",
    },
]
ASKED = [
    {
        "id": "n1",
        "text": "不裁员的企业返还多少失业保险费？",
        "answer": "对不裁员的企业，返还 ５０％的失业保险费",
        "answer_verbatim_in_doc": True,
        "doc": "aa11",
    },
    {
        "id": "n2",
        "text": "企业什么时候复工？",
        "answer": "二月十日",
        "answer_verbatim_in_doc": False,
        "doc": "bb#22",
    },
]

Lines = Sequence[Mapping[str, Any]]


def write_lines(path: Path, records: Lines) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")


def write_set(folder: Path, corpus: Lines, queries: Lines, **qrels: str) -> Path:
    folder.mkdir(parents=True)
    write_lines(folder / "corpus.jsonl", corpus)
    write_lines(folder / "queries.jsonl", queries)
    for split, text in qrels.items():
        (folder / "qrels").mkdir(exist_ok=True)
        (folder / "qrels" / f"{split}.tsv").write_text(text, "utf-8")
    return folder


# The models are those of the session, the indexes are this module's own.
@pytest.fixture(scope="module")
def settings(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(Settings().models)
    return Settings().model_copy(update={"home": home})


Run = tuple[Assistant, dict[str, Outcome]]


def ask(folder: Path, settings: Settings, variant: Variant = DEFAULT) -> Run:
    questions = external_set(folder)
    assert questions is not None
    told: list[tuple[int, int]] = []
    day = date(2026, 11, 24)
    opened, outcomes = questions.run(settings, variant, day, lambda *done: told.append(done))
    assert told == [(n, len(outcomes)) for n in range(1, len(outcomes) + 1)]
    return opened, {outcome.id: outcome for outcome in outcomes}


@pytest.fixture(scope="module")
def tiny_beir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("sets") / "tiny", PASSAGES, QUERIES, test=QRELS)


@pytest.fixture(scope="module")
def beir(tiny_beir: Path, settings: Settings) -> Run:
    return ask(tiny_beir, settings)


@pytest.fixture(scope="module")
def ncp(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Run:
    return ask(write_set(tmp_path_factory.mktemp("sets") / "policies", TEXTS, ASKED), settings)


def test_only_judged_questions_are_asked(beir: Run) -> None:
    _, outcomes = beir
    assert set(outcomes) == {"q1", "q2", "q3"}
    assert {(o.set, o.type, o.status, o.expected_status) for o in outcomes.values()} == {
        ("tiny", "tiny", "", "")
    }


def test_passages_are_found_under_ids_that_lead_back(beir: Run) -> None:
    opened, outcomes = beir
    assert outcomes["q1"].expected == ("公园%2F1%23a%20b", "library")
    assert unquote(outcomes["q1"].expected[0]) == "公园/1#a b"
    first = Address.parse(outcomes["q1"].found[0].address)
    assert first.document == outcomes["q1"].expected[0]
    assert opened.index.clause(first)[1].text == PASSAGES[0]["text"]
    assert outcomes["q1"].found[0].found_by
    assert outcomes["q1"].times["retrieve"] == outcomes["q1"].times["total"] > 0
    # An entry with a title alone is searched by it, one without a word is not there.
    assert Address.parse(outcomes["q3"].found[0].address).document == "bus"
    assert [d.id for d in opened.index.documents if d.id in ("bus", "blank")] == ["bus"]


def test_grades_count(beir: Run) -> None:
    values = beir[1]["q1"].values
    assert values["success@1"] == values["mrr"] == values["recall@100"] == 1.0
    assert values["recall@1"] == 0.5
    rank = [Address.parse(f.address).document for f in beir[1]["q1"].found].index("library") + 1
    # 2 for the first place, 1 for the other, discounted; were grades not told apart, 1 at both.
    log = {2: 1.584962500721156, 3: 2.0, 4: 2.321928094887362}
    assert values["ndcg@10"] == pytest.approx((2 + 1 / log[rank]) / (2 + 1 / log[2]))
    assert set(values) <= set(MEASURES)


class _Counting:
    """The real embedder, counting what it is asked to embed."""

    def __init__(self, embedder: Any) -> None:
        self.name, self.dimension, self.embed_query = (
            embedder.name,
            embedder.dimension,
            embedder.embed_query,
        )
        self._embedder, self.embedded = embedder, 0

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Any:
        self.embedded += len(texts)
        return self._embedder.embed_passages(texts, progress)


def test_an_index_is_kept_and_one_of_older_code_gives_its_vectors(
    tiny_beir: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.embedder import open_embedder

    embedder = _Counting(open_embedder(settings.embedder, settings.models))
    records = list(read_records(tiny_beir / "corpus.jsonl", "_id", ("text",), ("title",)))
    built = open_index(records, tiny_beir, tmp_path, embedder)
    once = embedder.embedded
    # Each passage as a whole, and each of its sentences; equal texts once.
    assert once == len({text for p in built.passages for text in (p.whole, *p.pieces)})
    again = open_index(records, tiny_beir, tmp_path, embedder)
    assert again.manifest.built == built.manifest.built
    monkeypatch.setattr("eval.external.passage_index.code_digest", lambda: "other code")
    newer = open_index(records, tiny_beir, tmp_path, embedder)
    assert newer.manifest.fingerprint != built.manifest.fingerprint
    assert (newer.sentences.vectors == built.sentences.vectors).all()
    assert embedder.embedded == once
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [
        path.name for path in tmp_path.glob("tiny-*")
    ]


def test_a_variant_is_honoured(tiny_beir: Path, settings: Settings, beir: Run) -> None:
    _, outcomes = ask(tiny_beir, settings, Variant(without=("dense",)))
    finders = {name for o in outcomes.values() for hit in o.found for name in hit.found_by}
    assert finders <= {"lexical", "heading"} and "lexical" in finders
    assert any("dense" in hit.found_by for o in beir[1].values() for hit in o.found)


def test_ncp_texts_are_read_as_documents(ncp: Run, settings: Settings) -> None:
    opened, outcomes = ncp
    assert {d.id: d.title for d in opened.index.documents} == {
        "aa11": "某市稳岗办法",
        "bb%2322": "某县复工通知",
    }
    assert outcomes["n2"].expected == ("bb%2322",)
    assert len(opened.index.readings["aa11"].outline.articles) == 3
    assert outcomes["n1"].found[0].address == "aa11#art2"
    assert Path(opened.index.manifest.corpus).parent == (settings.home / "eval").resolve()


def test_ncp_values(ncp: Run) -> None:
    outcomes = ncp[1]
    right = {f"verbatim@{k}": 1.0 for k in (1, 3, 5, 10)}
    assert right.items() <= outcomes["n1"].values.items()
    assert not any(name.startswith("verbatim") for name in outcomes["n2"].values)
    for outcome in outcomes.values():
        assert outcome.values["document_success@1"] == outcome.values["document_mrr"] == 1.0
        assert set(outcome.values) <= set(MEASURES)


@pytest.mark.parametrize(
    ("answer", "found", "held"),
    [
        pytest.param("返还50%的失业保险费", ["aa11#art2"], True, id="in one clause"),
        pytest.param("返还50%的失业保险费", ["aa11#art1"], False, id="in none"),
        pytest.param(
            "返还50%的失业保险费。第三条 困难企业可以缓缴",
            ["aa11#art3", "aa11#art2"],
            True,
            id="in two",
        ),
        pytest.param(
            "制定本办法。第三条 困难企业", ["aa11#art1", "bb%2322#para1"], False, id="torn"
        ),
        pytest.param("返还50%的失业保险费", [], False, id="nothing found"),
    ],
)
def test_holds_answer(ncp: Run, answer: str, found: list[str], held: bool) -> None:
    hits = [Found(address, 1.0) for address in found]
    assert holds_answer(answer, hits, ncp[0].index.readings) is held


def test_a_question_that_is_none_scores_zero(tmp_path: Path, settings: Settings) -> None:
    queries = [QUERIES[0], {"_id": "q2", "text": "长" * 3000}]
    folder = write_set(tmp_path / "tiny", PASSAGES, queries, test=QRELS.split("q3")[0])
    outcome = ask(folder, settings)[1]["q2"]
    assert outcome.error
    assert outcome.values.pop("errors") == 1.0
    assert set(outcome.values.values()) == {0.0}


def test_other_folders_are_none(tmp_path: Path) -> None:
    assert external_set(tmp_path) is None
    write_lines(tmp_path / "corpus.jsonl", PASSAGES)
    assert external_set(tmp_path) is None
    assert external_set(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    ("splits", "split", "chosen"),
    [
        (("test", "dev", "train"), None, "test"),
        (("train", "dev"), None, "dev"),
        (("train",), None, "train"),
        (("test", "dev"), "dev", "dev"),
        (("train", "other"), None, None),
        (("test",), "dev", None),
    ],
)
def test_split(
    tmp_path: Path, splits: tuple[str, ...], split: str | None, chosen: str | None
) -> None:
    folder = write_set(tmp_path / "s", PASSAGES, QUERIES, **dict.fromkeys(splits, QRELS))
    if chosen is None:
        with pytest.raises(InputError, match="/ no one such"):
            external_set(folder, split)
    else:
        questions = external_set(folder, split)
        assert isinstance(questions, BeirSet)
        assert questions.qrels == folder / "qrels" / f"{chosen}.tsv"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(b"{", "Expecting", id="no JSON"),
        pytest.param(b"[1]", "not a JSON object", id="a list"),
        pytest.param(b'{"text": "a"}', "'id'", id="no id"),
        pytest.param(b'{"id": " ", "text": "a"}', "no id", id="a blank id"),
        pytest.param(b'{"id": "b"}', "'text'", id="no text"),
        pytest.param(b'{"id": "b", "text": 1}', "'text'", id="text that is none"),
        pytest.param(b'{"id": "a", "text": "b"}', "in line 1", id="an id twice"),
        pytest.param(b'{"id": "b", "text": "\\ud800"}', "surrogates", id="half a character"),
        pytest.param(b'{"id": "b", "text": "\xff"}', "utf-8", id="bytes that are no text"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, line: bytes, said: str) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_bytes(b'{"id": "a", "text": "a"}\n\n' + line + b"\n")
    with pytest.raises(InputError, match=said) as error:
        list(read_records(path, "id", ("text",)))
    assert f"{path}:3: " in error.value.message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("q1\tp1", "corpus-id"),
        ("q1\tp1\tgood", "score"),
        ("q1\t0\tp1\t1", "corpus-id"),
        ("q1\tp9\t1", "no such id: p9"),
        ("q#9\tp1\t1", "no such id: q#9"),
    ],
)
def test_bad_judgements_are_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "test.tsv"
    path.write_text(f"query-id\tcorpus-id\tscore\nq1\tp1\t1\n{line}\n", "utf-8")
    with pytest.raises(InputError, match=said) as error:
        read_qrels(path, {"q1"}, {"p1"})
    assert f"{path}:3: " in error.value.message


def test_judgements_need_no_header(tmp_path: Path) -> None:
    path = tmp_path / "test.tsv"
    path.write_bytes(b"q1\tp1\t1\r\n")
    assert read_qrels(path, {"q1"}, {"p1"}) == {"q1": {"p1": 1}}


def test_an_answer_in_an_unknown_text_is_an_error(tmp_path: Path, settings: Settings) -> None:
    folder = write_set(tmp_path / "n", TEXTS, [ASKED[0] | {"doc": "cc33"}])
    with pytest.raises(InputError, match=r"queries\.jsonl:1: .*cc33"):
        ask(folder, settings)


@pytest.mark.parametrize("name", ["2024/31#a", "50%", "%23", " a\tb", "长：名", "a?*b"])
def test_safe_names_lead_back(name: str) -> None:
    safe = Record.safe(name)
    assert unquote(safe) == name
    assert not set(safe) & set("#/ \t?*")


@pytest.mark.skipif(not NCP.is_dir(), reason=f"ncp-policies is not at {NCP}")
def test_ncp_policies_are_recognised() -> None:
    found = external_set(NCP)
    assert isinstance(found, NcpSet)
    assert found.name == "ncp-policies"
