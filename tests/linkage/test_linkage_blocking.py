"""Which pairs are compared: those that share a key, each once, within the budget of a long list."""

import random
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.linkage.made_worlds import world

from esep.linkage import Record, Settings
from esep.linkage.blocking import LEAST_NAME, NO_KEYS, Fresh, block
from esep.linkage.features import describe
from esep.linkage.keys import block_keys


def alike(left, right):
    return np.zeros(len(left))


def unlike(left, right):
    return np.full(len(left), LEAST_NAME - 1)


def pairs(found, *, names=alike, apart=None, settings=None, fresh=None):
    nobody = np.full(len(found), -1) if apart is None else apart
    chosen = block(found, apart=nobody, names=names, settings=settings or Settings(), fresh=fresh)
    return list(zip(chosen.left.tolist(), chosen.right.tolist(), strict=True))


@pytest.fixture(scope="module")
def found():
    return describe(world(random.Random(9), number=80))


@pytest.fixture(scope="module")
def shared(found):
    """Pairs that share a key, found the slow way."""
    keys = block_keys(found)
    sets = [set(keys.keys[keys.records == place].tolist()) for place in range(len(found))]
    return [(i, j) for i in range(len(found)) for j in range(i + 1, len(found)) if sets[i] & sets[j]]


def test_pairs_that_share_a_key_come_once_and_in_order(found, shared):
    assert pairs(found) == shared


def test_a_list_that_holds_nobody_twice_is_not_compared_with_itself(found, shared):
    apart = np.array([0 if one.list == "list-1.csv" else -1 for one in found])
    assert pairs(found, apart=apart) == [(i, j) for i, j in shared if apart[i] < 0 or apart[j] < 0]


def test_only_pairs_with_an_added_record_are_made(found, shared):
    assert pairs(found, fresh=Fresh(100, NO_KEYS)) == [(i, j) for i, j in shared if j >= 100]


def test_clearly_different_names_go_no_further_unless_born_on_one_day():
    records = [Record("a", 1, name="Ерғали Омаров", birth_date="1980-03-04", place="Ақжар"),
               Record("b", 1, name="Омаров Марат", birth_date="1980-03-04", place="Ақжар"),
               Record("c", 1, name="Омаров Дархан", place="Ақжар")]  # fmt: skip
    assert pairs(describe(records)) == [(0, 1), (0, 2), (1, 2)]
    assert pairs(describe(records), names=unlike) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Денис Денисов", "Denis Denisov"), ("Молдір Қанат", "Moldir Qamat"), ("Воронин Юрий", "Yuriy Voonin")],
)
def test_two_words_meet_with_nothing_else_stated(one, other):
    """One word twice, another consonant, and a consonant less were never compared in lists without dates."""
    assert pairs(describe([Record("a", 1, name=one), Record("b", 1, name=other)])) == [(0, 1)]


def test_a_budget_leaves_the_largest_blocks_out_and_says_so():
    records = [Record("a", row, name=f"Ахмед {'абвгдежзик'[row % 10]}л{'мнопрст'[row % 7]}ин", place="Ақжар")
               for row in range(1, 201)]  # fmt: skip
    whole = block(describe(records), apart=np.full(200, -1), names=alike, settings=Settings())
    little = block(describe(records), apart=np.full(200, -1), names=alike, settings=Settings(pairs_a_record=5))
    assert len(little) < len(whole)
    assert little.too_large
    assert not whole.too_large or whole.too_large[0].records > little.too_large[-1].records
    assert little.seen <= 5 * 200


@pytest.fixture(scope="module")
def little():
    """So few pairs a record that most blocks are left out."""
    return Settings(pairs_a_record=3)


def test_blocks_left_out_before_stay_out(found, little):
    before = block(found, apart=np.full(len(found), -1), names=alike, settings=little)
    keys = block_keys(found)
    kept = ~np.isin(keys.keys, before.left_out)
    sets = [set(keys.keys[kept & (keys.records == place)].tolist()) for place in range(len(found))]
    shared = [(i, j) for i in range(len(found)) for j in range(i + 1, len(found)) if sets[i] & sets[j]]
    assert len(before.left_out) > 100
    assert pairs(found, fresh=Fresh(0, before.left_out)) == shared


def test_an_added_list_may_make_blocks_larger_by_a_quarter_and_not_more(little):
    made = world(random.Random(9), number=80)
    before = block(describe(made), apart=np.full(len(made), -1), names=alike, settings=little)
    for times, grows in ((1, True), (8, False)):
        some = made[: len(made) // 8]
        more = [replace(one, list=f"again {turn}", row=one.row) for turn in range(times) for one in some]
        found = describe([*made, *more])
        after = block(
            found, apart=np.full(len(found), -1), names=alike, settings=little, fresh=Fresh(0, before.left_out)
        )
        assert (set(after.left_out.tolist()) == set(before.left_out.tolist())) == grows
