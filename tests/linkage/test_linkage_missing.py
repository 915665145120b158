"""Links that evidence does not show: a record that stands alone joins a cluster without a record of its list."""

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.linkage.made_worlds import world

from esep.linkage import Record, Settings, link
from esep.linkage.components import against
from esep.linkage.draws import Missed
from esep.linkage.missing import join_missed

SETTINGS = Settings(draws=10, duplicate_free=("list-2.csv",))


@pytest.fixture(scope="module")
def linked():
    return link(world(random.Random(21), number=200, lists=3), SETTINGS, missed=Missed(0.0, 0.0, "none"))


@pytest.fixture(scope="module")
def joined(linked):
    labels = linked.draws.labels.copy()
    said = against(linked.run.features, rules=linked.run.rules, settings=SETTINGS)
    join_missed(labels, linked.run, said, missed=Missed(0.2, 0.05, "a test"), seed=4)
    return labels


def people(labels):
    return np.array([len(np.unique(row)) for row in labels])


def test_so_large_a_share_of_links_is_added(linked, joined):
    links = len(linked.records) - people(linked.draws.labels)
    assert ((people(linked.draws.labels) - people(joined)) / links).mean() == pytest.approx(0.2, abs=0.05)


def test_only_records_that_stand_alone_move(linked, joined):
    for before, after in zip(linked.draws.labels, joined, strict=True):
        several = {label for label, number in Counter(before.tolist()).items() if number > 1}
        for label in np.unique(after):
            assert len(several & set(before[after == label].tolist())) <= 1


def test_nobody_comes_to_stand_on_one_list_twice(linked, joined):
    lists = np.array([record.list for record in linked.records])
    for before, after in zip(linked.draws.labels, joined, strict=True):
        for label in np.unique(after):
            members = np.flatnonzero(after == label)
            if len(set(before[members].tolist())) > 1:
                new = [m for m in members if (before == before[m]).sum() == 1]
                assert all(Counter(lists[members])[lists[m]] == 1 for m in new[1:])


def test_labels_name_the_first_record_of_their_cluster(joined):
    for row in joined:
        assert all(np.flatnonzero(row == label)[0] == label for label in np.unique(row))


def test_records_of_a_single_list_can_be_missed_too():
    alone = world(random.Random(22), number=150, lists=1)
    twice = [replace(record, row=record.row + 1000) for record in alone[::2]]
    found = link([*alone, *twice], Settings(draws=10), missed=Missed(0.0, 0.0, "none"))
    labels = found.draws.labels.copy()
    said = against(found.run.features, rules=found.run.rules, settings=Settings())
    join_missed(labels, found.run, said, missed=Missed(0.2, 0.05, "a test"), seed=4)
    assert people(labels).mean() < people(found.draws.labels).mean()


def alone_in(labels):
    return np.array([np.bincount(row, minlength=len(row))[row] == 1 for row in labels])


def test_records_with_one_word_of_a_name_join_as_often_as_told():
    made = [record for record in world(random.Random(23), number=300, lists=3) if len(record.name.split()) > 1]
    lone = [Record("press", at, name=name) for at, name in enumerate(["Ерлан", "Дамир", "Олжас", "Т. Омаров"] * 25)]
    found = link([*made, *lone], Settings(draws=40), missed=Missed(0.0, 0.0, "none"))
    labels = found.draws.labels.copy()
    said = against(found.run.features, rules=found.run.rules, settings=Settings())
    join_missed(labels, found.run, said, missed=Missed(0.0, 0.0, "a test", one_word=0.5), seed=4)
    press = np.array([record.list == "press" for record in found.records])
    before, after = (alone_in(some) for some in (found.draws.labels, labels))
    expected = 0.5 * (~before[:, ~press]).mean() * (before & press).sum()
    assert (before & ~after & press).sum() == pytest.approx(expected, rel=0.1)


def test_a_list_of_nothing_but_given_names_adds_no_link():
    lone = [Record("press", at, name="Ахмед") for at in range(60)]
    found = link(lone, Settings(draws=10), missed=Missed(0.0, 0.0, "a test", one_word=0.9))
    assert found.draws.interval() == (60, 60)
