"""Addresses print and parse without loss, and refuse what would not print back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import NUMBERED, SINGLE, Address, ClausePath, Step
from corpus.errors import AddressError

_NUMBERED_STEPS = st.builds(
    Step, st.sampled_from(NUMBERED), st.integers(1, 99_999), st.integers(0, 999)
)
STEPS = _NUMBERED_STEPS | st.builds(Step, st.sampled_from(SINGLE))
PATHS = st.builds(ClausePath, st.lists(STEPS, min_size=1, max_size=5).map(tuple))
DOCUMENTS = st.text("abc-_.汉字（）#0129 ", min_size=1)
ADDRESSES = st.builds(Address, DOCUMENTS, PATHS)


@given(STEPS)
def test_step_round_trip(step: Step):
    assert Step.parse(str(step)) == step


@given(ADDRESSES)
def test_address_round_trip(address: Address):
    assert Address.parse(str(address)) == address


@given(st.text("art0123456789-.#closing", max_size=12))
def test_whatever_parses_prints_back(text: str):
    try:
        path = ClausePath.parse(text)
    except AddressError:
        return
    assert str(path) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("art", id="no-number"),
        pytest.param("art0", id="zero"),
        pytest.param("art01", id="leading-zero"),
        pytest.param("art4-0", id="zero-branch"),
        pytest.param("art-1", id="branch-alone"),
        pytest.param("closing1", id="single-rank-numbered"),
        pytest.param("closing-1", id="single-rank-branched"),
        pytest.param("clause4", id="unknown-rank"),
        pytest.param("Art4", id="capital"),
        pytest.param("art４", id="full-width"),
        pytest.param("art4 ", id="blank"),
        pytest.param("art4\n", id="line-break"),
        pytest.param("art100000", id="too-large"),
        pytest.param("art4.", id="trailing-dot"),
        pytest.param(".art4", id="leading-dot"),
        pytest.param("art4..item1", id="double-dot"),
        pytest.param("第四条", id="label"),
    ],
)
def test_malformed_path_is_refused(text: str):
    with pytest.raises(AddressError) as caught:
        ClausePath.parse(text)
    assert "地址" in caught.value.message and "address" in caught.value.message


@pytest.mark.parametrize("text", ["", "#", "doc", "doc#", "#art4", "doc#art4#", "doc#art4."])
def test_malformed_address_is_refused(text: str):
    with pytest.raises(AddressError):
        Address.parse(text)


@pytest.mark.parametrize(
    ("outer", "inner", "contained"),
    [
        pytest.param("art4", "art4", True, id="itself"),
        pytest.param("art4", "art4.item1", True, id="child"),
        pytest.param("art4", "art4.para2.item3", True, id="grandchild"),
        pytest.param("art4.item1", "art4", False, id="parent"),
        pytest.param("art4", "art40", False, id="longer-number"),
        pytest.param("art120", "art120-1", False, id="branch"),
        pytest.param("item1", "art4.item1", False, id="tail"),
    ],
)
def test_contains(outer: str, inner: str, contained: bool):
    outer_path, inner_path = ClausePath.parse(outer), ClausePath.parse(inner)
    assert outer_path.contains(inner_path) is contained
    assert Address("a", outer_path).contains(Address("a", inner_path)) is contained
    assert not Address("a", outer_path).contains(Address("b", inner_path))


@given(PATHS, STEPS)
def test_parent_undoes_child(path: ClausePath, step: Step):
    assert path.child(step).parent == path
    assert path.contains(path.child(step)) and not path.child(step).contains(path)


def test_a_top_step_has_no_parent():
    assert ClausePath.parse("art4").parent is None
