"""Scans in a case: the text layer with its boxes, the warning that reaches proposals and claims."""

import json
from datetime import UTC, datetime

import pytest

from esep.case import create_case, extract_file
from esep.case.decisions import Decision
from esep.errors import RefusedFile
from esep.intake import ocr
from esep.ledger.acts import seeded_entropy
from tests.intake.scanned_pages import ENGLISH, page, png

NOW = datetime(2031, 3, 15, tzinfo=UTC)
pytestmark = pytest.mark.needs_tesseract


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("scans")
    text = "Ще З мешканці міста Приморське зникли 7 березня 2031 року.\n"
    (made / "list.png").write_bytes(png(page(text, grain=0, inches=3)))
    (made / "blank.png").write_bytes(png(page("", inches=3)))
    return made


@pytest.fixture(scope="module")
def case(folder):
    with create_case(
        folder / "case", title="t", actor="A", now=NOW, passphrase=None, entropy=seeded_entropy("x")
    ) as made:
        yield made


def test_a_scan_is_a_document_with_boxes_and_a_doubtful_number_is_proposed_with_a_warning(case, folder):
    added = case.add(folder / "list.png", actor="A", now=NOW, name="LIST")
    assert added.form == "document"
    case.extract(now=NOW)
    proposal = next(p for p in case.pending(kind="quantity"))
    assert "taken for 3" in proposal.payload["warnings"][0]
    assert "look_again" in case.proposals(kind="quantity").columns
    (word,) = (w for w in case.texts.words("LIST") if case.texts.passage("LIST", w.start, w.end) == "3")
    assert list(word.row()[2:7]) in proposal.payload["boxes"]
    case.record([Decision("accept", "seen", "R", "2031-03-15", proposal=proposal.id)], actor="R", now=NOW)
    (toll,) = json.loads(case.tolls().json())
    assert "taken for 3" in str(toll)
    assert case.verify().is_whole


def test_a_picture_without_text_stays_a_picture(case, folder):
    added = case.add(folder / "blank.png", actor="A", now=NOW)
    assert added.form == "media"
    assert "no text could be read" in added.notes[-1]


def test_without_tesseract_a_scan_is_kept_as_a_picture_with_the_way_to_read_it(case, folder, monkeypatch):
    (folder / "en.png").write_bytes(png(page(ENGLISH)))
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    added = case.add(folder / "en.png", actor="A", now=NOW)
    assert added.form == "media"
    assert "apt install" in added.notes[-1]


def test_a_file_gives_page_boxes_and_confidence_of_each_proposal(folder):
    for line in map(json.loads, extract_file(folder / "list.png").json().splitlines()):
        assert line["page"] == 1
        assert all(len(box) == 5 for box in line["boxes"])
        assert 0 <= line["ocr_confidence"] <= 1
        assert isinstance(line["warnings"], list)


def test_a_picture_without_words_has_one_plain_reason(folder):
    with pytest.raises(RefusedFile, match="no word could be read"):
        extract_file(folder / "blank.png")


