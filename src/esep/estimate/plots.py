"""Pictures of results as SVG or PNG. matplotlib is loaded on the first call; the same result gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from esep.errors import EstimateError

if TYPE_CHECKING:
    from esep.estimate.compare import Comparison
    from esep.estimate.results import Estimate


def plot_estimate(estimate: Estimate, path: Path) -> None:
    """Posterior histogram where there are draws, profile likelihood where it was kept, else point and interval."""
    figure, axes = _figure(height=3.2)
    if estimate.draws is not None:
        _histogram(axes, estimate)
    elif "profile" in estimate.details:
        curve = estimate.details["profile"]
        axes.plot(curve["population"], curve["log_likelihood"], color="#30506d")
        axes.set_ylabel("log likelihood below its maximum")
    else:
        _bar(axes, estimate, 0)
        axes.set_yticks([])
    axes.axvline(estimate.observed, color="#888888", linestyle=":", label="documented on the lists")
    axes.set_xlabel("people")
    axes.set_title(f"{estimate.method} ({estimate.status.value})", loc="left")
    axes.legend(frameon=False, loc="upper right")
    _save(figure, path)


def _histogram(axes: Any, estimate: Estimate) -> None:
    draws = np.asarray(estimate.draws)
    low, high = np.quantile(draws[np.isfinite(draws)], [0.001, 0.99])
    axes.hist(draws, bins=np.linspace(low, max(high, low + 1), 80), density=True, color="#7f9db9")
    if estimate.low is not None:
        axes.axvspan(estimate.low, min(estimate.high or high, high), color="#30506d", alpha=0.15, label="interval")


def _bar(axes: Any, estimate: Estimate, row: float) -> None:
    if estimate.point is None:
        return
    high = estimate.high if estimate.high is not None else estimate.point
    low = estimate.low if estimate.low is not None else estimate.point
    colour = "#30506d" if estimate.role == "estimate" else "#999999"
    axes.plot([low, high], [row, row], color=colour, linewidth=2)
    axes.plot([estimate.point], [row], "o", color=colour)
    if estimate.high is None and estimate.low is not None:
        axes.annotate("→", (high, row), va="center", ha="left")


def _figure(*, height: float) -> tuple[Any, Any]:
    import matplotlib as mpl  # noqa: PLC0415 - heavy, loads on first use

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - heavy, loads on first use

    return plt.subplots(figsize=(7.2, height), layout="constrained")


def _save(figure: Any, path: Path) -> None:
    import matplotlib as mpl  # noqa: PLC0415 - heavy, loads on first use
    from matplotlib import pyplot as plt  # noqa: PLC0415 - heavy, loads on first use

    if path.suffix not in {".svg", ".png"}:
        raise EstimateError(
            f"a plot cannot be written as {path.suffix or 'a file without ending'}", hint="use .svg or .png"
        )
    with mpl.rc_context({"svg.hashsalt": "esep", "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else {"Software": None})
    plt.close(figure)


def plot_comparison(comparison: Comparison, path: Path) -> None:
    """All methods below one another; bounds and sensitivity in grey, the status where there is no figure."""
    results = comparison.final
    figure, axes = _figure(height=1.2 + 0.32 * len(results))
    for row, result in enumerate(results):
        _bar(axes, result, row)
        if result.point is None:
            axes.annotate(result.status.value, (comparison.observed, row), va="center", color="#888888")
    axes.set_yticks(range(len(results)), [result.method for result in results])
    axes.invert_yaxis()
    ends = [end for r in results for end in (r.point, r.high) if end is not None]
    if ends and max(ends) > 20 * max(comparison.observed, 1):
        axes.set_xscale("log")
    axes.axvline(comparison.observed, color="#888888", linestyle=":", label="documented on the lists")
    axes.set_xlabel("people")
    if any(result.role != "estimate" for result in results):
        axes.plot([], [], color="#999999", linewidth=2, label="bound or sensitivity")
    axes.legend(frameon=False, loc="upper right")
    _save(figure, path)
