"""Hostile files: each is refused with one plain reason, or taken for what it is, and leaves nothing behind."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import hostile_files as made
import pytest

from esep.errors import BadInput, RefusedFile
from esep.intake.documents import read_document
from esep.intake.hostile import check_office_file
from esep.intake.limits import Limits
from esep.intake.media import read_media
from esep.intake.reading import open_table
from esep.intake.recognise import recognise
from esep.intake.row import Context
from esep.intake.sandbox import _environment

pytestmark = pytest.mark.filterwarnings("ignore:no bubblewrap")

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
BODY = f'<w:document xmlns:w="{made.DOCX_MAIN}"><w:body/></w:document>'
SHEET = f'<worksheet xmlns="{made.XLSX_MAIN}"><sheetData/></worksheet>'
BOMB = ("word/media/zeros.xml", b"<a>" + b"0" * 9_000_000)
SMALL = Limits(file_bytes=4_000_000, rows=100, members=50, unpacked_bytes=4_000_000, pages=3)


def take_in(name, content, *, form=None, limits=Limits()):  # noqa: B008 - a frozen value
    """Take a file in as the command would: recognise it, then read it as what it is."""
    form = form or recognise(name, content, limits=limits)
    if form == "document":
        return read_document(name, content, limits=limits)
    if form == "media":
        return read_media(content, limits=limits)
    return open_table(name, content, form=form, context=Context("made"), limits=limits).read()


def docx(**more):
    return made.zipped(made.docx_parts(**more))


def xlsx(rows="", **more):
    return made.zipped(made.xlsx_parts(rows, **more))


def with_part(name, content=b"x"):
    return made.zipped([*made.docx_parts(), (name, content)])


TABLES = {
    "a NUL in a cell": (b"name,age\nA\0B,3\n", "NUL bytes"),
    "NUL behind a mark": (b"\xef\xbb\xbfname,age\nA\0B,3\n", "NUL bytes"),
    "UTF-16 without a mark": ("name,age\nA,3\n".encode("utf-16-le"), "NUL bytes"),
    "UTF-16 cut in half": ("\ufeffname,age\nA,3\n".encode("utf-16-le")[:-1], "not the utf-16-le"),
    "UTF-16 with NUL letters": ("\ufeffname,age\nA\0,3\n".encode("utf-16-le"), "not the utf-16-le"),
    "UTF-32 cut": ("\ufeffname\nA\n".encode("utf-32-be")[:-2], "not the utf-32-be"),
    "UTF-8 mark on other bytes": (b"\xef\xbb\xbfname,age\n\xff\xfe,3\n", "not the utf-8"),
    "KOI8-R": ("ФИО,место\nАхметов Ерлан,Жанаозен\n".encode("koi8-r"), "do not read like words"),
    "CP866": ("ФИО,место\nАхметов Ерлан,Жанаозен\n".encode("cp866"), "do not read like words|neither UTF-8"),
    "Latin-1": ("name,place\nJosé,Nîmes\n".encode("latin-1"), "do not read like words"),
    "an open quotation mark": (b'name,age\n"A,3\n' + b"B,4\n" * 50, "line 2: a quotation mark is opened"),
    "text behind a closed quotation mark": (b'name,age\n"A"B,3\n', "line 2"),
    "a cell of 200,000 characters": (b"name,note\nA," + b"x" * 200_000 + b"\n", "longer than 131,072"),
    "600 columns": (b"name," + b"x," * 600 + b"\n" + b"A," * 600 + b"\n", "columns"),
    "600 cells in one row": (b"name,age\n" + b"A," * 600 + b"\n", "line 2 has 601 columns"),
    "101 rows where 100 are read": (b"name,age\n" + b"A,3\n" * 101, "more than 100 rows"),
    "white space alone": (b" \n\t\n  \n", "the table is empty"),
    "commas alone": (b",,,\n,,,\n", "the table is empty"),
    "no column that a list needs": (b"alpha,beta\n1,2\n", "no column of this list table"),
    "over the size cap": (b"name,age\n" + b"A,3\n" * 1_000_001, "4000009 bytes|4000013 bytes"),
}

OFFICE = {
    "a zip that is no zip": (b"PK\x03\x04" + b"garbage" * 20, "damaged"),
    "a zip cut short": (docx()[:200], "damaged"),
    "a plain archive": (made.zipped([("a.txt", "x")]), r"an archive \(zip\)"),
    "a part above its folder": (with_part("../../evil.txt"), "outside its folder"),
    "a part at the root": (with_part("/etc/evil"), "outside its folder"),
    "a part above by backslash": (with_part("..\\..\\evil.txt"), "outside its folder"),
    "a part on a drive": (with_part("C:/evil.txt"), "outside its folder"),
    "a part hidden in the middle": (with_part("word/../../evil.xml"), "outside its folder"),
    "too many parts": (made.zipped([*made.docx_parts(), *[(f"p{n}", "") for n in range(60)]]), "parts; 50 is the most"),
    "a zip bomb by ratio": (with_part(*BOMB), "times its size|unpacks to more than"),
    "a zip bomb by total": (
        made.zipped([*made.docx_parts(), ("a.bin", os.urandom(3_900_000)), ("b.bin", b"1" * 200_000)]),
        "bytes",
    ),
    "an encrypted part": (made.flagged_as_encrypted(docx()), "locked with a password"),
    "a broken part": (made.broken_in_the_middle(docx(body="<w:p/>" * 3000)), "damaged"),
    "entities in a DOCX": (docx(document=LAUGHS + BODY), "XML entities"),
    "entities in an XLSX": (xlsx(sheet=LAUGHS + SHEET), "XML entities"),
    "an external entity": (
        docx(document='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BODY),
        "XML entities",
    ),
    "a DOCTYPE in small letters": (docx(document="<!doctype x>" + BODY), "XML entities"),
    "a DOCTYPE behind a space": (docx(document="<! DOCTYPE x>" + BODY), "XML entities"),
    "a DOCTYPE in UTF-16": (docx(document=("\ufeff" + LAUGHS + BODY).encode("utf-16-le")), "XML entities"),
    "a DOCTYPE across two reads": (docx(document=" " * (65_536 - 4) + LAUGHS + BODY), "XML entities"),
    "a DOCTYPE in a relation": (made.zipped([*made.docx_parts(), ("word/_rels/x.rels", LAUGHS)]), "XML entities"),
    "XML in UTF-7": (docx(document='<?xml version="1.0" encoding="UTF-7"?>' + BODY), "encoding that no office program"),
    "broken XML in a DOCX": (docx(document="<w:document><w:body>"), "damaged"),
    "broken XML in a sheet": (xlsx(sheet="<worksheet><sheetData><row"), "damaged"),
    "a DOCX nested 5,000 deep": (docx(body="<w:p>" * 5000 + "</w:p>" * 5000), "damaged|nested"),
    "a workbook without sheets": (made.zipped(made.xlsx_parts()[:3]), "damaged|no rows"),
    "a workbook without rows": (xlsx(), "holds no rows"),
    "a cell in the last column": (xlsx(f'<row r="1">{made.text_cell("XFD1", "x")}</row>'), "has 16384 columns"),
    "a formula without a result": (
        xlsx('<row r="1"><c r="A1"><f>WEBSERVICE("x")</f></c></row>'),
        "results are not stored",
    ),
    "more rows than are read": (
        xlsx("".join(f'<row r="{n}">{made.text_cell(f"A{n}", "name")}</row>' for n in range(1, 150))),
        "more than 100 rows",
    ),
}

OTHERS = {
    "an empty file": (b"", "the file is empty"),
    "gzip": (b"\x1f\x8b\x08" + bytes(40), r"archive \(gzip\)"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(40), r"archive \(7z\)"),
    "RAR": (b"Rar!\x1a\x07" + bytes(40), r"archive \(RAR\)"),
    "xz": (b"\xfd7zXZ\0" + bytes(40), r"archive \(xz\)"),
    "bzip2": (b"BZh91AY" + bytes(40), r"archive \(bzip2\)"),
    "tar with a path upwards": (b"../../evil".ljust(257, b"\0") + b"ustar\0" + bytes(300), r"archive \(tar\)"),
    "a Windows program": (b"MZ" + bytes(100), "Windows program"),
    "a Linux program": (b"\x7fELF" + bytes(100), "is a program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "is a script"),
    "144 megapixels in a small PNG": (made.png(12_000, 12_000), "12000 x 12000 pixels"),
    "a GIF that says it is huge": (made.GIF, "65535 x 65535 pixels"),
    "a PDF that is garbage": (b"%PDF-1.7\n" + os.urandom(400), "damaged|no pages"),
    "a PDF cut short": (made.pdf_pages(2)[:150], "damaged|no pages"),
    "a PDF without pages": (
        made.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]),
        "no pages|damaged",
    ),
    "a PDF with too many pages": (made.pdf_pages(5), "5 pages; 3 is the most"),
    "a PDF that says it has a billion pages": (
        made.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1000000000/Kids[]>>"]),
        "no pages|pages;|damaged",
    ),
    "an HTML page with NUL": (b"<html><body>A\0B</body></html>", "NUL"),
    "a page of nothing": (b"<!doctype html><!-- -->", "empty or cannot be read"),
}

ALL = {**TABLES, **OFFICE, **OTHERS}


def test_there_are_at_least_sixty_hostile_files():
    assert len(ALL) >= 60


@pytest.mark.parametrize("name", ALL)
def test_each_hostile_file_is_refused_with_one_plain_reason(name, tmp_path, monkeypatch):
    content, reason = ALL[name]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    started = time.monotonic()
    with pytest.raises(BadInput, match=reason) as caught:
        take_in("list.csv" if name in TABLES else "file", content, limits=SMALL)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200
    assert time.monotonic() - started < 20
    assert not any(tmp_path.iterdir())


def test_two_parts_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = with_part("word/document.xml")
    with pytest.raises(RefusedFile, match="two parts of the file have one name"):
        read_document("x", content)


def test_a_workbook_with_macros_is_kept_and_not_opened():
    content = made.zipped([*made.xlsx_parts(), ("xl/vbaProject.bin", b"x")])
    assert "macros" in take_in("book.xlsx", content).why_not
    with pytest.raises(RefusedFile, match="carries macros"):
        take_in("book.xlsx", content, form="list")


def test_a_document_with_macros_is_no_document():
    content = made.zipped([*made.docx_parts(), ("word/vbaProject.bin", b"x")])
    with pytest.raises(RefusedFile, match="is no document") as caught:
        take_in("letter.docx", content, form="document")
    assert "macros" in caught.value.hint


@pytest.mark.parametrize(
    "content",
    [
        b"<svg onload='x()'/>",
        b"<?xml version='1.0'?><svg/>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        bytes(range(256)) * 9,
    ],
)
def test_what_cannot_be_shown_safely_is_kept_and_not_previewed(content):
    assert "not previewed" in take_in("picture", content).why_not


def test_a_broken_picture_is_kept_as_evidence():
    assert "cannot be read" in take_in("x.png", b"\x89PNG\r\n\x1a\n" + bytes(50)).why_not


def test_a_page_nested_fifty_thousand_deep_ends_with_text_or_a_reason():
    content = b"<html><body>" + b"<div>" * 50_000 + b"end" + b"</div>" * 50_000
    started = time.monotonic()
    with contextlib.suppress(RefusedFile):  # libxml2 has a depth cap of its own in some versions
        assert len(take_in("page", content).text) < 10
    assert time.monotonic() - started < 20


def test_scripts_of_a_page_are_not_in_its_text():
    content = b"<html><script>steal()</script><body onload='x()'>said <noscript>so</noscript><svg><text>z</text></svg>"
    assert take_in("page", content).text == "said so\n"


def test_a_sheet_with_one_cell_a_million_rows_down_stops_reading_and_says_so():
    rows = f'<row r="1">{made.text_cell("A1", "name")}</row><row r="2">{made.text_cell("A2", "A")}</row>'
    content = xlsx(rows + f'<row r="1048576">{made.text_cell("A1048576", "Z")}</row>')
    drafts, report = take_in("book", content, form="list")
    assert [draft.value for draft in drafts] == ["A"]
    assert "reading stopped at sheet row 10002, after 10000 empty rows" in report.notes


def test_a_parser_that_takes_too_long_is_stopped():
    rows = "".join(f'<row r="{n}">{made.text_cell(f"A{n}", "x")}</row>' for n in range(1, 60_000))
    with pytest.raises(RefusedFile, match="took more than 1 seconds"):
        take_in("book", xlsx(rows), form="list", limits=Limits(cpu_seconds=1))


def test_a_parser_that_takes_too_much_memory_is_stopped():
    content = b"<html><body>" + b"<p>word</p>" * 400_000
    with pytest.raises(RefusedFile, match=r"memory|gave up|empty or cannot be read"):
        take_in("page", content, limits=Limits(memory_bytes=90_000_000))


def test_more_text_than_the_cap_is_refused():
    content = b"<html><body>" + b"word " * 100_000
    with pytest.raises(RefusedFile, match="longer than 1000"):
        take_in("page", content, limits=Limits(text_chars=1000))
    with pytest.raises(RefusedFile, match="longer than 5000 bytes"):
        take_in("page", content, limits=Limits(output_bytes=5000))


def test_the_child_gets_nothing_of_the_environment_but_where_the_libraries_are(monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    assert set(_environment()) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LC_ALL", "OPENBLAS_NUM_THREADS"}


def test_the_child_can_write_nothing_to_any_file(tmp_path):
    probe = (
        "import os, sys; target = sys.argv[1]; sys.argv = ['x']; "
        "from esep.intake.parsers.__main__ import _limit_process; "
        "from esep.intake.limits import Limits; _limit_process(Limits()); "
        "os.write(os.open(target, os.O_WRONLY | os.O_CREAT), b'x')"
    )
    source = str(Path(sys.modules["esep"].__file__).parents[1])
    command = [sys.executable, "-c", probe, str(tmp_path / "written")]
    done = subprocess.run(command, capture_output=True, check=False, env={"PYTHONPATH": source})
    assert b"File too large" in done.stderr
    assert (tmp_path / "written").stat().st_size == 0


def test_a_sound_office_file_passes_the_checks():
    check_office_file(docx())
    check_office_file(xlsx())
    assert take_in("letter", docx()).text == "text\n"
