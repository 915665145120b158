"""Order and names of lists, order of rows, and splitting a count change nothing."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from esep.estimate import CaptureTable, estimate_table

METHODS = [
    "chao-bound", "coverage-independent", "coverage-low", "loglinear-independent", "heterogeneity-chao",
    "heterogeneity-darroch", "loglinear-bic", "loglinear-bic-bootstrap", "loglinear-average", "loglinear-stepwise",
]  # fmt: skip
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


@settings(deadline=None, max_examples=15)
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


@settings(deadline=None, max_examples=12)
@given(counts)
def test_interval_ends_lie_in_order_and_above_the_people_seen(cells):
    table = CaptureTable.from_patterns(cells)
    for _, status, point, low, high in numbers(table):
        assert (point is not None) == status.has_point
        if point is not None:
            assert table.n - 1e-6 <= low <= point
            assert high is None or point <= high
