"""In plain words: how far methods lie apart, and what the lists cannot settle."""

from __future__ import annotations

from collections.abc import Sequence

from esep.estimate.results import Estimate

APART = 1.25
"""Methods disagree in words when the largest estimate is more than this many times the smallest."""

MISSED = 0.01
"""A model misses the overlaps when its worst predictive check, times their number, has a two-sided p below this."""


def in_words(results: Sequence[Estimate], spread: tuple[Estimate, Estimate] | None) -> str:
    """How far the methods agree. spread: the smallest and the largest of the estimates proper, None without any."""
    if spread is None:
        return _without_estimate(results)
    least, most = spread
    if least is most:
        return "Only one method gives a number here, so nothing speaks for or against it but its own assumptions."
    return _span(least, most) + _below_bound(results)


def contradicted(results: Sequence[Estimate]) -> list[Estimate]:
    """Estimates whose own model does not give back the people on one list, on two, or an overlap (Bonferroni)."""
    return [result for result in results if result.role == "estimate" and _worst(result) < MISSED]


def _worst(result: Estimate) -> float:
    checks = result.diagnostics.get("predictive_checks") or []
    return min((2 * min(row["p"], 1 - row["p"]) * len(checks) for row in checks), default=1.0)


def _without_estimate(results: Sequence[Estimate]) -> str:
    given = sorted((r for r in results if r.point is not None), key=lambda r: (r.point or 0.0, r.method))
    if not given:
        reasons = sorted({r.status for r in results})
        return "No method gives a number. " + " ".join(f"{status.value}: {status.words}." for status in reasons)
    least, most = given[0], given[-1]
    ends = f"{least.point:,.0f} ({least.method})"
    if most is not least:
        ends = f"from {ends} to {most.point:,.0f} ({most.method})"
    return (
        f"No estimate proper: each number here, {ends}, rests on an assumption that these lists can neither support nor"
        " contradict. Publish it only with that assumption, and with what other assumptions would give."
    )


def _span(least: Estimate, most: Estimate) -> str:
    ends = f"from {least.point:,.0f} ({least.method}) to {most.point:,.0f} ({most.method})"
    times = (most.point or 0.0) / (least.point or 1.0)
    if times <= APART:
        return (
            f"The methods lie close together, {ends}. "
            "They share assumptions, so that they agree does not prove them right."
        )
    apart = least.high is not None and most.low is not None and least.high < most.low
    return (
        f"The methods disagree: {ends}, {times:.1f} times as many."
        + (" Their intervals do not even meet." if apart else "")
        + " The data alone do not settle which is right: that rests on how the lists depend on each other, which they"
        " cannot show for people on no list. Publish the range and the assumptions, not one figure."
    )


def _below_bound(results: Sequence[Estimate]) -> str:
    bounds = [r for r in results if r.role == "bound" and r.low is not None]
    if not bounds:
        return ""
    highest = max(bounds, key=lambda r: (r.low or 0.0, r.method))
    under = [r.method for r in results if r.role == "estimate" and r.high is not None and r.high < (highest.low or 0.0)]
    return (
        f" Even the upper end of {', '.join(under)} lies below the lower bound of {highest.method} "
        f"({highest.low:,.0f}): leaving out that people differ makes an estimate too low."
        if under
        else ""
    )
