"""How far each figure is verified: the rule of `verification` over the statements that give one figure of one scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from esep.counts.origins import Speakers
from esep.counts.tolls import Toll, TollGroup, figures_of
from esep.counts.verification import RELAYS, Finding, Verification, Voice, verify


@dataclass(frozen=True, slots=True)
class TollFindings:
    """What people recorded about figures: by toll, in the order of recording; `unread` are claims that are no finding.

    `not_held` are sources that are cited by others and not held themselves.
    """

    by_toll: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    unread: tuple[tuple[str, str], ...] = ()
    not_held: Collection[str] = frozenset()


def toll_levels(
    groups: Iterable[TollGroup], speakers: Speakers, *, findings: TollFindings
) -> dict[str, Verification]:
    """Verification by toll; statements of one figure share theirs. A figure that is not put forward has none."""
    found = {}
    for group in groups:
        tolls = {toll.id: toll for toll in group.tolls}
        for figure in figures_of(group.tolls, speakers):
            about = (one for toll in figure.tolls for one in findings.by_toll.get(toll, ()))
            voices = [_voice(tolls[toll], speakers, findings.not_held) for toll in figure.tolls]
            found.update(dict.fromkeys(figure.tolls, verify(voices, list(about))))
    return found


def _voice(toll: Toll, speakers: Speakers, not_held: Collection[str]) -> Voice:
    origin, is_held = speakers.first_named(toll.chain), toll.source not in not_held
    return Voice(toll.id, toll.source, toll.root, origin, is_held, toll.kind in RELAYS)
