"""How far each status of a person is verified: voices and findings gathered for the rule in `counts.verification`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esep.counts.origins import Speakers
from esep.counts.verification import Finding, Verification, Voice, read_finding, verify
from esep.ledger.claims import Claim
from esep.ledger.sources import Sources
from esep.ledger.wanted import Evidence
from esep.people.persons import Person

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

PROP = "corroboration"
_LISTS = ("list", "persons")
"""Forms of files in which the publisher of the file is the one who speaks."""


@dataclass(frozen=True, slots=True)
class StatusLevel:
    """One status that was ever reported of a person, and how far it is verified."""

    status: str
    verification: Verification


@dataclass(frozen=True)
class Levels:
    """What levels of persons are computed from, read once; `list_forms` are sources that are lists of people."""

    findings: Mapping[str, tuple[Claim, ...]]
    sources: Sources
    speakers: Speakers
    evidence: Evidence
    list_forms: frozenset[str]

    def of(self, person: Person) -> tuple[StatusLevel, ...]:
        """Levels of every status, in the order of the history."""
        chains = _chains(person)
        found = []
        for status in dict.fromkeys(line.status for line in person.statuses):
            claims = (claim for line in person.statuses if line.status == status for claim in line.claims)
            voices = [self._voice(claim, chains) for claim in sorted(claims, key=lambda claim: claim.seq)]
            findings, unread = self._findings(person, status)
            found.append(StatusLevel(status, _with_unread(verify(voices, findings), unread)))
        return tuple(found)

    def level(self, person: Person, status: str) -> str:
        """Level of one status, «reported» if it has none."""
        return next((one.verification.level for one in self.of(person) if one.status == status), "reported")

    def _voice(self, claim: Claim, chains: Mapping[tuple[str, str | None], tuple[str, ...]]) -> Voice:
        own = tuple(str(name) for place in claim.locator for name in place.get("said_by") or ())
        chain = own or chains.get((claim.subject, claim.source), ())
        source = self.sources.get(claim.source)
        if not chain and source is not None and source.id in self.list_forms and source.publisher:
            chain = (source.publisher,)
        return Voice(
            claim.cid,
            claim.source or "no source named",
            self.sources.root(claim.source) or "",
            self.speakers.first_named(chain),
            self.evidence.standing(claim.source) != "wanted",
        )

    def _findings(self, person: Person, status: str) -> tuple[list[Finding], list[tuple[str, str]]]:
        found, unread = [], []
        for claim in sorted((c for r in person.records for c in self.findings.get(r, ())), key=lambda c: c.seq):
            about = claim.value.get("status") if isinstance(claim.value, Mapping) else None
            if about is not None and about != status:
                continue
            read = read_finding(
                claim.value, claim=claim.cid, evidence=claim.source, standing=self.evidence.standing(claim.source)
            )
            if about is None:
                unread.append((claim.cid, "it names no status"))
            elif isinstance(read, str):
                unread.append((claim.cid, read))
            else:
                found.append(read)
        return found, unread


def levels(
    ledger: Ledger, *, sources: Sources, speakers: Speakers, evidence: Evidence, known_on: KnownOn = None
) -> Levels:
    """Everything that levels of persons are computed from, as known on a moment."""
    upto = ledger.position(known_on)
    findings: dict[str, tuple[Claim, ...]] = {}
    for claim in ledger.claims(props=[PROP], known_on=upto):
        findings[claim.subject] = (*findings.get(claim.subject, ()), claim)
    files = ledger.claims(kind="source", props=["file"], known_on=upto)
    lists = frozenset(
        claim.subject for claim in files if isinstance(claim.value, Mapping) and claim.value.get("form") in _LISTS
    )
    return Levels(findings, sources, speakers, evidence, lists)


def _chains(person: Person) -> dict[tuple[str, str | None], tuple[str, ...]]:
    """Speakers by record and source, where a row names them once for all it says."""
    told: Iterable[Claim] = (claim for claim in person.stated("said_by") if isinstance(claim.value, Mapping))
    return {(claim.subject, claim.source): tuple(map(str, claim.value.get("said_by") or ())) for claim in told}


def _with_unread(found: Verification, unread: Iterable[tuple[str, str]]) -> Verification:
    return Verification(
        found.level, found.voices, found.independent, found.counted, (*found.set_aside, *unread)
    )
