"""The checks of a comparison as a person reads them: overlaps, lists left out, what one person moves, misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from esep.estimate.disagreement import contradicted
from esep.estimate.printing import columns, people

if TYPE_CHECKING:
    from esep.estimate.compare import Comparison
    from esep.estimate.results import Estimate

UNLIKELY = 0.025
"""A count is named as missed when the model gives one as high (or as low) with less than this chance."""


def checks_text(comparison: Comparison) -> str:
    """Every check that was made, in blocks with a heading each; empty where none was."""
    blocks = [block for block in _blocks(comparison) if block]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _blocks(comparison: Comparison) -> Iterator[str]:
    yield _pairs(comparison.diagnostics.get("pairs") or [])
    yield _unseen(comparison.final)
    yield _without_lists(comparison)
    yield _influence(comparison.final)
    yield _predictive(comparison.final)
    yield _linkage(comparison.final)


def _pairs(pairs: Sequence[dict[str, Any]]) -> str:
    if not pairs:
        return ""
    rows = [["pair of lists", "on both", "odds ratio", "Chapman"]]
    for pair in pairs:
        ratio = pair["odds_ratio"]
        rows.append([" and ".join(pair["lists"]), people(pair["on_both"]), _ratio(ratio), people(pair["chapman"])])
    return "Two lists at a time (odds ratio given the other lists; 1 = independent):\n" + columns(rows)


def _ratio(ratio: float | None) -> str:
    return "—" if ratio is None else f"{ratio:.2g}"


def _unseen(results: Sequence[Estimate]) -> str:
    shares = [r.diagnostics["share_unseen"] for r in results if r.diagnostics.get("share_unseen") is not None]
    if not shares:
        return ""
    return f"Share of the people that no list holds: {min(shares):.0%} to {max(shares):.0%}, by method."


def _without_lists(comparison: Comparison) -> str:
    found = [(r, r.diagnostics["without_list"]) for r in comparison.final if r.diagnostics.get("without_list")]
    if not found:
        return ""
    lists = list(found[0][1])
    rows = [["people without", *lists]]
    rows += [[result.method, *(people(left.get(name)) for name in lists)] for result, left in found]
    return "Each list left out in turn (— = no number without it):\n" + columns(rows)


def _influence(results: Sequence[Estimate]) -> str:
    rows = [["one person fewer under", "pattern", "people there", "moves it by"]]
    for result in results:
        for cell in result.diagnostics.get("cell_influence", [])[:1]:
            moved = "to no number" if cell["one_person"] is None else f"{-cell['one_person']:+,.1f}"
            rows.append([result.method, cell["pattern"], people(cell["people"]), moved])
    if len(rows) == 1:
        return ""
    return f"Who moves the answer most (pattern: {', '.join(results[0].lists)}, 1 = on it):\n{columns(rows)}"


def _predictive(results: Sequence[Estimate]) -> str:
    checked = [(r, r.diagnostics["predictive_checks"]) for r in results if r.diagnostics.get("predictive_checks")]
    if not checked:
        return ""
    rows = [["misses", "count", "observed", "expected", "p"]]
    for result, checks in checked:
        for row in checks:
            if min(row["p"], 1 - row["p"]) < UNLIKELY:
                cells = [people(row["observed"]), people(row["predicted"]), f"{row['p']:.3f}"]
                rows.append([result.method, row["count"], *cells])
    head = "Would each model give back the table (people on one list f_1, on two f_2, on each pair)?"
    if len(rows) == 1:
        return f"{head} All of {len(checked)} do."
    wrong = contradicted(results)
    said = (
        f"\nThe overlaps contradict {', '.join(r.method for r in wrong)}: what it assumes does not hold here."
        if wrong
        else ""
    )
    return f"{head}\n{columns(rows)}{said}"


def _linkage(results: Sequence[Estimate]) -> str:
    shares = [r.diagnostics["linkage_share"] for r in results if r.diagnostics.get("linkage_share") is not None]
    if not shares:
        return ""
    drawn = next(r for r in results if r.diagnostics.get("linkage_share") is not None).diagnostics
    return (
        f"Doubt about who is who: {drawn['linkage_draws']} draws of the linkage gave {drawn['different_tables']}"
        f" different tables; they make {min(shares):.0%} to {max(shares):.0%} of the variance, by method."
    )
