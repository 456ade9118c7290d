"""Comparing two runs: what moved, on which questions, and whether it is more than chance."""

from __future__ import annotations

from eval.compare import compare
from eval.outcome import Outcome
from eval.runs import Run
from eval.sweep import read_grid, sweep_rows
from eval.variant import Variant


def outcomes(right: str, kind: str = "single_fact", start: int = 0) -> list[Outcome]:
    """One question a character: 1 is right, 0 is wrong."""
    return [
        Outcome("s", f"q{n}", kind, f"问{n}", "answered", "answered", values={"right": float(c)})
        for n, c in enumerate(right, start)
    ]


def run(name: str, *parts: list[Outcome], **fingerprints) -> Run:
    return Run(name, "2026-01-01", name, {}, fingerprints, tuple(o for part in parts for o in part))


def test_gained_and_lost_questions_are_named() -> None:
    compared = compare(run("a", outcomes("1100")), run("b", outcomes("1010")))
    assert [o.key for o in compared.lost] == ["s/q1"]
    assert [o.key for o in compared.gained] == ["s/q2"]
    (row,) = compared.measures
    assert (row.name, row.before, row.after, row.difference.value) == ("right", 0.5, 0.5, 0.0)
    assert not row.worse
    assert not row.significant


def test_a_clear_loss_is_significant_and_told_by_type() -> None:
    before = run("a", outcomes("1" * 12), outcomes("1" * 12, "sum", 12))
    after = run("b", outcomes("1" * 12), outcomes("0" * 12, "sum", 12))
    compared = compare(before, after)
    rows = {row.name: row for row in compared.by_type}
    assert rows["sum"].worse
    assert rows["sum"].significant
    assert not rows["single_fact"].significant
    assert len(compared.lost) == 12
    assert compared.as_json()["by_type"][1]["type"] == "sum"


def test_a_loss_of_few_is_no_proof() -> None:
    compared = compare(run("a", outcomes("1" * 20)), run("b", outcomes("1" * 17 + "000")))
    (row,) = compared.measures
    assert row.worse
    assert not row.significant


def test_only_the_same_questions_are_paired() -> None:
    reworded = Outcome(
        "s", "q0", "single_fact", "另问", "answered", "answered", values={"right": 0}
    )
    compared = compare(run("a", outcomes("111")), run("b", [reworded, *outcomes("11", start=1)]))
    assert compared.unpaired == 1
    assert not compared.lost
    assert compare(run("a", outcomes("1")), run("b", outcomes("11"))).unpaired == 1


def test_what_else_changed_is_said() -> None:
    compared = compare(run("a", outcomes("1"), code="x"), run("b", outcomes("1"), code="y"))
    assert compared.changed == ("code",)


def test_a_grid_is_read_into_all_combinations() -> None:
    assert read_grid(["without=,lexical+named", "units=clause,article"]) == (
        Variant(),
        Variant(units="article"),
        Variant(("lexical", "named")),
        Variant(("lexical", "named"), units="article"),
    )


def test_a_sweep_is_held_against_its_first_run() -> None:
    rows = sweep_rows(
        [
            run("default", outcomes("1" * 12)),
            run("a", outcomes("0" * 12)),
            run("b", outcomes("1" * 12)),
        ]
    )
    assert [row["difference"] for row in rows] == [0.0, -1.0, 0.0]
    assert rows[1]["p"] < 0.05
    assert rows[2]["p"] == 1.0
