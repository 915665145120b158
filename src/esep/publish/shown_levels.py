"""How far statements are verified, as the site shows it: level, sources and reasons; nobody who recorded is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from esep.counts.verification import Finding, Verification
from esep.people.levels import StatusLevel
from esep.publish.redaction import Redaction

_SAID = {"supports": "supports it", "documents": "documents it", "refutes": "speaks against it"}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One recorded finding: what it does, the source it rests on, its reason (None: not shown) and when."""

    said: str
    source: str | None
    reason: str | None
    on: str


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """A level with what it rests on: `independent` are sources with other roots and other speakers."""

    what: str
    level: str
    independent: tuple[str, ...]
    findings: tuple[ShownFinding, ...]
    set_aside: int

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that is cited here, each once."""
        found = (*self.independent, *(one.source for one in self.findings if one.source))
        return tuple(dict.fromkeys(found))


def show_level(what: str, found: Verification, redaction: Redaction) -> ShownLevel:
    """A verification without names of speakers and recorders."""
    return ShownLevel(
        what,
        found.level,
        tuple(voice.source for voice in found.independent),
        tuple(_finding(one, redaction) for one in found.counted),
        len(found.set_aside),
    )


def show_status_levels(levels: Iterable[StatusLevel], redaction: Redaction) -> tuple[ShownLevel, ...]:
    """Levels of a person's statuses."""
    return tuple(show_level(one.status, one.verification, redaction) for one in levels)


def _finding(one: Finding, redaction: Redaction) -> ShownFinding:
    return ShownFinding(_SAID[one.verdict], one.evidence, redaction.told(one.reason), one.at[:10])
