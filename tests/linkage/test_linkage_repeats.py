"""How often a list repeats people is learnt from the list."""

import random
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.linkage.made_worlds import world

from esep.linkage import Settings, link
from esep.linkage.repeats import BETWEEN


@pytest.fixture(scope="module")
def linked():
    """Three lists of made people; then a fourth that writes each name twice, one letter changed."""
    made = [record for record in world(random.Random(5), number=250, lists=4) if record.list != "list-4.csv"]
    once = {record.truth: record for record in made}.values()
    plain = [replace(record, list="clean", row=row) for row, record in enumerate(once, start=1)]
    again = [replace(one, list="twice", row=2 * one.row + turn) for one in plain[:100] for turn in (0, 1)]
    return link([*made, *plain, *again], Settings(draws=5)).run


@pytest.fixture(scope="module")
def shifts(linked):
    return linked.shifts


def test_a_list_without_repeats_speaks_against_two_of_its_records_being_one(shifts):
    assert shifts["clean"] < -1.5


def test_a_list_that_repeats_everybody_has_as_many_matches_as_it_repeats(linked):
    pairs = 200 * 199 / 2
    assert np.exp(linked.shifts["twice"]) * linked.prior * pairs == pytest.approx(100, rel=0.15)


def test_lists_are_told_from_pairs_between_them(shifts):
    assert set(shifts) == {BETWEEN, "clean", "twice", "list-1.csv", "list-2.csv", "list-3.csv"}


def test_a_short_list_is_taken_to_repeat_few_people():
    made = world(random.Random(6), number=60, lists=3)
    found = link([*made, replace(made[0], list="short", row=1)], Settings(draws=5)).run.shifts
    assert found["short"] == pytest.approx(np.log(0.25), abs=0.01)
