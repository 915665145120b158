"""Reconciliation against an integer program over every pattern of overlap, in small worlds of three dimensions.

Labels may overlap in rings here (A with B, B with C, C with A), where the linear program is known to allow a little too
much. Run: PYTHONPATH=src python benchmarks/counts/bench_exactness.py
"""

from itertools import product
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from esep.counts.atoms import Region, cut
from esep.counts.programs import Figure, Program
from esep.counts.scopes import Hierarchy, Scope, World
from esep.counts.spans import Span, spans_of

LABELS = ("A", "B", "C")
WORLD = World(
    Hierarchy({"town": "region", "village": "region"}),
    schemes=(Hierarchy({"x": "all", "y": "all"}), Hierarchy({"p": "any", "q": "any"}, whole=frozenset({"any"}))),
)
PATTERNS = [
    (place, {first, second, *(name for name, has in zip(LABELS, flags, strict=True) if has)})
    for place in ("region", "town", "village")
    for first in ("", "x", "y")
    for second in ("p", "q")
    for flags in product((False, True), repeat=3)
]
Said = tuple[Scope, int, int | None]


def row(scope: Scope) -> np.ndarray:
    return np.array([WORLD.places.contains(scope.place, at) and set(scope.who) <= have for at, have in PATTERNS], float)


def draw(rng: Random) -> tuple[list[Scope], list[Said]]:
    scopes: list[Scope] = []
    while len(scopes) < 7:
        who = set(rng.sample(["x", "y", "p", "q", *LABELS], rng.choice([0, 1, 1, 2, 2, 3])))
        scope = Scope("killed", rng.choice(["region", "town", "village"]), None, tuple(sorted(who)))
        if not who >= {"x", "y"} and not who >= {"p", "q"} and scope not in scopes:
            scopes.append(scope)
    lows = [rng.randint(0, 6) for _ in scopes[:6]]
    return scopes, [(s, low, rng.choice([None, low, low + 2])) for s, low in zip(scopes, lows, strict=False)]


def exact(scopes: list[Scope], said: list[Said]) -> dict[Scope, Span] | None:
    rows = np.array([row(scope) for scope, _, _ in said])
    least = np.array([low for _, low, _ in said], float)
    most = np.array([np.inf if high is None else high for *_, high in said])

    def smallest(costs: np.ndarray) -> float | None:
        limits = LinearConstraint(rows, least, most)
        found = milp(costs, constraints=limits, integrality=np.ones(len(PATTERNS)), bounds=Bounds(0, 1e4))
        return found.fun if found.status == 0 else None

    if smallest(np.zeros(len(PATTERNS))) is None:
        return None
    ends = {scope: (round(smallest(row(scope))), round(-smallest(-row(scope)))) for scope in scopes}
    return {scope: (low, None if high > 5000 else high) for scope, (low, high) in ends.items()}


def ours(scopes: list[Scope], said: list[Said]) -> dict[Scope, Span] | None:
    results: dict[Scope, Span] = {}
    for atoms in cut([Region.of(scope) for scope in scopes], WORLD):
        place = {region.scope: i for i, region in enumerate(atoms.regions)}
        figures = [Figure(place[scope], low, high) for scope, low, high in said if scope in place]
        spans = spans_of(Program(atoms), figures, regions=place.values())
        if spans is None:
            return None
        results |= {scope: spans[i] for scope, i in place.items()}
    return results


def main() -> None:
    rng, worlds = Random(5), 400
    found = {"false conflicts": 0, "missed conflicts": 0, "ranges": 0, "too narrow": 0, "too wide": 0}
    for _ in range(worlds):
        scopes, said = draw(rng)
        true, given = exact(scopes, said), ours(scopes, said)
        if true is None or given is None:
            found["missed conflicts"] += true is None and given is not None
            found["false conflicts"] += true is not None and given is None
            continue
        for scope in scopes:
            (low, high), (own_low, own_high) = true[scope], given[scope]
            found["ranges"] += 1
            narrow = own_low > low or (own_high is not None and (high is None or own_high < high))
            found["too narrow"] += narrow
            found["too wide"] += not narrow and (low, high) != (own_low, own_high)
    print(f"{worlds} random worlds: " + ", ".join(f"{name} {number}" for name, number in found.items()))


if __name__ == "__main__":
    main()
