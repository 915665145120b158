"""`link`: the same records give the same answer in any order, decisions are kept, truth is never seen."""

import random
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.linkage.made_worlds import world
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.errors import LinkageError
from esep.linkage import Decided, Record, Settings, link

QUICK = Settings(draws=20)
PLAIN = [
    Record("a.csv", 1, name="Сәкен Өтегенов", sex="m", age="31", place="Ақжар", date="2021-03-04"),
    Record("a.csv", 2, name="Гүлсім Байғазина", sex="f", age="52", place="Бестөбе", date="2021-03-04"),
    Record("b.csv", 1, name="Saken Utegenov", sex="m", age="31", place="Akzhar", date="2021-03-04"),
    Record("b.csv", 2, name="Ықылас Тасболатов", sex="m", birth_date="1990-05-06", place="Шұбар"),
    Record("c.csv", 1, name="Утегенов Сакен", age="32", place="Акжар", date="2021-03-05"),
    Record("c.csv", 2, name="Байгазина Гульсим", age="51", place="Бестобе"),
]


def groups(linkage) -> set[frozenset[tuple[str, int]]]:
    return {frozenset(linkage.records[place].key for place in cluster.members) for cluster in linkage.clusters}


@pytest.fixture(scope="module")
def made():
    return world(random.Random(77), number=150, lists=3)


@pytest.fixture(scope="module")
def linked(made):
    return link(made, QUICK)


def test_a_person_in_three_spellings_is_one():
    found = groups(link(PLAIN, QUICK))
    assert frozenset({("a.csv", 1), ("b.csv", 1), ("c.csv", 1)}) in found
    assert frozenset({("a.csv", 2), ("c.csv", 2)}) in found
    assert frozenset({("b.csv", 2)}) in found


def test_made_people_are_found_again(linked):
    assert linked.evaluation.pairs.f1 > 0.93
    assert linked.evaluation.blocking_recall == 1.0


def test_the_order_of_records_changes_nothing(made, linked):
    shuffled = random.Random(3).sample(made, len(made))
    again = link(shuffled, QUICK)
    assert again.rows() == linked.rows()
    assert (again.draws.people() == linked.draws.people()).all()


def test_numbering_rows_anew_moves_no_one(made, linked):
    renumbered = [replace(record, row=1000 - record.row) for record in made]
    back = {frozenset((name, 1000 - row) for name, row in group) for group in groups(link(renumbered, QUICK))}
    assert back == groups(linked)


def test_truth_is_not_seen(made, linked):
    truths = [record.truth for record in made]
    random.Random(1).shuffle(truths)
    mixed = link([replace(record, truth=truth) for record, truth in zip(made, truths, strict=True)], QUICK)
    blind = link([replace(record, truth=None) for record in made], QUICK)
    assert mixed.rows() == blind.rows() == linked.rows()
    assert blind.evaluation is None
    assert all(record.truth is None for record in linked.run.records)


def test_rows_have_the_agreed_columns(linked, made):
    rows = linked.rows()
    assert [tuple(row) for row in rows[:1]] == [("list", "row", "person", "probability")]
    assert len(rows) == len(made)
    alone = [row for row in rows if sum(other["person"] == row["person"] for other in rows) == 1]
    assert alone
    assert all(row["probability"] is None for row in alone)
    assert all(0 <= row["probability"] <= 1 for row in rows if row not in alone)


def test_a_decided_pair_stays_decided_and_undo_restores():
    apart = Decided(("a.csv", 1), ("b.csv", 1), "different")
    together = Decided(("b.csv", 2), ("a.csv", 2), "same")
    before = link(PLAIN, QUICK)
    decided = link(PLAIN, QUICK, decisions=(apart, together))
    assert not any({("a.csv", 1), ("b.csv", 1)} <= group for group in groups(decided))
    assert any({("a.csv", 2), ("b.csv", 2)} <= group for group in groups(decided))
    for draw in decided.draws.mappings():
        assert draw["a.csv:1"] != draw["b.csv:1"]
        assert draw["a.csv:2"] == draw["b.csv:2"]
    assert link(PLAIN, QUICK, decisions=()).rows() == before.rows()


def test_the_last_decision_on_a_pair_holds():
    said = (Decided(("a.csv", 1), ("b.csv", 1), "different"), Decided(("b.csv", 1), ("a.csv", 1), "unsure"))
    assert groups(link(PLAIN, QUICK, decisions=said)) == groups(link(PLAIN, QUICK))


def test_a_list_that_holds_nobody_twice_keeps_its_records_apart():
    twice = [*PLAIN, replace(PLAIN[0], row=3)]
    assert any({("a.csv", 1), ("a.csv", 3)} <= group for group in groups(link(twice, QUICK)))
    once = link(twice, replace(QUICK, duplicate_free=("a.csv",)))
    assert all(sum(name == "a.csv" for name, _ in group) <= 1 for group in groups(once))
    assert all(draw["a.csv:1"] != draw["a.csv:3"] for draw in once.draws.mappings())


def test_stated_sex_and_confirmed_dates_contradict():
    man, woman = (Record(name, 1, name="Ерғали Омар", sex=sex, place="Ақжар") for name, sex in (("a", "m"), ("b", "f")))
    assert len(groups(link([man, woman], QUICK))) == 2
    dated = [
        Record(name, 1, name="Ерғали Омаров", birth_date=day, birth_confirmed=True)
        for name, day in (("a", "1980-01-02"), ("b", "1980-01-03"))
    ]
    assert len(groups(link(dated, QUICK))) == 2


@pytest.mark.parametrize(
    ("records", "people"),
    [
        ([], 0),
        ([Record("a", 1, name="Әлия Сәметова")], 1),
        ([Record("a", row, sex="m", place="Ақжар") for row in range(1, 40)], 39),
        ([Record("a", row, name="unknown", sex="unknown", place="неизвестно", age="?") for row in range(1, 700)], 699),
        ([Record("a", row, name="Ahmed") for row in range(1, 61)], 60),
        ([Record("a", row, name="Ahmed", age="45") for row in range(1, 61)], 60),
        ([Record("a", row, name="Ahmed") for row in range(1, 10_001)], 10_000),
    ],
    ids=["empty", "one", "no names", "all unknown", "60 called Ahmed", "60 called Ahmed, 45", "10,000 called Ahmed"],
)
def test_lists_that_say_nothing_join_nobody(records, people):
    found = link(records, QUICK)
    assert found.people == people
    assert found.draws.interval() == (people, people)
    assert found.text()


def test_two_hundred_columns_of_words_are_no_trouble():
    kin = tuple(f"туысы {number}" for number in range(200))
    records = [Record("ab"[row % 2], row, name="Ерғали Омаров", kin=kin) for row in range(1, 7)]
    assert link(records, QUICK).text()


def test_a_list_in_the_order_of_its_people_is_linked_like_any_other(made, linked):
    assert groups(link(sorted(made, key=lambda record: record.truth), QUICK)) == groups(linked)


def test_the_csv_has_one_line_a_record_and_an_empty_cell_for_a_person_alone():
    lines = link(PLAIN, QUICK).csv().splitlines()
    assert lines[0] == "list,row,person,probability"
    assert len(lines) == 1 + len(PLAIN)
    assert "b.csv,2,b.csv:2," in lines


def test_a_list_that_repeats_itself_although_it_should_not_is_told():
    records = [Record("a", row, name="Ерғали Омаров", age="40") for row in (1, 2)]
    found = link(records, replace(QUICK, duplicate_free=("a",)))
    assert "but 1 rows repeat a name and birth" in found.text()


def test_values_that_cannot_be_read_are_counted():
    found = link([replace(PLAIN[0], age="old"), *PLAIN[1:]], QUICK)
    assert "1 dates or ages could not be read" in found.text()


def test_a_key_that_too_many_share_is_named_in_the_report():
    records = [Record("ab"[row % 2], row, name="Ахмед Хасан", place="Ақжар") for row in range(1, 801)]
    found = link(records, replace(QUICK, all_pairs_up_to=10))
    assert "warning" in found.text()
    assert found.summary()["blocks_left_out"]


def test_a_row_given_twice_is_refused():
    with pytest.raises(LinkageError, match=r"row 1 twice") as refused:
        link([PLAIN[0], PLAIN[0]], QUICK)
    assert refused.value.hint


def test_draws_are_the_same_for_the_same_seed_and_differ_for_another(made, linked):
    again, other = link(made, QUICK), link(made, replace(QUICK, seed=2))
    assert (again.draws.labels == linked.draws.labels).all()
    assert (other.draws.labels != linked.draws.labels).any()


def test_the_capture_table_counts_every_person_of_every_draw(linked):
    lists, patterns, counts = linked.draws.patterns()
    assert lists == ("list-1.csv", "list-2.csv", "list-3.csv")
    assert patterns.dtype == np.uint64
    assert counts.shape == (20, len(patterns))
    assert (counts.sum(axis=1) == linked.draws.people()).all()


@settings(deadline=None, max_examples=3)
@given(st.permutations(PLAIN))
def test_any_order_of_a_few_records_gives_the_same_people(order):
    assert frozenset({("a.csv", 1), ("b.csv", 1), ("c.csv", 1)}) in groups(link(list(order), QUICK))


@pytest.mark.parametrize(("lists", "said"), [(3, {}), (6, {}), (10, {}), (3, {"place": "Ақжар", "date": "2021-03-04"})])
def test_no_list_comes_to_name_one_person_with_one_word_twice(lists, said):
    """Rows «Ahmed» on many lists agree in all that they say: hundreds of pairs that would make one person."""
    records = [Record(f"{name}", row, name="Ahmed", **said) for name in range(lists) for row in range(1, 7)]
    found = link(records, QUICK)
    assert all(len({name for name, _ in group}) == len(group) for group in groups(found))
    assert found.draws.interval()[0] >= 6


def test_brothers_on_two_lists_are_two_people():
    """Both lists hold both brothers, whose names differ in two letters; neither says anything else of them."""
    names = {"a": ("Nurlan Tasbolatov", "Yerlan Tasbolatov"), "b": ("Нурлан Тасболатов", "Ерлан Тасболатов")}
    others = ("Аскар Жумабаев", "Мадина Оспанова", "Сергей Коваленко", "Болат Каримов")
    records = [Record(name, row, name=one) for name, two in names.items() for row, one in enumerate((*two, *others))]
    assert {frozenset(group) for group in groups(link(records, QUICK))} == {
        frozenset((("a", row), ("b", row))) for row in range(6)
    }


def test_a_probability_is_that_of_the_draws():
    """The point answer and the probabilities beside it come from the same draws."""
    found = link(world(random.Random(3), number=300, lists=4), QUICK)
    rows = [row for row in found.rows() if row["probability"] is not None]
    assert min(row["probability"] for row in rows) > 0.2


def test_weakest_links_are_of_people_proposed_or_in_doubt(made):
    """Strangers are no weak link, however few pairs there are to show."""
    found = link(made, QUICK)
    person = {(row["list"], row["row"]): row["person"] for row in found.rows()}
    shown = found.weakest(most=len(found.run.scored))
    assert any(person[one.left] != person[one.right] for one in shown)
    assert all(person[one.left] == person[one.right] or one.probability >= QUICK.keep_above for one in shown)
