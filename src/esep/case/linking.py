"""Lists to people, without a case: rows, decisions about them and an earlier result in; persons and questions out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esep.case.listed import columns_note, name_of, names_of, read_before, read_decided, read_records, side_of
from esep.case.questions import Questions, refuse_existing
from esep.errors import BadInput, LinkageError, WrongUse
from esep.intake.mapping import NO_MAPPING, read_mapping
from esep.linkage import Decided, Linkage, Settings
from esep.linkage.identity import Carried, carry_ids
from esep.linkage.linkage import concluded, link
from esep.linkage.queue import certain, questions
from esep.linkage.supervised import LEAST_DECISIONS, learn, taught
from esep.people.review import Question
from esep.vault.files import write_whole

Progress = Callable[[str], None]

_COLUMNS = ("list", "row", "person", "probability")
_ASKED = 150
"""Pairs that one person answers in an afternoon."""


@dataclass(frozen=True)
class Linked:
    """What linkage of some lists gave, and where its rows were written.

    `columns` say what was read from each list, `notes` what became of decisions and ids.
    """

    linkage: Linkage
    written: Path
    report: Path | None = None
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """The report."""
        lines = [*self.columns, self.linkage.text(), *self.notes, f"Rows are in {self.written}"]
        lines += [f"The report with names is in {self.report}: not for publication"] if self.report else []
        return "\n".join(lines)

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array with the report as its one object."""
        report = json.loads(self.linkage.report_json()) | {"columns": list(self.columns), "run_notes": list(self.notes)}
        return json.dumps([report], ensure_ascii=False, indent=1)


def link_files(
    paths: Sequence[Path],
    *,
    to: Path,
    truth: str | None = None,
    mapping: Path | None = None,
    report: Path | None = None,
    decisions: Path | None = None,
    before: Path | None = None,
    queue: Path | None = None,
    settings: Settings | None = None,
    progress: Progress = lambda step: None,
) -> Linked:
    """Link lists and write `list,row,person,probability`, one line a data row.

    `report` is a page with pictures and names, for its owner alone. `truth` names a column that says who is who; it is
    used to judge the result and never seen by the linker. `decisions` are what people said about pairs of rows,
    `before` an earlier result whose ids are kept, `queue` a table of pairs to write, the doubtful first.
    Raises `BadInput` or `WrongUse`; then nothing is written.
    """
    others = {path for path in (mapping, decisions, before, queue) if path}
    _check_files(paths, to=to, report=report, others=others)
    if queue is not None:
        refuse_existing(queue)
    own = read_mapping(mapping.read_text("utf-8")) if mapping else NO_MAPPING
    records = [record for path in paths for record in read_records(path, truth=truth, mapping=own)]
    if not records:
        raise BadInput("the lists have no rows", hint="name lists with at least one person")
    columns = tuple(columns_note(path, truth=truth, mapping=own) for path in paths)
    said = read_decided(decisions, names_of(records)) if decisions else []
    old = read_before(before) if before else {}
    found, learnt = _linked(records, said, settings or Settings(), progress=progress)
    notes = [*([_counted(said)] if said else []), *learnt]
    rows, changed = _rows(found, old, said)
    page = found.page(title=", ".join(path.name for path in paths)) if report is not None else ""
    _write_rows(to, rows)
    if report is not None:
        write_page(page, report)
    if queue is not None:
        asked = _questions(found, said)
        asked.write(queue)
        notes.append(_told(asked, queue))
    return Linked(found, to, report, columns, (*notes, *changed))


def _check_files(
    paths: Sequence[Path], *, to: Path, report: Path | None, others: Collection[Path]
) -> None:
    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        raise WrongUse("two lists have one file name, so their rows could not be told apart", hint="rename one")
    _refuse_given(to, paths, others, option="--to")
    if report is not None:
        _refuse_given(report, paths, [to, *others], option="--report")


def _refuse_given(written: Path, lists: Sequence[Path], others: Collection[Path], *, option: str) -> None:
    """Refuse to write over a list, or a file that another option names."""
    for given, fault in ((lists, "is one of the lists"), (others, "is named twice")):
        if written.resolve() in {path.resolve() for path in given}:
            raise WrongUse(f"{written} {fault}", hint=f"name another file with {option}")


def _linked(
    records: Sequence[Any], said: Sequence[Decided], settings: Settings, *, progress: Progress
) -> tuple[Linkage, list[str]]:
    """The linkage, taught by decisions when there are enough of them, and a note on what they taught."""
    found = link(records, settings, decisions=said, progress=progress)
    if sum(one.verdict != "unsure" for one in said) < LEAST_DECISIONS:
        return found, []
    try:
        stage = learn(found.run, said)
    except LinkageError as error:
        return found, [f"nothing was learnt from decisions: {error}"]
    truth = {record.key: record.truth for record in records if record.truth is not None}
    progress("weighing anew by decisions")
    note = f"{stage.decisions} decisions taught the weights" if stage.share else (
        f"{stage.decisions} decisions are foretold no better by learning from them, so the weights stay"
    )  # fmt: skip
    return concluded(taught(found.run, stage, settings), settings, truth=truth or None), [note]


def _counted(said: Sequence[Decided]) -> str:
    verdicts = Counter({one.pair: one.verdict for one in said}.values())
    told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items()))
    return f"decisions kept as they are: {told}"


def _rows(
    found: Linkage, old: Mapping[str, str], said: Sequence[Decided]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of the result, under the ids of an earlier one where there is one, and what became of these."""
    rows = found.rows()
    if not old:
        return rows, []
    members = [[name_of(found.records[place].key) for place in cluster.members] for cluster in found.clusters]
    decided = {name_of(key) for one in said if one.verdict != "unsure" for key in (one.left, one.right)}
    taken = set(old.values())
    carried = carry_ids(members, old, decided=decided, mint=lambda cluster: _minted(cluster, taken))
    person = {name: carried.ids[number] for number, held in enumerate(members) for name in held}
    for row in rows:
        row["person"] = person[f"{row['list']}:{row['row']}"]
    return rows, _changes(carried, members, old)


def _minted(cluster: Any, taken: set[str]) -> str:
    """A new id, named by the smallest row whose name is no id that is in use."""
    free = (name for name in sorted(cluster) if name not in taken)
    found = next(free, f"{min(cluster)}+")
    while found in taken:
        found += "+"
    taken.add(found)
    return found


def _changes(carried: Carried, members: Sequence[Sequence[str]], old: Mapping[str, str]) -> list[str]:
    """Merged, split and moved ids, in words."""
    now = {name: carried.ids[number] for number, held in enumerate(members) for name in held}
    parts: dict[str, set[str]] = {}
    for name, person in old.items():
        if name in now:
            parts.setdefault(person, set()).add(now[name])
    split = {person: ids for person, ids in parts.items() if len(ids) > 1}
    fresh = sum(not any(name in old for name in held) for held in members)
    gone = sum(name not in now for name in old)
    lines = [
        f"ids against the earlier result: {fresh} new persons, {len(carried.redirects)} merged into others,"
        f" {len(split)} split, {len(carried.moved)} rows under another id"
        + (f"; {gone} earlier rows are in no list now" if gone else "")
    ]
    lines += [f"  {was} leads to {becomes}" for was, becomes in list(sorted(carried.redirects.items()))[:10]]
    lines += [f"  {person} is now {', '.join(sorted(ids))}" for person, ids in list(sorted(split.items()))[:10]]
    return lines


def _questions(found: Linkage, said: Sequence[Decided]) -> Questions:
    side = {record.key: side_of(record) for record in found.records}
    asked = questions(found, decisions=said, most=len(found.run.scored) + 1)
    made = [
        Question(
            side[one.left], side[one.right], "open", one.probability, one.people_change, None, one.gain, one.reasons
        )
        for one in asked
    ]
    place = {record.key: at for at, record in enumerate(found.records)}
    decided = {one.pair for one in said}
    same = [(place[one.left], place[one.right]) for one in said if one.verdict == "same"]
    for number in certain(found, joined=same):
        link = found.link_at(number)
        if tuple(sorted((link.left, link.right))) in decided:
            continue
        made.append(
            Question(side[link.left], side[link.right], "sure", link.probability, 1.0, reasons=link.reasons)
        )
    return Questions(tuple(made[:_ASKED]), len(made))


def _told(asked: Questions, queue: Path) -> str:
    sure = sum(one.standing == "sure" for one in asked.asked)
    left = f", {asked.total - len(asked.asked)} more were left out" if asked.total > len(asked.asked) else ""
    return (
        f"{len(asked) - sure} pairs in doubt and {sure} that every draw joins are in {queue}{left}; "
        "fill it and give it as --decisions"
    )


def _write_rows(to: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(to, out.getvalue().encode())


def write_page(page: str, to: Path) -> None:
    """Write the report of a run; it holds names, so only its owner may read it."""
    write_whole(to, page.encode(), mode=0o600)
