"""Draws of who is who in a case: decisions hold in each, captures take them, an estimate says what linkage adds."""

import json

import numpy as np
import pytest

from esep.case.decisions import Decision
from esep.case.drawing import draw_lines
from esep.errors import LinkageError
from esep.estimate import estimate_table
from tests.invented_lists import DOUBTFUL, NOW, made_case


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with made_case(tmp_path_factory.mktemp("drawn")) as made:
        decided = (("same", "person:press/1", "person:relatives/2"), ("different", "person:press/2", "person:union/2"))
        lines = [Decision(verdict, "", "anna", "2026-02-01", left, right) for verdict, left, right in decided]
        made.record(lines, actor="anna", now=NOW)
        yield made


@pytest.fixture(scope="module")
def drawn(case):
    return case.draws(40, seed=5)


def test_what_people_decided_holds_in_every_draw(drawn):
    assert len(drawn) == 40
    assert all(draw["person:press/1"] == draw["person:relatives/2"] for draw in drawn)
    assert all(draw["person:press/2"] != draw["person:union/2"] for draw in drawn)


def test_pairs_in_doubt_are_joined_in_some_draws_only(drawn):
    one, other = ("person:relatives/3", "person:union/2")
    assert (one, other) in DOUBTFUL
    assert 0 < sum(draw[one] == draw[other] for draw in drawn) < 40


def test_the_same_seed_draws_the_same(case, drawn):
    assert case.draws(40, seed=5) == drawn
    assert case.draws(40, seed=6) != drawn


def test_draws_of_an_earlier_position_do_not_know_what_was_decided_since(case):
    before = next(iter(case.ledger.judgements())).seq - 1
    drawn = case.draws(20, known_on=before)
    assert any(draw["person:press/2"] == draw["person:union/2"] for draw in drawn)


def test_each_draw_is_a_table_on_the_same_patterns(case, drawn):
    tables = case.captures(draws=drawn, seed=5)
    assert tables.counts.shape == (40, len(tables.patterns))
    assert tables.seed == 5
    people = [len({draw[record] for record in draw}) for draw in drawn]
    assert tables.counts.sum(axis=1).tolist() == people


def test_a_draw_gives_the_table_that_its_identity_gives(case, drawn):
    tables = case.captures(draws=drawn)
    for number in (0, 17):
        single = case.captures(identity=drawn[number])
        held = {int(code): int(n) for code, n in zip(tables.patterns, tables.counts[number], strict=True) if n}
        assert held == {int(code): int(n) for code, n in zip(single.patterns, single.counts[0], strict=True)}


def test_statuses_are_those_of_the_whole_person_in_a_draw(case, drawn):
    killed = case.captures(draws=drawn, statuses=["killed"])
    everybody = case.captures(draws=drawn)
    assert (killed.counts.sum(axis=1) < everybody.counts.sum(axis=1)).all()


def test_an_estimate_says_what_share_of_its_doubt_is_linkage(case, drawn):
    tables = case.captures(draws=drawn, seed=5)
    assert len(np.unique(tables.counts, axis=0)) > 1
    (pooled,) = estimate_table(tables, methods=["chao-bound"], seed=1).results
    assert pooled.diagnostics["linkage_draws"] == 40
    assert 0 < pooled.diagnostics["linkage_share"] < 1


def test_draws_in_a_file_are_ids_of_records_and_never_names(case, tmp_path):
    written = case.write_draws(tmp_path / "draws.jsonl", number=20, seed=5)
    lines = [json.loads(line) for line in (tmp_path / "draws.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 20
    assert all(record.startswith("person:") and label.isdigit() for line in lines for record, label in line.items())
    assert list(draw_lines(written.doubt)) == (tmp_path / "draws.jsonl").read_text("utf-8").splitlines()
    full, short = case.captures(draws=written.doubt.draws()), case.captures(draws=lines)
    assert (full.counts == short.counts).all()


def test_nobody_can_be_drawn_where_nobody_has_a_name(tmp_path):
    with made_case(tmp_path, ()) as empty, pytest.raises(LinkageError, match="fewer than two records"):
        empty.draws(10)
