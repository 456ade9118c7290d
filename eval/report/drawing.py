"""From a matplotlib figure to SVG that stands inside the page and takes its colours and font."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import matplotlib
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

__all__ = ["COLOURS", "GRID", "INK", "PALE", "draw", "plain"]

#: Colours that mean a variable of the style sheet, so that plots follow dark mode and print.
INK, GRID, PALE = "#010101", "#010102", "#010103"
COLOURS = ("#010111", "#010112", "#010113", "#010114", "#010115", "#010116", "#010117")
_VARIABLES = {INK: "--ink-2", GRID: "--line", PALE: "--plot-pale"} | {
    colour: f"--plot-{row}" for row, colour in enumerate(COLOURS, 1)
}
_STYLE: Any = {
    "svg.fonttype": "none", "svg.hashsalt": "tiaowen", "text.parse_math": False,
    "font.size": 10.5, "font.family": "DejaVu Sans",
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": GRID, "xtick.color": INK,
    "ytick.color": INK, "grid.color": GRID, "axes.grid": True, "axes.axisbelow": True,
    "axes.spines.top": False, "axes.spines.right": False, "xtick.major.size": 0, "xtick.major.pad": 6, "ytick.major.pad": 6,
    "ytick.major.size": 0, "legend.frameon": False, "figure.facecolor": "none", "axes.facecolor": "none",
}  # fmt: skip
#: Width in inches of 72 units; the page scales it to 320 to 460 px.
_WIDTH = 4.8
_LONGEST_NAME = 22


def draw(name: str, title: str, height: float, plot: Callable[[Axes], bool]) -> Markup:
    """Draw into one pair of axes and return the SVG; ``plot`` says whether it needs a legend.

    ``name`` goes before every id of the SVG: ids must be unique in the page.
    """
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        canvas = FigureCanvasSVG(figure)
        if plot(figure.add_subplot()):
            # Beside or over the lines it would hide some of them.
            figure.legend(loc="outside lower center", ncols=2)
        out = io.StringIO()
        canvas.print_figure(out, format="svg", metadata={"Date": None, "Creator": None})
    return _inline(out.getvalue(), name, title)


def plain(name: str, number: int) -> str:
    """Return a name as it can stand in a plot, else its number in the table.

    The font that measures text has no Chinese, and the page has the whole name beside the plot.
    """
    if not (name.isascii() and name.isprintable()):
        return f"#{number}"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 3]}..."


def _inline(svg: str, name: str, title: str) -> Markup:
    body = svg[svg.index("<svg") :]
    box = re.search(r'viewBox="([^"]+)"', body)
    drawn = body[body.index(">") + 1 :]
    drawn = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"font-family: [^;\"]+; ?", "", drawn)
    drawn = re.sub(r'id="', f'id="{name}-', drawn)
    drawn = re.sub(r'href="#|url\(#', lambda match: f"{match[0]}{name}-", drawn)
    drawn = re.sub(r"#0101\d\d", lambda match: f"var({_VARIABLES[match[0]]})", drawn)
    head = Markup('<svg viewBox="{}" role="img" aria-label="{}">').format(
        box[1] if box else "", title
    )
    # What matplotlib wrote has its texts escaped.
    return head + Markup(drawn)
