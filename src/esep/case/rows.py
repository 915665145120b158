"""The rows of a table on their way into the ledger: what they add, and what of an older version they replace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from esep.canonical import canonical
from esep.case.texts import Texts
from esep.case.this_case import of_this_case
from esep.errors import BadInput
from esep.intake.reading import RowReading, TableReading
from esep.intake.report import RowLine
from esep.ledger.claims import Claim, Draft
from esep.ledger.ledger import Ledger
from esep.names.keys import search_tokens

Progress = Callable[[int], None]
"""Told how many more rows have been read."""
Place = tuple[str, str, str | None, Any, Any] | None
Key = tuple[str, str, bytes | None, str, str | None, str | None, str | None]
_ROWS_AT_ONCE = 500
_WHO = ("name", "description")
_NAMES = ("name", "other_name")


@dataclass
class Rows:
    """Lines of the report as the rows stream by, and which of them said nothing new."""

    lines: list[RowLine] = field(default_factory=list)
    unchanged: set[int] = field(default_factory=set)


def no_progress(rows: int) -> None:
    """Nobody watches."""


def refuse_moved_rows(ledger: Ledger, table: TableReading, source: str) -> None:
    """Records without an id of their own are known by their row: judgements and permissions would change hands."""
    scope = source.partition(":")[2]
    was = {
        int(row): str(claim.value)
        for claim in ledger.claims(props=_WHO)
        for record, _, row in (claim.subject.partition(":")[2].rpartition("/"),)
        if record == scope and row.isdecimal()
    }
    now = {
        reading.line.row: str(draft.value)
        for reading in table.rows() if was
        for draft in reading.drafts
        if draft.prop in _WHO and draft.subject.endswith(f":{scope}/{reading.line.row}")
    }  # fmt: skip
    rows_of: dict[str, list[int]] = {}
    for row, who in was.items():
        rows_of.setdefault(who, []).append(row)
    for row, who in now.items():
        left = [other for other in rows_of.get(who, ()) if now.get(other) != who]
        if left and was.get(row) != who:
            raise BadInput(
                f"rows of {source} have moved: row {row} was row {left[0]} before, and judgements hold on to rows",
                hint="put new rows at the end, or add this version under an id of its own and decide who is the same",
            )


def table_drafts(
    ledger: Ledger, table: TableReading, texts: Texts, rows: Rows, progress: Progress, *, is_again: bool
) -> Iterator[Draft]:
    """Drafts of the rows, then retractions of what no row says any more. Known is what stood before this file.

    `is_again`: these bytes were taken in before, so what a person has withdrawn or erased since is not said anew.
    """
    upto = ledger.position()
    forms = _forms(ledger) if table.form != "claims" else {}
    superseded: dict[Key, list[Claim]] = {}
    readings = (of_this_case(reading, ledger.case) for reading in table.rows())
    while chunk := list(islice(readings, _ROWS_AT_ONCE)):
        subjects = sorted({draft.subject for reading in chunk for draft in reading.drafts})
        known: dict[str, list[Claim]] = {}
        others = [other for other in map(_of_other_kind, subjects) if other]
        for claim in ledger.claims(subjects=[*subjects, *others], known_on=upto):
            known.setdefault(claim.subject, []).append(claim)
        closed = _closed(ledger, subjects) if is_again else set()
        if closed:
            chunk = [replace(r, drafts=tuple(d for d in r.drafts if _cell_of(d) not in closed)) for r in chunk]
        if known:
            chunk = [_unless_somebody_else(reading, known) for reading in chunk]
        rows.lines.extend(reading.line for reading in chunk)
        for reading in chunk:
            for draft in _row_drafts(reading, known, rows):
                yield _anchored(draft, texts)
            if not known or reading.line.row in rows.unchanged:
                continue
            for claim in _otherwise(reading.drafts, known):
                if forms.get(_table_of(claim)) == table.form:
                    superseded.setdefault(key_of(claim), []).append(claim)
        progress(len(chunk))
    if superseded:  # a thing may have several rows: only the whole table tells what it no longer says
        for key in {key_of(draft) for reading in table.rows() for draft in reading.drafts} & superseded.keys():
            del superseded[key]
    for claims in superseded.values():
        yield from (_retraction(claim) for claim in claims)


def _unless_somebody_else(reading: RowReading, known: dict[str, list[Claim]]) -> RowReading:
    """The row, or its rejection if its id is that of a person whom another table calls quite differently.

    Ids of tables are ids of the case: two compilers who both number their rows from 1 would join people whom
    nobody judged to be one.
    """
    named = [draft for draft in reading.drafts if draft.prop == "name" and draft.subject.startswith("person:")]
    for draft in named:
        table = _table_of(draft)
        held = [claim for claim in known.get(draft.subject, ()) if claim.prop in _NAMES and claim.state == "stated"]
        others = [claim for claim in held if _table_of(claim) not in (None, table)]
        if others and draft.state == "stated" and not any(_may_be_one_name(draft, claim) for claim in held):
            line = replace(
                reading.line,
                outcome="rejected",
                reasons=(f"{draft.subject} is somebody else in another table",),
                hints=("give the rows ids of their own; a corrected table goes under the --id of the earlier one",),
            )
            return RowReading(line, ())
    return reading


def _may_be_one_name(one: Draft | Claim, other: Draft | Claim) -> bool:
    return bool(set(search_tokens(str(one.value))) & set(search_tokens(str(other.value))))


def _closed(ledger: Ledger, subjects: Sequence[str]) -> set[Place]:
    """Cells whose statement a person has withdrawn or erased."""
    claims = {claim.cid: claim for claim in ledger.claims(subjects=subjects, withdrawn=True)}
    withdrawn = (claim for claim in claims.values() if claim.op != "assert" and claim.target in claims)
    by_person = (claim for claim in withdrawn if claim.op == "erase" or "decision" in (claim.value or {}))
    return {_cell_of(claims[claim.target or ""]) for claim in by_person} - {None}


def _cell_of(claim: Claim | Draft) -> Place:
    """Cell of a table in which a claim stands; None if it stands in none."""
    cells = (place for place in claim.locator if place.get("role") == "cell")
    return next(((claim.subject, claim.prop, claim.source, p.get("row"), p.get("column")) for p in cells), None)


def _forms(ledger: Ledger) -> dict[str | None, str]:
    """Form in which each file was taken in: a table of one form corrects no statement of another."""
    files = ledger.claims(props=["file"])
    return {claim.subject: str(claim.value.get("form")) for claim in files if isinstance(claim.value, dict)}


def _table_of(claim: Claim | Draft) -> str | None:
    """Source record of the table in which a claim stands, or None if it stands in no table."""
    cells = (place for place in claim.locator if place.get("role") == "cell")
    return next((str(place.get("table") or claim.source) for place in cells), None)


def _anchored(draft: Draft, texts: Texts) -> Draft:
    """The draft with the hash of the text that its passage addresses."""
    if not any(place.get("role") == "quote" for place in draft.locator):
        return draft
    locator = (
        {**place, "text": texts.sha256(place["doc"])} if place.get("role") == "quote" else place
        for place in draft.locator
    )
    return replace(draft, locator=tuple(locator))


def _row_drafts(reading: RowReading, known: dict[str, list[Claim]], rows: Rows) -> Iterator[Draft]:
    if reading.drafts and not any(draft.subject in known for draft in reading.drafts):
        yield from reading.drafts
        return
    stated = {key_of(draft) for draft in reading.drafts}
    held = {key_of(claim) for draft in reading.drafts for claim in known.get(draft.subject, ())}
    if stated <= held:
        rows.unchanged.add(reading.line.row)
        return
    yield from (draft for draft in reading.drafts if key_of(draft) not in held)


def _otherwise(drafts: Sequence[Draft], known: dict[str, list[Claim]]) -> Iterator[Claim]:
    """What was held of the things that this row states, and the row does not repeat."""
    slots = {(draft.subject, draft.prop, draft.source) for draft in drafts}
    stated = {key_of(draft) for draft in drafts}
    for subject in dict.fromkeys(draft.subject for draft in drafts):
        for claim in known.get(subject, ()):
            if (subject, claim.prop, claim.source) in slots and key_of(claim) not in stated:
                yield claim
        yield from known.get(_of_other_kind(subject) or "", ())  # one person became a group, or the other way


def _of_other_kind(subject: str) -> str | None:
    """The group that a row of this id would be, or the person; None for other kinds."""
    kind, _, name = subject.partition(":")
    return {"person": f"group:{name}", "group": f"person:{name}"}.get(kind)


def _retraction(claim: Claim) -> Draft:
    reason = {"reason": "a newer version of the table says otherwise"}
    return Draft(claim.subject, claim.prop, reason, op="retract", target=claim.cid)


def key_of(claim: Draft | Claim) -> Key:
    """What a claim says, wherever in the table it stands."""
    value = canonical(claim.value) if claim.state == "stated" else None
    return (claim.subject, claim.prop, value, claim.state, claim.source, claim.lang, claim.original)
