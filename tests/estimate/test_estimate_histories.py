import numpy as np
import pytest

from esep.errors import EstimateError
from esep.estimate import CaptureDraws, CaptureTable


def test_rows_become_patterns_with_list_one_first():
    table = CaptureTable.from_rows([[1, 0, 1], [1, 0, 1], [0, 1, 0]])
    assert table.as_patterns() == {"010": 1, "101": 2}
    assert table.patterns.tolist() == [2, 5]


def test_rows_with_counts_and_pattern_texts_give_one_table():
    rows = CaptureTable.from_rows([[1, 0], [1, 1], [0, 1]], counts=[4, 3, 2], lists=["a", "b"])
    texts = CaptureTable.from_patterns({"10": 4, "11": 3, "01": 2}, lists=["a", "b"])
    assert rows.input_hash == texts.input_hash


def test_a_million_rows_are_counted_exactly():
    rows = np.random.default_rng(1).integers(0, 2, (200_000, 24), dtype=np.uint8)
    rows[:, 0] = 1
    table = CaptureTable.from_rows(rows)
    assert table.n == len(rows)
    assert table.list_sizes.tolist() == rows.sum(axis=0).tolist()


def test_patterns_that_nobody_has_are_dropped():
    assert CaptureTable.from_patterns({"10": 0, "01": 2}).as_patterns() == {"01": 2}


def test_margin_counts_people_on_all_of_the_lists():
    table = CaptureTable.from_patterns({"110": 4, "111": 3, "100": 9})
    assert [table.margin(0b001), table.margin(0b011), table.margin(0b111), table.margin(0)] == [16, 7, 3, 16]


def test_people_by_number_of_lists():
    assert CaptureTable.from_patterns({"110": 4, "111": 3, "100": 9}).n_by_size.tolist() == [9, 4, 3]


def test_choosing_lists_drops_people_on_none_of_them():
    table = CaptureTable.from_patterns({"110": 4, "001": 5, "011": 2}, lists=["a", "b", "c"])
    assert table.select(["c", "a"]).as_patterns() == {"01": 4, "10": 7}


def test_a_structural_zero_survives_a_choice_only_if_all_its_completions_are_impossible():
    both = CaptureTable.from_patterns({"100": 4, "001": 1}, structural_zero=["010", "011"])
    one = CaptureTable.from_patterns({"100": 4, "001": 1}, structural_zero=["011"])
    assert both.select(["1", "2"]).structural_zero.tolist() == [2]
    assert one.select(["1", "2"]).structural_zero.tolist() == []


def test_hash_ignores_order_of_lists_and_rows_but_not_counts():
    table = CaptureTable.from_patterns({"10": 4, "11": 3, "01": 2}, lists=["a", "b"])
    turned = CaptureTable.from_patterns({"11": 3, "10": 2, "01": 4}, lists=["b", "a"])
    other = CaptureTable.from_patterns({"10": 4, "11": 3, "01": 1}, lists=["a", "b"])
    assert table.input_hash == turned.input_hash != other.input_hash


def test_canonical_order_does_not_know_names_or_columns():
    counts = {"100": 5, "010": 7, "110": 2, "011": 3}
    table = CaptureTable.from_patterns(counts, lists=["x", "y", "z"])
    turned = table.reorder([2, 0, 1])
    own, moved = table.reorder(table.canonical_order), turned.reorder(turned.canonical_order)
    assert own.as_patterns() == moved.as_patterns()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[0, 0]], "row 1 is on no list"),
        ([[1, 2]], "other than 0 and 1"),
        ([[1, np.nan]], "other than 0 and 1"),
        ([1, 0], "dimensions"),
        (np.zeros((2, 64), int), "64 lists"),
        (np.zeros((0, 0), int), "no list"),
    ],
)
def test_rows_that_cannot_be_read_are_refused(rows, message):
    with pytest.raises(EstimateError, match=message):
        CaptureTable.from_rows(rows)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({"10": -1}, "negative"),
        ({"10": 1.5}, "fractional"),
        ({"10": float("nan")}, "missing"),
        ({"10": None}, "missing"),
        ({"10": "many"}, "no number"),
        ({"10": 3, "01": 2**62}, "4e18"),
        ({"00": 3}, "no list"),
        ({"1x": 3}, "not 2 characters"),
        ({"10": 3, "011": 1}, "not 2 characters"),
    ],
)
def test_counts_that_cannot_be_read_are_refused(counts, message):
    with pytest.raises(EstimateError, match=message):
        CaptureTable.from_patterns(counts)


def test_two_lists_of_one_name_are_refused():
    with pytest.raises(EstimateError, match="same name"):
        CaptureTable.from_patterns({"10": 1}, lists=["a", "a"])


def test_people_under_an_impossible_pattern_are_refused():
    with pytest.raises(EstimateError, match="impossible"):
        CaptureTable.from_patterns({"10": 1, "11": 2}, structural_zero=["11"])


def test_captures_of_a_linkage_keep_each_draw():
    draws = CaptureDraws.from_arrays([1, 2, 3], [[4, 3, 2], [4, 3, 2], [5, 4, 1]], lists=["a", "b"], seed=7)
    assert draws.table(2).as_patterns() == {"10": 5, "01": 4, "11": 1}
    assert sorted(times for _, times in draws.distinct()) == [1, 2]


def test_captures_that_do_not_fit_are_refused():
    with pytest.raises(EstimateError, match="2 patterns"):
        CaptureDraws.from_arrays([1, 2], [[4, 3, 2]], lists=["a", "b"])
