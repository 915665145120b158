"""Draws of who is who in a file: what an estimate needs to carry the doubt of linkage in its interval."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from esep.people.doubt import Doubt
from esep.vault.files import write_whole


@dataclass(frozen=True)
class Drawn:
    """What the draws rest on, and where they are."""

    doubt: Doubt
    written: Path

    def text(self) -> str:
        """What was compared, how far the draws spread, where they are."""
        return f"{self.doubt.text()}\n{len(self.doubt.linkage.draws)} draws are in {self.written}"

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array with one object."""
        found = self.doubt.linkage.summary()
        held = {
            "written": str(self.written), "draws": len(self.doubt.linkage.draws), "seed": self.doubt.seed,
            "model": self.doubt.rule, "position": self.doubt.position, "records": found["records"],
            "people_interval": found["people_interval"],
            "missed_links": found["missed_links"],
        }  # fmt: skip
        return json.dumps([held], ensure_ascii=False, indent=1)


def write_draws(doubt: Doubt, to: Path) -> Drawn:
    """Write one JSON object a draw, record id -> label of its person; a record that is alone is left out."""
    write_whole(to, "".join(f"{line}\n" for line in draw_lines(doubt)).encode())
    return Drawn(doubt, to)


def draw_lines(doubt: Doubt) -> Iterator[str]:
    """Draws as JSON lines; labels are small numbers, in the order of the records' ids."""
    for draw in doubt.draws():
        shared = Counter(draw.values())
        number: dict[str, str] = {}
        line = {
            record: number.setdefault(label, str(len(number) + 1))
            for record, label in sorted(draw.items())
            if shared[label] > 1
        }
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":"))
