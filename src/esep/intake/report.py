"""What became of each row: accepted, rejected with a reason and what to do, or unchanged since last time.

Every row of the file has exactly one line. The report can be shown to anybody who may see the list: it names
rows, columns and reasons. The raw cells of a rejected row stay beside it, contacts apart, and are not printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Outcome = Literal["accepted", "rejected", "unchanged"]


@dataclass(frozen=True, slots=True)
class RowLine:
    """One line of the report.

    `row` counts data rows from 1, `line` is the line of the file or row of the sheet. `reasons` say what is
    wrong and `hints` what to do, one for one. `cells` (header -> text as it stood) are kept of rejected rows
    only; `sealed_cells` are those that hold or may hold contacts and belong under seal.
    """

    row: int
    line: int
    outcome: Outcome
    subject: str | None = None
    reasons: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict, repr=False)
    sealed_cells: Mapping[str, str] = field(default_factory=dict, repr=False)

    def text(self) -> str:
        """The line as a person reads it."""
        told = "; ".join(
            f"{reason} ({hint})" if hint else reason for reason, hint in zip(self.reasons, self.hints, strict=True)
        )
        told = "; ".join(filter(None, (told, *self.notes)))
        return f"row {self.row} (line {self.line}): {self.outcome}" + (f": {told}" if told else "")


@dataclass(frozen=True)
class RowReport:
    """All lines of one file, in the order of its rows, with notes about the file as a whole."""

    name: str
    form: str
    lines: tuple[RowLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def totals(self) -> dict[str, int]:
        """Rows in all and by outcome; `rows` is always the sum of the others."""
        counts = {"accepted": 0, "rejected": 0, "unchanged": 0}
        for line in self.lines:
            counts[line.outcome] += 1
        return {"rows": len(self.lines), **counts}

    @property
    def rejected(self) -> tuple[RowLine, ...]:
        """Lines of rejected rows."""
        return tuple(line for line in self.lines if line.outcome == "rejected")

    def with_unchanged(self, rows: Collection[int]) -> RowReport:
        """The same report with these accepted rows marked as saying nothing new."""
        lines = (
            replace(line, outcome="unchanged") if line.row in rows and line.outcome == "accepted" else line
            for line in self.lines
        )
        return replace(self, lines=tuple(lines))

    def text(self, *, every_row: bool = False) -> str:
        """The report in words: totals, notes, and each row that needs a person (or every row)."""
        totals = self.totals
        head = (
            f"{self.name}: {totals['rows']} rows as {self.form}: {totals['accepted']} accepted, "
            f"{totals['rejected']} rejected, {totals['unchanged']} unchanged"
        )
        shown = (line.text() for line in self.lines if every_row or line.outcome == "rejected" or line.notes)
        return "\n".join((head, *self.notes, *shown))

    def table(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Header and one tuple for every row."""
        header = ("row", "line", "outcome", "subject", "reason", "what to do", "notes")
        return header, [
            (
                line.row,
                line.line,
                line.outcome,
                line.subject or "",
                "; ".join(line.reasons),
                "; ".join(filter(None, line.hints)),
                "; ".join(line.notes),
            )
            for line in self.lines
        ]

    def json(self) -> list[dict[str, Any]]:
        """One object for every row; raw cells are not part of it."""
        return [
            {
                "row": line.row,
                "line": line.line,
                "outcome": line.outcome,
                "subject": line.subject,
                "reasons": list(line.reasons),
                "hints": list(line.hints),
                "notes": list(line.notes),
            }
            for line in self.lines
        ]


def report_of(name: str, form: str, lines: Iterable[RowLine], *, notes: tuple[str, ...] = ()) -> RowReport:
    """Report made of finished lines."""
    return RowReport(name, form, tuple(lines), notes)
