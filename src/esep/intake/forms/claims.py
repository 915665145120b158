"""Hand-made claims: one statement a row, as `subject, prop, value, state` with a passage.

The value is text. A status is a word and takes date and place from its row; an age and a year of birth are
numbers; compound values stand as JSON in the column `value_json`. A chain `said_by` belongs to the one claim
and stands in its locator as `{"role": "said_by", "said_by": [...]}`.
"""

from __future__ import annotations

import json
from typing import Any

from esep.errors import BadDate
from esep.intake.attribution import attribute, chain, finish
from esep.intake.cells import read_age, read_date
from esep.intake.row import Row
from esep.intake.values import WRITTEN_BY_ESEP, why_not
from esep.ledger.claims import KINDS, STATES

_DATES = frozenset(("birth_date", "death_date", "date", "published", "begins"))


def draft_claim(row: Row) -> str:
    """One draft about the row's own subject; returns that subject."""
    attribute(row)
    subject, prop = row.text("subject") or "", row.text("prop") or ""
    kind, _, name = subject.partition(":")
    if kind not in KINDS or not name:
        row.fault("the subject is no record id", hint=f"write KIND:NAME with a kind of {', '.join(sorted(KINDS))}")
    if not prop:
        row.fault("the claim names no property", hint="fill the column prop, as name, status or place")
    if prop in WRITTEN_BY_ESEP:
        row.fault(f"{prop} is written by esep itself", hint="record judgements and answers with «esep decide»")
    state = _state(row)
    has_value = state == "stated" and (row.cell("value").stated or row.cell("value_json").stated)
    value = _value(row, prop) if has_value else None
    if state == "stated" and value is None and not row.faults:
        row.fault("the claim has no value", hint="give a value, or say in the column state why there is none")
    if state != "stated" and (row.cell("value").stated or row.cell("value_json").stated):
        row.fault(f"a value beside the state {state}", hint="leave the value empty, or write stated")
    if value is not None and (wrong := why_not(prop, value)):
        row.fault(wrong, hint="see the glossary for what this property holds")
    if row.text("said_by"):
        row.passage = (*row.passage, {"role": "said_by", "said_by": chain(row)})
    if not row.faults:
        row.claim(subject, prop, value, state=state, cell=row.cell("value"))  # type: ignore[arg-type]
        finish(row, subject)
    return subject


def _state(row: Row) -> str:
    word = row.text("state") or row.cell("state").state or row.cell("value").state or "stated"
    if word not in STATES:
        row.fault("the state is not one that esep knows", hint=f"use {', '.join(STATES)}, or leave it empty")
        return "stated"
    return word


def _value(row: Row, prop: str) -> Any:
    if row.cell("value_json").stated:
        return _json(row)
    cell = row.cell("value")
    try:
        if prop == "age":
            return read_age(cell.text)
        if prop in _DATES:
            return read_date(cell.text)
    except BadDate as error:
        row.unreadable(cell, error, expected="a date" if prop in _DATES else "an age in years")
        return None
    if prop == "birth_year":
        return row.whole("value")
    return _status(row) if prop == "status" else cell.text


def _status(row: Row) -> Any:
    found = {"status": row.term("value", "status"), "date": row.date("date"), "place": row.text("place")}
    return {key: value for key, value in found.items() if value is not None}


def _json(row: Row) -> Any:
    cell = row.cell("value_json")
    try:
        found = json.loads(cell.text)
    except ValueError:
        row.fault(f"column {cell.header!r} holds no JSON", hint='write {"status": "killed"} or use the column value')
        return None
    if not isinstance(found, dict | list) or _has_float(found):
        row.fault(
            f"column {cell.header!r} must hold an object or a list without fractions", hint="write amounts as text"
        )
        return None
    return found


def _has_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_float, value.values()))
    return any(map(_has_float, value)) if isinstance(value, list) else isinstance(value, float)
