"""Web pages: the text without what stands around it, encodings, repeats, hostile pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import LoadError
from indexer.loaders import Source, load
from indexer.loaders.html import load_html

PAGES = Path(__file__).resolve().parents[3] / "shared" / "data" / "real-files" / "html"
ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条(?!第|的|规定)")
NUMBERS = "一二三四五六七八九十"
TEXTS = [
    f"第{n}条　为了规范第{n}类补贴的发放，维护申请人的合法权益，根据有关规定，制定本条。"
    for n in NUMBERS
]
BODY = "".join(f"<p>　　{text}</p>\n" for text in TEXTS)
MENU = (
    "<div><ul>"
    + "".join(f"<li><a href='#'>栏目{n}政务公开</a></li>" for n in NUMBERS)
    + "</ul></div>"
)
FOOT = (
    "<div>版权所有：某市人民政府办公室 主办：某市人民政府 地址：某市某路一号，电话：000-00000000。"
    "网站标识码：5000000000，备案序号：渝ICP备00000000号</div>"
)
TITLE = "<h1>某市补贴办法</h1>"


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., Source]:
    """Load a page whose body is given."""

    def write(body: str, head: str = "", encoding: str = "utf-8") -> Source:
        path = tmp_path / "page.html"
        html = f"<html><head>{head}</head><body>{body}</body></html>"
        path.write_bytes(html.encode(encoding))
        return load(path)

    return write


def words(source: Source) -> list[str]:
    return [line.text for line in source.lines]


WHOLE = ["某市补贴办法", *TEXTS]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{MENU}{TITLE}<div id='zoom'>{BODY}</div>{FOOT}", id="plain"),
        pytest.param(
            f"{MENU}<div>{TITLE}<div class='TRS_Editor'><div>{BODY}</div></div></div>{FOOT}",
            id="nested-boxes",
        ),
        pytest.param(
            f"<table><tr><td>{MENU}</td></tr><tr><td>{MENU}</td><td>{TITLE}<div>{BODY}</div></td></tr></table>{FOOT}",
            id="layout-tables",
        ),
        pytest.param(
            f"{MENU}<div>{TITLE}<p>发布时间：2024-01-05 来源：市府办 【字体：大 中 小】</p>{BODY}"
            "<p>【打印】【关闭】</p><p>上一篇：<a href='#'>某某通知</a></p></div>" + FOOT,
            id="lines-around-the-text",
        ),
        pytest.param(
            f"{MENU}<div>{TITLE}<div class='share'>分享到：微信</div>{BODY}<div>相关文档</div>"
            f"<ul><li><a href='#'>别的办法的解读，一篇文章。</a></li></ul></div>{FOOT}",
            id="related-links",
        ),
        pytest.param(
            f"<script>var a = '第一条 不是正文。'</script><style>p {{}}</style>{TITLE}<!-- 第二条 注释。 -->"
            f"<div>{BODY}</div><nav>第三条 导航。</nav><noscript>请启用脚本。</noscript>",
            id="never-shown",
        ),
        pytest.param(f"{TITLE}<div>" + "<br>　　".join(TEXTS) + "</div>", id="line-breaks"),
        pytest.param(f"{TITLE}<pre>\n" + "\n\n".join(TEXTS) + "</pre>", id="preformatted"),
        pytest.param(f"{TITLE}<div style='display:none'>{BODY}</div>{FOOT}", id="hidden-main-text"),
        pytest.param(
            f"{MENU}{TITLE}<div>{BODY}</div><div style='display: none'>第九条　草稿。</div>{FOOT}",
            id="hidden-remainder",
        ),
        pytest.param(
            TITLE + "".join(f"<div><p>{text}</p></div>" for text in TEXTS) + FOOT,
            id="a-box-for-each-article",
        ),
    ],
)
def test_the_text_is_what_remains(page: Callable[..., Source], body: str):
    assert words(page(body)) == WHOLE


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{TITLE}<div>{BODY}</div><div>{BODY}</div>", id="second-copy-beside"),
        pytest.param(
            f"<div>{MENU}{TITLE}<div>{BODY}</div></div><div>{MENU}{TITLE}<div>{BODY}</div></div>",
            id="two-whole-pages",
        ),
        pytest.param(
            f"{TITLE}<div>{BODY}</div><div style='display:none'>{BODY}</div>", id="hidden"
        ),
        pytest.param(f"{TITLE}<div>{BODY}{BODY}</div>", id="in-one-box"),
    ],
)
def test_a_text_printed_twice_counts_once(page: Callable[..., Source], body: str):
    source = page(body)
    assert words(source) == WHOLE
    assert [finding.kind for finding in source.findings] == ["repeat"]


def test_a_sentence_that_a_text_repeats_stays(page: Callable[..., Source]):
    body = "".join(f"<p>{text}</p><p>本条由市财政局负责解释。</p>" for text in TEXTS)
    source = page(f"<div>{body}</div>")
    assert words(source).count("本条由市财政局负责解释。") == len(TEXTS)
    assert not source.findings


@pytest.mark.parametrize(
    "line",
    [
        "转发市政府办公室关于补贴的通知",
        "主办单位：市科技局",
        "主办单位：市科技局 承办单位：市财政局",
        "技术支持。对企业给予50万元补贴。",
        "来源：市统计局公布的上年度数据",
        "下一条规定另行公布。",
        "收藏单位可以申请补贴",
    ],
)
def test_lines_that_only_look_like_those_around_a_text_stay(page: Callable[..., Source], line: str):
    assert (
        words(page(f"<div>{TITLE}{BODY}<p>{line}</p>{BODY.replace('补贴', '奖励')}</div>"))[11]
        == line
    )


def test_answers_that_unfold_are_text(page: Callable[..., Source]):
    pairs = "".join(
        f"<div><a href='javascript:;'>问：第{n}项怎么申请？</a></div>"
        f"<div style='display:none'><p>答：到政务中心申请，第{n}项材料见清单。</p></div>"
        for n in NUMBERS
    )
    lines = words(page(f"{MENU}<div>{pairs}</div>{FOOT}"))
    assert lines[:2] == ["问：第一项怎么申请？", "答：到政务中心申请，第一项材料见清单。"]
    assert len(lines) == 2 * len(NUMBERS)


def test_wraps_of_the_source_are_joined(page: Callable[..., Source]):
    body = "<p>第一条 为了规范\n   管理，<b>制定</b><span>本\n办法</span>。See the\nrules.</p>"
    assert words(page(body)) == ["第一条 为了规范管理，制定本办法。See the rules."]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        pytest.param("gb18030", "<meta charset='gb2312'>", id="gb2312-said"),
        pytest.param("gb18030", "", id="nothing-said"),
        pytest.param("utf-8", "<meta charset='gb2312'>", id="wrongly-said"),
        pytest.param("utf-8-sig", "", id="marked"),
        pytest.param("utf-16", "", id="utf-16"),
    ],
)
def test_encodings(page: Callable[..., Source], encoding: str, head: str):
    assert words(page(f"{TITLE}{BODY}", head, encoding)) == WHOLE


def test_attached_files_are_named(page: Callable[..., Source]):
    source = page(
        f"<div>{TITLE}{BODY}<p><a href='/a/1.docx'>附件1：申请表.docx</a></p></div>{FOOT}"
    )
    assert words(source)[-1] == "附件1：申请表.docx"
    assert [(f.kind, "申请表.docx" in f.detail) for f in source.findings] == [("attachment", True)]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("", id="empty"),
        pytest.param("<html><body></body></html>", id="no-text"),
        pytest.param("<div>" * 10_000 + BODY, id="nested-too-deep"),
        pytest.param("<html><script>第一条</script></html>", id="only-script"),
    ],
)
def test_unreadable_page(tmp_path: Path, html: str):
    path = tmp_path / "bad.html"
    path.write_text(html, "utf-8")
    with pytest.raises(LoadError, match=r"bad\.html") as caught:
        load_html(path)
    assert re.search("[\u4e00-\u9fff]{4}", caught.value.message)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<font>" * 10_000 + BODY, id="tags-left-open"),
        pytest.param("<table><tr><td>甲</td><td>" * 300 + BODY, id="tables-in-tables"),
        pytest.param(BODY + "<p>甲" + " \n" * 500_000 + "乙</p>", id="blanks"),
        pytest.param(
            BODY
            + "<table>"
            + "<tr><td colspan=99999 rowspan=99999>甲</td></tr>" * 500
            + "</table>",
            id="endless-spans",
        ),
        pytest.param(BODY + "&#1;<script></script>&#2;", id="control-characters"),
    ],
)
def test_hostile_page_is_read(page: Callable[..., Source], body: str):
    assert words(page(body))[:10] == TEXTS


pages = pytest.mark.skipif(not PAGES.is_dir(), reason=f"the pages are not at {PAGES}")


@pages
@pytest.mark.parametrize(
    ("name", "articles", "first", "last"),
    [
        ("10b", 0, "穗医保规字〔2019〕4号", "公开方式：主动公开"),
        ("13", 0, "穗建规字〔2024〕5号", "公开方式：主动公开"),
        ("17", 13, "穗天科工信规字〔2023〕1号", "2023年8月9日印发"),
        ("19", 0, "广州市失业保险常见问题解答（2025年11月版）", "3.可通过www.12333"),
        ("27b", 23, "穗残联规字〔2019〕2号", "公开方式：主动公开"),
        ("30", 38, "广州市民政局 广州市财政局", "第三十八条"),
        ("32", 32, "穗医保规字〔2024〕1号", "公开方式：主动公开"),
        ("35", 23, "穗人社规字〔2022〕2号", "公开方式：主动公开"),
        ("36", 0, "2025年度积分制入户工作热点13问", "答：按照《广州市积分制入户管理办法》"),
        ("37", 55, "中华人民共和国市场主体登记管理条例", "第五十五条"),
    ],
)
def test_real_pages(name: str, articles: int, first: str, last: str):
    source = load(next(PAGES.glob(f"{name}_*")))
    lines = words(source)
    assert sum(bool(ARTICLE.match(line)) for line in lines) == articles
    assert lines[0].startswith(first) and lines[-1].startswith(last)
    around = re.compile(
        "分享到|打印|当前位置|上一篇|相关(?:文档|附件|新闻)|版权所有|浏览次数|网站标识码"
    )
    assert not [line for line in lines if around.search(line)]
    assert source.told.title and source.told.published
