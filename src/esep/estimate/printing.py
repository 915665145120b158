"""Results in words and in aligned columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esep.estimate.compare import Comparison
    from esep.estimate.results import Estimate


def people(number: float | None) -> str:
    """A number of people for the eye: whole, with thin grouping; a dash where there is none."""
    return "—" if number is None else f"{number:,.0f}"


def interval(estimate: Estimate) -> str:
    """«low to high», with an open end said in words."""
    if estimate.low is None:
        return "—"
    return f"{people(estimate.low)} to {people(estimate.high) if estimate.high is not None else 'no upper limit'}"


def estimate_text(estimate: Estimate) -> str:
    """One result in sentences: the figure, what it is worth, what it assumes."""
    lines = [f"{estimate.method}: {estimate.status.value} — {estimate.status.words}."]
    if estimate.point is not None:
        share = f"{estimate.level:.0%} interval"
        lines.append(f"Estimated people in all: {people(estimate.point)} ({share} {interval(estimate)}).")
    lines.append(f"Documented on the lists: {people(estimate.observed)} (a count, not part of the estimate's doubt).")
    lines += [f"Assumes {assumption}." for assumption in estimate.assumptions]
    return "\n".join(lines)


def columns(rows: list[list[str]]) -> str:
    """Rows of cells under one another; the first column flush left, the others right."""
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(w) if c == 0 else cell.rjust(w) for c, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def comparison_text(comparison: Comparison) -> str:
    """Side by side in columns, then what it means."""
    head = ["method", "people", "interval", "status"]
    strata = list(dict.fromkeys(r.details.get("stratum", "") for r in comparison.results))
    blocks = []
    for stratum in strata:
        own = [r for r in comparison.results if r.details.get("stratum", "") == stratum]
        rows = [[r.method + _mark(r), people(r.point), interval(r), r.status.value] for r in own]
        blocks.append((f"{stratum}:\n" if stratum else "") + columns([head, *rows]))
    documented = f"Documented on the lists: {people(comparison.observed)} people ({', '.join(comparison.lists)})."
    marks = [line for sign, line in _MARKS.values() if any(_mark(r) == sign for r in comparison.results)]
    statuses = sorted({r.status for r in comparison.results if not r.status.is_ok})
    some = any(r.point is not None for r in comparison.final)  # without any, the disagreement says it all
    words = [f"{status.value}: {status.words}." for status in statuses] if some else []
    warnings = [f"Caution: {warning}." for warning in comparison.warnings]
    return "\n".join([documented, "", *blocks, *marks, "", comparison.disagreement, *warnings, *words]).rstrip() + "\n"


_MARKS = {
    "bound": (" *", "* a lower bound"),
    "sensitivity": (" †", "† sensitivity: what another assumption would give"),
}


def _mark(result: Estimate) -> str:
    return _MARKS.get(result.role, ("", ""))[0]
