"""Lists to people: files by themselves, or the records of a case, whose proposals wait for a decision."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from esep.errors import BadInput, WrongUse
from esep.intake.headers import Columns, plan_columns
from esep.intake.mapping import NO_MAPPING, ColumnMapping, read_mapping
from esep.intake.tables import TableRow, read_table
from esep.ledger.identity import Judgement
from esep.ledger.proposals import Proposal, same_pair
from esep.linkage import Decided, Linkage, Record, Settings
from esep.people.persons import Person
from esep.vault.files import write_whole

Progress = Callable[[str], None]

_COLUMNS = ("list", "row", "person", "probability")
_NAMES = ("surname", "given_name", "patronymic")
_PLAIN = ("sex", "age", "birth_date", "birth_year", "date", "place", "occupation")
_LEAST = 0.05
"""Pairs less probable than this are not worth a person's time."""


@dataclass(frozen=True)
class Linked:
    """What linkage of some lists gave, and where its rows were written."""

    linkage: Linkage
    written: Path
    report: Path | None = None

    def text(self) -> str:
        """The report."""
        lines = [self.linkage.text(), f"Rows are in {self.written}"]
        lines += [f"The report with names is in {self.report}: not for publication"] if self.report else []
        return "\n".join(lines)

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array with the report as its one object."""
        return json.dumps([json.loads(self.linkage.report_json())], ensure_ascii=False, indent=1)


def link_files(
    paths: Sequence[Path],
    *,
    to: Path,
    truth: str | None = None,
    mapping: Path | None = None,
    report: Path | None = None,
    settings: Settings | None = None,
    progress: Progress = lambda step: None,
) -> Linked:
    """Link lists and write `list,row,person,probability`, one line a data row.

    `report` is a page with pictures and names, for its owner alone. `truth` names a column that says who is who; it is
    used to judge the result and never seen by the linker.
    Raises `BadInput` or `WrongUse`; then nothing is written.
    """
    from esep.linkage import link  # noqa: PLC0415 - Splink and DuckDB load on first use

    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        raise WrongUse("two lists have one file name, so their rows could not be told apart", hint="rename one")
    _refuse_lists(paths, to, option="--to")
    if report is not None:
        _refuse_lists([*paths, to], report, option="--report")
    own = read_mapping(mapping.read_text("utf-8")) if mapping else NO_MAPPING
    records = [record for path in paths for record in read_records(path, truth=truth, mapping=own)]
    if not records:
        raise BadInput("the lists have no rows", hint="name lists with at least one person")
    found = link(records, settings or Settings(), progress=progress)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found.rows())
    page = found.page(title=", ".join(names)) if report is not None else ""
    write_whole(to, out.getvalue().encode())
    if report is not None:
        write_page([page], report)
    return Linked(found, to, report)


def write_page(pages: Sequence[str], to: Path) -> None:
    """Write the report of a run that only its owner may read: it holds names. Raises `WrongUse` if there was no run."""
    if not pages:
        raise WrongUse("fewer than two named persons: nothing was compared, so there is no report", hint="leave it out")
    write_whole(to, pages[-1].encode(), mode=0o600)


def _refuse_lists(paths: Sequence[Path], to: Path, *, option: str) -> None:
    if to.resolve() in {path.resolve() for path in paths}:
        raise WrongUse(f"{to} is one of the lists", hint=f"name another file with {option}")


def read_records(path: Path, *, truth: str | None, mapping: ColumnMapping) -> Iterator[Record]:
    """Rows of a list as linkage takes them; every data row is there, also one without a name."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}", hint="check the name of the file") from None
    table = read_table(path.name, content, sheet=mapping.sheet, encoding=mapping.encoding, delimiter=mapping.delimiter)
    if truth is not None and truth not in table.header:
        raise BadInput(f"{path.name} has no column {truth!r}", hint=f"it has {', '.join(table.header)}")
    columns = plan_columns(_without(table.header, truth), "list", mapping=mapping)
    for row in table.rows():
        yield _record(path.name, row, columns, truth=row.cells[table.header.index(truth)] if truth else None)


def _without(header: tuple[str, ...], truth: str | None) -> tuple[str, ...]:
    """The header with the truth under a name that no property has, so that no column moves."""
    return tuple("truth column" if name == truth else name for name in header)


def _record(name: str, row: TableRow, columns: Columns, *, truth: str | None) -> Record:
    cells: dict[str, str] = {}
    for column in columns.all:
        if column.index < len(row.cells) and row.cells[column.index].strip():
            cells.setdefault(column.prop, row.cells[column.index].strip())
    full = cells.get("name") or " ".join(filter(None, (cells.get(part) for part in _NAMES)))
    others = (cells["other_name"],) if cells.get("other_name") else ()
    record = Record(name, row.number, name=full, other_names=others, truth=truth)
    return replace(record, **{prop: cells[prop] for prop in _PLAIN if prop in cells})  # type: ignore[arg-type]


def records_of(people: Sequence[Person]) -> list[Record]:
    """One record for each mention of a person, under its source as the list."""
    mentions = [(person, record) for person in people for record in person.records]
    return [_mention(person, record, row=row) for row, (person, record) in enumerate(mentions, start=1)]


def _mention(person: Person, record: str, *, row: int) -> Record:
    claims = [claim for claim in person.claims if claim.subject == record and claim.state == "stated"]
    stated: dict[str, Any] = {}
    for claim in claims:
        stated.setdefault(claim.prop, claim.value)
    happened: Mapping[str, Any] = stated["status"] if isinstance(stated.get("status"), dict) else {}
    return Record(
        next((claim.source for claim in claims if claim.source), "") or "",
        row,
        name=str(stated.get("name", "")),
        other_names=tuple(str(claim.value) for claim in claims if claim.prop == "other_name"),
        sex=str(stated.get("sex", "")),
        age=str(stated.get("age", "")),
        birth_date=str(stated.get("birth_date", "")),
        birth_year=str(stated.get("birth_year", "")),
        date=str(happened.get("date") or stated.get("date") or ""),
        place=str(happened.get("place") or stated.get("place") or ""),
        occupation=str(stated.get("occupation", "")),
        record_id=record,
    )


def proposals_of(
    people: Sequence[Person],
    judgements: Sequence[Judgement],
    *,
    progress: Progress = lambda step: None,
    seen: Callable[[Linkage], None] = lambda linkage: None,
) -> list[Proposal]:
    """Pairs of named persons that may be one, with reasons and the probability in thousandths. It joins nobody.

    `seen` gets the whole run, for a report; it is not called where fewer than two named persons are recorded.
    """
    from esep.linkage import link  # noqa: PLC0415 - Splink and DuckDB load on first use
    from esep.linkage.running import MODEL_VERSION  # noqa: PLC0415

    records = records_of([person for person in people if person.kind == "person" and person.is_named])
    if len(records) < 2:
        return []
    place = {record.record_id: record.key for record in records}
    decided = [
        Decided(place[one.left], place[one.right], one.verdict)  # type: ignore[arg-type]
        for one in judgements
        if one.left in place and one.right in place
    ]
    run = link(records, decisions=decided, progress=progress)
    seen(run)
    known = {record.key: record.record_id for record in records}
    judged = {one.pair for one in judgements}
    together = {record: person.id for person in people for record in person.records}
    proposals = []
    for number in range(len(run.run.scored)):
        found = run.link_at(number)
        left, right = known[found.left], known[found.right]
        pair = (left, right) if left < right else (right, left)
        if found.probability >= _LEAST and pair not in judged and together[left] != together[right]:
            payload = {"reasons": list(found.reasons), "probability_per_mille": round(1000 * found.probability)}
            proposals.append(same_pair(left, right, payload=payload, rule=MODEL_VERSION))
    return proposals
