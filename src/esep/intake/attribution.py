"""Who speaks in a row: its source, its exact words, the chain from witness to publisher, and what it copies."""

from __future__ import annotations

from esep.errors import EsepError
from esep.intake.individuals import claim_rest
from esep.intake.row import Row


def attribute(row: Row) -> None:
    """Set the row's source, language and passage from its columns.

    A row that names a document but quotes other words than stand there gets a fault.
    """
    named = row.text("source_id") or row.text("doc")
    if named:
        row.source = f"source:{named}"
    row.language = row.name_language = row.text("language") or row.language
    if row.text("doc"):
        _quote(row)
    elif row.text("start") or row.text("end"):
        row.fault("the row has a passage but no document", hint="name the document in the column doc")


def finish(row: Row, subject: str) -> None:
    """Last drafts of a row: who said it through whom, what its source copies, and every cell not asked for yet."""
    if row.cell("said_by").stated and "said_by" not in row.told:
        row.claim(subject, "said_by", {"said_by": chain(row)}, cell=row.cell("said_by"))
    if row.source != row.context.source:
        claim_copies(row, row.source)
    claim_rest(row, subject)


def claim_copies(row: Row, source: str) -> None:
    """Drafts that say which source this one reprints or translates; the table itself says so."""
    for prop, column in (("reprint_of", "copy_of"), ("translation_of", "translation_of")):
        cell = row.cell(column)
        if not cell.stated:
            continue
        if f"source:{cell.text}" == source:
            row.fault(f"column {cell.header!r}: a source cannot be a copy of itself", hint="name the source it copies")
            continue
        row.claim(source, prop, f"source:{cell.text}", cell=cell, source=row.context.source)


def chain(row: Row) -> list[str]:
    """Speakers from witness to publisher, as `witness > recorder > publisher` names them.

    Which of them is the origin is told later, from the table of aliases that people decide.
    """
    row.told.add("said_by")
    return [part.strip() for part in (row.text("said_by") or "").split(">") if part.strip()]


def _quote(row: Row) -> None:
    doc, start, end = row.text("doc") or "", row.whole("start"), row.whole("end")
    quote = row.cell("quote").text
    if start is None or end is None:
        if quote or row.text("start") or row.text("end"):
            row.fault("a quotation needs its start and end", hint="give code points, counted from 0, end not included")
        return
    if row.context.passage is None:
        row.fault("the row quotes a document, and no documents are at hand", hint="add it to a case that holds them")
        return
    try:
        words = row.context.passage(doc, start, end)
    except EsepError as error:
        row.fault(f"{doc}[{start}:{end}]: {error}", hint=error.hint or "add the document first, or mend the place")
        return
    if words != quote:
        row.fault(
            f"{doc}[{start}:{end}] does not read as quoted",
            hint="copy the words from the text layer, with its exact spaces and quotation marks",
        )
    row.passage = ({"role": "quote", "doc": row.source, "start": start, "end": end},)
