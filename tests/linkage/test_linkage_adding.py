"""A list that is added later: the same answer as linking all under that model, and nothing old is opened again."""

import random
from dataclasses import replace

import pytest
from benchmarks.linkage.made_worlds import world

from esep.errors import LinkageError
from esep.linkage import Decided, Settings, extend, link
from esep.linkage.engine import score
from esep.linkage.identity import carry_ids
from esep.linkage.queue import questions
from esep.linkage.spellings import spell

QUICK = Settings(draws=20)
BLOCKED = replace(QUICK, all_pairs_up_to=20, train_from=10_000)


def groups(linkage) -> set[frozenset[tuple[str, int]]]:
    return {frozenset(linkage.records[place].key for place in cluster.members) for cluster in linkage.clusters}


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


def emptied(linkage):
    """The frozen model without a record."""
    run, none = linkage.run, score(linkage.run.parameters, *[linkage.run.scored.left[:0]] * 2, names=None, con=None)
    frozen = replace(run.frozen, spellings=spell((), known=run.frozen.spellings))
    bare = replace(run, records=(), features=(), scored=none, log_odds=none.weight, components=(), frozen=frozen)
    return replace(linkage, run=bare, clusters=())


@pytest.mark.parametrize("settings", [QUICK, BLOCKED], ids=["every pair", "by keys"])
def test_adding_a_list_gives_what_linking_all_under_the_same_model_gives(lists, settings):
    before = link(lists[0], settings)
    whole = extend(emptied(before), [*lists[0], *lists[1]])
    assert groups(extend(before, lists[1])) == groups(whole)


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
