"""``tiaowen bench parse`` on a small data folder of the known layout, with known differences."""

from __future__ import annotations

import io
import json
import random
import tarfile
from pathlib import Path

import pytest
from docx import Document

from eval.parse_bench.articles import breaks, headings_above, item_labels, paragraph_count
from eval.parse_bench.mutations import mutations_of, without_source
from eval.parse_bench.pairs import measure_pairs
from eval.parse_bench.real_files import expected_articles
from eval.parse_bench.result import unlike
from eval.parse_bench.timed import Shelf
from eval.parse_bench.trial import try_file
from indexer.read import entry_of_file, read_source
from server.cli import main

HEAD = ("甲省促进条例", "（2024年1月2日甲省人民代表大会常务委员会通过）")
BODY = (
    "第一章　总　则",
    "第一条　为了促进发展，制定本条例。",
    "第二条　有下列情形之一的，给予支持：",
    "（一）从事研究的；",
    "（二）从事生产的。",
    "前款支持每年一次。",
    "第二章　附　则",
    "第三条　本条例自2024年3月1日起施行。",
)
PATHS = (["第一章 总 则"], ["第一章 总 则"], ["第二章 附 则"])
LAWS = {
    "甲法_2024-01-02.txt": "甲法\n（2024年1月2日通过）\n第一条 甲。\n第二条 乙。\n第三条 自2024年3月1日起施行。\n",
    "乙法_2024-01-02.txt": "乙法\n（2024年1月2日通过）\n第一条 甲。\n第二条 乙。\n第四条 丁。\n",
}


def write_docx(path: Path, paragraphs: tuple[str, ...]) -> None:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def reference(name: str, title: str) -> dict:
    articles = [
        {"items": [], "n_paras": 1, "head": "为了促进发展，制定本条例。", "tail": "为了促进发展，制定本条例。"},
        {"items": ["（一）", "（二）"], "n_paras": 4, "head": "有下列情形之一的，给予支持：", "tail": "前款支持每年一次。"},
        {"items": [], "n_paras": 1, "head": "本条例自2024年3月1日起施行。", "tail": "本条例自2024年3月1日起施行。"},
    ]  # fmt: skip
    lengths = (13, 41, 17)
    numbers = ["第一条", "第二条", "第三条"]
    for number, path, chars, article in zip(numbers, PATHS, lengths, articles, strict=True):
        article |= {"no": number, "path": path, "chars": chars}
    return {
        "docx": f"docx/{name}",
        "title": title,
        "article_numbers": numbers,
        "articles": articles,
    }


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One document as its reference says, one whose reference names another item and heading."""
    folder = tmp_path_factory.mktemp("data")
    right, wrong = reference("a.docx", HEAD[0]), reference("b.docx", "乙省促进条例")
    wrong["articles"][1]["items"] = ["（一）", "（二）", "（三）"]
    for name, title in (("a.docx", HEAD[0]), ("b.docx", "乙省促进条例")):
        write_docx(folder / "flk-docx" / "docx" / name, (title, HEAD[1], *BODY))
    (folder / "flk-docx" / "truth.json").write_text(json.dumps([right, wrong]), "utf-8")
    (folder / "laws").mkdir()
    manifest = [
        {"file": f"national/{name}", "title": name[:2], "date": "2024-01-02", "n_articles": 3}
        | ({"valid_from": "2024-01-02"} if name.startswith("甲") else {})
        for name in LAWS
    ]
    lines = "\n".join(json.dumps(law, ensure_ascii=False) for law in manifest)
    (folder / "laws" / "manifest.jsonl").write_text(lines, "utf-8")
    with tarfile.open(folder / "laws" / "national.tar.xz", "w:xz") as archive:
        for name, text in LAWS.items():
            member = tarfile.TarInfo(f"national/{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    real = folder / "real-files"
    real.mkdir()
    (real / "c.txt").write_text("丙市办法\n第一条 甲。\n第二条 乙。\n", "utf-8")
    (real / "answer.txt").write_text("不是文件", "utf-8")
    rows = (
        "file\texpected\tnotes",
        "c.txt\t3 articles 第一条–第三条\t",
        "answer.txt\tground truth for the other\t",
    )
    (real / "manifest.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def result(data: Path) -> dict:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        only = "flk-docx,laws,real-files"
        assert main(["bench", "parse", "--data", str(data), "--only", only, "--json"]) == 0
    return json.loads(out.getvalue())


def differences(result: dict, part: str) -> list[tuple]:
    return [tuple(d.values()) for d in result["parts"][part]["differences"]]


def test_the_reference_of_docx_is_compared(result: dict):
    assert differences(result, "flk-docx") == [
        ("docx/b.docx", "第二条", "items", "（一）（二）（三）", "（一）（二）")
    ]
    figures = result["parts"]["flk-docx"]["figures"]
    assert figures["documents"] == 2 and figures["unreadable"] == 0
    assert figures["same_article_list"] == figures["titles_equal"] == 1.0
    assert figures["same_items"] == round(5 / 6, 5)
    rest = ("headings", "paragraphs", "head", "tail", "length")
    assert [figures[f"same_{aspect}"] for aspect in rest] == [1.0] * 5


def test_laws_are_compared_with_their_manifest(result: dict):
    assert differences(result, "laws") == [
        ("national/甲法_2024-01-02.txt", "", "valid_from", "2024-01-02", "2024-03-01")
    ]
    figures = result["parts"]["laws"]["figures"]
    assert (figures["files"], figures["articles"], figures["false_articles"]) == (2, 6, 0)
    assert figures["same_article_count"] == figures["titles_equal"] == 1.0
    # 第四条 behind 第二条 breaks the sequence, and a finding says so.
    assert figures["numbering_consecutive"] == 0.5
    assert figures["numbering_consecutive_or_explained"] == 1.0
    # 乙法 has no day of entry into force in its manifest.
    assert (figures["starts_compared"], figures["starts_equal"]) == (1, 0.0)
    assert (figures["days_compared"], figures["days_equal"]) == (2, 1.0)
    assert figures["articles_per_second"] > 0


def test_real_files_are_compared_with_the_words_of_their_manifest(result: dict):
    assert differences(result, "real-files") == [
        ("c.txt", "", "article_count", 3, 2),
        ("c.txt", "", "article_span", "1–3", "1–2"),
    ]
    rows = result["parts"]["real-files"]["rows"]
    assert [(row["file"], row["title"], row["clauses"]) for row in rows] == [
        ("c.txt", "丙市办法", 2)
    ]


def test_rates_are_told_for_each_format(result: dict):
    assert {name: rate["read"] for name, rate in result["rates"].items()} == {"docx": 2, "text": 3}


def test_tables_name_every_difference(data: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["bench", "parse", "--data", str(data), "--only", "flk-docx"]) == 0
    shown = capsys.readouterr()
    assert "docx/b.docx 第二条: （一）（二）（三） -> （一）（二）" in shown.out
    assert shown.err == ""


def test_unreadable_counts_as_wrong_in_every_share(data: Path, tmp_path: Path):
    (tmp_path / "flk-docx" / "docx").mkdir(parents=True)
    truth = json.loads((data / "flk-docx" / "truth.json").read_text("utf-8"))
    (tmp_path / "flk-docx" / "truth.json").write_text(json.dumps(truth[:1]), "utf-8")
    (tmp_path / "flk-docx" / "docx" / "a.docx").write_bytes(b"PK\x03\x04 no archive")
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        command = ["bench", "parse", "--data", str(tmp_path), "--only", "flk-docx", "--json"]
        assert main(command) == 0
    figures = json.loads(out.getvalue())["parts"]["flk-docx"]["figures"]
    shares = [v for k, v in figures.items() if k.startswith("same_")]
    assert figures["unreadable"] == 1 and shares == [0.0] * len(shares)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--data", "{}/none"], "truth.json", id="no-folder"),
        pytest.param(["--data", "{}"], "manifest.jsonl", id="empty-folder"),
        pytest.param(["--data", "{}", "--only", "laws"], "laws/manifest.jsonl", id="absent-part"),
    ],
)
def test_absent_data_is_wrong_use(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["bench", "parse", *(a.format(tmp_path) for a in arguments)]) == 2
    error = capsys.readouterr().err
    assert said in error and "--data DIR" in error and error.count("\n") == 1


def test_a_part_by_a_wrong_name_is_wrong_use(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "parse", "--only", "docx"])
    assert stopped.value.code == 2 and "flk-docx" in capsys.readouterr().err


def test_bench_names_its_parts_and_options(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0 and "parse" in said and "--sizes" in said


@pytest.mark.parametrize("sizes", ["", "many", "0", "1e9", "10,-1"])
def test_a_size_that_is_none_is_wrong_use(sizes: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "--sizes", sizes])
    assert stopped.value.code == 2 and "numbers of clauses" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        pytest.param("64 articles 第一条–第六十四条", (64, (1, 64)), id="count-and-span"),
        pytest.param("第三条—第十条", (8, (3, 10)), id="span-alone"),
        pytest.param("13 articles", (13, None), id="count-alone"),
        pytest.param("no 第X条; 1 / 1.1 clause numbers", (0, None), id="none"),
        pytest.param("公文 函, 1 page, 220 characters", None, id="nothing-said"),
    ],
)
def test_prose_of_a_manifest(prose: str, expected: tuple | None):
    assert expected_articles(prose) == expected


def test_articles_are_described_as_a_reference_describes_them(tmp_path: Path):
    path = tmp_path / "x.txt"
    text = "丁市办法\n第一章 总则\n第一条 目的\n为了发展。\n第二条 支持：\n（一）甲；\n(二)乙。\n第二款。\n第五条 丙。\n"
    path.write_text(text, "utf-8")
    outline = read_source(entry_of_file(path)).outline
    first, second, fifth = outline.articles
    assert headings_above(first) == headings_above(second) == ("第一章总则",)
    assert [paragraph_count(outline, article) for article in outline.articles] == [2, 4, 1]
    assert item_labels(outline, second) == ("（一）", "（二）")
    assert list(breaks(outline)) == [(fifth, "art3")]


def test_one_document_in_two_formats_is_compared(data: Path, tmp_path: Path):
    shelf = Shelf()
    docx, text = data / "flk-docx" / "docx" / "a.docx", tmp_path / "a.txt"
    lines = (*HEAD, *BODY)
    text.write_text("\n".join(lines).replace("从事生产的", "从事销售的"), "utf-8")
    result = measure_pairs([shelf.read(docx), shelf.read(text)])
    (found,) = result.differences
    assert (found.file, found.place, found.measure) == (
        "a.docx | a.txt",
        "art2.para1.item2",
        "text",
    )
    assert (found.expected, found.found) == ("从事生产的。", "从事销售的。")
    assert result.figures["pairs"] == result.figures["pairs_same_addresses"] == 1


def test_texts_part_where_they_part():
    assert unlike("甲 乙\n丙", "甲乙丙") is None
    assert unlike("甲乙", "甲乙丙") == ("甲乙", "甲乙丙")


def test_mutations_are_the_same_in_every_run():
    content = random.Random(0).randbytes(5000)
    once, again = (
        {m.name: m.make() for m in mutations_of(content, "doc", ".doc")} for _ in range(2)
    )
    assert once == again and len(once) > 8
    kept = {name for name, made in once.items() if made == content}
    assert kept == {"named .docx", "named .pdf"}
    assert {m.suffix for m in without_source()} > {".pdf", ".docx", ".ofd", ".html", ".txt"}


def test_a_trial_says_how_reading_ended(tmp_path: Path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.docx"
    good.write_text(LAWS["甲法_2024-01-02.txt"], "utf-8")
    bad.write_bytes(b"PK\x03\x04 no archive")
    assert (try_file(good).ending, try_file(good).message) == ("read", "3 clauses")
    refused = try_file(bad)
    assert refused.ending == "refused" and "bad.docx" in refused.message
    assert refused.peak_mb and refused.peak_mb > 1
