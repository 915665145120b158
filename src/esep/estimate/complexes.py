"""Hierarchical log-linear models as sets of terms.

A model is an integer: bit S is set when the term u_S is in it, S itself a bitmask of lists. Every model here holds
the empty set and all single lists, with every term all of its parts, and never the term of all lists together
(which would leave nothing to say about people on no list). Names are the maximal terms, `[123,14,34]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

Model = int


def independence(k: int) -> Model:
    """Main effects only: the empty set and every single list."""
    return 1 | sum(1 << (1 << j) for j in range(k))


@lru_cache(maxsize=1 << 16)
def terms(model: Model) -> tuple[int, ...]:
    """The subsets of lists in the model, by size and then by value; the first is the empty set."""
    found = []
    while model:
        low = model & -model
        found.append(low.bit_length() - 1)
        model ^= low
    return tuple(sorted(found, key=lambda term: (term.bit_count(), term)))


def faces(term: int) -> Iterator[int]:
    """The terms one list smaller."""
    rest = term
    while rest:
        low = rest & -rest
        yield term ^ low
        rest ^= low


def can_add(model: Model, term: int) -> bool:
    """Whether the term is not there yet and all its parts are."""
    return not model >> term & 1 and all(model >> face & 1 for face in faces(term))


def subsets_of_size(k: int, size: int) -> tuple[int, ...]:
    """Bitmasks of `size` of k lists, in the order 12, 13, ..., 23, ..."""
    return tuple(sum(1 << j for j in chosen) for chosen in combinations(range(k), size))


@lru_cache(maxsize=16)
def all_models(k: int, *, max_order: int) -> tuple[Model, ...]:
    """Every hierarchical model with terms of at most `max_order` lists, without the saturated one.

    Counts: 8 for k = 3, 113 for k = 4, 6893 for k = 5; order 2: 1024 for k = 5 and 32768 for k = 6.
    """
    models: list[Model] = [independence(k)]
    for size in range(2, min(max_order, k - 1) + 1):
        wanted = subsets_of_size(k, size)
        models = [bigger for model in models for bigger in _with_terms(model, wanted)]
    return tuple(models)


def _with_terms(model: Model, wanted: Sequence[int]) -> Iterator[Model]:
    free = [term for term in wanted if can_add(model, term)]
    for choice in range(1 << len(free)):
        yield model | sum(1 << term for i, term in enumerate(free) if choice >> i & 1)


def maximal_terms(model: Model) -> tuple[int, ...]:
    """Terms that are part of no other term of the model, larger ones first, then by list numbers."""
    inside = {face for term in terms(model) for face in faces(term)}
    top = [term for term in terms(model) if term not in inside]
    return tuple(sorted(top, key=lambda term: (-term.bit_count(), _digits(term))))


def name(model: Model) -> str:
    """`[123,14,34]`; from ten lists on the numbers inside a term are parted by dots, `[1.12,3]`."""
    many = model.bit_length() > 1 << 9
    joint = "." if many else ""
    return f"[{','.join(joint.join(map(str, _digits(term))) for term in maximal_terms(model))}]"


def parse(text: str, k: int) -> Model:
    """The model named like `[123,14,34]`; lists that are not named still have their main effect."""
    model = independence(k)
    for part in text.strip("[]").split(","):
        digits = part.split(".") if "." in part or k > 9 else list(part)
        model |= _closure(sum(1 << int(digit) - 1 for digit in digits))
    return model


def relabel(model: Model, places: Sequence[int]) -> Model:
    """The same model where list j of it is called list places[j]."""
    moved = 0
    for term in terms(model):
        moved |= 1 << sum(1 << places[j] for j in range(term.bit_length()) if term >> j & 1)
    return moved


def _closure(term: int) -> Model:
    model, part = 1, term
    while part:
        model |= 1 << part
        part = (part - 1) & term
    return model


def _digits(term: int) -> tuple[int, ...]:
    return tuple(j + 1 for j in range(term.bit_length()) if term >> j & 1)
