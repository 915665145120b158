"""Text layers: code points untouched, hashes of their own, pages known."""

import hashlib
import io

import docx
import hostile_files as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.errors import IntakeWarning, RefusedFile
from esep.intake import sandbox
from esep.intake.documents import read_document
from esep.intake.media import read_media
from esep.intake.recognise import recognise

pytestmark = pytest.mark.filterwarnings("ignore:no bubblewrap")

PECULIAR = "a\u00a0b «c» “d” e\u0301 n\u0303 \u200f\u0627 \r\nnext\rlast\n\ttab  two\n"
PAGE = """<!doctype html><html><head><meta charset="{}"><title>Список</title><script>x()</script><style>p{{}}</style>
<body><p>Убито&nbsp;17 &laquo;человек&raquo;,<br>и  ещё
 <b>пя</b>ть.</p><!-- not this --><table><tr><td>a<td>b<tr><td>c<td>d</table><pre>x
  y</pre>tail"""


def test_a_text_keeps_every_code_point_and_hashes_its_layer():
    document = read_document("t.txt", PECULIAR.encode())
    assert document.text == PECULIAR
    assert document.sha256 == hashlib.sha256(PECULIAR.encode()).hexdigest()
    assert (document.encoding, document.newlines) == ("utf-8", "mixed")


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_offsets_are_those_of_the_file_decoded_as_utf_8(text):
    document = read_document("t.txt", ("x " + text).encode())
    assert document.text == ("x " + text).encode().decode("utf-8")


def test_a_byte_order_mark_stays_as_the_first_code_point():
    assert read_document("t.txt", "\ufeffword".encode()).text == "\ufeffword"
    assert read_document("t.txt", "\ufeffслово".encode("utf-16-le")).text == "\ufeffслово"


def test_windows_1251_is_read_and_said_so():
    document = read_document("t.txt", "Убито 17 человек, «сказано».\r\n".encode("cp1251"))
    assert document.text == "Убито 17 человек, «сказано».\r\n"
    assert (document.newlines, document.notes) == ("crlf", ("read as cp1251",))


@pytest.mark.parametrize(("codec", "named"), [("cp1251", "windows-1251"), ("utf-8", "utf-8"), ("koi8-r", "koi8-r")])
def test_a_page_is_read_in_the_encoding_that_it_names(codec, named):
    content = PAGE.format(named).replace("«", "").encode(codec)
    assert recognise("page", content) == "document"
    document = read_document("page", content)
    assert document.text == "Список\nУбито\u00a017 «человек»,\nи ещё пять.\na\tb\nc\td\nx\n  y\ntail\n"


def test_a_page_with_wrong_bytes_keeps_its_text_and_says_how_many_are_wrong():
    document = read_document("page", b'<html><meta charset="utf-8"><p>caf\xe9 17 killed</p>')
    assert document.text == "caf\ufffd 17 killed\n"
    assert document.notes == ("1 characters of the page are no utf-8 and stand as U+FFFD",)


def test_a_byte_order_mark_wins_over_what_the_page_says():
    content = "\ufeff<html><meta charset='koi8-r'><p>Убито</p>".encode("utf-16-le")
    assert read_document("page", content).text.strip("\ufeff") == "Убито\n"


def test_a_docx_gives_paragraphs_tables_and_headers():
    letter = docx.Document()
    letter.add_paragraph("Ахметов\u00a0Ерлан\t«17»")
    table = letter.add_table(2, 2)
    for place, text in zip(((0, 0), (0, 1), (1, 0), (1, 1)), "abcd", strict=True):
        table.cell(*place).text = text
    letter.sections[0].header.paragraphs[0].text = "head"
    stream = io.BytesIO()
    letter.save(stream)
    assert recognise("x", stream.getvalue()) == "document"
    assert read_document("x", stream.getvalue()).text == "Ахметов\u00a0Ерлан\t«17»\na\tb\nc\td\nhead\n"


def test_inserted_text_is_in_the_layer_and_deleted_text_is_not():
    body = (
        "<w:p><w:r><w:t>at least </w:t></w:r><w:ins><w:r><w:t>70</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>17</w:delText></w:r></w:del></w:p>"
    )
    document = read_document("x", made.zipped(made.docx_parts(body)))
    assert document.text == "at least 70\n"
    assert document.notes == ("1 deleted passages of tracked changes are not in the text layer",)


def two_pages():
    kids = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>"]
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 99]/Resources " + font + b"/Contents %d 0 R>>"
    drawn = [b"BT /F 12 Tf 9 50 Td (At least 17 killed) Tj ET", b"BT /F 12 Tf 9 50 Td (Second page) Tj ET"]
    streams = [b"<</Length %d>>stream\n%s\nendstream" % (len(text), text) for text in drawn]
    return made.pdf([*kids, page % 5, page % 6, *streams])


def test_a_pdf_knows_the_page_of_each_passage():
    document = read_document("x", two_pages())
    assert document.text == "At least 17 killed\fSecond page"
    assert document.page_starts == (0, 19)
    assert [document.page_of(offset) for offset in (0, 18, 19, 30)] == [1, 1, 2, 2]
    assert document.page_of(31) is None


def test_a_scanned_pdf_says_that_it_has_no_text():
    assert "type it by hand with its pages" in read_document("x", made.pdf_pages(2)).notes[-1]


def test_a_picture_that_nobody_may_preview_is_no_document():
    with pytest.raises(RefusedFile, match=r"is no document but image/svg\+xml"):
        read_document("x.txt", b"<svg></svg>")


def test_a_picture_is_described_without_decoding_it():
    picture = read_media(made.png(40, 30))
    assert (picture.mime, picture.width, picture.height, picture.why_not) == ("image/png", 40, 30, "")


def test_the_same_file_gives_the_same_layer():
    content = PAGE.format("utf-8").encode()
    assert read_document("page", content) == read_document("page", content)


def test_without_bubblewrap_every_strange_file_brings_a_warning(monkeypatch):
    monkeypatch.setattr(sandbox, "_walls", lambda *folders: ())
    with pytest.warns(IntakeWarning, match="no bubblewrap"):
        read_media(made.png(2, 2))


@pytest.mark.skipif(not sandbox._walls(), reason="bubblewrap is not on this machine, or user namespaces are forbidden")
def test_behind_bubblewrap_a_file_is_read_without_a_warning(recwarn):
    assert read_document("x", two_pages()).page_starts == (0, 19)
    assert not recwarn.list
