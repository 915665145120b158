"""Words of time become dates with their ground, and nothing else becomes a date."""

import pytest

from esep.extract.passages import read


def dates(text, published=None):
    return [
        (text[d.start : d.end], d.value, d.basis) for p in read(text, published=published).passages for d in p.dates
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We may go. May we?",
        "98 % of the grid",
        "The 20th anniversary of the plant",
        "page 17 and 18 of it",
        "They march on. Second to none.",
    ],
)
def test_ordinary_words_and_numbers_are_no_dates(text):
    assert [value for _, value, _ in dates(text, "2012-01-01") if value] == []


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("On December 16, 2011 it began.", "2011-12-16", "stated"),
        ("It began in May 2011.", "2011-05", "stated"),
        ("On December 16th it began.", "2011-12-16", "anchored"),
        ("On December 20th-21st it began.", "2011-12-20/2011-12-21", "anchored"),
        ("During the night of 17 to 18 December they fired.", "2011-12-17/2011-12-18", "anchored"),
        ("It is held on January 15 this year.", "2012-01-15", "anchored"),
        ("Yesterday it began.", "2012-01-10", "inferred"),
        ("В ночь с 17 на 18 декабря стреляли.", "2011-12-17/2011-12-18", "anchored"),
        ("16 грудня 2011 року стріляли.", "2011-12-16", "stated"),
        ("2011 жылғы 16 желтоқсанда оқ атылды.", "2011-12-16", "stated"),
    ],
)
def test_a_date_takes_what_it_lacks_from_the_day_of_publication(text, value, basis):
    assert [(v, b) for _, v, b in dates(text, "2012-01-11")] == [(value, basis)]


def test_a_weekday_after_a_date_means_the_week_of_the_event():
    text = "It began on Friday, December 16. On Saturday it spread to the next town."
    assert dates(text, "2012-02-20")[1][1] == "2011-12-17"


def test_that_same_day_means_the_last_date_told():
    assert dates("On December 21st they met. On that same day they left.", "2012-01-11")[1][1] == "2011-12-21"


def test_a_month_is_never_made_a_day():
    assert dates("They were fired in May.", "2011-12-20")[0][1] == "2011-05"


def test_a_day_without_any_year_in_sight_has_no_date():
    assert dates("On December 16th it began.")[0][1] is None


def test_a_number_before_people_is_no_day():
    assert dates("In May 12 workers met.", "2011-12-20")[0][1] == "2011-05"
