"""Reconciliation against brute force: every population of a small world is tried. Places and figures are invented."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esep.counts.atoms import Region, cut
from esep.counts.conflicts import minimal_conflicts
from esep.counts.programs import Figure, Program
from esep.counts.scopes import Hierarchy, Scope, World
from esep.counts.spans import spans_of
from esep.dates import When

MOST = 3
WORLD = World(Hierarchy({"town": "region", "village": "region", "clinic": "town"}, overlapping=frozenset({"town"})))
KINDS = [(place, worker) for place in ("region", "town", "clinic", "village") for worker in (False, True)]
"""Kinds of people in the small world: where each was harmed, as the smallest place, and whether a worker."""
POPULATIONS = np.array(list(product(range(MOST + 1), repeat=len(KINDS))))
HERE = ("region", "town", "clinic", "village")
SCOPES = [Scope("killed", place, None, who) for place in HERE for who in ((), ("workers",))]


def holds(scope, kind):
    place, worker = kind
    return (not scope.who or worker) and WORLD.places.contains(scope.place, place)


NUMBERS = {scope: POPULATIONS @ np.array([holds(scope, kind) for kind in KINDS], dtype=int) for scope in SCOPES}


def possible(figures):
    """Which populations satisfy all figures, by trying each one; `figures` are (scope, low, high)."""
    fits = np.ones(len(POPULATIONS), dtype=bool)
    for scope, low, high in figures:
        fits &= (NUMBERS[scope] >= low) & (high is None or NUMBERS[scope] <= high)
    return fits


def program_of(figures):
    (atoms,) = cut([Region.of(scope) for scope in SCOPES], WORLD)
    place = {region.scope: i for i, region in enumerate(atoms.regions)}
    return Program(atoms), [Figure(place[scope], low, high) for scope, low, high in figures], place


END = st.integers(0, MOST)
FIGURE = st.builds(
    lambda scope, low, high: (scope, low, high if high is None or high >= low else low),
    st.sampled_from(SCOPES),
    END,
    st.none() | END,
)
FIGURES = st.lists(FIGURE, min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(FIGURES)
def test_minimal_conflicting_sets_are_those_that_brute_force_finds(said):
    program, figures, _ = program_of(said)
    wrong = [
        set(chosen)
        for size in range(1, len(said) + 1)
        for chosen in combinations(range(len(said)), size)
        if not possible([said[i] for i in chosen]).any()
    ]
    minimal = sorted(tuple(sorted(s)) for s in wrong if not any(other < s for other in wrong))
    found = minimal_conflicts(program, figures)
    assert found.is_complete
    assert sorted(found.sets) == minimal


@settings(deadline=None, max_examples=60)
@given(FIGURES)
def test_ranges_are_those_that_brute_force_finds(said):
    program, figures, place = program_of(said)
    spans = spans_of(program, figures, regions=place.values())
    fits = possible(said)
    assert (spans is None) == (not fits.any())
    for scope in SCOPES if spans else []:
        low, high = spans[place[scope]]
        assert low == NUMBERS[scope][fits].min()
        # an end without limit shows as a population that the brute force had to cut off
        if high is not None:
            assert high == NUMBERS[scope][fits].max()
        else:
            assert POPULATIONS[fits][:, [holds(scope, kind) for kind in KINDS]].max() == MOST


@settings(deadline=None, max_examples=60)
@given(FIGURES, FIGURE)
def test_one_more_claim_never_widens_a_range(said, more):
    program, figures, place = program_of([*said, more])
    before = spans_of(program, figures[:-1], regions=place.values())
    after = spans_of(program, figures, regions=place.values())
    if after is None:
        return
    assert before is not None
    for region, (low, high) in after.items():
        assert before[region][0] <= low
        assert before[region][1] is None or (high is not None and high <= before[region][1])
        assert high is None or low <= high


@settings(deadline=None, max_examples=40)
@given(st.lists(END, min_size=len(KINDS), max_size=len(KINDS)), FIGURES)
def test_figures_that_are_true_are_never_called_a_conflict(people, said):
    truth = {scope: sum(n for n, kind in zip(people, KINDS, strict=True) if holds(scope, kind)) for scope in SCOPES}
    true = [(scope, min(low, truth[scope]), truth[scope] if high is not None else None) for scope, low, high in said]
    program, figures, place = program_of(true)
    assert minimal_conflicts(program, figures).sets == ()
    spans = spans_of(program, figures, regions=place.values())
    for scope in SCOPES:
        low, high = spans[place[scope]]
        assert low <= truth[scope] <= (truth[scope] if high is None else high)


def test_a_search_among_many_figures_still_finds_all_pairs_and_only_minimal_sets():
    said = [(scope, n, n) for scope in SCOPES for n in range(MOST + 1)]
    program, figures, _ = program_of(said)
    found = minimal_conflicts(program, figures, limit=10)
    pairs = {
        pair for pair in combinations(range(len(said)), 2) if not possible([said[i] for i in pair]).any()
    }
    assert {members for members in found.sets if len(members) == 2} == pairs
    for members in found.sets:
        assert not possible([said[i] for i in members]).any()
        assert all(possible([said[i] for i in members if i != one]).any() for one in members)
    assert any(len(members) > 2 for members in found.sets)
    assert not found.is_complete


def regions(*scopes, world=WORLD):
    return [atoms for atoms in cut([Region.of(scope) for scope in scopes], world)]


def test_scopes_that_share_nobody_are_separate_programs():
    assert len(regions(Scope("killed", "town"), Scope("killed", "village"))) == 2
    assert len(regions(Scope("killed", "town"), Scope("killed", "village"), Scope("killed", "region"))) == 1
    assert len(regions(Scope("killed", "town"), Scope("injured", "town"))) == 2


def test_people_in_hospital_are_among_the_injured():
    (atoms,) = regions(Scope("hospitalized", "town"), Scope("injured", "town"))
    assert [region.scope.category for region in atoms.regions] == ["hospitalized", "injured"]
    assert atoms.within.tolist() == [[True, True], [False, True]]


@pytest.mark.parametrize(
    ("smaller", "larger", "is_within"),
    [
        ("2011-12-16", "2011-12-16/2011-12-17", True),
        ("2011-12-16/2011-12-18", "2011-12-17/2011-12-19", False),
        ("2011-12-16", "2011-12", True),
        ("2011-12", "2011-12-16/..", False),
    ],
)
def test_days_lie_within_days(smaller, larger, is_within):
    scopes = [Scope("killed", "town", When.parse(text)) for text in (smaller, larger)]
    (atoms,) = regions(*scopes)
    place = {region.scope: i for i, region in enumerate(atoms.regions)}
    assert atoms.within[place[scopes[0]], place[scopes[1]]] == is_within
    assert WORLD.contains(scopes[1], scopes[0]) == is_within


def test_a_figure_covers_no_day_after_the_date_it_speaks_for():
    region = Region.of(Scope("killed", "town", When.parse("2011-12-16/2011-12-20")), When.parse("2011-12-17"))
    assert region.end.isoformat() == "2011-12-17"
    assert region.text().endswith("until 2011-12-17")


LINKED = Hierarchy({"linked": "deaths", "not linked": "deaths"})
SPLIT = World(WORLD.places, schemes=(LINKED,))
PLACES = st.sampled_from(["region", "town", "clinic", "village", "elsewhere"])
WHO = st.sampled_from([(), ("workers",), ("workers", "women"), ("linked",), ("not linked", "workers")])
DAYS = st.sampled_from([None, "2011-12-16", "2011-12-16/2011-12-17", "2011-12-17"]).map(lambda d: d and When.parse(d))
CATEGORY = st.sampled_from(["injured", "hospitalized"])
OUT = st.sampled_from([(), (), ("linked",), ("village",), ("children",)])
ANY_SCOPE = st.builds(Scope, CATEGORY, PLACES, DAYS, WHO, st.sampled_from(["", "first hour"]), OUT).filter(
    lambda scope: not set(scope.excludes) & {scope.place, *scope.who}
)


@settings(deadline=None, max_examples=200)
@example(Scope("injured", "region", None, (), "", ("village",)), Scope("injured", "clinic"))
@given(ANY_SCOPE, ANY_SCOPE)
def test_atoms_and_the_order_of_scopes_say_the_same(first, second):
    found = regions(first, second, world=SPLIT)
    if first == second:
        return
    holds_first, holds_second = SPLIT.contains(first, second), SPLIT.contains(second, first)
    if len(found) == 2:
        assert not holds_first
        assert not holds_second
        return
    place = {region.scope: i for i, region in enumerate(found[0].regions)}
    assert found[0].within[place[second], place[first]] == holds_first
    assert found[0].within[place[first], place[second]] == holds_second
