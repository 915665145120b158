"""What people do with the answers: the queue, a second stage, an audit, agreement of readers."""

import random

import numpy as np
import pytest
from benchmarks.linkage.made_worlds import world

from esep.errors import LinkageError
from esep.linkage import Decided, Settings, link
from esep.linkage.agreement import double_blind_sample, kappa
from esep.linkage.audit import audit_sample, missed_links
from esep.linkage.queue import questions
from esep.linkage.supervised import learn

QUICK = Settings(draws=40, all_pairs_up_to=10)


@pytest.fixture(scope="module")
def made():
    return world(random.Random(31), number=800, lists=4)


@pytest.fixture(scope="module")
def linked(made):
    return link(made, QUICK)


@pytest.fixture(scope="module")
def truth(made):
    return {record.key: record.truth for record in made}


def answers(pairs, truth):
    verdict = {True: "same", False: "different"}
    return tuple(Decided(one.left, one.right, verdict[truth[one.left] == truth[one.right]]) for one in pairs)


def test_the_queue_begins_with_what_changes_most(linked):
    asked = questions(linked, most=50)
    assert asked[0].gain == max(one.gain for one in asked)
    assert all(0 < one.probability < 1 for one in asked)
    assert all(one.reasons for one in asked)


def test_a_decided_pair_is_not_asked_again(linked, truth):
    asked = questions(linked, most=50)
    again = questions(linked, decisions=answers(asked[:10], truth), most=50)
    assert not {(one.left, one.right) for one in again} & {(one.left, one.right) for one in asked[:10]}


def test_answers_make_the_number_of_people_surer(made, linked, truth):
    decided = link(made, QUICK, decisions=answers(questions(linked, most=80), truth))
    assert decided.draws.people().std() < linked.draws.people().std()


def test_a_second_stage_needs_fifty_decisions(linked, truth):
    with pytest.raises(LinkageError) as refused:
        learn(linked.run, answers(questions(linked, most=20), truth))
    assert "review queue" in refused.value.hint


def test_a_second_stage_does_not_lose_what_the_first_knew(made, linked, truth):
    decided = answers(questions(linked, most=150), truth)
    stage = learn(linked.run, decided)
    assert stage.decisions >= 50
    assert stage.agreed >= stage.first_agreed - 0.05
    second = link(made, QUICK, decisions=decided, second=stage)
    assert second.evaluation.pairs.f1 > linked.evaluation.pairs.f1


def test_an_audit_estimates_the_links_left_apart(linked, truth):
    sample = audit_sample(linked, each=60, rng=np.random.default_rng(2))
    missed = missed_links(linked, sample, {(one.left, one.right): one.verdict for one in answers(sample, truth)})
    label = linked.labels
    people = {}
    for place, record in enumerate(linked.records):
        people.setdefault(truth[record.key], set()).add(label[place])
    apart = sum(len(clusters) - 1 for clusters in people.values())
    links = len(linked.records) - linked.people
    assert abs(missed.mean - apart / links) < max(3 * missed.sd, 0.02)


def test_one_wrong_answer_about_pairs_that_were_never_compared_does_not_make_thousands_of_links(linked, truth):
    sample = audit_sample(linked, each=40, rng=np.random.default_rng(2))
    said = {(one.left, one.right): one.verdict for one in answers(sample, truth)}
    wrong = next(one for one in sample if one.stratum == "not compared")
    missed = missed_links(linked, sample, said | {(wrong.left, wrong.right): "same"})
    links = len(linked.records) - linked.people
    assert wrong.stands_for > links
    assert missed.mean <= missed_links(linked, sample, said).mean + 1.5 / links
    assert "1 least likely pairs were called the same" in missed.source


def test_an_audit_with_too_few_answers_is_refused(linked):
    with pytest.raises(LinkageError, match="audited pairs are answered"):
        missed_links(linked, audit_sample(linked, rng=np.random.default_rng(2)), {})


def test_kappa_of_a_textbook_table():
    # 45 and 15 alike, 25 and 15 unlike: observed 0.60, by chance 0.54 (Cohen's worked form)
    first = dict.fromkeys(range(70), "same") | dict.fromkeys(range(70, 100), "different")
    second = dict.fromkeys(range(100), "different") | dict.fromkeys((*range(45), *range(70, 85)), "same")
    found = kappa(first, second)
    assert found.observed == pytest.approx(0.60)
    assert found.by_chance == pytest.approx(0.54)
    assert found.kappa == pytest.approx(0.06 / 0.46)


def test_kappa_of_readers_who_always_say_the_same_cannot_be_computed():
    found = kappa({1: "same", 2: "same"}, {1: "same", 2: "same"})
    assert found.kappa is None
    assert "one and the same answer" in found.status


def test_a_double_blind_sample_is_a_tenth():
    items = list(range(200))
    sample = double_blind_sample(items, rng=np.random.default_rng(1))
    assert len(sample) == 20
    assert sample == double_blind_sample(items, rng=np.random.default_rng(1))
