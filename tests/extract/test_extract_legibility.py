"""Numbers of a scan that need a second look reach the proposals that rest on them."""

from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from esep.extract import extract_text
from esep.extract.legibility import legibility_of

TEXT = "Police detained 128 protesters in Primersk on 3 March 2031."


def words(text, **doubts):
    found, at = [], 0
    for part in text.split():
        at = text.index(part, at)
        doubt = doubts.get(f"n{part}", "")
        found.append(SimpleNamespace(start=at, end=at + len(part), confidence=60 if doubt else 95, doubt=doubt))
    return found


def quantity(text=TEXT):
    (found,) = (p for p in extract_text(text, name="made").proposals if p.kind == "quantity")
    return found


def test_a_doubtful_number_is_a_warning_of_its_proposal():
    read = legibility_of(quantity(), TEXT, words(TEXT, n128="read with a confidence of 60 %"))
    assert read.warnings == ("«128»: read with a confidence of 60 %",)
    assert read.confidence == 60


def test_a_doubt_elsewhere_is_no_warning_of_this_number():
    assert legibility_of(quantity(), TEXT, words(TEXT, n2031="x")).warnings == ()


def test_a_text_without_scanned_words_has_no_legibility():
    assert legibility_of(quantity(), TEXT, []) is None


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.integers(0, 60), st.integers(1, 60))
def test_exactly_the_words_that_overlap_a_span_are_under_it(lengths, start, length):
    found, at = [], 0
    for size in lengths:
        found.append(SimpleNamespace(start=at, end=at + size, confidence=90, doubt=""))
        at += size + 1
    span = SimpleNamespace(start=start, end=start + length, spans=())
    read = legibility_of(span, "x" * 400, found)
    expected = [word for word in found if word.start < start + length and start < word.end]
    assert list(read.words if read else ()) == expected
