"""A case, open: one method a verb. The one surface for the command line, the desk and notebooks.

Reads take `known_on` (what we knew: a day, a time or a position), `as_of` (the world's day) and `identity`;
writes take `actor` and `now`. Every read returns a result with `.text()`, `.table()` and `.json()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from esep.case import adding, backups, deciding, looking, verified, verifying
from esep.case.adding import Added
from esep.case.decisions import Decision, read_decisions, text_of
from esep.case.filled import is_table, read_filled
from esep.case.folder import Folder
from esep.case.parcels import NOTHING_SAID, Facts, Parcel, open_parcel
from esep.case.results import Listing
from esep.case.rows import Progress, no_progress
from esep.case.texts import Texts
from esep.case.who_is_who import WhoIsWho
from esep.counts.profiles import Profile, Profiled, profiled
from esep.counts.tally import Tally
from esep.counts.toll_report import TollReport
from esep.events.statements import speakers
from esep.intake.paged import Scanning
from esep.ledger.acts import Act, Receipt
from esep.ledger.entities import Identity
from esep.ledger.ledger import KnownOn, Ledger
from esep.ledger.proposals import Proposal
from esep.ledger.sources import Sources, sources
from esep.ledger.verifying import Finding
from esep.ledger.wanted import cited_for, evidence, wanted
from esep.people.changes import changes
from esep.people.counting import documented
from esep.people.levels import Levels, levels
from esep.people.persons import Person, person, persons

if TYPE_CHECKING:
    from esep.backends import BackendChoice
    from esep.case.candidates import Candidates
    from esep.case.estimating import Estimates
    from esep.case.extracting import Proposed
    from esep.estimate import CaptureDraws
    from esep.estimate.methods import Progress as EstimateProgress
    from esep.publish.site import Written
    from esep.publish.view import View


class Case(WhoIsWho):
    """An open case. Use it in a `with` block, or call `close()`."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.texts = Texts(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._folder.ledger.close()

    @property
    def path(self) -> Path:
        """Folder of the case."""
        return self._folder.path

    @property
    def title(self) -> str:
        """Title of the case, as the ledger has it now."""
        titles = [claim.value for claim in self.ledger.claims(subjects=[self.ledger.case], props=["title"])]
        return str(titles[-1]) if titles else self.path.name

    @property
    def ledger(self) -> Ledger:
        """The ledger, for programs that need more than the verbs."""
        return self._folder.ledger

    # -- writing ---------------------------------------------------------------------------------------------

    def add(
        self,
        path: Path,
        *,
        actor: str,
        now: datetime,
        form: str | None = None,
        name: str | None = None,
        facts: Facts = NOTHING_SAID,
        mapping: Path | None = None,
        dry_run: bool = False,
        strict: bool = False,
        progress: Progress = no_progress,
        scan_languages: str | None = None,
    ) -> Added:
        """Take a file in: bytes, claims and a report with one line a row, all in one batch or nothing.

        `form` is recognised when left out; `name` is the id of the source that the file is; `scan_languages`
        (`kaz+rus`) those of pictures of pages, all of ours when None. Raises `RefusedFile`,
        `BadInput`, or `FaultyRows` when `strict`; then nothing is stored.
        """
        parcel: Parcel = open_parcel(
            self._folder, path, form=form, name=name, facts=facts, mapping=mapping,
            scanning=Scanning(scan_languages, progress),
        )  # fmt: skip
        if dry_run:
            return adding.rehearse(self._folder, parcel, strict=strict, progress=progress)
        act = Act(actor, now, "esep add")
        return adding.add(self._folder, parcel, act, strict=strict, progress=progress)

    def decide(self, path: Path, *, actor: str, now: datetime) -> deciding.Decided:
        """Record the decisions of a file: JSON lines, or a filled table of the review queue (CSV, XLSX).

        The result says which ids changed. Raises `BadInput` naming every bad line; then nothing is recorded.
        """
        before = self.ledger.position()
        if is_table(path):
            from esep.case.reviewing import decide_filled  # noqa: PLC0415 - NumPy loads on first use

            done = decide_filled(self.ledger, read_filled(path), Act(actor, now, "esep decide"))
        else:
            done = self.record(read_decisions(text_of(path), name=path.name), actor=actor, now=now)
        return replace(done, changes=changes(self.ledger, since=before)) if done.new else done

    def record(self, decisions: Sequence[Decision], *, actor: str, now: datetime) -> deciding.Decided:
        """Record decisions."""
        return deciding.decide(self.ledger, decisions, Act(actor, now, "esep decide"))

    def extract(self, *sources: str, now: datetime, backend: BackendChoice | None = None) -> Proposed:
        """Propose what documents say (all of them when none is named). Nothing counts until somebody decides.

        A `backend` (`esep.case.BackendChoice`) reads beside the rules, on this machine; each proposal names it.
        """
        from esep.case.extracting import EXTRACTOR, extract_sources  # noqa: PLC0415 - lexicons load on first use

        act = Act(f"run:{EXTRACTOR}", now, "esep extract")
        return extract_sources(self.ledger, self.texts, self._sources(None), sources, act, backend=backend)

    def candidates(self, *, now: datetime) -> Candidates:
        """Who on lists of hospitals, morgues and jails, or which body, may be a missing person; as proposals.

        Changes nobody's status; what people refused does not return.
        """
        from esep.case.candidates import search  # noqa: PLC0415 - loads on first use what linkage needs

        fresh, found = search(self.ledger, sources=self._sources(None))
        self.ledger.propose(fresh, Act("run:candidates", now, "esep candidates"))
        return found

    def erase(self, cids: Sequence[str], *, reason: str, actor: str, now: datetime) -> Receipt:
        """Take the values of claims away for good; a dated tombstone with the reason stays.

        The stored original, the kept cells of rejected rows, proposals and older backups are not touched.
        """
        return self.ledger.erase(cids, Act(actor, now, "esep erase"), reason=reason)

    # -- reading ---------------------------------------------------------------------------------------------

    def proposals(self, *, kind: str | None = None) -> Listing:
        """Proposals that nobody has decided."""
        return looking.proposals(deciding.pending(self.ledger, kind=kind))

    def pending(self, *, kind: str | None = None) -> Iterable[Proposal]:
        """The same as objects, in the order of arrival."""
        return deciding.pending(self.ledger, kind=kind)

    def sources(self, query: str | None = None, *, known_on: KnownOn = None) -> Listing:
        """Sources with their roots."""
        return looking.sources(self._sources(known_on), query)

    def claims(self, query: str | None = None, *, known_on: KnownOn = None, withdrawn: bool = False) -> Listing:
        """Claims about a record, from a source, of a property, or with a cid; every claim without a query."""
        return looking.claims(self.ledger, query, known_on=known_on, withdrawn=withdrawn)

    def people(
        self,
        query: str | None = None,
        *,
        as_of: date | None = None,
        known_on: KnownOn = None,
        identity: Identity = "decided",
        limit: int | None = None,
    ) -> Listing:
        """People and groups; with a query those of which some name holds its words in any spelling."""
        return looking.people(self.ledger, query, as_of=as_of, known_on=known_on, identity=identity, limit=limit)

    def person(self, entity: str, *, known_on: KnownOn = None, identity: Identity = "decided") -> Person:
        """One person or group by id; old ids and record ids lead to the person they belong to now."""
        return person(self.ledger, entity, known_on=known_on, identity=identity)

    def events(self, query: str | None = None, *, during: str | None = None, known_on: KnownOn = None) -> Listing:
        """The chronology, in the order of time; `during` is an EDTF period."""
        return looking.events(self.ledger, query, during=during, known_on=known_on)

    def tolls(
        self, *, as_of: date | None = None, known_on: KnownOn = None, reconcile: bool = False
    ) -> TollReport:
        """What sources said about numbers: grouped by status and scope, never summed, never averaged.

        `reconcile` compares the figures with each other and with documented people too (`.reconciliation`): which
        cannot all be true, and what range each choice of sources leaves. That takes seconds.
        """
        found = self._sources(known_on)
        return looking.tolls(self.ledger, found, as_of=as_of, known_on=known_on, reconcile=reconcile)

    def tolls_as(
        self, profile: Profile, *, as_of: date | None = None, known_on: KnownOn = None
    ) -> Profiled:
        """Statements about the dead in the coding of ACLED or UCDP: for export only, each row with its rule."""
        return profiled(self.tolls(as_of=as_of, known_on=known_on), profile)

    def checks(self, query: str | None = None, *, known_on: KnownOn = None) -> Listing:
        """The search for the missing: person by place, with its answer, and the places nobody asked."""
        return looking.checks(self.ledger, query, known_on=known_on)

    def bodies(self, *, known_on: KnownOn = None) -> Listing:
        """Bodies with their histories."""
        return looking.bodies(self.ledger, known_on=known_on)

    def demands(self, query: str | None = None, *, known_on: KnownOn = None) -> Listing:
        """Demands: who asks what of whom, and what became of it."""
        return looking.demands(self.ledger, query, known_on=known_on)

    def count(
        self,
        by: Sequence[Literal["status", "place", "day"]] = ("status",),
        *,
        as_of: date | None = None,
        known_on: KnownOn = None,
        identity: Identity = "decided",
    ) -> Tally:
        """The documented count: people recorded, each number openable to its people and claims."""
        held = self._levels(known_on)
        return documented(self.ledger, by=by, as_of=as_of, known_on=known_on, identity=identity, levels=held)

    def levels(self, query: str | None = None, *, known_on: KnownOn = None) -> Listing:
        """How far every figure and every status is verified, with who stands behind it and why."""
        report, people = self.tolls(known_on=known_on), persons(self.ledger, known_on=known_on)
        items = wanted(self.ledger, known_on=known_on)
        return verified.levels(report, people, self._levels(known_on), wanted=items, query=query)

    def wanted(self, query: str | None = None, *, known_on: KnownOn = None) -> Listing:
        """Evidence that sources cite: open until its file is taken in, or given up with a reason."""
        found = wanted(self.ledger, known_on=known_on)
        near = {one.id: cited_for(self.ledger, one, known_on=known_on) for one in found}
        return verified.wanted_items(found, query, near=near)

    def captures(
        self,
        *,
        lists: Mapping[str, Sequence[str]] | None = None,
        statuses: Iterable[str] | None = None,
        draws: Sequence[Mapping[str, str]] = (),
        identity: Identity = "decided",
        known_on: KnownOn = None,
        seed: int | None = None,
    ) -> CaptureDraws:
        """Who is on which list, for estimation; sources of one root are one list."""
        from esep.people.captures import captures  # noqa: PLC0415 - NumPy loads on first use

        return captures(
            self.ledger,
            sources=self._sources(known_on),
            lists=lists,
            statuses=statuses,
            draws=draws,
            identity=identity,
            known_on=known_on,
            seed=seed,
        )

    def estimate(
        self,
        *,
        lists: Mapping[str, Sequence[str]] | None = None,
        statuses: Iterable[str] | None = None,
        draws: Sequence[Mapping[str, str]] = (),
        methods: Sequence[str] | str = "all",
        level: float = 0.95,
        seed: int | None = None,
        coverage: int = 0,
        known_on: KnownOn = None,
        progress: EstimateProgress | None = None,
    ) -> Estimates:
        """How many people no list recorded, by every method that fits: never a count.

        On the lists that a person decided on, with the site's numbers; `lists` or `statuses` set the decisions aside
        (see `captures`). `draws` (record -> label) carry the doubt about who is who into the intervals.
        """
        from esep.case import estimating  # noqa: PLC0415 - NumPy loads on first use
        from esep.people.estimation import DecidedLists, decided_lists  # noqa: PLC0415

        settings = estimating.settings_of(methods, level=level, seed=seed, coverage=coverage, progress=progress)
        sources = self._sources(known_on)

        def on_lists(one: DecidedLists) -> CaptureDraws:
            return self.captures(lists=one.lists, statuses=one.statuses, draws=draws, known_on=known_on)

        decided = decided_lists(self.ledger, sources=sources, known_on=known_on)
        if decided and lists is None and statuses is None:
            return estimating.estimate_decided(decided, on_lists, settings=settings)
        table = self.captures(lists=lists, statuses=statuses, draws=draws, known_on=known_on)
        heading = estimating.on_other_lists(table, named=lists is not None, decided=len(decided))
        return estimating.estimate_captures(table, settings=settings, heading=heading)

    def publish(self, to: Path, *, as_of: date | None = None, known_on: KnownOn = None) -> Written:
        """Write the static site. Only decided identities are published."""
        from esep.publish.site import write_site  # noqa: PLC0415 - Jinja2 loads on first use

        return write_site(self._view(as_of=as_of, known_on=known_on), to)

    def verify_site(self, site: Path) -> verifying.Verification:
        """Make the pages of a published site again, as known when it was made, and name what differs."""
        from esep.publish.manifest import read_manifest  # noqa: PLC0415 - as above
        from esep.publish.site import verify_site  # noqa: PLC0415 - as above

        made = read_manifest(site)
        view = self._view(as_of=made.as_of, known_on=made.position)
        findings = tuple(Finding(found.path, found.what) for found in verify_site(site, view))
        return verifying.Verification(findings, made.position, len(made.files), made.root)

    def _view(self, *, as_of: date | None = None, known_on: KnownOn = None) -> View:
        from esep.publish.view import gather  # noqa: PLC0415 - as above

        return gather(self.ledger, title=self.title, as_of=as_of, known_on=known_on)

    def backup(self, to: Path) -> int:
        """Write the whole case into one file, encrypted if the case is; returns its size in bytes."""
        return backups.back_up(self._folder, to)

    def verify(self) -> verifying.Verification:
        """Compute every root, commitment, stored file and projection again, and name what differs."""
        return verifying.verify_case(self._folder)

    def rebuild(self) -> None:
        """Drop the projections and compute them again."""
        verifying.rebuild(self._folder)

    def _levels(self, known_on: KnownOn) -> Levels:
        upto = self.ledger.position(known_on)
        return levels(
            self.ledger,
            sources=self._sources(upto),
            speakers=speakers(self.ledger, known_on=upto),
            evidence=evidence(self.ledger, known_on=upto),
            known_on=upto,
        )

    def _sources(self, known_on: KnownOn) -> Sources:
        return sources(self.ledger, known_on=known_on)

