"""Ids that a table gives its rows."""

from __future__ import annotations

from esep.intake.row import Row


def subject_of(row: Row, kind: str, prop: str = "id") -> str:
    """`KIND:ID` with the id that the row gives, or `KIND:SCOPE/ROW` where the table has none."""
    return f"{kind}:{row.text(prop) or f'{row.context.scope}/{row.number}'}"


def claim_texts(row: Row, subject: str, props: tuple[str, ...]) -> None:
    """One draft for each of these properties whose cell says anything."""
    for prop in props:
        row.claim_cell(subject, prop, row.cell(prop))
