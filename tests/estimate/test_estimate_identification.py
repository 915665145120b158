"""What three lists cannot say about kinds of people, and that the result tells its reader so."""

import numpy as np
import pytest
from benchmarks.estimate import suite

from esep.estimate import CaptureTable, Estimate, Status
from esep.estimate.latent_class.identification import kinds_told_apart
from esep.estimate.latent_class.method import LatentClassEstimator
from esep.estimate.latent_class.settings import LatentClassSettings
from esep.estimate.methods import Recipe
from esep.estimate.status import gravest
from esep.estimate.totals import total

LEAN = LatentClassSettings(draws=600, most_draws=2400, warm_up=500, scouts=0, ladders=0, sensitivity=())


def unseen_follows(lists: int, kinds: int) -> bool:
    """Whether, near a random truth, shares of the seen patterns fix the share of the unseen: no direction of the
    parameters that leaves the former alone may move the latter.
    """
    rng = np.random.default_rng([lists, kinds])
    on = (np.arange(1 << lists)[:, None] >> np.arange(lists)) & 1 == 1
    chances, shares = rng.uniform(0.1, 0.9, (lists, kinds)), rng.dirichlet(np.ones(kinds))
    inside = np.array([np.where(on, chances[:, h], 1 - chances[:, h]).prod(axis=1) for h in range(kinds)]).T
    slopes = [
        shares[h] * inside[:, h] * np.where(on[:, j], 1 / chances[j, h], -1 / (1 - chances[j, h]))
        for h in range(kinds)
        for j in range(lists)
    ]
    slopes += [inside[:, h] - inside[:, -1] for h in range(kinds - 1)]
    cells, moved = inside @ shares, np.array(slopes).T
    seen = moved[1:] / (1 - cells[0]) + np.outer(cells[1:], moved[0]) / (1 - cells[0]) ** 2
    return np.linalg.matrix_rank(seen, tol=1e-11) == np.linalg.matrix_rank(np.vstack([seen, moved[0]]), tol=1e-11)


@pytest.mark.parametrize("lists", range(2, 9))
def test_the_unseen_follow_from_the_lists_for_as_many_kinds_as_are_told_apart(lists):
    assert all(unseen_follows(lists, kinds) for kinds in range(1, kinds_told_apart(lists) + 1))


@pytest.mark.parametrize("lists", [2, 3])
def test_one_kind_more_than_few_lists_tell_apart_leaves_the_unseen_open(lists):
    assert not unseen_follows(lists, kinds_told_apart(lists) + 1)


def two_kinds(lists: int) -> CaptureTable:
    counts = suite.draw(suite.SCENARIOS[-1], k=lists, people=1000, number=0)
    return CaptureTable.from_codes(np.arange(1 << lists), counts, lists=[str(j + 1) for j in range(lists)])


@pytest.mark.parametrize(("lists", "status"), [(3, Status.PRIOR_CHOOSES), (5, Status.OK)])
def test_latent_classes_on_three_lists_do_not_look_as_sure_as_on_five(lists, status):
    method = Recipe("latent-class", 3, 63, LatentClassEstimator(LEAN))
    result = method.run(two_kinds(lists), level=0.95, seed=1, progress=None)
    assert result.status is status
    assert result.details["kinds_told_apart"] == lists // 2
    assert ("cannot tell kinds of people apart" in result.text()) == (lists == 3)


def test_a_total_keeps_the_caution_of_its_parts(published):
    table = published("Korea")
    parts = {
        name: Estimate.of(table, method="latent-class", point=150, interval=(130, 200), status=status)
        for name, status in (("N", Status.OK), ("S", Status.PRIOR_CHOOSES))
    }
    found = total(parts, seed=1)
    assert found.status is Status.PRIOR_CHOOSES
    assert found.details["doubtful_strata"] == {"S": "prior-chooses"}


def test_of_several_cautions_the_gravest_stays():
    found = [Status.OK, Status.MULTIMODAL, Status.PRIOR_DRIVEN]
    assert gravest(found, otherwise=Status.OK) is Status.PRIOR_DRIVEN
    assert gravest([Status.OK, Status.OK_FACIAL], otherwise=Status.OK) is Status.OK
