"""The decision file: one JSON object a line, by which people settle what programs proposed.

::

    {"v":1, "decide":"same|different|unsure", "left":RECORD, "right":RECORD, "reason":"", "by":"", "at":""}
    {"v":1, "decide":"accept|correct|reject", "proposal":ID, "value":{...}, "reason":"", "by":"", "at":""}
    {"v":1, "decide":"undo", "of":CID, "reason":"", "by":"", "at":""}

A line is known by the hash of its canonical form: the same line twice changes nothing. One bad line refuses
the whole file. A person's id may stand for the first record of that person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from esep.canonical import identifier
from esep.dates import When
from esep.errors import BadDate, BadInput, EsepError
from esep.ledger.claims import JUDGEMENTS

ANSWERS = frozenset(("accept", "correct", "reject"))
_FIELDS = {"v", "decide", "left", "right", "proposal", "value", "of", "reason", "by", "at"}
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a decision file."""

    decide: str
    reason: str
    by: str
    at: str
    left: str | None = None
    right: str | None = None
    proposal: str | None = None
    value: Any = None
    of: str | None = None

    @property
    def id(self) -> str:
        """Hash of the line's canonical form."""
        return identifier(
            "esep-decision-1", self.decide, self.reason, self.by, self.at, self.left, self.right, self.proposal,
            self.value, self.of,
        )  # fmt: skip

    def note(self) -> dict[str, Any]:
        """What a claim made by this decision keeps of it."""
        return {"decision": self.id, "reason": self.reason, "by": self.by, "at": self.at}


def read_decisions(text: str, *, name: str) -> list[Decision]:
    """Decisions of a file. Raises `BadInput` that names every bad line (the first ten) and what is wrong."""
    decisions, faults = [], []
    for number, line in enumerate(text.split("\n"), start=1):  # not splitlines: a reason may hold U+2028
        if line.strip():
            try:
                decisions.append(_decision(line))
            except EsepError as error:
                faults.append(f"line {number}: {error}")
    if faults:
        more = f"\n  and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""
        listed = "\n  ".join(faults[:_MOST_NAMED])
        raise BadInput(f"{name} was refused, nothing was decided:\n  {listed}{more}", hint="mend these lines")
    return decisions


def text_of(path: Path) -> str:
    """Text of a decision file. Raises `BadInput` when it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}", hint="a decision file is JSON lines in UTF-8") from None


def write_decisions(decisions: Iterable[Decision]) -> Iterator[str]:
    """Lines of a decision file."""
    for decision in decisions:
        fields = {
            "v": 1, "decide": decision.decide, "left": decision.left, "right": decision.right,
            "proposal": decision.proposal, "value": decision.value, "of": decision.of,
            "reason": decision.reason, "by": decision.by, "at": decision.at,
        }  # fmt: skip
        kept = {field: value for field, value in fields.items() if value is not None}
        yield json.dumps(kept, ensure_ascii=False, separators=(", ", ": "))


def _decision(line: str) -> Decision:
    try:
        held = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"is not JSON ({error})") from None
    if not isinstance(held, dict):
        raise BadInput("is not a JSON object")
    if held.get("v") != 1:
        raise BadInput(f'has "v" {held.get("v")!r}, expected 1')
    if unknown := sorted(set(held) - _FIELDS):
        raise BadInput(f"has fields that no decision has: {', '.join(unknown)}")
    decide = held.get("decide")
    needed = _needed(decide)
    if missing := [field for field in (*needed, "by", "at") if not held.get(field)]:
        raise BadInput(f"«{decide}» needs {', '.join(missing)}")
    texts = {field: held.get(field) for field in ("left", "right", "proposal", "of", "reason", "by", "at")}
    if wrong := [field for field, value in texts.items() if value is not None and not isinstance(value, str)]:
        raise BadInput(f"has {', '.join(wrong)} that is not text")
    if not _is_moment(held["at"]):
        raise BadInput('has an "at" that is no date, expected 2026-01-31 or 2026-01-31T12:00:00Z')
    decision = Decision(str(decide), **{**texts, "reason": texts["reason"] or ""}, value=held.get("value"))  # type: ignore[arg-type]
    try:
        decision.id  # noqa: B018 - what cannot be hashed cannot be recorded
    except UnicodeEncodeError:
        raise BadInput("has half of a character (a lone surrogate)") from None
    return decision


def _is_moment(at: str) -> bool:
    """The site prints when somebody decided, so nothing else may stand there."""
    try:
        datetime.fromisoformat(at)
    except ValueError:
        try:
            return When.parse(at).earliest is not None
        except BadDate:
            return False
    return True


def _needed(decide: Any) -> tuple[str, ...]:
    if not isinstance(decide, str):
        raise BadInput('has a "decide" that is not text')
    if decide in JUDGEMENTS:
        return ("left", "right")
    if decide in ANSWERS:
        return ("proposal", "value") if decide == "correct" else ("proposal",)
    if decide == "undo":
        return ("of",)
    words = ", ".join(sorted((*JUDGEMENTS, *ANSWERS, "undo")))
    raise BadInput(f'has "decide" {decide!r}, expected one of {words}')
