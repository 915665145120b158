"""Decided lists: which sources a person chose as capture occasions, of whom, and why. Computes no estimate.

A decision is a claim about the case, `estimate`, whose value is {"title", "lists": {NAME: [source ids]}, "statuses",
"note"}. Each that is not withdrawn is one estimate to be made. What cannot be used says so in `faults`, because a
decision that silently falls away looks like one that nobody took.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from esep.ledger.claims import Claim
from esep.ledger.sources import Sources

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

PROP = "estimate"
FEWEST_LISTS, MOST_LISTS = 2, 64


@dataclass(frozen=True, slots=True)
class DecidedLists:
    """One decision. `lists`: name -> source ids; `statuses`: whoever ever had one of them is among the people.

    `faults`: sentences without names of lists, people or sources, that say why nothing can be computed; empty if it can
    be. `on`: day on which the decision was recorded.
    """

    cid: str
    on: str
    title: str
    lists: Mapping[str, tuple[str, ...]]
    statuses: tuple[str, ...]
    note: str | None
    faults: tuple[str, ...] = ()


def decided_lists(ledger: Ledger, *, sources: Sources, known_on: KnownOn = None) -> tuple[DecidedLists, ...]:
    """Every decision about this case that is not withdrawn, in the order in which they were taken."""
    claims = ledger.claims(subjects=[ledger.case], props=[PROP], known_on=known_on)
    stamps: dict[str, str] = dict(ledger.database.rows("SELECT id, at FROM batch"))
    return tuple(
        read_decision(claim, sources=sources, on=stamps[claim.batch][:10]) for claim in claims if not claim.erased
    )


def read_decision(claim: Claim, *, sources: Sources, on: str) -> DecidedLists:
    """The decision that a claim holds, with what is wrong with it."""
    value: Mapping[str, Any] = claim.value if isinstance(claim.value, dict) else {}
    lists = _lists(value.get("lists"))
    statuses = _texts(value.get("statuses"))
    note = value.get("note")
    return DecidedLists(
        cid=claim.cid,
        on=on,
        title=str(value.get("title") or ", ".join(statuses) or "Without a title"),
        lists=lists,
        statuses=statuses,
        note=str(note) if note else None,
        faults=tuple(_faults(lists, statuses, sources)),
    )


def _lists(value: object) -> dict[str, tuple[str, ...]]:
    members = value if isinstance(value, dict) else {}
    return {str(name): tuple(map(_source_id, _texts(ids))) for name, ids in members.items()}


def _texts(value: object) -> tuple[str, ...]:
    """Words of a list; one word alone is a list of one."""
    words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(dict.fromkeys(str(word) for word in words if word))


def _source_id(name: str) -> str:
    return name if name.startswith(("source:", "part:")) else f"source:{name}"


def _faults(lists: Mapping[str, tuple[str, ...]], statuses: Iterable[str], sources: Sources) -> Iterator[str]:
    if not FEWEST_LISTS <= len(lists) <= MOST_LISTS:
        yield f"it names {len(lists)} lists, and an estimate takes {FEWEST_LISTS} to {MOST_LISTS}"
    if empty := sum(1 for members in lists.values() if not members):
        yield f"{empty} of its lists name no source"
    if unknown := sum(1 for members in lists.values() for source in members if sources.get(source) is None):
        yield f"{unknown} of the sources it names are not held in this case"
    if shared := _shared_roots(lists, sources):
        yield (
            f"{shared} of the sources behind it stand on two lists, as themselves or as a copy:"
            " a copy is no second list"
        )
    if not tuple(statuses):
        yield "it does not say of whom: without a status, people of different kinds are added together"


def _shared_roots(lists: Mapping[str, tuple[str, ...]], sources: Sources) -> int:
    held: dict[str | None, set[str]] = defaultdict(set)
    for name, members in lists.items():
        for source in members:
            held[sources.root(source)].add(name)
    return sum(1 for names in held.values() if len(names) > 1)
