"""Dates, ages, numbers and formulas as they stand in cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esep.errors import BadDate, BadInput
from esep.intake.cells import read_age, read_cell, read_date, read_whole
from esep.intake.formulas import plain_cell, safe_cell


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2011-12-16", "2011-12-16"),
        ("2011-12", "2011-12"),
        ("2011", "2011"),
        ("2011-12-16/2011-12-18", "2011-12-16/2011-12-18"),
        ("2011-12-16~", "2011-12-16~"),
        ("16.12.2011", "2011-12-16"),
        ("16.12.2011 г.", "2011-12-16"),
        ("12.2011", "2011-12"),
        ("16/12/2011", "2011-12-16"),
        ("12/16/2011", "2011-12-16"),
        ("05/05/2011", "2011-05-05"),
        ("16 декабря 2011 года", "2011-12-16"),
        ("декабрь 2011", "2011-12"),
        ("December 2011", "2011-12"),
        ("16 Dec 2011", "2011-12-16"),
        ("December 16th, 2011", "2011-12-16"),
        ("2011 жылғы 16 желтоқсан", "2011-12-16"),
        ("2011 жылы желтоқсанда", "2011-12"),
        ("2011-12-16 21:00", "2011-12-16T21:00:00"),
    ],
)
def test_dates_keep_the_precision_that_is_stated(text, edtf):
    assert read_date(text) == edtf


@pytest.mark.parametrize(
    "text", ["05/06/2011", "early January 2011", "16.13.2011", "31.02.2011", "yesterday", "2011-02-30", "16.12.11"]
)
def test_dates_that_may_mean_two_days_or_none_are_refused(text):
    with pytest.raises(BadDate):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("0", 0),
        ("11", 11),
        ("34 года", 34),
        ("20-25", "20-25"),
        ("60+", "60+"),
        ("около 45", 45),
        ("6 мес", 0),
        ("30 жас", 30),
    ],
)
def test_ages_are_years_or_ranges(text, age):
    assert read_age(text) == age


@pytest.mark.parametrize("text", ["121", "-3", "abc", "3.5", "25-20"])
def test_impossible_ages_are_refused(text):
    with pytest.raises(BadDate):
        read_age(text)


@pytest.mark.parametrize(("text", "number"), [("1 500", 1500), ("1,500", 1500), ("1\u00a0500", 1500), ("17.0", 17)])
def test_whole_numbers_may_have_spaces_between_thousands(text, number):
    assert read_whole(text, header="n") == number


@pytest.mark.parametrize("text", ["1.500", "-1", "1,5", "²", "12a", "1" * 16])
def test_what_is_no_plain_whole_number_is_refused(text):
    with pytest.raises(BadInput):
        read_whole(text, header="n")


def test_a_spreadsheet_error_is_no_text():
    with pytest.raises(BadInput, match="#REF!"):
        read_cell("#REF!", "age")


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 701", "-5", "@x", " =1", "\x0b@x", "\t=1", "\r\n=1", "\u00a0=1", "＝1", "\ufeff=1"]
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["Ахметов", "1=1", "a@b", "'tis", "", "2011-12-16"])
def test_other_cells_stay_as_they_are(text):
    assert safe_cell(text) == text


@given(st.text(st.sampled_from("'=+-@ \t\x0b\u00a0ab"), max_size=6) | st.text(max_size=20))
def test_a_neutralised_cell_comes_back_as_it_was(text):
    assert plain_cell(safe_cell(text)) == text


@given(st.text(st.sampled_from("'=+-@ \t\x0b\x00\u200b\u00a0ab1"), max_size=8))
def test_no_neutralised_cell_starts_with_a_formula_behind_spaces_or_controls(text):
    seen = safe_cell(text).lstrip(" \t\x0b\x00\u200b\u00a0")
    assert seen[:1] not in tuple("=+-@")
