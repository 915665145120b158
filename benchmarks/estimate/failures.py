"""Where 95 % intervals fail, as tables in the documentation: python -m benchmarks.estimate.failures.

Reads the finished cells of `coverage` and `bayes_coverage` and writes them between the marks of
docs/explanation/estimates.md, so that no figure there is typed by hand.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.estimate import suite
from benchmarks.estimate.coverage import verdict

HERE = Path(__file__).parent / "results"
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "estimates.md"
START, END = "<!-- coverage: written by benchmarks/estimate/failures.py -->", "<!-- /coverage -->"
FILES = ("coverage.jsonl", "bayes_coverage.jsonl")
LISTS = (3, 4, 5)


def read() -> list[dict]:
    """All finished cells; whether a Bayesian model is right is decided anew (the rule stands in `bayes_coverage`)."""
    from benchmarks.estimate.bayes_coverage import METHODS, is_right

    lines = [json.loads(row) for name in FILES for row in (HERE / name).read_text().splitlines()]
    for line in lines:
        if line["method"] in METHODS:
            line["right"] = is_right(line["method"], line["scenario"], line["k"])
    return lines


def share(line: dict | None) -> str:
    """Coverage in per cent, bold where it fails, a dash where nothing was answered or run."""
    if line is None or line["answered"] == 0:
        return "–"
    number = f"{verdict(line)[0]:.0%}".removesuffix("%")
    return number if verdict(line)[3] else f"**{number}**"


def wrong_table(lines: list[dict]) -> list[str]:
    """One row a method and scenario where the assumptions do not hold and a cell fails."""
    found = {(c["method"], c["scenario"], c["k"], c["people"]): c for c in lines if not c["right"]}
    rows = ["| method | what is wrong | 3 lists | 4 lists | 5 lists |", "|---|---|---|---|---|"]
    for method, scenario in sorted({key[:2] for key in found}):
        own = [[found.get((method, scenario, k, n)) for n in suite.SIZES] for k in LISTS]
        if any(cell and not verdict(cell)[3] for row in own for cell in row):
            shown = " | ".join(" / ".join(map(share, row)) if any(row) else "–" for row in own)
            rows.append(f"| {method} | {scenario} | {shown} |")
    return rows


def right_table(lines: list[dict]) -> list[str]:
    """One row a cell that fails although the assumptions hold."""
    rows = ["| method | people are | lists | people | intervals that hold the truth |", "|---|---|---|---|---|"]
    for line in sorted(lines, key=lambda c: (c["method"], c["scenario"], c["k"], c["people"])):
        held, low, high, good = verdict(line)
        if line["right"] and not good:
            where = f"| {line['method']} | {line['scenario']} | {line['k']} | {line['people']:,} "
            rows.append(f"{where}| {held:.1%} ({low:.1%} to {high:.1%}) |")
    return rows


def block(lines: list[dict]) -> str:
    """Both tables with their counts."""
    right = [line for line in lines if line["right"]]
    wrong = [line for line in lines if not line["right"]]
    passed = [sum(verdict(line)[3] for line in own) for own in (right, wrong)]
    parts = [
        START,
        f"Assumptions hold: {passed[0]} of {len(right)} cells meet 93 to 97 %. The others:",
        "\n".join(right_table(right)),
        f"Assumptions do not hold: {passed[1]} of {len(wrong)} cells meet 93 to 97 %. Per cent of intervals that hold\n"
        "the truth for 100 / 1,000 / 10,000 people; bold where that fails, a dash where it was not run:",
        "\n".join(wrong_table(wrong)),
        END,
    ]
    return "\n\n".join(parts)


def written(page: str, lines: list[dict]) -> str:
    """The page with its block replaced."""
    before, _, rest = page.partition(START)
    return before + block(lines) + rest.partition(END)[2]


def main() -> None:
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), read()), encoding="utf-8")


if __name__ == "__main__":
    main()
