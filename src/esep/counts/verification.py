"""How far a statement is verified, and by whom. The rule stands here once; views only gather what it needs.

*Statement*: a figure over one scope, or a status of a person; several pages may give it. *Voice*: one page that gives
it. *Finding*: what a person recorded about it, with name and reason: it supports, documents or refutes the statement.

A mention through the root or the speaker of another one is its echo; where nobody is named the speaker is unknown; a
medium as the speaker may pass on what others said. None of these counts as independent, unless somebody records why.
Nothing that is only cited and not held verifies anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["reported", "corroborated", "documented", "refuted"]
LEVELS: tuple[Level, ...] = ("reported", "corroborated", "documented", "refuted")

RELAYS = frozenset(("media", "journalist", "author", "encyclopedia", "database", "rumour"))
"""Kinds of speakers who as a rule pass on what others said: the same report that returns through media is no proof."""

Verdict = Literal["supports", "documents", "refutes"]
VERDICTS: tuple[Verdict, ...] = ("supports", "documents", "refutes")

Standing = Literal["stored", "known", "wanted", "not named"]
"""Of the evidence that a finding rests on: its file is stored; it is a source without a file here; it is cited and
not held; the finding names none."""

RULE = (
    "Reported: at least one source gives it.",
    "Corroborated: two voices of different roots and different named speakers, none of them a medium, give it, or a "
    "person recorded, with a reason, why another voice is independent.",
    "Documented: a person recorded which evidence shows it, and the file of that evidence is held.",
    "Refuted: a person recorded which evidence speaks against it, and the file of that evidence is held. Of documented "
    "and refuted the later finding holds; both stay listed.",
    "Evidence that is cited and not held verifies and refutes nothing.",
)
"""The rule in words, as results print it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One place that gives the statement: its claim or toll, page, root, first named speaker (None: nobody named).

    `is_held` is False when the page itself is only cited by others; `is_relay`: the speaker is of a kind in `RELAYS`.
    """

    statement: str
    source: str
    root: str
    origin: str | None
    is_held: bool = True
    is_relay: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person recorded about a statement.

    `evidence` is the source it rests on and `standing` whether that is held; `statement` the other voice it speaks of,
    if it speaks of one; `who` corroborates in the words of the recorder; `independent`: recorded as independent (True),
    as not (False), or left open (None); `at` is when, as the recorder dates it.
    """

    claim: str
    verdict: Verdict
    by: str
    reason: str
    evidence: str | None = None
    standing: Standing = "not named"
    statement: str | None = None
    who: str = ""
    independent: bool | None = None
    at: str = ""

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        fields = ("claim", "verdict", "by", "reason", "evidence", "standing", "statement", "who", "independent", "at")
        return {field: getattr(self, field) for field in fields}

    def text(self) -> str:
        """«documents, on source:X, by A. Reader: the register was copied»."""
        told = [self.verdict, self.who and f"named: {self.who}", self.evidence and f"on {self.evidence}"]
        return f"{', '.join(word for word in told if word)}, recorded by {self.by}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Verification:
    """A level with who stands behind it and why.

    `independent` are voices of different roots and speakers, two or more, or none; `counted` the findings that bear on
    the level; `set_aside` findings and voices that do not, each with the reason; `voices` everybody who gives it.
    """

    level: Level
    voices: tuple[Voice, ...]
    independent: tuple[Voice, ...]
    counted: tuple[Finding, ...]
    set_aside: tuple[tuple[str, str], ...]

    @property
    def grounds(self) -> tuple[str, ...]:
        """What the level rests on, in sentences; empty for what is only reported."""
        if self.level in ("documented", "refuted"):
            return self._told("documents" if self.level == "documented" else "refutes")
        return self._corroborating

    @property
    def against(self) -> tuple[str, ...]:
        """What points elsewhere than the level: a refutation, or what speaks for a statement that is refuted."""
        if self.level == "refuted":
            return (*self._told("documents"), *self._corroborating)
        return self._told("refutes")

    @property
    def _corroborating(self) -> tuple[str, ...]:
        by_rule = [f"{_named(self.independent)}: other roots, other speakers"] if self.independent else []
        return (*by_rule, *self._told("supports"))

    def _told(self, verdict: Verdict) -> tuple[str, ...]:
        return tuple(one.text() for one in self.counted if one.verdict == verdict)

    def text(self) -> str:
        """«corroborated (A and B: other roots, other speakers)»."""
        said = "; ".join((*self.grounds, *(f"but {one}" for one in self.against)))
        return f"{self.level} ({said})" if said else self.level

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "level": self.level,
            "grounds": list(self.grounds),
            "against": list(self.against),
            "independent": [_voice(one) for one in self.independent],
            "findings": [one.plain() for one in self.counted],
            "set_aside": [{"about": about, "why": why} for about, why in self.set_aside],
        }


def verify(voices: Sequence[Voice], findings: Sequence[Finding] = ()) -> Verification:
    """Level of a statement from the voices that give it and the findings about it, in the order of recording."""
    held = [one for one in voices if one.is_held]
    apart = frozenset(one.statement for one in findings if one.independent is False and one.statement)
    independent = _independent([one for one in held if one.statement not in apart])
    counted, set_aside = [], []
    for one in findings:
        why = _why_not(one)
        if why is None:
            counted.append(one)
        else:
            set_aside.append((one.claim, why))
    set_aside += [(one.statement, f"{one.source} is cited and not held") for one in voices if not one.is_held]
    set_aside += [(one.statement, why) for one in held if (why := _echo(one, independent, held, apart))]
    return Verification(_level(independent, counted), tuple(voices), independent, tuple(counted), tuple(set_aside))


def _level(independent: Sequence[Voice], counted: Sequence[Finding]) -> Level:
    decisive = [one.verdict for one in counted if one.verdict != "supports"]
    if decisive:
        return "documented" if decisive[-1] == "documents" else "refuted"
    return "corroborated" if independent or counted else "reported"


def _why_not(finding: Finding) -> str | None:
    """Why a finding does not bear on the level; None if it does."""
    if finding.standing == "wanted":
        return f"{finding.evidence} is cited and not held"
    if finding.verdict == "supports":
        return None if finding.independent else "not recorded as independent"
    if finding.standing == "not named":
        return "names no evidence"
    return None if finding.standing == "stored" else f"no file of {finding.evidence} is held"


def _independent(voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """Voices of which no two share a root or a speaker, two or more; empty if there are no two.

    From each voice in turn the first fitting ones are taken: whether there are two is found for certain, and the
    number of further ones is not claimed to be the largest.
    """
    speaking = (one for one in voices if one.origin and not one.is_relay)
    named = sorted(speaking, key=lambda one: (one.root, one.origin, one.statement))
    best: tuple[Voice, ...] = ()
    for start in named:
        taken = [start]
        for one in named:
            if all(one.root != other.root and one.origin != other.origin for other in taken):
                taken.append(one)
        if len(taken) > max(len(best), 1):
            best = tuple(taken)
    return best


def _echo(voice: Voice, independent: Sequence[Voice], held: Sequence[Voice], apart: frozenset[str]) -> str | None:
    """Why a voice is not counted as independent; None for one that is, and for the only one."""
    if voice in independent or len(held) < 2:
        return None
    if voice.statement in apart:
        return "recorded as not independent"
    if voice.origin is None:
        return "nobody is named, so the speaker is unknown"
    if voice.is_relay:
        return "its speaker is a medium or author, who may pass on what others said"
    others = [one for one in held if one is not voice]
    is_shared = {
        "root": any(one.root == voice.root for one in others),
        "speaker": any(one.origin == voice.origin for one in others),
    }
    shared = [word for word, holds in is_shared.items() if holds]
    return f"shares its {' and '.join(shared)} with another mention" if shared else "no other speaker is named"


def _named(voices: Sequence[Voice]) -> str:
    return " and ".join(f"{one.source} ({one.origin})" for one in voices)


def _voice(voice: Voice) -> dict[str, Any]:
    return {"statement": voice.statement, "source": voice.source, "root": voice.root, "speaker": voice.origin}


def read_finding(value: Any, *, claim: str, evidence: str | None, standing: Standing) -> Finding | str:
    """A finding from the value of a claim `corroboration`, or why it is none."""
    if not isinstance(value, Mapping):
        return "its value is no object"
    if missing := [name for name in ("by", "reason") if not _is_word(value.get(name))]:
        return f"it has no {' and no '.join(missing)}"
    if value.get("finding") not in VERDICTS:
        return f"its finding is not one of {', '.join(VERDICTS)}"
    independent = value.get("independent")
    if independent not in (None, True, False):
        return "independent is neither true nor false"
    texts = {name: str(value.get(name) or "") for name in ("by", "reason", "who", "at")}
    return Finding(
        claim, value["finding"], evidence=None if standing == "not named" else evidence, standing=standing,
        independent=independent,
        statement=str(value["statement"]) if value.get("statement") else None, **texts,
    )  # fmt: skip


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
