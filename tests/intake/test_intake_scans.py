"""Scans: pages read by tesseract, every word with its box, every doubtful number marked."""

import io
import re
from collections import Counter

import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein
from tests.intake.scanned_pages import ENGLISH, FOUR, page, pdf, png

from esep.errors import BadInput, RefusedFile
from esep.intake import ocr
from esep.intake.documents import read_document
from esep.intake.limits import Limits
from esep.intake.paged import Scanning
from esep.intake.scans import boxes_file, is_legible, read_boxes

needs_tesseract = pytest.mark.needs_tesseract


@pytest.fixture(scope="module")
def four():
    return read_document("four.png", png(page()))


def flat(text):
    return " ".join(text.split())


def wrong_share(read, truth):
    """Characters to change, of the characters there are."""
    return Levenshtein.distance(flat(read), flat(truth)) / len(flat(truth))


def numbers(text):
    return Counter(re.findall(r"\d+", text))


@needs_tesseract
def test_a_noisy_page_in_four_languages_is_read_with_every_number_right(four):
    assert wrong_share(four.text, FOUR) <= 0.015
    assert numbers(four.text) == numbers(FOUR)


@needs_tesseract
def test_every_word_of_the_layer_has_its_box_on_the_page(four):
    assert [four.text[word.start : word.end] for word in four.words] == four.text.split()
    (sheet,) = four.scanned
    for word in four.words:
        assert 0 <= word.x < word.x + word.width <= sheet.width
        assert 0 <= word.y < word.y + word.height <= sheet.height
        assert (word.page, four.page_of(word.start)) == (1, 1)


@needs_tesseract
def test_a_box_holds_the_ink_of_its_word(four):
    word = next(word for word in four.words if four.text[word.start : word.end] == "128")
    sheet = page(grain=0)
    ink = sheet.crop((word.x, word.y, word.x + word.width, word.y + word.height))
    around = sheet.crop((word.x - 30, word.y - 12, word.x - 6, word.y + word.height))
    assert ink.getextrema()[0] < 80
    assert around.getextrema()[0] > 200  # «128» begins its line: nothing stands left of it


@needs_tesseract
def test_a_page_lying_on_its_side_is_read_and_its_boxes_lie_on_the_page_as_it_is():
    upright = page(ENGLISH, inches=4)
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    read = read_document("lying.png", png(lying))
    assert numbers(read.text) == numbers(ENGLISH)
    assert any("turned by 90 degrees" in note for note in read.notes)
    word = next(word for word in read.words if read.text[word.start : word.end] == "protesters;")
    assert word.height > 3 * word.width


@needs_tesseract
def test_a_blank_page_has_an_empty_text_and_says_so():
    blank = read_document("blank.png", png(page("", inches=4)))
    assert (blank.text, blank.words, is_legible(blank.words)) == ("", (), False)
    assert "no text that can be read" in blank.notes[-1]


@needs_tesseract
def test_a_page_of_fifty_million_pixels_is_read_at_part_of_its_size():
    large = page(ENGLISH, grain=0).resize((5900, 8500))
    read = read_document("large.png", png(large, dpi=715))
    assert numbers(read.text) == numbers(ENGLISH)
    assert any("1/2 of its size" in note for note in read.notes)
    assert max(word.x + word.width for word in read.words) > 3000


@needs_tesseract
def test_a_picture_over_the_limit_of_pixels_is_refused_with_both_numbers():
    with pytest.raises(RefusedFile, match=r"100 x 100 pixels; 9000 is the most"):
        read_document("a.png", png(Image.new("L", (100, 100), 255)), limits=Limits(pixels=9000))


@needs_tesseract
@pytest.mark.parametrize("share", [0.02, 0.5])
def test_a_picture_that_is_cut_off_is_refused(share):
    whole = png(page(ENGLISH))
    with pytest.raises(RefusedFile, match="damaged"):
        read_document("cut.png", whole[: int(len(whole) * share)])


@needs_tesseract
def test_a_pdf_of_pictures_is_read_page_by_page():
    sheets = ("List of the harbour committee: 17 killed.\n", "35 people were detained.\n")
    made = pdf(*(page(sheet, grain=0, inches=3) for sheet in sheets))
    read = read_document("a.pdf", made)
    first, second = read.text.split("\f")
    assert numbers(first) == numbers("17")
    assert numbers(second) == numbers("35")
    assert read.page_starts == (0, len(first) + 1)
    word = next(word for word in read.words if read.text[word.start : word.end] == "35")
    assert (word.page, read.page_of(word.start)) == (2, 2)
    assert word.x + word.width <= 8.27 * 72  # points of the page, not pixels of our rendering


@needs_tesseract
def test_a_photograph_marked_as_turned_is_read_as_a_viewer_shows_it():
    exif = Image.Exif()
    exif[274] = 6  # shown turned by 90 degrees clockwise
    packed = io.BytesIO()
    upright = page("In all 35 people were detained by the police.\n", grain=5, inches=9)
    upright.transpose(Image.Transpose.ROTATE_90).save(packed, "JPEG", exif=exif)
    read = read_document("phone.jpg", packed.getvalue())
    assert numbers(read.text) == numbers("35")
    assert read.scanned[0].turned == 0
    assert read.scanned[0].width < read.scanned[0].height


@needs_tesseract
def test_every_page_of_a_tiff_is_read():
    packed = io.BytesIO()
    sheets = [page(f"In all {number} people were detained.\n", grain=0, inches=3) for number in (35, 36)]
    sheets[0].save(packed, "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_lzw")
    read = read_document("two.tiff", packed.getvalue())
    assert [numbers(text) for text in read.text.split("\f")] == [numbers("35"), numbers("36")]


@needs_tesseract
def test_an_english_page_is_read_as_english_when_nobody_names_the_languages():
    read = read_document("en.png", png(page(ENGLISH, inches=4)))
    assert not re.search("[а-яіїА-ЯІЇ]", read.text)


@needs_tesseract
def test_languages_without_data_are_named_with_what_to_install():
    with pytest.raises(RefusedFile, match="no data for xyz") as refusal:
        read_document("a.png", png(page("")), scanning=Scanning("eng+xyz"))
    assert "tesseract-ocr-xyz" in refusal.value.hint


def test_a_machine_without_tesseract_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    with pytest.raises(RefusedFile, match="no tesseract") as refusal:
        ocr.find_reader()
    assert "tesseract-ocr-kaz" in refusal.value.hint


def test_a_malformed_list_of_languages_is_refused_before_any_program_runs(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda name: "/bin/false")
    with pytest.raises(BadInput, match="no list of languages"):
        ocr.find_reader("rus --psm 0")


def test_a_pdf_of_pictures_without_tesseract_is_kept_with_a_note(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    read = read_document("a.pdf", pdf(Image.new("L", (200, 200), 90)))
    assert read.text == ""
    assert "1 of 1 pages are pictures and were not read: no tesseract" in read.notes[0]


@needs_tesseract
def test_boxes_survive_being_written(four):
    held = boxes_file(four.words, four.scanned)
    assert read_boxes(held) == four.words
    assert boxes_file(four.words, four.scanned) == held


@pytest.mark.parametrize("content", [b"", b"[]", b'{"format":"esep-boxes-9","words":[]}', b'{"format":"esep-boxes-1"}'])
def test_boxes_that_are_none_are_refused(content):
    with pytest.raises(BadInput, match="places of words"):
        read_boxes(content)
