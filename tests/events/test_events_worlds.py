"""Decided scopes: pure views over claims. All names and figures are invented."""

from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from esep.counts.bounds import bound
from esep.counts.scopes import Scope
from esep.counts.tolls import Toll
from esep.dates import When
from esep.events.worlds import read_worlds
from esep.ledger.claims import Claim

SIGNED = {"by": "A. Reader", "reason": "the table under the text"}


def claim(prop, value, *, subject="case:c", seq=1):
    return Claim(seq, f"cid{seq}", "b", "assert", subject, prop, None, "source:S", (), value, "stated", None, None)


def within(place, outer, **more):
    return claim("place_within", {"place": place, "within": outer, **SIGNED, **more})


def toll(**more):
    scope = Scope("killed", more.pop("place", "Town"), more.pop("period", None))
    return Toll(id="toll:T", bounds=bound("exact", 17), scope=scope, source="source:S", root="source:S", **more)


def scoped(*values):
    claims = [claim("toll_scope", {**SIGNED, **value}, subject="toll:T", seq=i) for i, value in enumerate(values)]
    return read_worlds(claims)


def test_places_lie_within_places_as_claims_say():
    world = read_worlds([within("Town", "Both"), within("Both", "Region")]).world
    assert world.contains(Scope("killed", "Region"), Scope("killed", "Town"))
    assert not world.contains(Scope("killed", "Town"), Scope("killed", "Region"))


def test_parts_share_nobody_only_if_every_claim_says_so():
    apart = read_worlds([within("Town", "Both", apart=True), within("Port", "Both", apart=True)]).world
    mixed = read_worlds([within("Town", "Both", apart=True), within("Port", "Both")]).world
    assert apart.places.is_apart("Town")
    assert not mixed.places.is_apart("Town")


def test_decisions_about_the_case_are_told_in_sentences():
    held = read_worlds([
        within("Town", "Both", apart=True, whole=True),
        claim("scheme", {"of": "deaths", "kinds": ["shot", "later"], **SIGNED}),
        claim("unstated_period", {"categories": ["killed"], "period": "2020-05", **SIGNED}),
        claim("part_within", {"part": "first hour", **SIGNED}),
    ])  # fmt: skip
    assert [one.text for one in held.about_case] == [
        "Town lies in Both; its parts share nobody and make up all of it",
        "deaths are divided into shot, later",
        "figures of killed without stated days speak of 2020-05",
    ]
    assert {(one.reason, one.source) for one in held.about_case} == {(SIGNED["reason"], "source:S")}
    assert len(held.unread) == 1


def test_two_outermost_places_are_not_taken_to_be_apart():
    world = read_worlds([within("Town", "North", apart=True), within("Port", "West", apart=True)]).world
    assert not world.places.is_apart("Town")


def test_a_place_within_itself_is_listed_and_left_out():
    held = read_worlds([within("Town", "Both"), within("Both", "Town")])
    assert dict(held.world.places.parents) == {"Town": "Both"}
    assert "lies within itself" in held.unread[0].text()


def test_a_scheme_divides_people_and_a_later_one_divides_a_kind_further():
    held = read_worlds([
        claim("scheme", {"of": "deaths", "kinds": ["shot", "later"], "apart": True, "whole": True, **SIGNED}),
        claim("scheme", {"of": "later", "kinds": ["in hospital"], "apart": True, **SIGNED}),
        claim("scheme", {"of": "sides", "kinds": ["police", "others"], "apart": True, **SIGNED}),
    ])  # fmt: skip
    assert [sorted(tree.names) for tree in held.world.schemes] == [
        ["deaths", "in hospital", "later", "shot"], ["others", "police", "sides"]]  # fmt: skip
    assert held.world.schemes[0].whole == {"deaths"}


def test_a_kind_stands_in_one_scheme_only():
    held = read_worlds([claim("scheme", {"of": of, "kinds": ["shot"], **SIGNED}) for of in ("deaths", "causes")])
    assert "already a kind" in held.unread[0].text()


def test_a_decision_replaces_the_fields_it_names_and_keeps_the_scope_as_stated():
    decided = scoped({"place": "Both", "excludes": ["later"]}).decided(toll(as_of=When.parse("2020-05-02")))
    assert (decided.scope.place, decided.scope.excludes) == ("Both", ("later",))
    assert decided.stated == Scope("killed", "Town")
    assert (decided.bounds, decided.as_of, decided.decisions) == (toll().bounds, When.parse("2020-05-02"), ("cid0",))


def test_the_latest_decision_wins_field_by_field():
    decided = scoped({"place": "Both", "who": ["shot"]}, {"who": [], "reading": "total"}).decided(toll())
    assert (decided.scope.place, decided.scope.who, decided.reading) == ("Both", (), "total")
    assert decided.stated == Scope("killed", "Town")


def test_a_decision_without_a_name_or_a_reason_is_none():
    for missing in ("by", "reason"):
        value = {name: words for name, words in {**SIGNED, "place": "Both"}.items() if name != missing}
        held = read_worlds([claim("toll_scope", value, subject="toll:T")])
        assert held.decided(toll()) == toll()
        assert f"it has no '{missing}'" in held.unread[0].text()


def test_unreadable_decisions_are_listed_and_left_out():
    for value in ({"plaec": "Both"}, {}, {"reading": "final"}, {"period": "soon"}, {"place": 3}, {"who": [1]}):
        held = scoped(value)
        assert held.decided(toll()) == toll(), value
        assert len(held.unread) == 1, value
    assert len(read_worlds([claim("toll_scope", "Both", subject="toll:T")]).unread) == 1


def test_unstated_days_are_filled_in_but_stated_and_earlier_ones_stay():
    days = {"categories": ["killed"], "period": "2020-05-01/2020-05-02", **SIGNED}
    held = read_worlds([claim("unstated_period", days)])
    assert held.decided(toll()).scope.period == When.parse(days["period"])
    assert held.decided(toll(period=When.parse("2020-05-01"))).scope.period == When.parse("2020-05-01")
    assert held.decided(toll(as_of=When.parse("1989"))).scope.period is None


VALUES = st.dictionaries(
    st.sampled_from(["place", "within", "of", "kinds", "part", "period", "who", "reading", "by", "reason", "x"]),
    st.one_of(st.none(), st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2), st.integers(), st.booleans()),
)


@effort(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(["place_within", "part_within", "scheme", "unstated_period"]), VALUES)))
def test_no_claim_breaks_the_view(found):
    held = read_worlds([claim(prop, value, seq=i) for i, (prop, value) in enumerate(found)])
    assert len(held.unread) <= len(found)
