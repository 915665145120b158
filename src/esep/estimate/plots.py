"""Pictures of results as SVG or PNG. matplotlib loads on the first drawing; the same result gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from esep.errors import EstimateError

if TYPE_CHECKING:
    from esep.estimate.compare import Comparison
    from esep.estimate.results import Estimate

DARK, PALE, GREY = "#30506d", "#7f9db9", "#767676"
FARTHEST = 3.0
"""The scale ends at this many times the largest estimate; an interval that goes on is cut with an arrow."""


@dataclass(frozen=True)
class Picture:
    """A drawing that a notebook shows by itself; `save` writes it to a file."""

    draw: Callable[[], Any]

    def svg(self) -> str:
        """The drawing as SVG, its words as text."""
        return self._bytes("svg").decode("utf-8")

    def png(self) -> bytes:
        """The drawing as PNG."""
        return self._bytes("png")

    def save(self, path: str | Path) -> None:
        """Write .svg or .png. Raises `EstimateError` for another ending."""
        to = Path(path)
        ending = to.suffix.lower().removeprefix(".")
        if ending not in {"svg", "png"}:
            raise EstimateError(
                f"a plot cannot be written as {to.suffix or 'a file without ending'}", hint="use .svg or .png"
            )
        beside = to.with_name(f"{to.name}.part")
        beside.write_bytes(self._bytes(ending))
        beside.replace(to)

    def _repr_svg_(self) -> str:
        return self.svg()

    def _bytes(self, ending: str) -> bytes:
        import matplotlib as mpl  # noqa: PLC0415 - heavy, loads on first use

        style: Any = {"svg.hashsalt": "esep", "svg.fonttype": "none", "savefig.dpi": 150, "font.size": 11}
        with mpl.rc_context(style):
            figure = self.draw()
            stream = BytesIO()
            metadata = {"Date": None} if ending == "svg" else {"Software": None}
            figure.savefig(stream, format=ending, metadata=metadata)
        return stream.getvalue()


def plot_estimate(estimate: Estimate, path: str | Path | None) -> Picture:
    """Posterior histogram where there are draws, profile likelihood where it was kept, else point and interval."""
    return _kept(Picture(lambda: _estimate(estimate)), path)


def plot_comparison(comparison: Comparison, path: str | Path | None) -> Picture:
    """All methods below one another; bounds and sensitivity in grey, the status where there is no figure."""
    return _kept(Picture(lambda: _comparison(comparison)), path)


def _kept(picture: Picture, path: str | Path | None) -> Picture:
    if path is not None:
        picture.save(path)
    return picture


def _figure(*, height: float) -> tuple[Any, Any]:
    """A figure of its own, outside of pyplot, so that drawing changes nothing in the caller's session."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - heavy, loads on first use
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(7.2, height), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _finish(figure: Any, axes: Any, observed: int) -> Any:
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415 - heavy, loads on first use

    axes.axvline(observed, color=GREY, linestyle=":", label=f"documented on the lists: {observed:,}")
    if axes.get_xscale() == "linear":
        axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.set_xlabel("people in all, listed or not")
    figure.legend(frameon=False, loc="outside lower center", ncols=2, fontsize="small")
    return figure


def _estimate(estimate: Estimate) -> Any:
    figure, axes = _figure(height=3.4)
    if estimate.point is None:
        axes.set_yticks([])
        axes.annotate("no figure", (estimate.observed, 0.0), xytext=(6, 0), textcoords="offset points")
    elif estimate.draws is not None:
        _histogram(axes, estimate)
    elif "profile" in estimate.details:
        curve = estimate.details["profile"]
        axes.plot(curve["population"], curve["log_likelihood"], color=DARK)
        axes.set_ylabel("log likelihood\nbelow its maximum")
    else:
        _bar(axes, estimate, 0)
        axes.set_yticks([])
    axes.set_title(f"{estimate.method} ({estimate.status.value})", loc="left")
    return _finish(figure, axes, estimate.observed)


def _histogram(axes: Any, estimate: Estimate) -> None:
    draws = np.asarray(estimate.draws)
    draws = draws[np.isfinite(draws)]
    low, high = np.quantile(draws, [0.001, 0.98])
    axes.hist(draws, bins=np.linspace(low, max(high, low + 1), 60), density=True, color=PALE)
    axes.set_yticks([])
    axes.set_ylabel("how probable")
    if estimate.low is not None:
        end = min(estimate.high or high, max(high, low + 1))
        axes.axvspan(estimate.low, end, color=DARK, alpha=0.15, label=f"{estimate.level:.0%} interval")
    axes.set_xlim(estimate.observed - 0.03 * (high - estimate.observed), max(high, low + 1))


def _bar(axes: Any, estimate: Estimate, row: float, *, end: float = np.inf) -> None:
    """Point and interval; an end that is open or beyond `end` is an arrow."""
    if estimate.point is None:
        return
    colour = DARK if estimate.role == "estimate" else GREY
    low = estimate.point if estimate.low is None else estimate.low
    high = (np.inf if estimate.low is not None else estimate.point) if estimate.high is None else estimate.high
    goes_on = high > end or not np.isfinite(high)
    right = min(high, end) if np.isfinite(min(high, end)) else 1.15 * estimate.point
    axes.plot([low, right], [row, row], color=colour, linewidth=2, solid_capstyle="butt")
    axes.plot([min(estimate.point, end)], [row], "o" if estimate.point <= end else ">", color=colour)
    if goes_on:
        axes.plot([right], [row], ">", color=colour, markersize=7, clip_on=False)


def _comparison(comparison: Comparison) -> Any:
    results = comparison.final
    figure, axes = _figure(height=1.5 + 0.3 * len(results))
    end = _end(comparison)
    for row, result in enumerate(results):
        _bar(axes, result, row, end=end)
        if result.point is None:
            axes.annotate(
                result.status.value, (comparison.observed, row), xytext=(6, 0), textcoords="offset points",
                va="center", color=GREY, fontsize="small",
            )  # fmt: skip
    axes.set_yticks(range(len(results)), [result.method for result in results])
    axes.set_ylim(len(results) - 0.5, -0.5)
    _scale(axes, comparison, end)
    axes.plot([], [], "o-", color=DARK, linewidth=2, label=f"estimate and {_level(comparison)} interval")
    if any(result.role != "estimate" for result in results):
        axes.plot([], [], "o-", color=GREY, linewidth=2, label="lower bound or sensitivity")
    return _finish(figure, axes, comparison.observed)


def _level(comparison: Comparison) -> str:
    return f"{comparison.results[0].level:.0%}" if comparison.results else ""


def _end(comparison: Comparison) -> float:
    """Where the scale ends: the highest end, but not beyond `FARTHEST` times the largest point that matters."""
    points = [r.point for r in comparison.final if r.point is not None and r.role == "estimate"]
    points = points or [r.point for r in comparison.final if r.point is not None]
    ends = [e for r in comparison.final for e in (r.point, r.high) if e is not None]
    return min(max(ends), FARTHEST * max(points)) if points else 2.0 * max(comparison.observed, 1)


def _scale(axes: Any, comparison: Comparison, end: float) -> None:
    observed = max(comparison.observed, 1)
    if end > 20 * observed:
        axes.set_xscale("log")
        axes.set_xlim(observed / 1.5, end * 1.3)
    else:
        axes.set_xlim(observed - 0.06 * (end - observed), end + 0.04 * (end - observed))
