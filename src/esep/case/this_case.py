"""`case:this`: how a table of hand-made claims names the case that it is added to."""

from __future__ import annotations

from dataclasses import replace

from esep.intake.reading import RowReading

THIS_CASE = "case:this"


def of_this_case(reading: RowReading, case: str) -> RowReading:
    """The row with `case:this` as this case (`case` is its record id, which is random: no table can know it)."""
    if not any(draft.subject == THIS_CASE for draft in reading.drafts):
        return reading
    drafts = (replace(draft, subject=case) if draft.subject == THIS_CASE else draft for draft in reading.drafts)
    return replace(reading, drafts=tuple(drafts))
