"""Questions asked one after another at a terminal. Every answer is recorded as it is given, so nothing can be lost.

`read` and `write` are the terminal's; tests pass their own. Keys also work on a Russian or Kazakh keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from esep.case.questions import machine_lines, pair_text
from esep.case.verdicts import verdict_of
from esep.linkage.records import Verdict
from esep.people.review import Question

KEYS = "[s]ame  [d]ifferent  [u]nsure  s[k]ip  [b]ack  [q]uit"
_SKIP, _BACK, _QUIT = ("k", "л", "skip"), ("b", "и", "back", "undo"), ("q", "й", "quit", "exit")

REASONS: dict[Verdict, tuple[str, ...]] = {
    "same": ("same name in another spelling", "name and birth agree", "kin or address agree", "same wording: a copy"),
    "different": ("brothers or sisters", "parent and child", "namesakes", "other age", "other place or day"),
    "unsure": ("too little is stated", "needs the source", "ask the family"),
}
"""Reasons that a number stands for; any other is typed."""

Read = Callable[[str], str]
Write = Callable[[str], None]


class Recorder(Protocol):
    """Where answers go: each call is one act, stored before the next question is shown."""

    def answer(self, one: Question, verdict: Verdict, reason: str) -> str:
        """Record an answer; returns the cid by which it can be taken back."""
        ...

    def take_back(self, cid: str) -> None:
        """Record that an answer is taken back."""
        ...


@dataclass
class Session:
    """What happened: answers that stand, in their order, with question and cid; how many were skipped or taken back."""

    answered: list[tuple[int, Verdict, str]] = field(default_factory=list)
    skipped: int = 0
    taken_back: int = 0

    def text(self) -> str:
        """One sentence."""
        number = len(self.answered)
        back = f", {self.taken_back} taken back" if self.taken_back else ""
        return f"{number} answer{'' if number == 1 else 's'} recorded{back}. The rest waits."


def ask(questions: Sequence[Question], recorder: Recorder, *, read: Read, write: Write, blind: bool) -> Session:
    """Ask until all is answered, somebody quits, or input ends."""
    session, at = Session(), 0
    while True:
        at = _next(questions, session, at)
        if at == len(questions):
            if not _wants_back(session, read):
                break
            at = _back(questions, session, recorder, write, at=at)
            continue
        one = questions[at]
        write(f"\n{at + 1} of {len(questions)}. {pair_text(one, blind=blind)}")
        try:
            said = _key(read, write)
            if said.verdict is not None:
                reason = _reason(said.verdict, read, write)
                session.answered.append((at, said.verdict, recorder.answer(one, said.verdict, reason)))
        except (EOFError, KeyboardInterrupt):
            write("")
            break
        if said.move == "quit":
            break
        if said.move == "back":
            at = _back(questions, session, recorder, write, at=at)
            continue
        session.skipped += said.move == "skip"
        if blind and said.verdict is not None:
            write("\n".join(machine_lines(one)))
        at += 1
    write(session.text())
    return session


def _next(questions: Sequence[Question], session: Session, at: int) -> int:
    """The first question from here that earlier answers have not settled; their number when there is none."""
    return next((n for n in range(at, len(questions)) if not _settled(questions, session, n)), len(questions))


def _wants_back(session: Session, read: Read) -> bool:
    """After the last question: whether the last answer is to be taken back after all."""
    if not session.answered:
        return False
    try:
        return read("That was the last one. [b]ack, or Enter to end > ").strip().casefold() in _BACK
    except (EOFError, KeyboardInterrupt):
        return False


@dataclass(frozen=True, slots=True)
class _Said:
    """A verdict, or a move: skip, back, quit."""

    verdict: Verdict | None = None
    move: str = ""


def _key(read: Read, write: Write) -> _Said:
    while True:
        typed = read(f"{KEYS} > ").strip().casefold()
        for move, keys in (("skip", _SKIP), ("back", _BACK), ("quit", _QUIT)):
            if typed in keys:
                return _Said(move=move)
        verdict = verdict_of(typed) if typed else None
        if verdict is not None:
            return _Said(verdict)
        write("Type s, d, u, k, b or q, then Enter.")


def _reason(verdict: Verdict, read: Read, write: Write) -> str:
    ready = REASONS[verdict]
    write("  ".join(f"{number} {reason}" for number, reason in enumerate(ready, start=1)))
    typed = read("why? a number or your own words, Enter for none > ").strip()
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(ready):
        return ready[int(typed) - 1]
    return typed


def _back(questions: Sequence[Question], session: Session, recorder: Recorder, write: Write, *, at: int) -> int:
    """Take the last answer back and return to its question."""
    if not session.answered:
        write("Nothing is answered in this session. «esep decide CASE --undo CID» takes back older answers.")
        return at
    place, verdict, cid = session.answered.pop()
    recorder.take_back(cid)
    session.taken_back += 1
    write(f"Taken back: «{verdict}» in question {place + 1}.")
    return place


def _settled(questions: Sequence[Question], session: Session, at: int) -> bool:
    """Whether answers of this session already say of two persons that they are one, or that they are not."""
    one_of: dict[str, str] = {}

    def find(person: str) -> str:
        while person in one_of:
            person = one_of[person]
        return person

    for place, verdict, _ in session.answered:
        left, right = (find(side.person) for side in (questions[place].left, questions[place].right))
        if verdict == "same" and left != right:
            one_of[right] = left
    here = {find(questions[at].left.person), find(questions[at].right.person)}
    if len(here) == 1 and questions[at].standing != "disputed":
        return True
    return any(
        verdict == "different" and {find(questions[p].left.person), find(questions[p].right.person)} == here
        for p, verdict, _ in session.answered
    )
