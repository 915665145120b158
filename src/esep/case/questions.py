"""Questions of the review queue as a result of the house: side by side, as objects for programs, as a table to fill.

A blind reading shows records only: neither what the machine thinks nor what others said.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from esep.errors import WrongUse
from esep.intake.formulas import safe_cell
from esep.people.review import Question
from esep.people.sides import SHOWN, Side
from esep.vault.files import write_whole

FILLED = ("answer", "reason", "by", "at")
"""Columns of the table that a person fills."""

_ABOUT = ("record", "source", "published", "recorded")
_WIDTH, _WIDE = 36, 100
_TOLD = 0.05
_LABELS = {
    "other_name": "other names", "birth_date": "born on", "birth_year": "born in", "recorded": "recorded on",
    "description": "described", "occupation": "work",
}  # fmt: skip


@dataclass(frozen=True)
class Questions:
    """The first of the open questions, in the order of the queue; `total` are all, `note` what a reader must know."""

    asked: tuple[Question, ...]
    total: int
    blind: bool = False
    note: str = ""

    def __len__(self) -> int:
        return len(self.asked)

    def text(self) -> str:
        """Each pair side by side, with what the machine knows unless it is a blind reading."""
        if not self.asked:
            return "\n".join(filter(None, ("No pair is open.", self.note)))
        blocks = [
            f"{number}. {pair_text(one, blind=self.blind)}" for number, one in enumerate(self.asked, start=1)
        ]
        more = f"{self.total - len(self.asked)} more pairs are open." if self.total > len(self.asked) else ""
        return "\n\n".join(filter(None, (*blocks, more, self.note)))

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array, one object a pair."""
        return json.dumps([self._object(one) for one in self.asked], ensure_ascii=False, indent=1)

    def _object(self, one: Question) -> dict[str, Any]:
        found: dict[str, Any] = {
            "left": _side_object(one.left), "right": _side_object(one.right), "standing": one.standing,
        }  # fmt: skip
        if self.blind:
            return found
        said = [{"verdict": answer.verdict, "by": answer.by, "at": answer.at} for answer in one.said]
        return found | {
            "probability": one.probability, "people_change": one.people_change,
            "estimate_change": one.estimate_change, "reasons": list(one.reasons), "said": said,
        }  # fmt: skip

    def csv(self, *, by: str = "", at: str = "") -> str:
        """A table to fill in a spreadsheet: one row a pair, each value of both records beside each other.

        `by` and `at` fill these columns beforehand. `esep decide` takes it, also half filled.
        """
        props = [prop for prop in SHOWN if any(prop in side.values for one in self.asked for side in _both(one))]
        props += [prop for prop in _ABOUT[1:] if any(_cell(side, prop) for one in self.asked for side in _both(one))]
        header = [*FILLED, *(f"{label(prop)} {side}" for prop in props for side in (1, 2))]
        header += [] if self.blind else ["queue", "probability", "fewer people if same", "why", "said"]
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([*header, "left", "right"])
        for one in self.asked:
            cells = ["", "", by, at, *(_cell(side, prop) for prop in props for side in _both(one))]
            cells += [*([] if self.blind else _machine(one)), one.left.record, one.right.record]
            writer.writerow([safe_cell(" ".join(cell.split())) for cell in cells])
        return out.getvalue()


    def write(self, to: Path, *, by: str = "", at: str = "") -> None:
        """Write the table, for its owner alone. Raises `WrongUse` when a file is there: it may hold answers."""
        refuse_existing(to)
        content = codecs.BOM_UTF8 + self.csv(by=by, at=at).encode()  # the mark tells spreadsheets that it is UTF-8
        write_whole(to, content, mode=0o600)


def refuse_existing(to: Path) -> None:
    """Raise `WrongUse` when a file is there: a filled table is never written over."""
    if to.exists():
        raise WrongUse(
            f"{to} is there already and may hold answers", hint="decide it first, or name another file"
        )


def label(prop: str) -> str:
    """A property in the words of the table and the screen."""
    return _LABELS.get(prop, prop)


def pair_text(one: Question, *, blind: bool) -> str:
    """A pair side by side; outside a blind reading with what the answer changes, probability, reasons and answers."""
    lines = [_headline(one, blind=blind), *_columns(one)]
    if not blind:
        lines += machine_lines(one)
    return "\n".join(lines)


def machine_lines(one: Question) -> list[str]:
    """What the machine thinks, and what others answered."""
    lines = [line for reason in one.reasons for line in _under("why", reason)]
    if one.probability is not None:
        lines = [*_under("probability", f"{one.probability:.2f} that they are one person"), *lines]
    for answer in one.said:
        lines += _under("said before", f"{answer.verdict}, {answer.by} {answer.at[:10]}{_because(answer.reason)}")
    return lines


def _under(named: str, text: str) -> list[str]:
    return wrap(text, _WIDE, initial_indent=f"  {named:<12} ", subsequent_indent=" " * 15)


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _headline(one: Question, *, blind: bool) -> str:
    told = {"disputed": "People differ here. ", "unsure": "Somebody was not sure. "}.get(one.standing, "")
    if blind or one.people_change is None:
        return f"{told}Is this one person?"
    changed = f"{told}If this is one, the number of people changes by {-one.people_change:+.2g}"
    if one.estimate_change is not None and abs(one.estimate_change) >= _TOLD:
        return f"{changed} and a lower bound of all people, listed or not, by {-one.estimate_change:+.1f}."
    return f"{changed}."


def _columns(one: Question) -> Iterator[str]:
    props = [prop for prop in SHOWN if any(prop in side.values for side in _both(one))]
    for prop in (*props, *_ABOUT):
        told = [_cell(side, prop) for side in _both(one)]
        if not any(told):
            continue
        left, right = (wrap(text, _WIDTH) or ["-"] for text in told)
        for number in range(max(len(left), len(right))):
            named = label(prop) if number == 0 else ""
            cells = [side[number] if number < len(side) else "" for side in (left, right)]
            yield f"  {named:<12} {cells[0]:<{_WIDTH}} | {cells[1]}".rstrip()
    for number, side in enumerate(_both(one), start=1):
        if side.others:
            yield f"  ({number} is decided to be the same as {', '.join(side.others[:5])})"


def _cell(side: Side, prop: str) -> str:
    if prop in _ABOUT:
        return str(getattr(side, prop))
    return side.values.get(prop, "")


def _both(one: Question) -> tuple[Side, Side]:
    return one.left, one.right


def _machine(one: Question) -> Sequence[str]:
    said = "; ".join(f"{answer.by}: {answer.verdict}{_because(answer.reason)}" for answer in one.said)
    probability = "" if one.probability is None else f"{one.probability:.2f}"
    change = "" if one.people_change is None else f"{one.people_change:g}"
    return one.standing, probability, change, "; ".join(one.reasons), said


def _side_object(side: Side) -> Mapping[str, Any]:
    return {
        "record": side.record, "person": side.person, "others": list(side.others), **side.values,
        "source": side.source or None, "published": side.published or None, "recorded": side.recorded or None,
    }  # fmt: skip
