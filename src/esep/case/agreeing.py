"""How far two readers agree: from two filled tables, or from what the case holds of two people's answers."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esep.case.filled import FilledTable, read_filled
from esep.case.questions import FILLED, refuse_existing
from esep.errors import BadInput, WrongUse
from esep.linkage.agreement import VERDICTS, Agreement, kappa
from esep.linkage.records import Verdict
from esep.people.answers import Pair, answers, by_author
from esep.vault.files import write_whole

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

_MOST_SHOWN = 20


@dataclass(frozen=True)
class Agreed:
    """Two readers compared: `differing` are the pairs that they answered differently, with both answers."""

    first: str
    second: str
    agreement: Agreement
    differing: tuple[tuple[Pair, Verdict, Verdict], ...]
    note: str = ""

    def text(self) -> str:
        """Kappa with its interval, answers against answers, and the pairs that differ."""
        lines = [f"{self.first} and {self.second}: {self.agreement.text()}"]
        if self.agreement.pairs:
            lines += self._crossed()
        shown = self.differing[:_MOST_SHOWN]
        lines += [f"  {left} - {right}: {one}, {two}" for (left, right), one, two in shown]
        if len(self.differing) > len(shown):
            lines.append(f"  and {len(self.differing) - len(shown)} more")
        return "\n".join(filter(None, (*lines, self.note)))

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array with one object."""
        return json.dumps([self.values()], ensure_ascii=False, indent=1)

    def values(self) -> dict[str, Any]:
        """Plain values."""
        found = self.agreement
        return {
            "first": self.first, "second": self.second, "pairs": found.pairs, "status": found.status,
            "observed": found.observed, "by_chance": found.by_chance, "kappa": found.kappa,
            "low": found.low, "high": found.high, "level": found.level,
            "table": [
                {"first": one, "second": two, "pairs": found.table.get((one, two), 0)}
                for one in VERDICTS for two in VERDICTS
            ],
            "differing": [
                {"left": left, "right": right, "first": one, "second": two}
                for (left, right), one, two in self.differing
            ],
        }  # fmt: skip

    def _crossed(self) -> list[str]:
        wide = max(len(self.first), 10)
        lines = [f"  {self.first:<{wide}}  {self.second}: " + "  ".join(f"{verdict:>9}" for verdict in VERDICTS)]
        for one in VERDICTS:
            counts = "  ".join(f"{self.agreement.table.get((one, two), 0):>9}" for two in VERDICTS)
            lines.append(f"  {one:<{wide}}  {'':<{len(self.second)}}  {counts}")
        return lines


@dataclass(frozen=True)
class Agreements:
    """Every two readers who answered the same pairs."""

    all: tuple[Agreed, ...]

    def text(self) -> str:
        """One block for each two readers."""
        return "\n\n".join(one.text() for one in self.all) or "No pair was answered by two people."

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array, one object for each two readers."""
        return json.dumps([one.values() for one in self.all], ensure_ascii=False, indent=1)


def compared(
    first: str, one: Mapping[Pair, Verdict], second: str, two: Mapping[Pair, Verdict], *, note: str = ""
) -> Agreed:
    """Agreement of two readers, each given as pair -> answer."""
    differing = tuple((pair, one[pair], two[pair]) for pair in sorted(one) if pair in two and one[pair] != two[pair])
    return Agreed(first, second, kappa(one, two), differing, note)


def agree_in_case(ledger: Ledger, *, known_on: KnownOn = None) -> Agreements:
    """Every two people with answers about the same pairs, by their last answers that are not taken back."""
    said = by_author(answers(ledger, known_on=known_on))
    verdicts = {name: {pair: answer.verdict for pair, answer in held.items()} for name, held in said.items()}
    found = [
        compared(first, verdicts[first], second, verdicts[second])
        for first, second in combinations(sorted(verdicts), 2)
        if verdicts[first].keys() & verdicts[second].keys()
    ]
    return Agreements(tuple(found))


def agree_in_files(paths: Sequence[Path]) -> tuple[Agreed, FilledTable]:
    """Agreement of two filled tables, and the second table, from which the pairs that differ can be written anew."""
    if len(paths) != 2:
        raise WrongUse(f"{len(paths)} files of answers", hint="name the two files that the readers filled, or a case")
    first, second = (read_filled(path) for path in paths)
    names = [_reader(table) for table in (first, second)]
    if names[0] == names[1]:
        raise BadInput(
            f"{first.name} and {second.name} were both filled by {names[0]}",
            hint="a reader cannot be compared with himself: name the files of two people",
        )
    one, two = ({row.pair: row.verdict for row in table.rows} for table in (first, second))
    alone = len(one.keys() ^ two.keys())
    note = f"{alone} pairs were answered by one reader only and do not count here." if alone else ""
    return compared(names[0], one, names[1], two, note=note), second


def write_differing(agreed: Agreed, table: FilledTable, to: Path) -> None:
    """Write the pairs that were answered differently as a new table to fill, without the answers.

    Raises `WrongUse` when a file is there.
    """
    refuse_existing(to)
    emptied = {index for index, name in enumerate(table.header) if " ".join(name.casefold().split()) in FILLED}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.header)
    for pair, _, _ in agreed.differing:
        writer.writerow(["" if index in emptied else cell for index, cell in enumerate(table.cells[pair])])
    write_whole(to, codecs.BOM_UTF8 + out.getvalue().encode(), mode=0o600)


def _reader(table: FilledTable) -> str:
    names = {row.by for row in table.rows if row.by}
    return names.pop() if len(names) == 1 else table.name
