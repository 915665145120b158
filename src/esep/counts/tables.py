"""How numbers and rows are printed: open ends as words, columns aligned."""

from __future__ import annotations

from collections.abc import Sequence


def span(low: int | None, high: int | None) -> str:
    """A range in neutral words: «11», «11 to 12», «at least 11», «up to 12», «any number»."""
    if low is None or (low == 0 and high is None):
        return "any number" if high is None else f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def in_columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of words as aligned columns, two spaces apart."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    padded = ([word.ljust(width) for word, width in zip(row, widths, strict=True)] for row in rows)
    return "\n".join("  ".join(words).rstrip() for words in padded)


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: «a», «a and b», «a, b and c»."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
