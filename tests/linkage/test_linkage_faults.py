"""How faultily a list writes names is learnt from the list, and so is what a field says among one person's records."""

import random
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.linkage.made_worlds import world
from benchmarks.names.made_pairs import typo

from esep.linkage import Record, Settings, link
from esep.linkage.comparison import NAME_CUTS
from esep.linkage.faults import GOOD_NAMES, NO_FAULTS
from esep.linkage.training import _m_among, without_strangers


@pytest.fixture(scope="module")
def linked():
    """Made lists, the first of them written once more by somebody who makes an error in nearly every word."""
    rng = random.Random(12)
    made = world(rng, number=250, lists=3, faults=0.5)
    first = [record for record in made if record.list == "list-1.csv"]
    again = [replace(one, list="careless", name=" ".join(typo(w, rng) for w in one.name.split())) for one in first]
    return link([*made, *again], Settings(draws=20, duplicate_free=("careless",)))


def test_a_careless_list_brings_more_faults_than_the_others(linked):
    rates = linked.run.faults.of_list
    assert rates["careless"] > 3 * max(rate for name, rate in rates.items() if name != "careless")


def test_bad_names_speak_less_against_a_careless_list(linked):
    """The same level of names weighs more, where a record of the careless list is compared."""
    scored, lists = linked.run.scored, [record.list for record in linked.records]
    level = np.bincount(scored.gammas[(scored.gammas[:, 0] > 5) & (scored.gammas[:, 0] < 9), 0]).argmax()
    of_level = np.flatnonzero(scored.gammas[:, 0] == level)
    careless = np.array(["careless" in (lists[scored.left[at]], lists[scored.right[at]]) for at in of_level])
    nats = scored.parts[of_level, 0]
    assert nats[careless].min() > nats[~careless].max()


def test_one_list_or_no_names_change_nothing():
    assert link([Record("a", 1, name="Ерғали Омаров")], Settings(draws=5)).run.faults == NO_FAULTS
    nameless = [Record("ab"[row % 2], row, age="30") for row in range(1, 5)]
    assert link(nameless, Settings(draws=5)).run.faults == NO_FAULTS


def test_clean_lists_forgive_no_disagreement():
    """Where nothing is ever wrong a share near 0 must not turn every bad name into evidence for one person."""
    made = world(random.Random(3), number=120, lists=1)
    twice = [replace(record, list=name, birth_date="1980-03-04") for record in made for name in ("a", "b")]
    run = link(twice, Settings(draws=5)).run
    levels = run.parameters["comparisons"][0]["comparison_levels"][1:]
    nats = np.log([level["m_probability"] / level["u_probability"] for level in levels])
    bad = run.scored.gammas[:, 0] > len(levels) - 1 - (NAME_CUTS.index(GOOD_NAMES) + 1)
    assert bad.any()
    more = run.scored.parts[bad, 0] - nats[len(levels) - 1 - run.scored.gammas[bad, 0]]
    assert more.max() < 0.1


def test_rows_without_names_do_not_make_a_list_careful(linked):
    rng = random.Random(4)
    records = [replace(one, name="") if rng.random() < 0.5 else one for one in linked.records if one.list == "careless"]
    others = [one for one in linked.records if one.list != "careless"]
    rate = link([*others, *records], Settings(draws=5, duplicate_free=("careless",))).run.faults.rate("careless")
    assert rate > 0.5 * linked.run.faults.rate("careless")


def test_a_list_that_is_not_known_is_like_lists_in_general(linked):
    share = linked.run.faults.share
    assert linked.run.faults.rate("elsewhere") == pytest.approx(-np.log1p(-share) / 2)


def test_namesakes_do_not_count_as_one_persons_records():
    """Half of pairs with like names are namesakes, who live in other places: m must not become a mixture of both."""
    rng = np.random.default_rng(3)
    known = {"m": [0.6, 0.2, 0.2], "u": [0.1, 0.1, 0.8]}
    true, before = [0.88, 0.02, 0.10], rng.uniform(0.2, 0.8, 20_000)
    same = rng.random(20_000) < before
    seen = np.where(same, rng.choice(3, p=true, size=20_000), rng.choice(3, p=known["u"], size=20_000))
    assert _m_among(known, seen, before) == pytest.approx(true, abs=0.02)


def test_em_does_not_teach_that_clearly_other_names_are_one_persons():
    shipped, learnt = [0.0002, 0.0003, 0.0005, 0.2, 0.799], [0.0003, 0.0395, 0.0012, 0.159, 0.8]
    found = without_strangers(learnt, shipped)
    assert found[:3] == shipped[:3]
    assert sum(found) == pytest.approx(1)
    assert found[4] / found[3] == pytest.approx(learnt[4] / learnt[3])
