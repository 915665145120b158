"""The tables of words: each header leads to one property, and no cell that was recognised is lost."""

import contextlib
import csv
import io
from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esep.errors import BadInput
from esep.intake.headers import TABLE_FORMS, fold_header, plan_columns, property_of
from esep.intake.reading import open_table
from esep.intake.recognise import recognise
from esep.intake.row import Context
from esep.intake.terms import codes, fold, read_words

ROWS = list(read_words("headers.csv"))
TYPED = {
    "age": "34", "birth_date": "1977", "birth_year": "1977", "count": "", "count_low": "", "count_high": "", "sex": "m",
    "status": "killed", "roles": "injured", "date": "2011-12-16", "death_date": "2011-12-16", "name_form": "printed",
    "side": "police", "start": "", "end": "", "doc": "", "published": "2011-12", "low": "7", "high": "", "value": "7",
    "qualifier": "exact", "category": "killed", "as_of": "2011-12", "polarity": "denied", "extent": "subset",
    "date_end": "2011-12-18", "time": "10:30", "precision": "day", "entry": "series", "place_kind": "morgue",
    "answer": "found", "body_event": "moved", "state": "", "value_json": "", "subject": "person:M1", "prop": "place",
}  # fmt: skip


def first_word(row):
    return row["words"].split(";")[0].rstrip("*~")


def props_of(form):
    """Property -> a header for it, of one form; the first line of the table wins, as it does in reading."""
    found = {}
    for row in ROWS:
        if row["forms"] == "*" or form in row["forms"].split():
            word = next(w for w in row["words"].split(";") if property_of(w.rstrip("*~"), form) == row["property"])
            found.setdefault(row["property"], word.rstrip("*~"))
    return found


@pytest.mark.parametrize("form", TABLE_FORMS)
def test_no_cell_of_a_recognised_column_is_lost(form):
    props = props_of(form)
    cells = {prop: TYPED.get(prop, f"token{at}") for at, prop in enumerate(props)}
    text = io.StringIO()
    csv.writer(text).writerows([list(props.values()), [cells[prop] for prop in props]])
    drafts, report = open_table("t", text.getvalue().encode(), form=form, context=Context("made")).read()
    assert report.totals["accepted"] == 1, report.text()
    told = repr(drafts) + repr(report.lines)
    assert not [prop for prop, cell in cells.items() if cell.startswith("token") and f"{cell}'" not in told]


@pytest.mark.parametrize("form", TABLE_FORMS)
def test_each_header_word_leads_to_one_property(form):
    found = {}
    for row in ROWS:
        if row["forms"] != "*" and form not in row["forms"].split():
            continue
        for word in row["words"].split(";"):
            found.setdefault(fold_header(word) + word[-1:] * word.endswith(("*", "~")), set()).add(row["property"])
    assert {word: props for word, props in found.items() if len(props) > 1} == {}


@pytest.mark.parametrize("domain", sorted({row["domain"] for row in read_words("terms.csv")}))
def test_each_word_stands_for_one_term(domain):
    found = {}
    for row in read_words("terms.csv"):
        if row["domain"] == domain:
            for word in row["words"].split(";"):
                found.setdefault(fold(word), set()).add(row["code"])
    assert {word: terms for word, terms in found.items() if len(terms) > 1} == {}
    assert codes(domain)


@pytest.mark.parametrize(
    ("headers", "prop"),
    [
        (("Full name", "ФИО", "Ф. И. О.", "Аты-жөні", "NAME"), "name"),
        (("Age", "Возраст (лет)", "Жасы"), "age"),
        (("Status", "Состояние", "Жағдайы"), "status"),
        (("Place", "Место гибели", "Оқиға орны"), "place"),
        (("Date", "Дата происшествия", "Күні"), "date"),
        (("Phone number", "Контактный телефон", "Ұялы телефон", "Телефон жены", "тел."), "protected:phone"),
        (("E-mail", "Электронная почта", "Электрондық пошта"), "protected:email"),
        (("Home address", "Адрес проживания", "Мекенжайы", "Место жительства"), "protected:address"),
        (("Relationship", "Степень родства", "Туыстығы"), "protected:relation"),
        (("Informant", "Кто сообщил", "Хабарлаған адам"), "protected:giver"),
        (("IIN", "ИИН", "ЖСН", "Паспортные данные"), "protected:id_number"),
    ],
)
def test_headers_are_known_in_three_languages(headers, prop):
    assert {property_of(header, "list") for header in headers} == {prop}


def test_a_second_column_for_one_property_keeps_its_own_header():
    columns = plan_columns(("name", "ФИО", "", "x", "x"), "list")
    assert [column.prop for column in columns.all] == ["name", "x:ФИО", "x:column 3", "x:x", "x:x (2)"]
    assert columns.notes[0] == "column 'ФИО' is a second name: kept under its own header"


def test_the_word_tables_are_utf_8_with_unix_lines():
    for table in (files("esep.intake") / "words").iterdir():
        content = table.read_bytes()
        assert content.decode("utf-8")
        assert b"\r" not in content


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
@example("name,age\nA\x85B,3\n".encode())
@example(b"sep=\nname\n")
def test_whatever_the_bytes_the_answer_is_drafts_or_one_reason(content):
    with contextlib.suppress(BadInput):
        form = recognise("fuzz.csv", content)
        if form in TABLE_FORMS:
            reading = open_table("fuzz.csv", content, form=form, context=Context("fuzz"))
            assert reading.read()[1].totals["rows"] == reading.table.count


@settings(max_examples=200, deadline=None)
@given(st.text("nameg,;\t\"'\n=+34 АБ\u00a0", max_size=60))
def test_whatever_stands_under_known_headers_is_accounted_for(text):
    content = ("name,age,status,date,phone\n" + text).encode()
    with contextlib.suppress(BadInput):
        reading = open_table("fuzz.csv", content, form="list", context=Context("fuzz"))
        totals = reading.read()[1].totals
        assert totals["rows"] == reading.table.count == totals["accepted"] + totals["rejected"]
