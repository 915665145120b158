"""What a method's number is for: the one rule by which it is an estimate, a bound or sensitivity.

The rule, in the order in which it is asked:

* **bound**: under the method's assumptions the number lies below the truth on average, and one of them is that people
  differ in how easily they are listed or that lists depend on each other positively. It says «at least so many».
* **sensitivity**: the number rests on an assumption that these lists can neither contradict nor support. With two lists
  that is independence; with more it is the shape of the differences between people (models of different shapes fit
  equally well and give different numbers, Link 2003), or a formula used outside of the range it was made for, or a
  prior (`prior_influence`).
* **estimate**: what it assumes beyond closure, linkage and reach, the overlaps of these lists can contradict. Whether
  they do is printed beside it (`predictive_checks`); a contradicted estimate stays in the spread, marked, because
  leaving it out after looking would be a choice of the answer.

So the spread over estimates is the spread over everything that the lists could have refuted. On Kosovo it goes from
independence, 7,395, which four lists can refute and do, to a stepwise choice, 14,342.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["estimate", "bound", "sensitivity"]


@dataclass(frozen=True)
class Standing:
    """`role`, and `reason`: why, in a sentence."""

    role: Role
    reason: str


_TWO_LISTS = Standing("sensitivity", "two lists say nothing about their own dependence, so nothing could contradict it")
_AT_LEAST = Standing(
    "bound", "whatever the differences between people, the unseen are at least so many (Chao 1987, 1989)"
)
_SHAPE = Standing(
    "sensitivity", "differences between people of other shapes fit as well and give other numbers (Link 2003)"
)
_CHOSEN = Standing("estimate", "the dependence is chosen by what the overlaps show")
_AVERAGED = Standing("estimate", "kinds of dependence are weighed by what the overlaps show")
_BASE = Standing("estimate", "independence of three lists and more is contradicted by overlaps where it is false")

ROLES: dict[str, Standing] = {
    "petersen": _TWO_LISTS,
    "chapman": _TWO_LISTS,
    "coverage-independent": _BASE,
    "loglinear-independent": _BASE,
    "chao-bound": _AT_LEAST,
    "heterogeneity-chao": _AT_LEAST,
    "heterogeneity-poisson": _SHAPE,
    "heterogeneity-darroch": _SHAPE,
    "heterogeneity-gamma": _SHAPE,
    "loglinear-bic": _CHOSEN,
    "loglinear-bic-bootstrap": _CHOSEN,
    "loglinear-stepwise": _CHOSEN,
    "loglinear-search": _CHOSEN,
    "loglinear-average": _AVERAGED,
    "decomposable-graphs": _AVERAGED,
    "latent-class": Standing("estimate", "kinds of people are found in the overlaps, their number included"),
}
"""Methods whose role does not depend on the table. The other two ask the functions below."""

PRIOR = Standing("sensitivity", "another prior, as good, gives another answer, and the lists do not choose")
"""Of every result whose status says that it hangs on its prior, whatever the method."""

ENOUGH_COVERAGE = 0.55
"""Share from which lists count as covering much (Chao and others 2001)."""


def coverage_high(coverage: float) -> Standing:
    """`coverage`: estimated share of the people that the lists cover."""
    if coverage >= ENOUGH_COVERAGE:
        return Standing("estimate", "made for lists that cover much, and these cover more than 55 %")
    return Standing("sensitivity", "made for lists that cover more than 55 %, and these do not")


def coverage_low(coverage: float, *, positive: bool) -> Standing:
    """`positive`: the overlaps show that lists depend on each other positively, taken together."""
    if coverage >= ENOUGH_COVERAGE:
        return Standing("sensitivity", "made for lists that cover little, and these cover more than 55 %")
    if positive:
        return Standing("bound", "low coverage and positive dependence: it lies below the truth (Chao and others 2001)")
    return Standing("sensitivity", "low coverage and no positive dependence: it may lie on either side of the truth")


def of(method: str, *, lists: int) -> Standing:
    """Standing of a method whose role hangs on the number of lists only; `estimate` for one that is not known here."""
    standing = ROLES.get(method, Standing("estimate", "not in the register of roles"))
    return _TWO_LISTS if lists <= 2 and standing is _BASE else standing
