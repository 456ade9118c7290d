"""Claims made to fail: what a composer, or a model, might invent never reaches the user."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.address import Address
from retriever.query import Query
from server.answer import Claim, Draft
from server.assistant import Assistant
from server.checks import CHECKS, figures, squeeze
from server.verifier import verify

ITEM10 = Address.parse("cqzfb-2025-56#item10")
QUOTE = "对创新药每个奖励1000万元，改良型新药、生物类似药每个奖励500万元"
GOOD = Claim(QUOTE + "。", ITEM10, QUOTE)
BAD = {
    "wrong figure": (Claim("对创新药每个奖励2000万元。", ITEM10, QUOTE), "figures_are_quoted"),
    "figure of another clause": (Claim("最高300万元。", ITEM10, QUOTE), "figures_are_quoted"),
    "digits of a longer figure": (Claim("奖励100万元。", ITEM10, QUOTE), "figures_are_quoted"),
    "its figure in another unit": (
        Claim("对创新药每个奖励1000亿元。", ITEM10, QUOTE),
        "figures_are_quoted",
    ),
    "its figure as a percentage": (
        Claim("对创新药按1000%给予奖励。", ITEM10, QUOTE),
        "figures_are_quoted",
    ),
    "amount in Chinese numerals": (
        Claim("对创新药每个奖励一亿元。", ITEM10, QUOTE),
        "figures_are_quoted",
    ),
    "amount in Chinese numerals without its unit": (
        Claim("对创新药每个奖励一千万。", ITEM10, QUOTE),
        "figures_are_quoted",
    ),
    "a share in words": (Claim("对创新药奖励三成。", ITEM10, QUOTE), "figures_are_quoted"),
    "its figure in a foreign unit": (
        Claim("对创新药每个奖励1000美元。", ITEM10, QUOTE),
        "figures_are_quoted",
    ),
    "altered quote": (
        Claim("对创新药奖励。", ITEM10, QUOTE.replace("500", "800")),
        "quotes_verbatim",
    ),
    "a word left out of the quote": (
        Claim("对创新药奖励。", ITEM10, QUOTE.replace("每个", "")),
        "quotes_verbatim",
    ),
    "empty quote": (Claim("对创新药奖励。", ITEM10, " \n"), "quotes_verbatim"),
    "invented article": (Claim("依据第九十九条给予奖励。", ITEM10, QUOTE), "mentions_are_quoted"),
    "invented chapter": (Claim("依据第六章给予奖励。", ITEM10, QUOTE), "mentions_are_quoted"),
    "invented title": (Claim("依据《深圳办法》给予奖励。", ITEM10, QUOTE), "mentions_are_quoted"),
    "another clause's number": (
        Claim("第（十一）条规定奖励。", ITEM10, QUOTE),
        "mentions_are_quoted",
    ),
    "unknown path": (
        Claim(QUOTE, Address.parse("cqzfb-2025-56#item99"), QUOTE),
        "cites_a_clause",
    ),
    "unknown document": (Claim(QUOTE, Address.parse("none#art1"), QUOTE), "cites_a_clause"),
}


@pytest.fixture(scope="session")
def checked(assistant: Assistant):
    retrieval = assistant.retrieve(Query("创新药每个奖励多少", date(2026, 11, 24)))

    def _checked(*claims: Claim):
        return verify(Draft("answered", claims, ("一条提示",)), retrieval, assistant.index)

    return _checked


@pytest.mark.parametrize("name", BAD)
def test_a_false_claim_is_dropped_and_recorded(checked, name: str) -> None:
    claim, check = BAD[name]
    answer = checked(GOOD, claim)
    assert [text for text, _ in answer.claims] == [GOOD.text]
    assert [(p.claim, p.check) for p in answer.trace.problems] == [(claim.text, check)]
    assert answer.status == "answered"
    assert [citation.quote for citation in answer.citations] == [QUOTE]


@pytest.mark.parametrize("name", BAD)
def test_nothing_left_is_a_refusal(checked, name: str) -> None:
    claim, _ = BAD[name]
    answer = checked(claim)
    assert answer.status == "refused"
    assert answer.claims == answer.citations == answer.notes == ()
    assert len(answer.trace.problems) == 1
    assert "2000" not in answer.text


def test_every_check_has_a_claim_that_fails_it() -> None:
    assert {check for _, check in BAD.values()} == {check.__name__ for check in CHECKS}


def test_a_true_claim_passes_with_its_marker(checked) -> None:
    answer = checked(GOOD, GOOD)
    assert answer.claims == ((GOOD.text, (1,)),)
    assert answer.trace.problems == ()
    assert "500万元[1]。" in answer.text


def test_white_space_in_a_quote_does_not_matter(checked) -> None:
    spaced = "对创新药每个奖励 1000\n万元"
    assert checked(Claim("奖励1000万元。", ITEM10, spaced)).status == "answered"


def test_two_claims_on_one_quote_share_a_citation(checked) -> None:
    other = Claim("改良型新药每个奖励500万元。", ITEM10, QUOTE)
    answer = checked(GOOD, other)
    assert [numbers for _, numbers in answer.claims] == [(1,), (1,)]
    assert len(answer.citations) == 1


def test_its_own_number_may_be_named(checked) -> None:
    assert checked(Claim("第（十）条：" + QUOTE, ITEM10, QUOTE)).status == "answered"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１０００万元", {"1000"}),
        ("2,000元和12，345元", {"2000", "12345"}),
        ("10%、20%、30%", {"10", "20", "30"}),
        ("0.5个百分点", {"0.5"}),
        ("40%—100%", {"40", "100"}),
        ("依法依规给予奖励", set()),
        ("", set()),
    ],
)
def test_figures(text: str, expected: set[str]) -> None:
    assert figures(text) == expected


def test_squeeze_removes_every_kind_of_blank() -> None:
    assert squeeze(" 一\n二\t三\u3000四\u00a0") == "一二三四"
