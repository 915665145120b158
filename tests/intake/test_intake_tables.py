"""Encodings, delimiters, headers and rows of CSV tables."""

import time
import tracemalloc

import pytest

from esep.errors import RefusedFile
from esep.intake.limits import Limits
from esep.intake.tables import find_delimiter, read_table

CYRILLIC = "ФИО;Возраст\nАхметов Ерлан;34\n"
KAZAKH = "Аты-жөні;Жасы\nӨмірзақ Қуаныш;30\n"


def cells(content: bytes, **more):
    return [row.cells for row in read_table("t.csv", content, **more).rows()]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "utf-32"])
def test_cyrillic_is_read_in_every_encoding_that_people_send(codec):
    assert cells(CYRILLIC.encode(codec)) == [("Ахметов Ерлан", "34")]


def test_kazakh_letters_of_kz1048_are_not_read_as_serbian_ones():
    table = read_table("t.csv", KAZAKH.encode("kz1048"))
    assert table.encoding == "kz1048"
    assert next(table.rows()).cells == ("Өмірзақ Қуаныш", "30")


def test_ukrainian_letters_stay_windows_1251():
    assert cells("ім'я;вік\nЄвген Її Ґалаґан;3\n".encode("cp1251")) == [("Євген Її Ґалаґан", "3")]


@pytest.mark.parametrize("codec", ["koi8-r", "cp866"])
def test_other_cyrillic_encodings_are_refused_and_not_misread(codec):
    content = "ФИО;Место\nАхметов Ерлан;Жанаозен\nИбраева Сауле;Шетпе\n".encode(codec)
    with pytest.raises(RefusedFile, match=r"do not read like words|neither UTF-8"):
        read_table("t.csv", content)


def test_a_named_encoding_is_believed():
    content = "ФИО;Место\nАхметов;Шетпе\n".encode("koi8-r")
    assert cells(content, encoding="koi8-r") == [("Ахметов", "Шетпе")]


def test_latin_text_with_accents_is_not_taken_for_cyrillic():
    with pytest.raises(RefusedFile, match="do not read like words"):
        read_table("t.csv", "name,place\nJosé Muñoz,Orléans\n".encode("cp1252"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter):
    text = f"name{delimiter}age\nA, B; C{delimiter}3\n".replace("A, B; C", '"A, B; C"')
    assert cells(text.encode()) == [("A, B; C", "3")]


def test_commas_inside_cells_do_not_hide_a_semicolon():
    assert find_delimiter("Name, surname;Place, date\nA, B;C, D\nE;F\n") == ";"


def test_the_hint_line_of_excel_is_no_row():
    table = read_table("t.csv", b"sep=;\nname;age\nA;3\n")
    assert (table.header, [row.cells for row in table.rows()]) == (("name", "age"), [("A", "3")])


def test_quoted_newlines_stay_in_their_cell_and_lines_are_counted_on():
    rows = list(read_table("t.csv", b'name,note\r\nA,"one\r\ntwo"\r\nB,x\r\n').rows())
    assert rows[0].cells == ("A", "one\r\ntwo")
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 4)]


def test_titles_above_the_header_are_set_aside_with_a_note():
    table = read_table("t.csv", "Список пострадавших;;\n;;\nФИО;Возраст;Место\nА;3;Б\n".encode())
    assert table.header == ("ФИО", "Возраст", "Место")
    assert [row.number for row in table.rows()] == [1]
    assert "2 title lines above the header were not read as rows" in table.notes


def test_an_empty_row_between_rows_counts_and_empty_rows_at_the_end_are_noted():
    table = read_table("t.csv", b"name,age\nA,1\n,\nB,2\n,\n,\n")
    assert [row.cells for row in table.rows()] == [("A", "1"), ("", ""), ("B", "2")]
    assert "2 empty rows at the end of the table were left out" in table.notes


def test_a_short_row_is_filled_up_and_a_long_one_stays_long():
    assert cells(b"a,b\n1\n1,2,3\n1,2,,\n") == [("1", ""), ("1", "2", "3"), ("1", "2")]


def test_an_open_quotation_mark_refuses_the_file_instead_of_eating_rows():
    with pytest.raises(RefusedFile, match="line 3: a quotation mark is opened and never closed"):
        read_table("t.csv", b'name,age\nA,1\n"B,2\nC,3\n')


def test_rows_can_be_read_twice():
    table = read_table("t.csv", b"a,b\n1,2\n")
    assert list(table.rows()) == list(table.rows())


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(file_bytes=10), "bytes"),
        (Limits(rows=2), "more than 2 rows"),
        (Limits(columns=1), "has 2 columns"),
    ],
)
def test_each_cap_refuses_with_its_figure(limits, reason):
    with pytest.raises(RefusedFile, match=reason):
        read_table("t.csv", b"a,b\n1,2\n3,4\n5,6\n", limits=limits)


def test_a_hundred_thousand_rows_stream():
    row = "Name Surname,30,killed,2011-12-16,Place,job,how,male,note,x"
    content = ("a,b,c,d,e,f,g,h,i,j\n" + f"{row}\n" * 100_000).encode()
    started = time.process_time()
    assert sum(1 for _ in read_table("t.csv", content).rows()) == 100_000
    assert time.process_time() - started < 5
    tracemalloc.start()
    assert sum(1 for _ in read_table("t.csv", content[:600_000]).rows()) > 9_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000  # bytes beside the content: a copy of it and a few rows, not the rows


def test_one_number_in_both_columns_is_one_number():
    from esep.intake.numbers import read_bounds

    found = read_bounds("exact", low=17, high=17)
    assert (found.low, found.high, found.hedge) == (17, 17, "exact")
