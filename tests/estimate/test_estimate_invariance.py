"""Order and names of lists, order of rows, and splitting a count change nothing."""

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from esep.estimate import CaptureTable, estimate_table, method_names
from esep.estimate.latent_class.cells import cells_of
from esep.estimate.latent_class.method import explore
from esep.estimate.latent_class.settings import LatentClassSettings

SAMPLED = "latent-class"
METHODS = [name for name in method_names() if name != SAMPLED]
BRIEF = LatentClassSettings(
    chains=2, draws=60, most_draws=60, warm_up=60, scouts=0, ladders=0, sensitivity=(), seconds=1.0
)
PATTERNS = [format(x, "03b") for x in range(1, 8)]
counts = st.lists(st.integers(0, 60), min_size=7, max_size=7).map(lambda c: dict(zip(PATTERNS, c, strict=True)))


def numbers(table):
    return [
        (r.method, r.status, r.point, r.low, r.high)
        for r in estimate_table(table, methods=METHODS, diagnose=False).results
    ]


def assert_same(one, other):
    for (method, status, *ends), (_, status_2, *ends_2) in zip(one, other, strict=True):
        assert status == status_2, method
        assert [end is None for end in ends] == [end is None for end in ends_2], method
        assert [end or 0 for end in ends] == pytest.approx([end or 0 for end in ends_2], rel=1e-6), method


@settings(deadline=None, max_examples=5)
@given(counts, st.permutations(range(3)))
def test_moving_and_renaming_lists_changes_nothing(cells, order):
    table = CaptureTable.from_patterns(cells, lists=["a", "b", "c"])
    assume(table.n > 0)
    moved = table.reorder(order)
    renamed = CaptureTable(("x", "y", "w"), moved.patterns, moved.counts)
    assert_same(numbers(table), numbers(renamed))


@settings(deadline=None, max_examples=25)
@given(counts, st.randoms(use_true_random=False), st.integers(0, 60))
def test_order_of_rows_and_splitting_a_count_changes_nothing(cells, random, part):
    rows = [(pattern, count) for pattern, count in cells.items()]
    whole = CaptureTable.from_patterns(cells)
    split = [(p, min(part, c)) for p, c in rows] + [(p, c - min(part, c)) for p, c in rows]
    random.shuffle(split)
    again = CaptureTable.from_rows([[int(x) for x in p] for p, _ in split], counts=[c for _, c in split])
    assert again.input_hash == whole.input_hash
    assert again.as_patterns() == whole.as_patterns()


@settings(deadline=None, max_examples=4)
@given(st.permutations(range(4)), st.integers(0, 2**31))
def test_sampled_classes_do_not_depend_on_order_or_names_of_lists(order, seed):
    table = CaptureTable.from_patterns({"1000": 9, "0100": 8, "0011": 7, "1100": 6, "1010": 5, "0001": 4, "1111": 3})
    moved = table.reorder(order)
    renamed = CaptureTable(("x", "y", "w", "v"), moved.patterns, moved.counts)
    one, two = (explore(cells_of(t.reorder(t.canonical_order)), BRIEF, seed=seed).unseen for t in (table, renamed))
    assert (one == two).all()


@pytest.mark.parametrize("name", method_names())
def test_the_same_seed_gives_the_same_bytes(name):
    lists = "10 01 11".split() if name in {"petersen", "chapman"} else PATTERNS
    table = CaptureTable.from_patterns(dict(zip(lists, [30, 25, 20, 2, 1, 1, 0], strict=False)))
    once, again = (
        json.dumps(estimate_table(table, methods=[name], seed=4, diagnose=False).json()) for _ in range(2)
    )
    assert once == again


@settings(deadline=None, max_examples=4)
@given(counts)
def test_interval_ends_lie_in_order_and_above_the_people_seen(cells):
    table = CaptureTable.from_patterns(cells)
    for _, status, point, low, high in numbers(table):
        assert (point is not None) == status.has_point
        if point is not None:
            assert table.n - 1e-6 <= low <= point
            assert high is None or point <= high
