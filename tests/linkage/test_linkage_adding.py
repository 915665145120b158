"""A list that is added later: the same answer as linking all under that model, and nothing old is opened again."""

import random
from dataclasses import replace

import pytest
from benchmarks.linkage.frozen import emptied, groups
from benchmarks.linkage.made_worlds import world

from esep.errors import LinkageError
from esep.linkage import Decided, Record, Settings, extend, link
from esep.linkage.draws import draw
from esep.linkage.identity import carry_ids
from esep.linkage.linkage import shipped_missed, shipped_prior
from esep.linkage.queue import questions

QUICK = Settings(draws=20)
BLOCKED = replace(QUICK, all_pairs_up_to=20, train_from=10_000)
SHORT = replace(BLOCKED, pairs_a_record=3)
"""So few pairs that hundreds of blocks are left out."""


@pytest.fixture(scope="module")
def lists():
    made = world(random.Random(42), number=150, lists=4)
    return [r for r in made if r.list != "list-4.csv"], [r for r in made if r.list == "list-4.csv"]


@pytest.fixture(scope="module")
def before(lists):
    return link(lists[0], QUICK)


@pytest.fixture(scope="module")
def after(before, lists):
    return extend(before, lists[1])


def evidence(linkage) -> dict[frozenset[tuple[str, int]], float]:
    """Log odds of each compared pair, by list and row."""
    scored, keys = linkage.run.scored, [record.key for record in linkage.records]
    pairs = zip(scored.left.tolist(), scored.right.tolist(), strict=True)
    return {frozenset((keys[i], keys[j])): odds for (i, j), odds in zip(pairs, linkage.run.log_odds, strict=True)}


@pytest.mark.parametrize("settings", [QUICK, BLOCKED, SHORT], ids=["every pair", "by keys", "within a budget"])
def test_adding_a_list_gives_what_linking_all_under_the_same_model_gives(settings):
    made = world(random.Random(42), number=500, lists=4)
    old, new = ([r for r in made if (r.list == "list-4.csv") == added] for added in (False, True))
    new = new[::10]  # a list that makes blocks much larger has some of them left out
    before = link(old, settings)
    assert (settings is SHORT) == (len(before.run.frozen.left_out) > 0)
    assert (settings is QUICK) != before.run.closing.any()
    after, whole = extend(before, new), extend(emptied(before), [*old, *new])
    assert groups(after) == groups(whole)
    if settings is not QUICK:  # which compares every pair before and shares keys after, in more than 600 records
        assert evidence(after) == pytest.approx(evidence(whole), abs=1e-6)


def test_what_was_said_about_old_pairs_stays(before, after):
    old = dict(zip(zip(before.run.scored.left, before.run.scored.right, strict=True), before.run.log_odds, strict=True))
    new = dict(zip(zip(after.run.scored.left, after.run.scored.right, strict=True), after.run.log_odds, strict=True))
    assert {pair: new[pair] for pair in old} == old


def test_clusters_that_nobody_joins_keep_their_ids(before, after):
    named = [{f"{name}:{row}" for name, row in group} for group in groups(before)]
    said = {record: f"person {number}" for number, group in enumerate(named) for record in group}
    clusters = [{f"{name}:{row}" for name, row in group} for group in groups(after)]
    carried = carry_ids(clusters, said, mint=lambda members: "new " + min(members))
    untouched = [place for place, cluster in enumerate(clusters) if cluster in named]
    assert len(untouched) > 20
    assert all({said[record] for record in clusters[place]} == {carried.ids[place]} for place in untouched)


def test_decided_pairs_are_not_opened_again(before, lists):
    asked = questions(before)[0]
    said = (Decided(asked.left, asked.right, "different"),)
    after = extend(before, lists[1], decisions=said)
    assert not any({asked.left, asked.right} <= group for group in groups(after))
    again = questions(after, decisions=said)
    assert all({one.left, one.right} != {asked.left, asked.right} for one in again)


def test_an_added_list_may_be_declared_to_hold_nobody_twice(before, lists):
    twice = [replace(record, row=record.row + 1000) for record in lists[1]]
    once = extend(before, [*lists[1], *twice], duplicate_free=("list-4.csv",))
    assert all(sum(name == "list-4.csv" for name, _ in group) <= 1 for group in groups(once))


def test_a_row_that_is_linked_already_is_refused(before, lists):
    with pytest.raises(LinkageError, match="already") as refused:
        extend(before, lists[0][:1])
    assert refused.value.hint


def test_adding_nothing_changes_no_cluster(before):
    assert groups(extend(before, ())) == groups(before)


@pytest.fixture(scope="module")
def doubtful(lists):
    """Two dozen namesakes of whom nobody can say how many people they are."""
    names = (
        Record(f"{name}-{at}.csv", 1, name=name) for name in ("Дархан Сериков", "Мадина Оспанова") for at in range(12)
    )
    found = link([*lists[0], *names], QUICK)
    assert found.draws.chains
    return found


def test_a_large_component_that_the_added_list_does_not_touch_keeps_its_draws(doubtful):
    far = Record("far", 1, name="Соңғы Бөтенов", birth_date="1901-01-01", place="Алыс", date="1950-01-01")
    after = extend(doubtful, [far])
    assert all(new is old for new, old in zip(after.draws.chains, doubtful.draws.chains, strict=True))
    anew = draw(after.run, after.settings, prior=shipped_prior(), missed=shipped_missed())
    assert (anew.labels == after.draws.labels).all()


def test_a_large_component_that_is_touched_is_drawn_from_again(doubtful):
    touched = doubtful.draws.chains[0].component.nodes[0][0]
    again = replace(doubtful.records[touched], list="again", row=1)
    after = extend(doubtful, [again])
    assert any((len(doubtful.records),) == node for one in after.draws.chains for node in one.component.nodes)
    anew = draw(after.run, after.settings, prior=shipped_prior(), missed=shipped_missed())
    assert (anew.labels == after.draws.labels).all()
