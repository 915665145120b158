"""Partial dates keep what is known and no more."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.dates import Age, When
from esep.errors import BadDate


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2011-12-16", date(2011, 12, 16), date(2011, 12, 16), "day"),
        ("2011-12", date(2011, 12, 1), date(2011, 12, 31), "month"),
        ("2011", date(2011, 1, 1), date(2011, 12, 31), "year"),
        ("2011-12-16~", date(2011, 12, 16), date(2011, 12, 16), "day"),
        ("2011-12-16/2011-12-18", date(2011, 12, 16), date(2011, 12, 18), "interval"),
        ("2011-12-16/..", date(2011, 12, 16), None, "interval"),
        ("../2011-12-16", None, date(2011, 12, 16), "interval"),
        ("2011-12-16/", date(2011, 12, 16), None, "interval"),
        ("2011-22", date(2011, 6, 1), date(2011, 8, 31), "season"),
        ("2011-24", date(2011, 12, 1), date(2012, 2, 29), "season"),
        ("201X", date(2010, 1, 1), date(2019, 12, 31), "decade"),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), "century"),
        ("2011-XX", date(2011, 1, 1), date(2011, 12, 31), "year"),
        ("2011-12-XX", date(2011, 12, 1), date(2011, 12, 31), "month"),
        ("2011-12-16T21:00:00", date(2011, 12, 16), date(2011, 12, 16), "time"),
    ],
)
def test_reads_level_1(text, earliest, latest, precision):
    when = When.parse(text)
    assert (when.earliest, when.latest, when.precision, str(when)) == (earliest, latest, precision, text)


def test_marks_are_kept_apart():
    marks = [(when.approximate, when.uncertain) for when in map(When.parse, ("2011-12~", "2011-12?", "2011-12%"))]
    assert marks == [(True, False), (False, True), (True, True)]
    assert not When.parse("2011-12").approximate


@pytest.mark.parametrize(
    "text",
    ["", "16.12.2011", "2011-13", "2011-02-30", "2011-12-16/2011-12-15", "201X-12", "0000", "Y17000", "2011-1-2",
     "2011/2012/2013", "2011-XX-05", "2011-12-16T25:00:00", "yesterday"],
)  # fmt: skip
def test_refuses_with_the_text_named(text):
    with pytest.raises(BadDate) as refusal:
        When.parse(text)
    assert repr(text.split("/")[0])[1:-1] in str(refusal.value)


def test_a_month_is_only_certainly_over_at_its_end():
    month = When.parse("2011-12")
    assert month.possibly_by(date(2011, 12, 1))
    assert not month.certainly_by(date(2011, 12, 30))
    assert month.certainly_by(date(2011, 12, 31))


@settings(deadline=None, max_examples=200)
@given(st.dates(date(1, 1, 1)), st.dates(date(1, 1, 1)))
def test_interval_bounds_are_its_days(one, other):
    start, end = sorted((one, other))
    when = When.between(start, end)
    assert (when.earliest, when.latest) == (start, end)
    assert When.parse(str(when)) == when
    assert when.within(when)
    assert When.parse(start.isoformat()).within(when)


def test_ages_may_be_ranges():
    assert [str(Age.parse(text)) for text in ("11", "20-25", "60+", "20–25")] == ["11", "20-25", "60+", "20-25"]


@pytest.mark.parametrize("text", ["", "eleven", "200", "30-20", "-3"])
def test_refuses_impossible_ages(text):
    with pytest.raises(BadDate):
        Age.parse(text)


def test_the_last_winter_is_refused_and_not_a_fault_of_the_calendar():
    with pytest.raises(BadDate, match="10000"):
        When.parse("9999-24")


def test_digits_of_other_scripts_are_kept_as_plain_ones():
    assert str(When.parse("٢٠١١-١٢-١٦")) == "2011-12-16"
