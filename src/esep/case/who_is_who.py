"""The verbs of a case about who is who: propose, ask, compare readers, audit, draw, take back.

NumPy, Splink and DuckDB load when one of them is called.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from esep.case import deciding, looking
from esep.case.decisions import Decision
from esep.case.results import Listing
from esep.errors import LinkageError, WrongUse
from esep.ledger.acts import Act
from esep.ledger.ledger import KnownOn, Ledger
from esep.ledger.sources import sources
from esep.people.changes import changes, last_of_tool
from esep.people.persons import persons
from esep.people.proposer import propose_groups

if TYPE_CHECKING:
    from esep.case.agreeing import Agreements
    from esep.case.drawing import Drawn
    from esep.case.questions import Questions
    from esep.case.reviewing import CaseRecorder
    from esep.people.doubt import Doubt

Steps = Callable[[str], None]
"""Called with the name of each step of a long run as it begins."""


def no_steps(step: str) -> None:
    """Nobody watches."""


class WhoIsWho(ABC):
    """What `Case` offers about identity."""

    @property
    @abstractmethod
    def path(self) -> Path:
        """Folder of the case."""

    @property
    @abstractmethod
    def title(self) -> str:
        """Title of the case."""

    @property
    @abstractmethod
    def ledger(self) -> Ledger:
        """The ledger."""

    def link(self, *, now: datetime, report: Path | None = None, progress: Steps = no_steps) -> Listing:
        """Propose who may be the same, with reasons and probability; groups by size, status and place. Joins nobody.

        The note says what was compared, what became of ids since the last proposals, and what to do next. `report`:
        where to write the run as a page with pictures and names, readable for its owner alone. Raises `WrongUse` when
        a report is wanted and nothing could be compared; then nothing is proposed.
        """
        from esep.people.proposing import propose_pairs  # noqa: PLC0415 - Splink and DuckDB load on first use

        doubt = self.doubt(progress=progress)
        page = self._page(doubt) if report is not None else ""
        pairs = propose_pairs(self.ledger, doubt) if doubt else []
        last = last_of_tool(self.ledger, "esep link")
        groups = propose_groups(self.ledger, persons(self.ledger, kinds=("group",)))
        self.ledger.propose([*groups, *pairs], Act("run:linkage", now, "esep link"))
        if report is not None:
            from esep.case.linking import write_page  # noqa: PLC0415 - as above

            write_page(page, report)
        found = looking.proposals(deciding.pending(self.ledger, kind="same"))
        told = [doubt.text() if doubt else "", changes(self.ledger, since=last).text() if last else ""]
        told.append(f"Next: esep queue {self.path}" if found.rows else "")
        return replace(found, note="\n".join(filter(None, told)))

    def _page(self, doubt: Doubt | None) -> str:
        if doubt is None:
            raise WrongUse(
                "fewer than two named persons: nothing was compared, so there is no report", hint="leave it out"
            )
        return doubt.linkage.page(title=self.title)

    def doubt(
        self, *, known_on: KnownOn = None, draws: int = 100, seed: int = 1, progress: Steps = no_steps
    ) -> Doubt | None:
        """One run of linkage as known on a moment, with draws of who is who; None when nobody can be compared."""
        from esep.linkage import Settings  # noqa: PLC0415 - as above
        from esep.people.doubt import find_doubt  # noqa: PLC0415 - as above

        settings = Settings(draws=draws, seed=seed)
        return find_doubt(self.ledger, known_on=known_on, settings=settings, progress=progress)

    def draws(
        self, number: int, *, seed: int = 1, known_on: KnownOn = None, progress: Steps = no_steps
    ) -> list[dict[str, str]]:
        """Whole answers to who is who, each as likely as the evidence and the audit make it: record -> label.

        What people decided holds in each. The same ledger, number and seed give the same draws. Raises `LinkageError`
        when nobody can be compared.
        """
        return self._doubtful(known_on=known_on, draws=number, seed=seed, progress=progress).draws()

    def _doubtful(self, *, known_on: KnownOn, draws: int, seed: int, progress: Steps) -> Doubt:
        doubt = self.doubt(known_on=known_on, draws=draws, seed=seed, progress=progress)
        if doubt is None:
            raise LinkageError("fewer than two records of persons have a name", hint="leave the draws out")
        return doubt

    def write_draws(
        self, to: Path, *, number: int, seed: int = 1, known_on: KnownOn = None, progress: Steps = no_steps
    ) -> Drawn:
        """Write draws as JSON lines for `esep estimate CASE --draws`: ids of records, never a name."""
        from esep.case.drawing import write_draws  # noqa: PLC0415 - as above

        doubt = self._doubtful(known_on=known_on, draws=number, seed=seed, progress=progress)
        return write_draws(doubt, to)

    def queue(
        self, *, by: str | None = None, most: int | None = None, blind: bool = False, progress: Steps = no_steps
    ) -> Questions:
        """Pairs for people to decide, those first whose answer changes most; `by` is who will answer."""
        from esep.case.reviewing import queue  # noqa: PLC0415 - as above

        doubt = self.doubt(progress=progress)
        return queue(self.ledger, sources(self.ledger), doubt, by=by, most=most, blind=blind)

    def samples(
        self, readers: Sequence[str], *, number: int, seed: int = 1, progress: Steps = no_steps
    ) -> dict[str, Questions]:
        """The same random open pairs for each reader, without what the machine thinks: for `agreement`."""
        from esep.case.reviewing import samples  # noqa: PLC0415 - as above

        doubt = self.doubt(progress=progress)
        return samples(self.ledger, sources(self.ledger), doubt, readers=readers, number=number, seed=seed)

    def audit(
        self, *, each: int = 40, seed: int = 1, actor: str, now: datetime, progress: Steps = no_steps
    ) -> Questions:
        """A random sample of pairs that linkage left apart, kept in the case, to learn how many links it missed.

        Pairs of an audit that is not answered yet come first; once half is answered, every draw uses what it says.
        """
        from esep.case.reviewing import audit  # noqa: PLC0415 - as above

        run = partial(self.doubt, progress=progress)
        return audit(
            self.ledger, sources(self.ledger), run, each=each, seed=seed, act=Act(actor, now, "esep queue")
        )

    def recorder(self, *, actor: str, clock: Callable[[], datetime]) -> CaseRecorder:
        """What records answers one by one, as they are given at a terminal."""
        from esep.case.reviewing import CaseRecorder  # noqa: PLC0415 - as above

        return CaseRecorder(self.ledger, actor, clock)

    def agreement(self, *, known_on: KnownOn = None) -> Agreements:
        """How far every two people agree who answered the same pairs."""
        from esep.case.agreeing import agree_in_case  # noqa: PLC0415 - as above

        return agree_in_case(self.ledger, known_on=known_on)

    def undo(self, cid: str, *, reason: str, actor: str, now: datetime) -> deciding.Decided:
        """Take a decision back: what it had joined or parted is as if nobody had decided."""
        before = self.ledger.position()
        undone = Decision("undo", reason, actor, now.isoformat(), of=cid)
        done = deciding.decide(self.ledger, [undone], Act(actor, now, "esep decide"))
        return replace(done, changes=changes(self.ledger, since=before))
