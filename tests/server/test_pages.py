"""The pages as a browser without script gets them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

DAY = "2026-11-24"
WORDS = {
    "渝高新发〔2024〕31号第六条中药经典名方的奖励是多少": "条文有据",
    "出让院内制剂知识产权给企业的医疗机构，具体奖励多少钱？": "条文未写明",
    "重庆美莱德的药物安全评价中心是什么时候投用的？": "仅见非政策文件",
    "上海张江的补贴": "库内无依据",
}


class Page(HTMLParser):
    """Text, links, ids and scripts of a page; fails on an inline handler or style."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.words: list[str] = []
        self._code = False
        self.feed(source)

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        executed = tag == "script" and given.get("type") != "application/json"
        if (executed and "src" not in given) or any(
            name.startswith("on") or name == "style" for name in given
        ):
            self.inline.append(self.get_starttag_text() or tag)
        self._code = tag in ("script", "style")

    def handle_endtag(self, tag) -> None:
        self._code = False

    def handle_data(self, data) -> None:
        if not self._code:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def page(client, path: str, **params) -> Page:
    response = client.get(path, params=params, headers={"accept": "text/html"})
    assert response.headers["content-type"].startswith("text/html")
    return Page(response.text)


@pytest.mark.parametrize("question", WORDS)
def test_an_answer_without_script(client, question: str) -> None:
    shown = page(client, "/", q=question, as_of=DAY)
    answer = client.post("/api/ask", json={"question": question, "as_of": DAY}).json()
    assert WORDS[question] in shown.text
    assert question in shown.text
    for claim in answer["claims"]:
        assert claim["text"][:-2] in shown.text
    for citation in answer["citations"]:
        assert f"ref-{citation['n']}" in shown.ids
        assert f"#ref-{citation['n']}" in shown.links
        assert citation["url"] in shown.links
        assert citation["label"] in shown.text


def test_every_local_link_of_an_answer_has_its_target(client) -> None:
    shown = page(client, "/", q=next(iter(WORDS)), as_of=DAY)
    anchors = [link[1:] for link in shown.links if re.fullmatch("#.+", link)]
    assert anchors
    assert set(anchors) <= set(shown.ids)
    for link in {link for link in shown.links if link.startswith("/documents/")}:
        path, _, anchor = link.partition("#")
        target = page(client, path)
        assert not anchor or anchor in target.ids


@pytest.mark.parametrize("path", ["/", "/documents", "/documents/cqgxq-2024-31", "/none"])
def test_pages_hold_no_inline_code_and_no_foreign_host(client, path: str) -> None:
    response = client.get(path, headers={"accept": "text/html"})
    shown = Page(response.text)
    assert shown.inline == []
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", response.text)
    assert len(shown.ids) == len(set(shown.ids))
    assert '<html lang="zh-CN">' in response.text


def test_static_files_that_pages_name_exist(client) -> None:
    source = client.get("/").text
    files = set(re.findall(r"(?:src|href)=\"(/static/[^\"]+)\"", source))
    assert len(files) >= 4
    assert all(client.get(file).status_code == 200 for file in files)


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</textarea><script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "{{ 7 * 7 }}",
    ],
)
def test_a_question_is_shown_as_text(client, evil: str) -> None:
    question = f"{evil}高新区三类证奖励多少"
    for area in ("", evil):
        response = client.get("/", params={"q": question, "area": area})
        shown = Page(response.text)
        assert shown.inline == []
        assert evil in shown.text
        assert "<script>alert" not in response.text
        assert "<img src=x" not in response.text


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"q": "奖励", "as_of": "soon"}, "as_of"),
        ({"q": "字" * 2001}, "question"),
        ({"q": "奖励", "document": "none"}, "documents"),
    ],
)
def test_wrong_input_keeps_the_question_on_the_page(client, params: dict, field: str) -> None:
    response = client.get("/", params=params)
    shown = Page(response.text)
    assert response.status_code < 500
    assert "ask-error" in shown.ids
    assert params["q"] in shown.text
    assert "Traceback" not in response.text


def test_a_wrong_day_is_400_with_its_error_on_the_page(client) -> None:
    response = client.get("/", params={"q": "奖励", "as_of": "x"})
    assert response.status_code == 400
    shown = Page(response.text)
    assert "ask-error" in shown.ids
    assert "日期有误" in shown.text
    assert "not a date" in shown.text


def test_the_library_and_a_document(client, assistant) -> None:
    library = page(client, "/documents")
    for document in assistant.index.documents:
        assert f"/documents/{document.id}" in library.links
        shown = page(client, f"/documents/{document.id}")
        paths = {str(c.path) for c in assistant.index.readings[document.id].outline}
        assert paths <= set(shown.ids)
        text = re.sub(r"\s", "", shown.text)
        for clause in assistant.index.readings[document.id].outline:
            assert re.sub(r"\s", "", clause.text) in text


def test_an_unknown_page_says_so_in_words(client) -> None:
    for path in ("/documents/none", "/none"):
        response = client.get(path, headers={"accept": "text/html"})
        assert response.status_code == 404
        assert "没有" in Page(response.text).text
