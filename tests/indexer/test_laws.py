"""A fixed sample of national laws: as many articles as their official count says."""

from __future__ import annotations

import json
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest

from indexer.read import entry_of_file, read_source

LAWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "laws"
SAMPLE = 60
#: Read beside the sample, for what went wrong in them.
REPORTED = {
    "flight": "national/行政法规/飞行基本规则_2007-10-18.txt",
    "insurance": "national/行政法规/外资保险公司管理条例_2019-09-30.txt",
}

pytestmark = pytest.mark.skipif(not LAWS.is_dir(), reason=f"the laws are not at {LAWS}")


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, Any]]:
    lines = (LAWS / "manifest.jsonl").read_text("utf-8").splitlines()
    return {law["file"]: law for law in map(json.loads, lines)}


@pytest.fixture(scope="module")
def sample(manifest: dict[str, dict[str, Any]]) -> list[str]:
    """Evenly spaced over the names, so that every kind of text is in it."""
    files = sorted(file for file, law in manifest.items() if law["n_articles"])
    return files[5 :: len(files) // SAMPLE][:SAMPLE]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: list[str]) -> Path:
    target = tmp_path_factory.mktemp("laws")
    wanted = {*sample, *REPORTED.values()}
    with tarfile.open(LAWS / "national.tar.xz") as archive:
        members = [member for member in archive if member.name in wanted]
        archive.extractall(target, members, filter="data")
    return target


def test_articles_are_counted_right(
    manifest: dict[str, dict[str, Any]], sample: list[str], folder: Path
):
    assert len(sample) == SAMPLE
    wrong = {}
    for file in sample:
        outline = read_source(entry_of_file(folder / file)).outline
        if len(outline.articles) != manifest[file]["n_articles"]:
            wrong[file] = (len(outline.articles), manifest[file]["n_articles"])
    assert not wrong


def test_titles_hold_no_day_of_enactment(sample: list[str], folder: Path):
    titles = [read_source(entry_of_file(folder / file)).document.title for file in sample]
    assert not [title for title in titles if re.search(r"\d{4}年\d+月\d+日", title)]


def test_flight_rules_can_be_read(manifest: dict[str, dict[str, Any]], folder: Path):
    outline = read_source(entry_of_file(folder / REPORTED["flight"])).outline
    assert len(outline.articles) == manifest[REPORTED["flight"]]["n_articles"]


def test_article_that_ends_in_a_colon_is_kept(manifest: dict[str, dict[str, Any]], folder: Path):
    outline = read_source(entry_of_file(folder / REPORTED["insurance"])).outline
    assert len(outline.articles) == manifest[REPORTED["insurance"]]["n_articles"]
