"""What a question names: documents, clauses, places, abbreviations."""

from __future__ import annotations

import pytest

from retriever.query import Understanding
from retriever.understanding import Reader
from retriever.vocabulary import bundled_vocabulary
from server.assistant import Assistant


@pytest.fixture(scope="session")
def read(assistant: Assistant):
    vocabulary = bundled_vocabulary()

    names = [document.id for document in assistant.index.documents]
    return Reader(assistant.index, vocabulary, lambda _: names).read


def addresses(understood: Understanding) -> list[str]:
    return [str(address) for address in understood.addresses]


@pytest.mark.parametrize(
    "number",
    [
        "渝府办发〔2025〕56号",
        "渝府办发[2025]56号",
        "渝府办发［2025］56号",
        "渝府办发【2025】56号",
        "渝府办发(2025)56号",
        "渝府办发（2025）56号",
        "渝府办发〔2025〕 56 号",
        "渝府办发〔２０２５〕５６号",
        "请问渝府办发〔2025〕56号",
        "56号文",
        "56号文件",
        "５６号文",
        "若干措施",
        "《重庆市全链条支持创新药高质量发展若干措施》",
    ],
)
def test_every_way_to_name_a_document(read, number: str) -> None:
    understood = read(f"{number}里创新药奖励多少")
    assert understood.documents == {"cqzfb-2025-56"}
    assert understood.unknown_documents == ()


@pytest.mark.parametrize(
    ("words", "document"),
    [
        ("三年行动计划", "cqzfb-2021-17"),
        ("后来国际生物城三年计划", "cqzfb-2021-17"),
        ("市里25年的措施", "cqzfb-2025-56"),
        ("2019年的指导意见", "cqzfb-2019-52"),
        ("《关于促进重庆高新区生物医药产业发展的办法（修订）》", "cqgxq-2024-31"),
        ("渝府办〔2021〕17号", "cqzfb-2021-17"),
    ],
)
def test_titles_and_years_name_documents(read, words: str, document: str) -> None:
    assert read(f"{words}说了什么").documents == {document}


def test_two_documents_are_both_named(read) -> None:
    understood = read("渝府办发〔2025〕56号和渝高新发〔2024〕31号哪个奖得多")
    assert understood.documents == {"cqzfb-2025-56", "cqgxq-2024-31"}


@pytest.mark.parametrize("words", ["渝府办发〔2025〕99号", "《不存在的管理办法》", "99号文"])
def test_documents_outside_the_corpus_are_told_apart(read, words: str) -> None:
    understood = read(f"{words}奖励多少")
    assert understood.documents == frozenset()
    assert understood.unknown_documents == (words,)


def test_another_issuers_number_is_not_ours(read) -> None:
    understood = read("沪府办发〔2025〕56号奖励多少")
    assert understood.documents == frozenset()
    assert understood.unknown_documents


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("渝府办发〔2025〕56号第（十）条", "cqzfb-2025-56#item10"),
        ("56号文第十条", "cqzfb-2025-56#item10"),
        ("52号文四、（二）", "cqzfb-2019-52#sec4.item2"),
        ("三年行动计划第19项", "cqzfb-2021-17#num19"),
        ("31号办法第四条第（一）项", "cqgxq-2024-31#art4.item1"),
        ("高新区生物医药办法第五条", "cqgxq-2024-31#art5"),
    ],
)
def test_clauses_resolve_in_the_document_that_is_meant(read, question: str, address: str) -> None:
    assert addresses(read(question)) == [address]


def test_a_clause_that_does_not_exist_is_absent_not_guessed(read) -> None:
    understood = read("56号文第九十九条")
    assert understood.addresses == ()
    assert understood.absent == ("第九十九条",)


def test_figures_of_a_number_or_title_are_no_clauses(read) -> None:
    understood = read("渝府办发〔2025〕56号和《重庆国际生物城建设发展三年行动计划（2022—2024年）》")
    assert understood.addresses == ()
    assert understood.absent == ()


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("市级", "重庆市"),
        ("市里", "重庆市"),
        ("高新区", "重庆高新区"),
        ("重庆高新区", "重庆高新区"),
    ],
)
def test_level_words_and_short_names_mean_an_area(read, words: str, area: str) -> None:
    assert read(f"{words}奖励多少").areas == {area}


@pytest.mark.parametrize(
    ("words", "place"),
    [("上海张江", "上海张江"), ("两江新区", "两江新区"), ("苏州工业园区", "苏州工业园")],
)
def test_places_without_documents_are_foreign(read, words: str, place: str) -> None:
    understood = read(f"{words}的补贴")
    assert place in understood.foreign
    assert understood.areas == frozenset()


def test_our_own_places_are_not_foreign(read) -> None:
    assert read("重庆高新区和重庆国际生物城的补贴").foreign == ()


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("三类证", "三类医疗器械注册证"),
        ("改良型", "改良型新药"),
        ("经典名方", "中药经典名方"),
        ("持有人", "上市许可持有人"),
        ("市经信委", "市经济信息委"),
        ("首仿", "首批上市仿制药"),
    ],
)
def test_abbreviations_are_written_out_once(read, spoken: str, written: str) -> None:
    assert read(f"{spoken}奖励").text == f"{written}奖励"
    assert read(f"{written}奖励").text == f"{written}奖励"


def test_full_width_letters_are_made_plain(read) -> None:
    assert read("ＡＢＣ平台，Ⅲ期").text.startswith("ABC平台")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        pytest.param(
            "渝府办发〔2025〕56号第（十）条和渝高新发〔2024〕31号第六条",
            ["cqzfb-2025-56#item10", "cqgxq-2024-31#art6"],
            id="two-numbers",
        ),
        pytest.param(
            "31号办法第六条和56号文第十条哪个奖得多",
            ["cqgxq-2024-31#art6", "cqzfb-2025-56#item10"],
            id="two-short-numbers",
        ),
    ],
)
def test_a_clause_belongs_to_the_document_named_before_it(read, question, named) -> None:
    assert addresses(read(question)) == named


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("地铁56号线奖励", id="metro-line"),
        pytest.param("购买56号房子", id="house"),
        pytest.param("56号公告的内容", id="another-kind"),
        pytest.param("8月31号截止吗", id="day-of-a-month"),
        pytest.param("31号前申报行吗", id="day"),
        pytest.param("28号还是报不了怎么办", id="day-of-a-case"),
    ],
)
def test_a_number_of_something_else_names_no_document(read, question: str) -> None:
    understood = read(question)
    assert understood.documents == frozenset()
    assert understood.unknown_documents == ()


@pytest.mark.parametrize("place", ["成都高新区", "成都市高新区", "西部高新区", "国家级高新区"])
def test_a_place_of_the_same_short_name_elsewhere_is_not_ours(read, place: str) -> None:
    assert read(f"{place}创新药奖励多少").areas == frozenset()


@pytest.mark.parametrize("place", ["高新区", "重庆高新区", "我们在高新区，"])
def test_a_place_is_ours_by_its_short_name(read, place: str) -> None:
    assert read(f"{place}创新药奖励多少").areas == {"重庆高新区"}


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        pytest.param("国家医保目录", "国家基本医疗保险药品目录", id="begins-alike"),
        pytest.param("仿制药质量和疗效一致性评价", "仿制药质量和疗效一致性评价", id="full-form"),
    ],
)
def test_writing_out_doubles_nothing(read, spoken: str, written: str) -> None:
    assert read(f"通过{spoken}的奖励").text == f"通过{written}的奖励"


def test_the_kind_of_a_text_alone_names_none_of_several(assistant_over) -> None:
    found = assistant_over(
        a="济南市关于进一步做好稳就业工作的若干措施\n第一条 招用毕业生的，每人补贴1000元。\n",
        b="厦门市促进跨境电子商务高质量发展若干措施\n第一条 建设海外仓的，补助50万元。\n",
    )
    named = found.retriever.understand("厦门促进跨境电商的若干措施管几年").documents
    assert "a" not in named


def test_a_notice_is_named_by_its_number_alone(assistant_over) -> None:
    text = "关于支持物资保供有关税收政策的公告\n税务总局公告2025年第{}号\n一、运输物资取得的收入，免征增值税。\n二、本公告自2025年1月1日起实施。\n"
    assistant = assistant_over(a=text.format(8), b=text.format(9))
    assert assistant.retriever.understand("8号公告从哪天开始").documents == frozenset({"a"})
