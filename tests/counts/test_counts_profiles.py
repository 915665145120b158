"""Exports in the codings of other projects: their published rules and nothing invented."""

import csv

import pytest

from esep.counts.bounds import bound
from esep.counts.origins import Speakers
from esep.counts.profiles import coded, profiled
from esep.counts.scopes import Scope
from esep.counts.toll_report import report_tolls
from esep.counts.tolls import Toll


def toll(hedge, *numbers, word=None, category="killed", key="a", **more):
    return Toll(key, bound(hedge, *numbers, word=word), Scope(category, "Tarsk"), "page", "page", **more)


@pytest.mark.parametrize(
    ("word", "hedge", "figure"),
    [("tens of", "dozens", 10), ("десятки", "dozens", 10), ("dozens of", "dozens", 12), ("hundreds", "hundreds", 100)],
)
def test_acled_codes_a_vague_word_by_its_published_figure(word, hedge, figure):
    assert coded(toll(hedge, word=word), "acled").figures == (figure,)


@pytest.mark.parametrize(
    ("word", "hedge"), [("several", "several"), ("thousands of", "thousands"), ("scores", "dozens")]
)
def test_a_word_without_a_published_figure_stays_empty_and_says_why(word, hedge):
    found = coded(toll(hedge, word=word), "acled")
    assert found.figures == (None,)
    assert "no figure for this word" in found.rule


def test_acled_takes_the_most_conservative_number_stated():
    assert coded(toll("range", 10, 15), "acled").figures == (10,)
    assert coded(toll("at_least", 70), "acled").figures == (70,)
    assert coded(toll("up_to", 40), "acled").figures == (None,)


def test_ucdp_never_invents_the_most_likely_number_of_a_range():
    assert coded(toll("range", 10, 15), "ucdp").figures == (10, None, 15)
    assert coded(toll("exact", 12), "ucdp").figures == (12, 12, 12)
    assert coded(toll("dozens", word="dozens"), "ucdp").figures == (None, None, None)


def test_only_dead_who_are_put_forward_are_exported():
    rows = [
        toll("exact", 5, key="dead"),
        toll("exact", 9, key="hurt", category="injured"),
        toll("exact", 7, key="no", polarity="denied"),
    ]
    export = profiled(report_tolls(rows, Speakers()), "acled")
    assert [row["toll"] for row in csv.DictReader(export.text().splitlines())] == ["dead"]
    assert export.left_out == 2


def test_no_cell_of_the_export_opens_as_a_formula():
    export = profiled(report_tolls([toll("exact", 5, key="=1+1")], Speakers()), "ucdp")
    assert export.text().splitlines()[1].startswith("'=1+1")
