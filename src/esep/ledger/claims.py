"""What a claim is: one statement about one subject by one source at one passage.

A `Draft` is a claim that has not been written; a `Claim` is one that has. Values keep apart what people
mean by an empty cell: `stated`, `unknown` (the source says it does not know), `not_stated`, `withheld`,
`refused`, `not_applicable`. A stated zero is a value like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from esep.errors import RefusedClaim

KINDS = frozenset(
    "person group event toll check body demand facility proceeding case source part".split()
)
"""Kinds of records that a claim can be about; the first part of every subject, as in `person:ZM0001`."""

JUDGEMENTS = frozenset(("same", "different", "unsure"))

Op = Literal["assert", "retract", "erase"]
State = Literal["stated", "unknown", "not_stated", "withheld", "refused", "not_applicable"]
STATES: tuple[State, ...] = ("stated", "unknown", "not_stated", "withheld", "refused", "not_applicable")

Locator = tuple[dict[str, Any], ...]
"""Where the words stand: `{role, start, end}` in code points of the text layer, or page, row, box, time code."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One claim to be written.

    `subject` is a record id `kind:name`; `prop` names the property and, for a compound value, its schema;
    `value` is anything canonical JSON can hold; `original` keeps the words as the source has them when the
    value was read from them; `source` is a source record id; `target` is the cid that a retraction or
    erasure is about, or the other record of a judgement, or the proposal that a decision answers;
    `cid` is given only when another claim of the same batch has to name this one.
    """

    subject: str
    prop: str
    value: Any = None
    state: State = "stated"
    source: str | None = None
    locator: Locator = ()
    op: Op = "assert"
    target: str | None = None
    lang: str | None = None
    original: str | None = None
    cid: str | None = None

    def __post_init__(self) -> None:
        kind, _, name = self.subject.partition(":")
        if kind not in KINDS or not name:
            raise RefusedClaim(
                f"claim about {self.subject!r}: a subject is KIND:NAME with a kind of {', '.join(sorted(KINDS))}"
            )
        if self.state not in STATES:
            raise RefusedClaim(f"claim {self.prop} about {self.subject}: state {self.state!r} is not one of {STATES}")
        if self.state != "stated" and self.value is not None:
            raise RefusedClaim(f"claim {self.prop} about {self.subject}: a value that is {self.state} has no value")


@dataclass(frozen=True, slots=True)
class Claim:
    """One written claim, as the ledger holds it."""

    seq: int
    cid: str
    batch: str
    op: Op
    subject: str
    prop: str
    target: str | None
    source: str | None
    locator: Locator
    value: Any
    state: State
    lang: str | None
    original: str | None
    erased: bool = field(default=False)

    @property
    def kind(self) -> str:
        """Kind of the record that the claim is about."""
        return self.subject.partition(":")[0]
