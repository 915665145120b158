"""Readings of document 003 that were once wrong, each mended by a general rule."""

from functools import cache

import pytest

from esep.extract import extract_text

pytestmark = pytest.mark.needs_shared


@pytest.fixture
def found(shared):
    return _extraction((shared / "seeds/003_fc4ab8a24656034a.txt").read_bytes().decode("utf-8"))


@cache
def _extraction(text):
    return extract_text(text, name="003").proposals


def at(found, kind, start):
    return next(p.value for p in found if p.kind == kind and p.start <= start < p.end)


@pytest.mark.parametrize(
    ("start", "kind"),
    [(24816, "denied"), (23962, "absence_of_reports"), (24060, "unclear"), (20438, "planned"), (16648, "feared")],
)
def test_each_kind_of_saying_has_its_own_value_and_none_happened(found, start, kind):
    assert at(found, "statement", start)["stance"] == kind
    told = [p for p in found if p.kind == "action" and p.start <= start < p.end]
    assert all(p.value["stance"] not in ("asserted", "reported") for p in told)


@pytest.mark.parametrize(("start", "layer"), [(16215, "translator"), (17486, "editor")])
def test_insertions_have_a_layer_of_their_own(found, start, layer):
    layers = {p.value["layer"] for p in found if p.kind == "statement" and p.start == start}
    assert layers == {layer}


def test_at_least_three_pieces_of_evidence_are_wanted(found):
    wanted = [p for p in found if p.kind == "wanted"]
    assert len(wanted) >= 3
    assert any(24660 <= p.start < 24708 for p in wanted)


def test_the_first_count_holds_for_the_day_of_the_shooting(found):
    assert at(found, "quantity", 19104)["as_of"] == "2011-12-16"


def test_forty_in_hospital_are_a_part_that_leaves_out_the_released(found):
    forty = at(found, "quantity", 18402)
    assert (forty["status"], forty["scope"], forty["is_subset"]) == ("hospitalised", "excludes", True)
    assert forty["as_of"] == "2011-12-18"


def test_the_lads_and_the_young_woman_died_in_zhanaozen(found):
    assert {at(found, "quantity", start)["place"] for start in (19180, 19201)} == {"Zhanaozen"}


def test_four_demands_of_one_sentence_have_one_speaker(found):
    demands = [p.value for p in found if p.kind == "demand" and 6592 <= p.start < 6878]
    assert len(demands) == 4
    assert {one["by"] for one in demands} == {"the Socialist Movement of Kazakhstan"}


def test_three_organisers_are_named_one_by_one_and_a_region_is_none(found):
    assert len(at(found, "action", 7627)["organisers"]) == 3
    assert at(found, "action", 462)["organisers"] == []


def test_workers_fired_in_may_are_not_feared(found):
    assert at(found, "action", 22476)["stance"] == "asserted"
