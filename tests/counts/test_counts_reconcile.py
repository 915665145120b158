"""Which tolls cannot all be true, and what they leave: real published figures, typed with their source.

The figures on Zhanaozen are facts from public pages (page ids and dates beside each); invented cases use letters.
"""

import json
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.counts.bounds import bound
from esep.counts.origins import Speakers
from esep.counts.reconcile import ALL, Choice, Settings, reconcile
from esep.counts.scopes import Hierarchy, Scope, World
from esep.counts.sentences import Floor
from esep.counts.tolls import Toll
from esep.dates import When

BOTH = "Zhanaozen and Shetpe"
PLACES = Hierarchy(
    {"Zhanaozen": BOTH, "Shetpe": BOTH, BOTH: "Mangystau", "town hospital": "Zhanaozen"},
    overlapping=frozenset({"Zhanaozen"}),
    whole=frozenset({BOTH}),
)
LINKED = Hierarchy(
    {"linked to the unrest": "deaths", "not linked to the unrest": "deaths", "died after custody": "deaths"},
    whole=frozenset({"deaths"}),
)
PARTS = Hierarchy({"first half hour": "until evening"})
WORLD = World(PLACES, PARTS, (LINKED,))
GOVERNMENT = {
    "official": "authorities of Kazakhstan",
    "Prosecutor General": "authorities of Kazakhstan",
    "commandant": "authorities of Kazakhstan",
}
SPEAKERS = Speakers(GOVERNMENT)
DAYS = When.parse("2011-12-16/2011-12-17")


def toll(key, said, *, place="Zhanaozen", who=(), part="", without=(), as_of=None, by="official", **more):
    hedge, *numbers = said if isinstance(said, tuple) else ("exact", said)
    return Toll(
        id=key,
        bounds=bound(hedge, *numbers),
        scope=Scope(more.pop("category", "killed"), place, more.pop("period", DAYS), who, part, without),
        source=f"page {key}",
        root=f"page {key}",
        chain=(by,),
        kind=more.pop("kind", "official"),
        as_of=When.parse(as_of) if as_of else None,
        **more,
    )


def half_hour():
    """SEED2: 22 in the first half hour of the clashes, so none of them died after custody."""
    period, without = When.parse("2011-12-16"), ("died after custody",)
    where = {"part": "first half hour", "period": period, "without": without}
    return toll("SEED2", 22, **where, by="K. Sholpan", kind="witness")


def officials(*, scoped):
    """The official 10, 11, 13, 14, 15, 16, 17; with `scoped`, each over the scope that its source states."""
    tied, custody = ("linked to the unrest",), ("died after custody",)
    rows = [
        ("REU_1216", 10, "Zhanaozen", (), (), "2011-12-16", "so_far"),
        ("ODF388", 11, "Zhanaozen", (), (), "2011-12-17", "so_far"),
        ("VZ1218", 13, "Zhanaozen", (), (), "2011-12-18", "so_far"),
        ("OREANDA", 14, "Zhanaozen", tied, (), "2011-12-21", None),
        ("EUR_BRASS-14", 14, "Zhanaozen", tied, (), "2012-01-25", None),
        ("EUR_BRASS-1", 1, "Shetpe", (), (), "2012-01-25", None),
        ("EUR_BRASS-2", 2, "Zhanaozen", ("not linked to the unrest",), (), "2012-01-25", None),
        ("EUR_BRASS-15", 15, BOTH, tied, (), "2012-01-25", None),
        ("AZK_MONTH", 16, "Zhanaozen", (), custody, None, None),
        ("PERILD", 17, BOTH, (), custody, None, None),
    ]
    if scoped:
        return [toll(k, n, place=p, who=w, without=x, as_of=d, reading=r) for k, n, p, w, x, d, r in rows]
    return [toll(k, n, as_of=d) for k, n, _, _, _, d, _ in rows if n > 2]


def test_official_figures_reconcile_once_their_scopes_are_entered():
    result = reconcile(officials(scoped=True), world=WORLD, speakers=SPEAKERS)
    assert all(reading.conflicts == () and reading.unexplained == () for reading in result.readings)
    whole = Scope("killed", BOTH, DAYS, (), "", ("died after custody",))
    assert result.total.range_of(whole, "official").text() == "17"
    account = result.total.accounts[0]
    assert account.verdict == "one series: all of it can be true"
    assert set(account.figures) == {"10", "11", "13", "14", "1", "2", "15", "16", "17"}


def test_without_scopes_the_official_figures_are_not_explained_and_no_conflict_of_origins():
    result = reconcile(officials(scoped=False), world=WORLD, speakers=SPEAKERS)
    assert [one.why for one in result.total.unexplained] == [
        "same speaker, same stated scope, date not stated: not explained"
    ]
    assert [one.verdict for one in result.total.accounts] == ["not explained"]
    figures = {found.bounds.stated[0] for found in result.total.unexplained[0].tolls}
    assert {16, 17} <= figures
    assert all(found.kind != "different origins" for reading in result.readings for found in reading.conflicts)


def test_twenty_two_in_half_an_hour_against_seventeen_in_total_is_a_conflict_of_two_origins():
    witness = half_hour()
    result = reconcile([witness, toll("PERILD", 17, reading="total")], world=WORLD, speakers=SPEAKERS)
    (found,) = result.total.conflicts
    assert found.kind == "different origins"
    assert found.differ_in == ("source", "time", "scope")
    assert "first half hour" in found.text()
    assert found.tolls == ("PERILD", "SEED2")


def test_a_running_count_of_one_source_is_neither_a_conflict_nor_a_sum():
    rows = [
        toll("a", 22, part="first half hour", period=When.parse("2011-12-16"), as_of="2011-12-16", by="K. Sholpan"),
        toll("b", 70, part="until evening", period=When.parse("2011-12-16"), as_of="2011-12-16", by="K. Sholpan"),
        toll("c", ("more_than", 100), as_of="2011-12-17", by="K. Sholpan"),
    ]
    result = reconcile(rows, world=WORLD, speakers=SPEAKERS)
    assert all(reading.conflicts == () for reading in result.readings)
    assert result.series[0].rises
    assert [step.id for step in result.series[0].steps] == ["a", "b", "c"]
    assert result.total.range_of(rows[2].scope, "all").low == 101
    assert "192" not in result.text() + result.json()


def test_a_later_lower_figure_of_one_speaker_is_shown_as_such():
    rows = [toll("a", 15, as_of="2011-12-18"), toll("b", 14, as_of="2011-12-21")]
    result = reconcile(rows, world=WORLD, speakers=SPEAKERS)
    assert [(one.why, one.later.id) for one in result.total.replaced] == [("later lower", "b")]
    assert result.total.conflicts == ()
    assert result.total.range_of(rows[0].scope, "all").text() == "14"


def test_open_and_closed_readings_are_both_shown_where_the_text_leaves_it_open():
    rows = [toll("a", 17), toll("b", ("at_least", 64), by="E. Kostyuchenko", kind="journalist")]
    result = reconcile(rows, world=WORLD, speakers=SPEAKERS)
    assert result.so_far.conflicts == ()
    assert result.so_far.range_of(rows[0].scope, "all").text() == "at least 64"
    assert len(result.total.conflicts) == 1
    assert result.total.range_of(rows[0].scope, "all").status == "cannot all be true"
    assert result.total.range_of(rows[0].scope, "official").text() == "17"


def test_parts_that_share_nobody_must_fit_into_the_whole():
    rows = [
        toll("a", 14, by="X"),
        toll("b", 3, place="Shetpe", by="Y"),
        toll("c", 15, place=BOTH, by="Z", reading="total"),
    ]
    (found,) = reconcile(rows, world=WORLD, speakers=SPEAKERS).so_far.conflicts
    assert found.tolls == ("a", "b", "c")
    assert "parts that share nobody would hold more people than the at most 15 of the whole" in found.text()


def test_parts_that_make_up_a_whole_limit_it_from_above():
    rows = [toll("a", 14, by="X", reading="total"), toll("b", 1, place="Shetpe", by="Y", reading="total")]
    whole = Scope("killed", BOTH, DAYS)
    result = reconcile(rows, world=WORLD, speakers=SPEAKERS, scopes=[whole])
    assert result.total.range_of(whole, "all").text() == "15"
    region = Scope("killed", "Mangystau", DAYS)
    assert reconcile(rows, world=WORLD, speakers=SPEAKERS, scopes=[region]).total.ranges[-1].text() == "at least 15"


def test_a_count_in_a_hospital_is_a_part_of_the_injured_and_no_total():
    rows = [
        toll("a", ("about", 40), place="town hospital", category="hospitalized", by="K. Sholpan"),
        toll("b", ("more_than", 500), category="injured", by="Blog"),
    ]
    result = reconcile(rows, world=WORLD, speakers=SPEAKERS)
    assert all(reading.conflicts == () for reading in result.readings)
    assert result.total.range_of(rows[1].scope, "all").low == 501


def test_documented_people_are_a_floor_under_every_choice():
    scope = Scope("killed", "Zhanaozen", DAYS)
    floor = Floor(scope, 18, ("p1", "p2"))
    result = reconcile([toll("a", 17)], world=WORLD, speakers=SPEAKERS, floors=[floor])
    assert result.so_far.range_of(scope, "union").text() == "at least 18 documented, no statement"
    (found,) = result.total.conflicts
    assert found.kind == "documented people"
    assert "18 documented people" in found.text()


def test_nobody_named_is_never_called_another_origin():
    rows = [toll("a", 17), toll("b", 64, by="residents", kind="witness")]
    (found,) = reconcile(rows, world=WORLD, speakers=SPEAKERS).total.conflicts
    assert found.kind == "origin unknown"


def test_what_cannot_be_compared_is_listed_with_the_reason():
    rows = [
        toll("a", 46, category="buildings_burned"),
        toll("b", 55, polarity="denied"),
        toll("c", 200, period=When.parse("1989")),
        toll("d", ("unquantified",)),
        toll("e", 5, place=None),
    ]
    result = reconcile(rows, world=WORLD, speakers=SPEAKERS, settings=Settings(begins=date(2011, 12, 16)))
    assert {one.id: one.reason for one in result.left_out} == {
        "a": "counts buildings, not people",
        "b": "the figure is denied, not put forward",
        "c": "speaks of an earlier event",
        "d": "states no number",
        "e": "the place is not stated",
    }


def test_about_has_the_tolerance_of_the_settings():
    rows = [toll("a", ("about", 70), by="X"), toll("b", 64, by="Y")]
    assert reconcile(rows, world=WORLD, speakers=SPEAKERS).total.conflicts == ()
    exact = reconcile(rows, world=WORLD, speakers=SPEAKERS, settings=Settings(about_share=0.0))
    assert len(exact.total.conflicts) == 1


def test_a_place_that_no_table_knows_is_not_guessed_to_be_apart():
    rows = [toll("a", 5, place="somewhere", by="X"), toll("b", 3, by="Y", reading="total")]
    result = reconcile(rows, world=WORLD, speakers=SPEAKERS)
    assert all(reading.conflicts == () for reading in result.readings)


def test_a_choice_can_believe_single_origins():
    rows = [toll("a", 17), toll("b", ("at_least", 64), by="E. Kostyuchenko", kind="journalist")]
    one = Choice("one voice", origins=frozenset({"E. Kostyuchenko"}))
    result = reconcile(rows, world=WORLD, speakers=SPEAKERS, choices=[one, ALL])
    assert result.total.range_of(rows[0].scope, "one voice").text() == "at least 64"


LOADED = ("regime", "riot", "massacre", "claims falsely", "admitted", "propaganda", "estimate", "average", "mean ")


@pytest.mark.parametrize("scoped", [True, False])
def test_sentences_are_neutral_and_json_is_an_array(scoped):
    witness = half_hour()
    result = reconcile([*officials(scoped=scoped), witness], world=WORLD, speakers=SPEAKERS)
    assert not [word for word in LOADED if word in result.text().casefold()]
    assert {row["row"] for row in json.loads(result.json())} >= {"range", "conflict"}


def test_the_order_of_statements_changes_nothing():
    witness = half_hour()
    rows = [*officials(scoped=False), witness, toll("KOST", ("at_least", 64), by="E. Kostyuchenko")]
    first = reconcile(rows, world=WORLD, speakers=SPEAKERS)
    for seed in range(3):
        Random(seed).shuffle(rows)
        assert reconcile(rows, world=WORLD, speakers=SPEAKERS) == first


SAID = st.builds(
    lambda place, hedge, number: {"place": place, "said": (hedge, number)},
    st.sampled_from(["Zhanaozen", "Shetpe", BOTH, "Mangystau"]),
    st.sampled_from(["exact", "at_least", "up_to"]),
    st.integers(0, 20),
)


@settings(deadline=None, max_examples=25)
@given(st.lists(SAID, min_size=1, max_size=4), SAID)
def test_a_statement_of_another_origin_never_widens_a_range(said, more):
    rows = [toll(f"t{i}", by=f"speaker {i}", **one) for i, one in enumerate([*said, more])]
    asked = [Scope("killed", place, DAYS) for place in ("Zhanaozen", BOTH)]
    few, all_ = (
        reconcile(some, world=WORLD, speakers=SPEAKERS, choices=[ALL], scopes=asked) for some in (rows[:-1], rows)
    )
    for before, after in zip(few.readings, all_.readings, strict=True):
        for scope in asked:
            wide, narrow = before.range_of(scope, "all"), after.range_of(scope, "all")
            if narrow.low is None:
                continue
            assert wide.low is not None
            assert wide.low <= narrow.low
            assert wide.high is None or (narrow.high is not None and narrow.high <= wide.high)
