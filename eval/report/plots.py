"""The plots of a report. Words inside them are English; captions in the page are Chinese first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from matplotlib.axes import Axes

from eval.outcome import Values
from eval.report.drawing import COLOURS, GRID, INK, PALE, draw, plain
from eval.report.tables import OURS, Group
from eval.report.texts import measure_title
from eval.runs import Run, common_values, mean_values
from eval.summary import Curve, percentiles, reliability, risk_coverage

__all__ = ["Plot", "plots"]

_DEPTHS = (1, 3, 5, 10)
_HEIGHT = 3.5
#: What a bar of a type shows: the first that any type has.
_PER_TYPE = ("right", "complete@5", "document_recall@5", "recall@10")
_BINS = 24
_MARKERS = "osD^vPX"


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing with its caption."""

    title: str
    svg: Markup
    note: str = ""


def plots(run: Run, types: Sequence[Group]) -> tuple[Plot, ...]:
    """Draw all that the run has values for."""
    curve = risk_coverage(run.outcomes)
    found = [_per_type(types), _risk(curve) if curve else None, _reliability(run)]
    found += [_over_k(run, name) for name in ("recall", "complete")]
    found.append(_latency([o.times["total"] for o in run.outcomes if "total" in o.times]))
    return tuple(plot for plot in found if plot)


def _per_type(types: Sequence[Group]) -> Plot | None:
    measure = next((m for m in _PER_TYPE if any(m in g.summary.measures for g in types)), None)
    if measure is None:
        return None
    rows = [
        (plain(group.name, number), group.summary.measures[measure])
        for number, group in enumerate(types, 1)
        if measure in group.summary.measures
    ]

    def bars(axes: Axes) -> bool:
        values = [i.value for _, i in rows]
        # A mean of rounded values may lie outside of its interval by the last digit.
        errors = [
            [max(0.0, i.value - i.low) for _, i in rows],
            [max(0.0, i.high - i.value) for _, i in rows],
        ]
        places = range(len(rows))
        axes.barh(places, values, height=0.66, color=PALE)
        axes.errorbar(
            values, places, xerr=errors, fmt="none", ecolor=INK, elinewidth=1.2, capsize=2.5
        )
        axes.set_yticks(places, [f"{name} ({i.n})" for name, i in rows])
        axes.set(xlim=(0, 1.02), xlabel=measure)
        axes.invert_yaxis()
        axes.grid(False, axis="y")
        return False

    title = f"各类题的{measure_title(measure)} / {measure} by type"
    svg = draw("by-type", title, 0.9 + 0.28 * len(rows), bars)
    return Plot(title, svg, "括号内为题数；横线为95%置信区间。(n) questions, 95% intervals.")


def _risk(curve: Curve) -> Plot:
    def line(axes: Axes) -> bool:
        axes.step(curve.coverage, curve.risk, where="post", color=COLOURS[0], linewidth=1.8)
        axes.plot(
            *curve.at, "o", color=COLOURS[1], markersize=8, clip_on=False, linestyle="none",
            label=f"threshold in use: coverage {curve.at[0]:.2f}, risk {curve.at[1]:.3f}",
        )  # fmt: skip
        top = max(*curve.risk, curve.at[1], 0.05)
        axes.set(xlim=(-0.02, 1.02), ylim=(0, top * 1.1), xlabel="coverage", ylabel="risk")
        return True

    title = "风险–覆盖曲线 / risk–coverage"
    note = (
        f"按把握从高到低作答：答得越多，答错的占比如何变。曲线下面积 {curve.area:.4f}，越低越好。"
        "Share of wrong answers against share of questions answered."
    )
    return Plot(title, draw("risk", title, _HEIGHT, line), note)


def _reliability(run: Run) -> Plot | None:
    bins = reliability(run.outcomes)
    if not bins:
        return None

    def points(axes: Axes) -> bool:
        axes.plot((0, 1), (0, 1), color=GRID, linewidth=1.2, label="as sure as right")
        sure, held = [b.confidence for b in bins], [b.answerable for b in bins]
        axes.plot(sure, held, "o-", color=COLOURS[0], linewidth=1.6, label="measured")
        axes.set(
            xlim=(-0.02, 1.02), ylim=(-0.02, 1.04),
            xlabel="confidence", ylabel="share with an answer",
        )  # fmt: skip
        return True

    title = "把握的可靠度 / reliability of confidence"
    note = (
        "把握相近的题中，库内确有答案的占比；有答案与无答案两类合计各占一半。"
        "Share of questions that the corpus answers, by confidence; both kinds count alike. "
        f"题数 / questions: {', '.join(str(one.questions) for one in bins)}."
    )
    return Plot(title, draw("reliability", title, _HEIGHT, points), note)


def _over_k(run: Run, name: str) -> Plot | None:
    ours, theirs = common_values(run)
    ways: dict[str, Sequence[Values]] = {OURS: ours, **theirs}
    level = next((p for p in ("", "document_") if any(f"{p}{name}@1" in v for v in ours)), None)
    if level is None:
        return None
    measures = [f"{level}{name}@{k}" for k in _DEPTHS]
    lines = {way: mean_values(ours, values, measures) for way, values in ways.items()}

    def curves(axes: Axes) -> bool:
        for row, (way, means) in enumerate(lines.items()):
            _curve(axes, row, way, means, measures)
        axes.set_xticks(range(len(_DEPTHS)), [str(k) for k in _DEPTHS])
        axes.set(xlabel="k", ylabel=f"{level}{name}@k", ylim=(None, 1.02))
        return True

    word = {"recall": "召回", "complete": "找全"}[name]
    where = "文件级" if level else "条款级"
    title = f"前k条的{word}（{where}）/ {level}{name} over k"
    return Plot(title, draw(name, title, _HEIGHT + 0.12 * len(lines), curves))


def _curve(
    axes: Axes, row: int, way: str, means: Mapping[str, float], measures: Sequence[str]
) -> None:
    points = [(place, means[name]) for place, name in enumerate(measures) if name in means]
    if points:
        axes.plot(
            [place for place, _ in points], [value for _, value in points],
            color=COLOURS[row % len(COLOURS)], marker=_MARKERS[row % len(_MARKERS)], markersize=4.5,
            linewidth=2.4 if way == OURS else 1.3, label=plain(way, row + 1),
            linestyle="-" if way == OURS else "--", zorder=3 if way == OURS else 2,
        )  # fmt: skip


def _latency(times: Sequence[float]) -> Plot | None:
    if not times:
        return None
    marks = percentiles(times)

    def histogram(axes: Axes) -> bool:
        axes.hist(times, bins=_BINS, color=PALE, edgecolor=GRID, linewidth=0.5)
        for row, name in enumerate(("p50", "p95", "p99")):
            axes.axvline(
                marks[name], color=COLOURS[row], linewidth=1.6, linestyle=("-", "--", ":")[row],
                label=f"{name} {marks[name]:.0f} ms",
            )  # fmt: skip
        axes.set(xlabel="ms per question", ylabel="questions")
        axes.set_xlim(left=0)
        axes.grid(False, axis="x")
        return True

    title = "每题用时 / latency"
    return Plot(
        title,
        draw("latency", title, _HEIGHT, histogram),
        "分阶段的百分位见上表。Percentiles by stage: table above.",
    )
