"""What a result is worth, in one word: every estimate carries one of these.

`Status.words` says it in a sentence for a reader who knows no statistics. A status without a point is a result, not
an error: «cannot be estimated, because two lists share nobody» is what the reader of a table has to see.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """Closed list of outcomes; the value is what JSON and tables print."""

    OK = "ok"
    OK_EXTENDED = "ok-extended"
    OK_FACIAL = "ok-facial"
    UNBOUNDED_ABOVE = "unbounded-above"
    PARTIAL_TOTAL = "partial-total"
    MULTIMODAL = "multimodal"
    PRIOR_DRIVEN = "prior-driven"
    PRIOR_CHOOSES = "prior-chooses"
    NOT_IDENTIFIED = "not-identified"
    NO_FINITE_MLE = "no-finite-mle"
    NOT_CONVERGED = "not-converged"
    NO_OVERLAP = "no-overlap"
    OUT_OF_RANGE = "out-of-range"
    IMPOSSIBLE_PATTERNS = "impossible-patterns"
    TOO_FEW_LISTS = "too-few-lists"
    TOO_MANY_LISTS = "too-many-lists"
    EMPTY_TABLE = "empty-table"
    EQUAL_LISTS = "equal-lists"
    EVERYONE_ON_ONE_LIST = "everyone-on-one-list"

    @property
    def has_point(self) -> bool:
        """Whether a result with this status may carry a point estimate."""
        return self in _WITH_POINT

    @property
    def is_ok(self) -> bool:
        """Whether the point may stand beside others in a comparison without a caution of its own."""
        return self in _FINE

    @property
    def words(self) -> str:
        """One sentence for the reader."""
        return _WORDS[self]


_FINE = frozenset({Status.OK, Status.OK_EXTENDED, Status.OK_FACIAL})
_DOUBTFUL = (Status.PRIOR_DRIVEN, Status.PRIOR_CHOOSES, Status.MULTIMODAL)  # the gravest first
_WITH_POINT = _FINE | {Status.UNBOUNDED_ABOVE, Status.PARTIAL_TOTAL, *_DOUBTFUL}


def gravest(statuses: Iterable[Status], *, otherwise: Status) -> Status:
    """The gravest caution among those of several results that became one, or `otherwise` where there is none."""
    found = set(statuses)
    return next((status for status in _DOUBTFUL if status in found), otherwise)


_WORDS = {
    Status.OK: "estimated",
    Status.OK_EXTENDED: "estimated; overlaps that are empty were taken as impossible (terms at minus infinity)",
    Status.OK_FACIAL: "estimated from the part of the table that the model can fit; some terms have no finite value",
    Status.UNBOUNDED_ABOVE: "the lists set no upper limit: the upper end of the interval is open",
    Status.PARTIAL_TOTAL: "a total in which some parts count only the people observed, for want of an estimate",
    Status.MULTIMODAL: "the method finds several separate answers; see their shares in the diagnostics",
    Status.PRIOR_DRIVEN: "the answer hangs on the prior: another one, as good, gives another answer",
    Status.PRIOR_CHOOSES: "three lists cannot tell kinds of people apart: very different numbers fit them equally well,"
    " and the prior chooses",
    Status.NOT_IDENTIFIED: "the lists cannot tell the number of unseen people apart from other terms of the model",
    Status.NO_FINITE_MLE: "no finite number fits best: the estimate runs off to infinity",
    Status.NOT_CONVERGED: "the computation did not settle, so no figure is given",
    Status.NO_OVERLAP: "the lists share nobody, so the number of people on no list cannot be estimated",
    Status.OUT_OF_RANGE: "the formula gives an impossible number here (below the people observed, or no number at all)",
    Status.IMPOSSIBLE_PATTERNS: "the formula adds up people by the number of their lists, which says nothing where some"
    " combinations of lists cannot occur; use a method with a model",
    Status.TOO_FEW_LISTS: "the method needs more lists",
    Status.TOO_MANY_LISTS: "the method cannot take this many lists",
    Status.EMPTY_TABLE: "nobody is on any list here",
    Status.EQUAL_LISTS: "two lists hold exactly the same people: a copy is no second witness; leave one of them out",
    Status.EVERYONE_ON_ONE_LIST: "one list holds everyone, so the others cannot show what it missed",
}
