"""Words become bounds by fixed conventions, and open ends stay open."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.counts.bounds import Bounds, bound, common
from esep.counts.categories import categories, category, is_casualty
from esep.counts.words import read_vague
from esep.errors import CountsError


@pytest.mark.parametrize(
    ("hedge", "numbers", "ends", "text"),
    [
        ("exact", (17,), (17, 17), "17"),
        ("at_least", (17,), (17, None), "at least 17"),
        ("or_more", (100,), (100, None), "at least 100"),
        ("more_than", (100,), (101, None), "more than 100"),
        ("over", (500,), (501, None), "more than 500"),
        ("up_to", (200,), (None, 200), "up to 200"),
        ("fewer than", (10,), (None, 9), "up to 9"),
        ("about", (70,), (70, 70), "about 70"),
        ("range", (7, 20), (7, 20), "7 to 20"),
        ("at_least", (1500,), (1500, None), "at least 1,500"),
        ("exact", (0,), (0, 0), "0"),
        ("several", (), (3, None), "several"),
        ("dozens", (), (20, None), "dozens"),
        ("hundreds", (), (200, None), "hundreds"),
        ("thousands", (), (2000, None), "thousands"),
        ("unquantified", (), (None, None), "no number stated"),
    ],
)
def test_words_become_the_bounds_of_the_conventions(hedge, numbers, ends, text):
    bounds = bound(hedge, *numbers)
    assert (bounds.low, bounds.high) == ends
    assert bounds.text() == text


@pytest.mark.parametrize(
    ("word", "low", "hedge"),
    [
        ("scores", 20, "dozens"),
        ("сотен", 200, "hundreds"),
        ("Тысячи", 2000, "thousands"),
        ("декілька", 3, "several"),
        ("жүздеген", 200, "hundreds"),
        ("мыңдаған", 2000, "thousands"),
        ("ондаған", 20, "dozens"),
        ("десятки тысяч", 20000, "thousands"),
        ("many", None, "unquantified"),
    ],
)
def test_a_vague_word_is_kept_and_bounded_below_only(word, low, hedge):
    bounds = bound(word)
    assert (bounds.low, bounds.high, bounds.hedge, bounds.word) == (low, None, hedge, word)


def test_a_form_is_read_in_the_language_that_is_named():
    assert read_vague("кілька", "uk") is not None
    assert read_vague("кілька", "kk") is None


def test_a_word_that_says_more_than_its_hedge_is_kept():
    assert bound("nearly", 1000).word == "nearly"
    assert bound("exact", 17).word is None


@pytest.mark.parametrize("call", [("perhaps", 3), ("exact",), ("range", 1, 2, 3), ("unquantified", 5)])
def test_a_figure_that_means_nothing_is_refused(call):
    with pytest.raises(CountsError):
        bound(*call)


def test_bounds_that_no_number_satisfies_are_refused():
    with pytest.raises(CountsError, match="low end lies above"):
        Bounds(5, 4)


def test_open_ends_are_respected_when_two_figures_are_compared():
    assert bound("exact", 17).is_below(bound("at_least", 22))
    assert not bound("at_least", 17).is_at_odds_with(bound("exact", 22))
    assert bound("up_to", 200).contains(bound("exact", 64))
    assert not bound("up_to", 200).contains(bound("at_least", 64))
    assert common(bound("at_least", 70), bound("up_to", 200)) == (70, 200)
    assert common(bound("exact", 17), bound("more_than", 17)) is None


def test_only_about_gets_a_tolerance():
    assert bound("about", 70).with_tolerance(0.2) == Bounds(56, 84, "about")
    assert bound("exact", 70).with_tolerance(0.2) == bound("exact", 70)


ENDS = st.none() | st.integers(0, 30)


@st.composite
def any_bounds(draw):
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Bounds(low, high, "range")


@settings(deadline=None, max_examples=150)
@given(any_bounds(), any_bounds())
def test_comparisons_agree_with_trying_every_number(first, second):
    numbers = range(62)  # past the largest end, so that an open end shows
    both = [n for n in numbers if first.allows(n) and second.allows(n)]
    assert first.is_at_odds_with(second) == (not both)
    inside = all(first.allows(n) for n in numbers if second.allows(n))
    assert first.contains(second) == inside


def test_casualties_are_the_killed_injured_missing_and_detained():
    assert {name for name in categories() if is_casualty(name)} == {"killed", "injured", "missing", "detained"}


def test_what_is_not_people_is_in_no_total_of_people():
    for name in ("buildings_burned", "police_weapons", "sentence_years", "compensation_tenge"):
        assert not category(name).people


def test_an_unknown_category_is_refused():
    with pytest.raises(CountsError, match="not in the table of categories"):
        category("afflicted")


def test_the_names_of_the_machine_format_of_quantities_are_categories():
    names = "killed injured missing detained convicted dismissed strikers troops protest-participants supporters"
    assert all(category(name).people and category(name).extract == name for name in [*names.split(), "other-human"])


def test_every_category_names_a_known_parent():
    assert all(not entry.within or entry.within in categories() for entry in categories().values())


@pytest.mark.needs_shared
def test_all_published_figures_have_a_category_and_bounds(shared: Path):
    text = (shared / "data/zhanaozen/counts.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for row in rows:
        numbers = [int(row[end]) for end in ("value_low", "value_high") if row[end]]
        assert category(row["category"])
        assert bound(row["qualifier"], *numbers).text()
    assert len(rows) == 312
