"""Tables of answers that people filled in a spreadsheet: words in three languages, half filled, faulty, twice."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from esep.case.filled import read_filled
from esep.case.questions import Questions
from esep.case.verdicts import verdict_of
from esep.errors import BadInput, WrongUse
from esep.people.review import Question
from esep.people.sides import Side
from tests.invented_lists import NOW, made_case

HEAD = "left,right,answer,reason\n"
PAIR = "person:relatives/1,person:union/1"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with made_case(tmp_path_factory.mktemp("filled")) as case:
        yield case


@pytest.fixture
def table(tmp_path):
    def written(text, name="answers.csv"):
        (tmp_path / name).write_bytes(text.encode("utf-8"))
        return tmp_path / name

    return written


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("same", "same"), ("S", "same"), ("Да", "same"), ("бір адам", "same"), ("ы", "same"),
        ("Разные.", "different"), ("жоқ", "different"), ("no", "different"),
        ("?", "unsure"), ("не знаю", "unsure"), ("perhaps", None), ("", None),
    ],
)  # fmt: skip
def test_answers_are_read_in_three_languages(word, verdict):
    assert verdict_of(word) == verdict


def test_rows_without_an_answer_are_left_for_later(table):
    filled = read_filled(table(HEAD + f"{PAIR},да,\nperson:relatives/2,person:press/1,,\n"))
    assert [(row.pair, row.verdict) for row in filled.rows] == [(("person:relatives/1", "person:union/1"), "same")]


def test_every_bad_row_is_named_and_nothing_is_decided(made, table):
    before = made.ledger.position()
    bad = table(HEAD + f"{PAIR},maybe,\n,person:press/1,same,\n{PAIR},same,\nperson:union/1,person:relatives/1,no,\n")
    with pytest.raises(BadInput) as refused:
        made.decide(bad, actor="anna", now=NOW)
    said = str(refused.value)
    assert "row 2: «maybe» is no answer" in said
    assert "row 3: left or right is empty" in said
    assert "row 5: this pair was answered in row 4 already" in said
    assert made.ledger.position() == before


def test_a_row_about_a_record_that_is_not_there_is_named(made, table):
    with pytest.raises(BadInput, match="row 3: no record person:nobody/1"):
        made.decide(table(HEAD + f"{PAIR},same,\nperson:nobody/1,person:union/1,same,\n"), actor="anna", now=NOW)
    assert not list(made.ledger.judgements())


def test_a_table_without_the_columns_of_a_queue_is_refused(table):
    with pytest.raises(BadInput, match="no column left, right"):
        read_filled(table("one,two,answer\na,b,same\n"))


def test_a_filled_table_is_recorded_once_however_often_it_is_given(tmp_path, table):
    with made_case(tmp_path) as case:
        half = table(HEAD + f"{PAIR},same,both 34\nperson:relatives/2,person:press/1,,\n")
        assert case.decide(half, actor="anna", now=NOW).new == 1
        whole = table(HEAD + f"{PAIR},same,both 34\nperson:relatives/2,person:press/1,no,\n")
        done = case.decide(whole, actor="anna", now=NOW)
        assert (done.new, done.known) == (1, 1)
        assert {one.verdict for one in case.ledger.judgements()} == {"same", "different"}


def test_a_changed_mind_is_a_new_answer_and_so_is_the_old_one_again(tmp_path, table):
    with made_case(tmp_path) as case:
        for minute, word in enumerate(("same", "different", "same")):
            when = NOW.replace(minute=minute)
            assert case.decide(table(HEAD + f"{PAIR},{word},\n"), actor="anna", now=when).new == 1
        assert case.count().total.low == 11


def test_what_changed_is_told_by_ids(tmp_path, table):
    with made_case(tmp_path) as case:
        told = case.decide(table(HEAD + f"{PAIR},same,\n"), actor="anna", now=NOW).text()
        keeps, leads = case.person("person:relatives/1"), case.people("Aigul Testova").rows
        assert f"and {keeps.id} are one person now: {keeps.id}; the other ids lead there" in told
        assert [row["id"] for row in leads] == [keeps.id]


def test_a_join_that_somebody_forbade_is_not_made_and_is_told(tmp_path, table):
    with made_case(tmp_path) as case:
        rows = "person:press/2,person:union/2,different,\nperson:press/2,person:relatives/3,same,\n"
        case.decide(table(HEAD + rows), actor="anna", now=NOW)
        last = table(HEAD + "person:relatives/3,person:union/2,same,\n")
        assert "are not joined:" in case.decide(last, actor="bolat", now=NOW).text()


def test_a_workbook_is_taken_like_a_csv_file(tmp_path):
    with made_case(tmp_path) as case:
        book = openpyxl.Workbook()
        book.active.append(["left", "right", "answer", "reason", "by"])
        book.active.append(["person:relatives/1", "person:union/1", "иә", "жасы бірдей", "bolat"])
        book.save(tmp_path / "answers.xlsx")
        assert case.decide(tmp_path / "answers.xlsx", actor="anna", now=NOW).new == 1
        (claim,) = case.claims("same").rows
        assert (claim["value"]["by"], claim["value"]["reason"]) == ("bolat", "жасы бірдей")


def test_a_table_of_the_queue_comes_back_as_it_was_asked(tmp_path):
    with made_case(tmp_path) as case:
        asked = case.queue()
        rows = list(csv.DictReader(io.StringIO(asked.csv(by="anna"))))
        for row in rows:
            row["answer"] = "same"
        with (tmp_path / "filled.csv").open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), delimiter=";")  # as a Russian spreadsheet saves it
            writer.writeheader()
            writer.writerows(rows)
        assert case.decide(tmp_path / "filled.csv", actor="anna", now=NOW).new == len(asked)
        assert not case.queue(by="bolat").asked


def test_a_cell_that_a_spreadsheet_would_run_is_guarded():
    side = Side("person:a/1", "P-1", (), {"name": '=HYPERLINK("http://x")'}, "a", "", "")
    text = Questions((Question(side, replace(side, record="person:b/1")),), 1).csv()
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text


def test_a_table_with_names_is_readable_for_its_owner_alone(tmp_path):
    Questions((), 0).write(tmp_path / "q.csv")
    assert (tmp_path / "q.csv").stat().st_mode & 0o777 == 0o600


def test_a_table_that_may_hold_answers_is_never_written_over(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text("answered")
    with pytest.raises(WrongUse, match="may hold answers"):
        Questions((), 0).write(path)
    assert path.read_text() == "answered"
