"""A back end asked beside the rules: what the rules found stays as it is, grounded answers come after it.

The back end never takes anything away and never changes a rule's proposal. Where both say the same, the rule's
proposal stands alone and is counted as agreed. Where a back end fails, lies or hangs, the rules' result is the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esep.errors import BackendFault, BackendLost
from esep.extract.answers import Answer, Backend, Proposer
from esep.extract.document import Extraction
from esep.extract.grounding import Grounded, Ungrounded, Window, ground
from esep.extract.passages import Passage, Reading, read
from esep.extract.proposals import Proposal
from esep.extract.tokens import fold

_WINDOW = 1_500
_FAULTS_IN_A_ROW = 3
_MOST_ANSWERS = 100
_NAMED = ("person", "place", "organisation")


@dataclass(frozen=True)
class Assisted:
    """Grounded answers that the rules did not have, and what became of all the others."""

    found: tuple[Grounded, ...]
    proposer: Proposer
    agreed: frozenset[int]
    asked: int
    dropped: tuple[tuple[str, int], ...]
    faults: tuple[tuple[str, int], ...]
    stopped: str = ""

    def notes(self) -> tuple[str, ...]:
        """What a person should know about the back end's part, in numbers and reasons; nothing of the text."""
        dropped = sum(count for _, count in self.dropped)
        who = f"{self.proposer.backend} ({self.proposer.model})"
        head = f"{who}: {self.asked} passages asked, {len(self.found)} new proposals"
        lines = [f"{head}, {len(self.agreed)} agree with the rules, {dropped} answers dropped"]
        lines += [f"dropped {count}: {reason}" for reason, count in self.dropped]
        lines += [f"no answer ({count}): {fault}" for fault, count in self.faults]
        if self.stopped:
            lines.append(f"the back end was not asked again: {self.stopped}; what the rules found stands")
        return tuple(lines)


def assist(text: str, extraction: Extraction, backend: Backend, *, published: str | None = None) -> Assisted:
    """Ask a back end about every window of a text and keep what can be grounded. Never raises for its faults."""
    asking = _Asking(extraction, backend)
    for window in windows_of(read(text, published=published)):
        if asking.stopped:
            break
        asking.ask(window)
    return asking.result()


def windows_of(reading: Reading) -> Iterator[Window]:
    """Sentences of one paragraph and one language together, up to 1,500 code points."""
    held: list[Passage] = []
    for passage in reading.passages:
        if held and not _goes_with(held, passage):
            yield _window(reading, held)
            held = []
        held.append(passage)
    if held:
        yield _window(reading, held)


def _goes_with(held: list[Passage], passage: Passage) -> bool:
    first, last = held[0].sentence, held[-1].sentence
    same = passage.sentence.paragraph == last.paragraph and passage.language == last.language
    return same and passage.sentence.end - first.start <= _WINDOW


def _window(reading: Reading, held: Iterable[Passage]) -> Window:
    passages = tuple(held)
    return Window(reading.text, passages[0].sentence.start, passages[-1].sentence.end, passages)


class _Asking:
    """The questions under way: what was found, agreed, dropped, and how often the back end failed."""

    def __init__(self, extraction: Extraction, backend: Backend) -> None:
        self._rules = extraction.proposals
        self._backend = backend
        self._found: dict[tuple[object, ...], Grounded] = {}
        self._agreed: set[int] = set()
        self._asked = 0
        self._in_a_row = 0
        self._dropped: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self.stopped = ""

    def ask(self, window: Window) -> None:
        language = window.passages[0].language
        if self._backend.languages is not None and language not in self._backend.languages:
            return
        self._asked += 1
        try:
            answers = self._backend.ask(window.words, language=language)
        except BackendLost as lost:
            self._faults[str(lost)] += 1
            self.stopped = str(lost)
            return
        except BackendFault as fault:
            self._fault(str(fault))
            return
        self._in_a_row = 0
        if answers.malformed:
            self._dropped["not in the form that was asked for"] += answers.malformed
        if more := len(answers.found) - _MOST_ANSWERS:
            self._dropped[f"over {_MOST_ANSWERS} answers for one passage"] += max(0, more)
        for answer in answers.found[:_MOST_ANSWERS]:
            self._take(answer, window)

    def _fault(self, reason: str) -> None:
        self._faults[reason] += 1
        self._in_a_row += 1
        if self._in_a_row >= _FAULTS_IN_A_ROW:
            self.stopped = f"{_FAULTS_IN_A_ROW} faults in a row"

    def _take(self, answer: Answer, window: Window) -> None:
        try:
            grounded = ground(answer, window, rule=self._backend.proposer.rule)
        except Ungrounded as reason:
            self._dropped[str(reason)] += 1
            return
        found = grounded.proposal
        known = [at for at, rule in enumerate(self._rules) if _same_thing(rule, found)]
        same = [at for at in known if _says_same(self._rules[at], found)]
        if same:
            self._agreed.update(same)
            return
        other = _otherwise([self._rules[at] for at in known], self._rules, found)
        self._found.setdefault(_key(found), Grounded(found, (*grounded.warnings, *other)))

    def result(self) -> Assisted:
        found = sorted(self._found.values(), key=lambda one: (one.proposal.start, one.proposal.end, one.proposal.kind))
        return Assisted(
            tuple(found),
            self._backend.proposer,
            frozenset(self._agreed),
            self._asked,
            dropped=tuple(sorted((why, count) for why, count in self._dropped.items() if count)),
            faults=tuple(sorted(self._faults.items())),
            stopped=self.stopped,
        )


def _same_thing(rule: Proposal, found: Proposal) -> bool:
    """Do both speak of the same number, or of the same name (which the rules propose once a text)?"""
    if rule.kind != found.kind:
        return False
    if found.kind == "quantity":
        number = [(span.start, span.end) for span in found.spans if span.role == "number"]
        return any((span.start, span.end) in number for span in rule.spans if span.role == "number")
    variants = rule.value.get("variants")
    names = [rule.quote, *(variants if isinstance(variants, list) else ())]
    return _overlap(rule, found) or fold(found.quote) in map(fold, names)


def _overlap(one: Proposal, other: Proposal) -> bool:
    return one.start < other.end and other.start < one.end


def _otherwise(known: list[Proposal], rules: Iterable[Proposal], found: Proposal) -> tuple[str, ...]:
    """What the rules say of the same words that is not what the back end says."""
    if found.kind == "quantity":
        told = sorted({str(rule.value["category"]) for rule in known})
        return (f"the rules read this number as {', '.join(told)}",) if told else ()
    kinds = sorted({rule.kind for rule in rules if rule.kind in _NAMED and _overlap(rule, found)} - {found.kind})
    return (f"the rules read these words as {', '.join(kinds)}",) if kinds else ()


def _key(found: Proposal) -> tuple[object, ...]:
    """A name once a text for each thing said of it, as the rules do; a number once a place."""
    where = (found.start, found.end) if found.kind == "quantity" else fold(found.quote)
    return found.kind, where, str(_said(found))


def _says_same(rule: Proposal, found: Proposal) -> bool:
    if found.kind == "person" and found.value.get("status") is None:
        return True  # the name is known; the back end adds nothing
    return _said(rule) == _said(found)


def _said(proposal: Proposal) -> object:
    fields = {"quantity": ("category", "lower", "upper"), "person": ("status",)}
    return [proposal.value.get(field) for field in fields.get(proposal.kind, ())]
