"""What people decided about scopes, as a view over claims: which place lies in which, kinds of people, parts of a day.

Claims about the case (any record of kind `case`)::

    place_within     {"place": "Shetpe", "within": "Mangystau", "apart": true, "whole": false, "by": "", "reason": ""}
    part_within      {"part": "first half hour", "within": "until evening", "by": "", "reason": ""}
    scheme           {"of": "deaths", "kinds": ["linked", "not linked"], "apart": true, "whole": true, ...}
    unstated_period  {"categories": ["killed"], "period": "2011-12-16/2011-12-18", ...}

`apart` says that the parts of one name share nobody (all of its claims must say so), `whole` that they make up all of
it. Claims about a toll::

    toll_scope       {"place": "Zhanaozen", "who": ["linked"], "excludes": [], "part": "", "period": "2011-12-16",
                      "event": "", "reading": "so_far|total", "by": "", "reason": ""}

A later claim replaces the fields that it names, an empty value empties one. A claim without `by` or `reason`, or one
that cannot be read, is no decision: it is listed and left out. Undoing one is retracting its claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from esep.counts.decided import FIELDS, ScopeDecision, UnstatedPeriod, decided
from esep.counts.scopes import Hierarchy, Scope, World
from esep.counts.tolls import Reading, Toll
from esep.dates import When
from esep.errors import BadDate, CountsError
from esep.ledger.claims import Claim

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

ABOUT_CASE = ("place_within", "part_within", "scheme", "unstated_period")
ABOUT_TOLL = "toll_scope"
_SIGNED = ("by", "reason")
_READINGS: Mapping[str, Reading | None] = {"so_far": "so_far", "known_so_far": "so_far", "total": "total", "": None}


@dataclass(frozen=True, slots=True)
class Unread:
    """A claim about scopes that is no decision, and why."""

    claim: str
    subject: str
    why: str

    def text(self) -> str:
        """«claim 4f1c… about toll:ZC1 is left out: it has no reason»."""
        return f"claim {self.claim} about {self.subject} is left out: {self.why}"


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """One decision about the case, in a sentence, with the reason and the source that it rests on."""

    claim: str
    text: str
    reason: str
    source: str


@dataclass(frozen=True)
class Worlds:
    """Everything decided about scopes as known on one moment.

    `about_case` are the decisions behind `world` and `periods`; `unread` are claims that could not be taken.
    """

    world: World = field(default_factory=World)
    decisions: Mapping[str, tuple[ScopeDecision, ...]] = field(default_factory=dict)
    periods: tuple[UnstatedPeriod, ...] = ()
    about_case: tuple[CaseDecision, ...] = ()
    unread: tuple[Unread, ...] = ()

    def decided(self, toll: Toll) -> Toll:
        """A toll as it stands under the decisions."""
        return decided(toll, decisions=self.decisions.get(toll.id, ()), periods=self.periods)


def worlds(ledger: Ledger, *, known_on: KnownOn = None) -> Worlds:
    """Decisions about scopes as known on a moment."""
    upto = ledger.position(known_on)
    about_case = ledger.claims(kind="case", props=list(ABOUT_CASE), known_on=upto)
    about_tolls = ledger.claims(kind="toll", props=[ABOUT_TOLL], known_on=upto)
    return read_worlds((*about_case, *about_tolls))


def read_worlds(claims: Iterable[Claim]) -> Worlds:
    """Decisions that claims hold, in the order of the claims; the same as `worlds` without a ledger."""
    reader = _Reader()
    for claim in claims:
        reader.take(claim)
    about_case, unread = tuple(reader.about_case), tuple(reader.unread)
    return Worlds(reader.world(), reader.decisions, tuple(reader.periods), about_case, unread)


@dataclass
class _Tree:
    """Names within names, as claims add them; a name that would lie within itself is refused."""

    parents: dict[str, str] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    def add(self, name: str, within: str, value: Mapping[str, Any]) -> None:
        above: str | None = within
        while above is not None:
            if above == name:
                raise CountsError(f"{name!r} lies within itself by way of {within!r}", hint="correct the outer name")
            above = self.parents.get(above)
        self.parents[name] = within
        if value.get("apart") is not True:
            self.shared.add(within)
        if value.get("whole") is True:
            self.whole.add(within)

    @property
    def hierarchy(self) -> Hierarchy:
        """The tree. Nothing says that two outermost names share nobody, so several of them overlap."""
        outermost = {name for name in self.parents.values() if name not in self.parents}
        shared = self.shared | ({""} if len(outermost) > 1 else set())
        return Hierarchy(dict(self.parents), frozenset(shared), frozenset(self.whole))


class _Reader:
    """Takes claims one by one."""

    def __init__(self) -> None:
        self.places, self.parts = _Tree(), _Tree()
        self.schemes: list[_Tree] = []
        self.decisions: dict[str, tuple[ScopeDecision, ...]] = {}
        self.periods: list[UnstatedPeriod] = []
        self.about_case: list[CaseDecision] = []
        self.unread: list[Unread] = []

    def world(self) -> World:
        return World(self.places.hierarchy, self.parts.hierarchy, tuple(tree.hierarchy for tree in self.schemes))

    def take(self, claim: Claim) -> None:
        try:
            self._take(claim, _signed(claim.value))
        except (BadDate, CountsError) as error:
            self.unread.append(Unread(claim.cid, claim.subject, str(error)))

    def _take(self, claim: Claim, value: Mapping[str, Any]) -> None:
        if claim.prop == ABOUT_TOLL:
            self.decisions[claim.subject] = (*self.decisions.get(claim.subject, ()), _decision(claim, value))
            return
        if claim.prop == "place_within":
            name, within = _word(value, "place"), _word(value, "within")
            self.places.add(name, within, value)
            said = f"{name} lies in {within}{_shared(value)}"
        elif claim.prop == "part_within":
            name, within = _word(value, "part"), _word(value, "within")
            self.parts.add(name, within, {"apart": True, **value})
            said = f"«{name}» lies in «{within}»"
        elif claim.prop == "scheme":
            name, kinds = _word(value, "of"), _words(value, "kinds")
            self._scheme(name, kinds, value)
            said = f"{name} are divided into {', '.join(kinds)}{_shared(value)}"
        else:
            categories, period = _words(value, "categories"), When.parse(_word(value, "period"))
            self.periods.append(UnstatedPeriod(claim.cid, categories, period))
            said = f"figures of {', '.join(categories)} without stated days speak of {period}"
        self.about_case.append(CaseDecision(claim.cid, said, str(value["reason"]), claim.source or ""))

    def _scheme(self, whole: str, kinds: tuple[str, ...], value: Mapping[str, Any]) -> None:
        """A scheme that names a kind of an earlier one divides it further; a kind stands in one scheme only."""
        known = {name: tree for tree in self.schemes for name in (*tree.parents, *tree.parents.values())}
        tree = known.get(whole) or _Tree()
        if taken := [kind for kind in kinds if kind in known]:
            raise CountsError(f"{taken[0]!r} is already a kind of another scheme", hint="give it a name of its own")
        for kind in kinds:
            tree.add(kind, whole, value)
        if whole not in known:
            self.schemes.append(tree)


def _shared(value: Mapping[str, Any]) -> str:
    """What a decision says about the parts of one name."""
    said = ["its parts share nobody"] if value.get("apart") is True else []
    said += ["make up all of it"] if value.get("whole") is True else []
    return f"; {' and '.join(said)}" if said else ""


def _signed(value: Any) -> Mapping[str, Any]:
    """The value of a claim that says who decided and why. Raises `CountsError` for one that does not."""
    if not isinstance(value, Mapping):
        raise CountsError("its value is no object", hint="write it as JSON in the column value_json")
    for name in _SIGNED:
        if not isinstance(value.get(name), str) or not value[name].strip():
            raise CountsError(f"it has no {name!r}", hint="say who decided and why")
    return value


def _word(value: Mapping[str, Any], name: str) -> str:
    word = value.get(name)
    if not isinstance(word, str) or not word.strip():
        raise CountsError(f"it has no {name!r}", hint="give it as text")
    return word


def _words(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    words = value.get(name)
    if isinstance(words, str):
        return (words,) if words else ()
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise CountsError(f"its {name!r} is no list of words", hint='write ["one", "two"]')
    return tuple(words)


def _decision(claim: Claim, value: Mapping[str, Any]) -> ScopeDecision:
    fields = tuple(name for name in FIELDS if name in value)
    if unknown := sorted(set(value) - {*FIELDS, *_SIGNED}):
        raise CountsError(f"it has fields that no scope has: {', '.join(unknown)}", hint="use " + ", ".join(FIELDS))
    if not fields:
        raise CountsError("it names no field of a scope", hint="use " + ", ".join(FIELDS))
    reading = str(value.get("reading") or "")
    if reading not in _READINGS:
        raise CountsError(f"its reading is {reading!r}", hint="write so_far or total")
    plain = {name: value[name] for name in ("place", "part", "event") if name in value}
    if wrong := [name for name, word in plain.items() if word is not None and not isinstance(word, str)]:
        raise CountsError(f"its {wrong[0]!r} is no text", hint="give it as text")
    scope = Scope(
        category="",
        place=plain.get("place") or None,
        period=When.parse(_word(value, "period")) if value.get("period") else None,
        who=_words(value, "who") if value.get("who") else (),
        part=plain.get("part") or "",
        excludes=_words(value, "excludes") if value.get("excludes") else (),
        event=plain.get("event") or "",
    )
    by, reason = str(value["by"]), str(value["reason"])
    return ScopeDecision(claim.cid, by, reason, claim.source or "", fields, scope, _READINGS[reading])
