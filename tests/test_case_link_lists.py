"""`link_files` with decisions, an earlier result and a queue: ids stay, what is decided holds, what is read is said."""

import csv
import json

import pytest

from esep.case import link_files
from esep.errors import BadInput, WrongUse
from tests.invented_lists import write_lists


@pytest.fixture
def lists(tmp_path):
    return write_lists(tmp_path)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """A result of all three lists, made once."""
    folder = tmp_path_factory.mktemp("earlier")
    link_files(write_lists(folder), to=folder / "first.csv", queue=folder / "q.csv")
    return folder


def asked(path):
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def people(path):
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return {f"{row['list']}:{row['row']}": row["person"] for row in rows}


def test_decisions_about_rows_hold(lists, tmp_path):
    (tmp_path / "d.jsonl").write_text(
        '{"v":1,"decide":"different","left":"relatives.csv:1","right":"union.csv:1","by":"a","at":"2026-01-01"}\n'
        '{"v":1,"decide":"same","left":"relatives.csv:1","right":"union.csv:3","by":"a","at":"2026-01-01"}\n'
    )
    linked = link_files(lists, to=tmp_path / "out.csv", decisions=tmp_path / "d.jsonl")
    found = people(tmp_path / "out.csv")
    assert found["relatives.csv:1"] == found["union.csv:3"] != found["union.csv:1"]
    assert "decisions kept as they are: 1 different, 1 same" in linked.text()


def test_a_decision_about_a_row_that_is_not_there_is_named_and_nothing_is_written(lists, tmp_path):
    (tmp_path / "d.csv").write_text("left,right,answer\nrelatives.csv:1,union.csv:99,same\n")
    with pytest.raises(BadInput, match=r"1 rows that the lists do not have: union\.csv:99"):
        link_files(lists, to=tmp_path / "out.csv", decisions=tmp_path / "d.csv")
    assert not (tmp_path / "out.csv").exists()


def test_a_list_that_comes_later_leaves_ids_as_they_were(lists, tmp_path):
    link_files(lists[1:], to=tmp_path / "first.csv")
    linked = link_files(lists, to=tmp_path / "second.csv", before=tmp_path / "first.csv")
    old, new = people(tmp_path / "first.csv"), people(tmp_path / "second.csv")
    assert {row: new[row] for row in old} == old
    assert "ids against the earlier result: 0 new persons, 0 merged into others, 0 split, 0 rows under" in linked.text()


def test_persons_that_become_one_leave_a_redirect(lists, tmp_path, earlier):
    (tmp_path / "d.csv").write_text("left,right,answer\nunion.csv:3,union.csv:1,да\n", encoding="utf-8")
    linked = link_files(lists, to=tmp_path / "new.csv", before=earlier / "first.csv", decisions=tmp_path / "d.csv")
    old, new = people(earlier / "first.csv"), people(tmp_path / "new.csv")
    kept, gone = sorted({old["union.csv:3"], old["union.csv:1"]}, key=lambda one: one not in new.values())
    assert f"{gone} leads to {kept}" in linked.text()


def test_an_id_that_was_split_off_is_new_and_no_other_rows(lists, tmp_path, earlier):
    (tmp_path / "d.csv").write_text("left,right,answer\nrelatives.csv:1,union.csv:1,нет\n", encoding="utf-8")
    linked = link_files(lists, to=tmp_path / "new.csv", before=earlier / "first.csv", decisions=tmp_path / "d.csv")
    new = people(tmp_path / "new.csv")
    assert new["relatives.csv:1"] != new["union.csv:1"]
    assert "1 split" in linked.text()


def test_a_queue_of_lists_comes_back_as_decisions(lists, tmp_path, earlier):
    rows = list(csv.reader((earlier / "q.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) > 1
    answered = [rows[0], *(["different", *row[1:]] for row in rows[1:])]
    with (tmp_path / "answered.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(answered)
    linked = link_files(lists, to=tmp_path / "new.csv", decisions=tmp_path / "answered.csv")
    found = people(tmp_path / "new.csv")
    left, right = rows[0].index("left"), rows[0].index("right")
    assert all(found[row[left]] != found[row[right]] for row in rows[1:])
    assert f"{len(rows) - 1} different" in linked.text()


def test_it_is_said_which_columns_were_compared_and_which_not_understood(lists, tmp_path):
    odd = tmp_path / "odd.csv"
    odd.write_bytes("Аты-жөні;Жасы;Шәкірт\nАйгүл Тестова;34;иә\n".encode("utf-16"))
    linked = link_files([*lists, odd], to=tmp_path / "out.csv")
    assert "odd.csv: compared Аты-жөні (name), Жасы (age); not understood Шәкірт" in linked.text()
    assert json.loads(linked.json())[0]["columns"][0].startswith("relatives.csv: compared Имя (given_name)")


def test_an_earlier_result_must_be_one_and_is_not_written_over(lists, tmp_path):
    with pytest.raises(BadInput, match="no column list, row, person"):
        link_files(lists, to=tmp_path / "out.csv", before=lists[0])
    with pytest.raises(WrongUse, match="named twice"):
        link_files(lists, to=tmp_path / "out.csv", before=tmp_path / "out.csv")


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_dates_are_read_as_people_write_them(tmp_path):
    one = written(tmp_path, "one.csv", "name,date\nAlma Testova,14.03.2031\nDamir Primerov,15.03.2031\n")
    two = written(tmp_path, "two.csv", "name,date\nАлма Тестова,14 марта 2031\nДамир Примеров,2031-03-15\n")
    found = link_files([one, two], to=tmp_path / "out.csv").linkage
    assert [record.date for record in found.records if record.row == 1] == ["2031-03-14"] * 2
    assert not any("could not be read" in note for note in found.summary()["notes"])


def test_rows_in_which_nothing_stands_are_nobody(tmp_path):
    one = written(tmp_path, "one.csv", "name,age\nAlma Testova,30\n,\nDamir Primerov,40\n")
    linked = link_files([one], to=tmp_path / "out.csv")
    assert linked.linkage.people == 2
    assert set(people(tmp_path / "out.csv")) == {"one.csv:1", "one.csv:3"}


def test_words_for_no_name_name_nobody(tmp_path):
    words = ("без имени", "неизвестный мужчина", "Н/Д", "unknown man")
    lists = [written(tmp_path, f"{name}.csv", "name\n" + "\n".join(words) + "\n") for name in ("one", "two")]
    assert link_files(lists, to=tmp_path / "out.csv").linkage.people == 8


def test_a_list_without_anything_to_compare_is_refused(tmp_path):
    one = written(tmp_path, "one.csv", "colour,weather\nred,fair\n")
    with pytest.raises(BadInput, match=r"no column that can be compared: colour, weather") as refused:
        link_files([one], to=tmp_path / "out.csv")
    assert "mapping" in refused.value.hint
    assert not (tmp_path / "out.csv").exists()


def test_sure_pairs_are_asked_too_after_those_in_doubt_until_they_are_answered(lists, tmp_path):
    linked = link_files(lists, to=tmp_path / "out.csv", queue=tmp_path / "q.csv")
    rows = asked(tmp_path / "q.csv")
    standing = [row["queue"] for row in rows]
    assert standing == sorted(standing)
    assert {"open", "sure"} == set(standing)
    told = f"{standing.count('open')} pairs in doubt and {standing.count('sure')} that every draw joins"
    assert told in linked.text()
    sure = [row for row in rows if row["queue"] == "sure"]
    said = "left,right,answer\n" + "".join(f"{row['left']},{row['right']},unsure\n" for row in sure)
    again = written(tmp_path, "d.csv", said)
    link_files(lists, to=tmp_path / "out2.csv", queue=tmp_path / "q2.csv", decisions=again)
    left = {(row["left"], row["right"]) for row in asked(tmp_path / "q2.csv")}
    assert not left & {(row["left"], row["right"]) for row in sure}
