"""Parts, sentences, languages, defects; spans that are always exact."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.errors import ExtractError
from esep.extract import extract_text
from esep.extract.language import language_of
from esep.extract.sentences import sentences_of

PIECES = st.sampled_from(
    [
        "At least 70 people",
        "\u00a0",
        "\r\n",
        "\n\n",
        "were killed",
        " in Shetpe. ",
        "погибли",
        " 12 человек",
        "Го\u0301рный",
        "e\u0301",
        "😀",
        " said ",
        "On December 16th ",
        "Ақтауда ",
        "жараланды",
        "поранено ",
        "“",
        "”",
        "(",
        "20 000",
        " and ",
        "Daniyar Sarbasov",
        ", ",
        "1,500",
        "-",
        "demanded ",
        "ẞ",
        "İ",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join).filter(str.strip))
def test_every_span_of_every_proposal_is_an_exact_quote(text):
    for proposal in extract_text(text, name="s").proposals:
        assert text[proposal.start : proposal.end] == proposal.quote
        assert all(text[span.start : span.end] == span.quote for span in proposal.spans)


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1, max_size=300).filter(lambda t: t.strip() and "\x00" not in t and "\ufffd" not in t))
def test_any_text_is_read_without_an_error(text):
    for sentence in sentences_of(text):
        assert text[sentence.start : sentence.end].strip()
    extract_text(text, name="s")


def test_a_file_of_two_texts_has_two_parts_with_their_own_dates():
    body = "Twelve people were wounded in the square when the troops came, and nobody has told their relatives where."
    one = f"First report\n\n{body}\n\nDistributed by Dala Gazette, 25.12.2011."
    two = f"Second report\n\n{body}\n\nDistributed by Tau Herald, 3.01.2012."
    text = f"{one}\n\n{two}"
    parts = extract_text(text, name="s").parts
    assert [(p.title, p.published, p.publisher) for p in parts] == [
        ("First report", "2011-12-25", "Dala Gazette"),
        ("Second report", "2012-01-03", "Tau Herald"),
    ]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Twelve people were wounded.", "en"),
        ("Погибли двенадцать человек.", "ru"),
        ("Загинули дванадцять осіб.", "uk"),
        ("Влада спростувала загибель людей.", "uk"),
        ("Он екі адам қаза тапты.", "kk"),
        ("В Жаңаөзене погибли люди.", "ru"),
        ("Жеті белсенді сотталды.", "kk"),
    ],
)
def test_language_is_found_for_each_sentence(sentence, language):
    assert language_of(sentence) == language


def test_an_initial_and_an_abbreviation_do_not_end_a_sentence():
    text = "N.A. Berikova and Dr. Omarov spoke. В 2011 г. в г. Актау было тихо."
    assert [text[s.start : s.end] for s in sentences_of(text)] == [
        "N.A. Berikova and Dr. Omarov spoke.",
        "В 2011 г. в г. Актау было тихо.",
    ]


def test_lost_links_credits_and_quotation_marks_are_reported_with_their_place():
    text = "They beat two men. (\n\nPhoto courtesy:\n\nHe said “so be it. She said “no” then.\n\nIt ended.”"
    assert {d.kind for d in extract_text(text, name="s").defects} == {
        "lost_link",
        "lost_credit",
        "unbalanced_quotes",
        "stray_closing_quote",
    }


def test_a_clean_text_has_no_defects():
    assert extract_text("He said “so be it” (twice). Photo: A. Berikova.", name="s").defects == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no text"),
        (" \n ", "no text"),
        ("a\x00b", "not text"),
        ("\ufffd" * 9, "not text"),
        ("ab " * 17_000_000, "more than"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(text, words):
    with pytest.raises(ExtractError, match=words) as caught:
        extract_text(text, name="letter.txt")
    assert caught.value.hint
    assert "letter.txt" in str(caught.value)


def test_json_lines_hold_the_names_of_the_outer_format():
    line = extract_text("At least 17 people died in Aktau.", name="a.txt").json_lines().splitlines()
    record = next(json.loads(row) for row in line if '"quantity"' in row)
    assert list(record) == [
        "doc",
        "kind",
        "start",
        "end",
        "quote",
        "category",
        "low",
        "high",
        "hedge",
        "as_of",
        "event_date",
        "place",
        "attributed_to",
        "polarity",
        "scope",
    ]


def test_the_same_text_gives_the_same_keys():
    text = "At least 17 people died in Aktau."
    first, second = (extract_text(text, name="a").proposals for _ in range(2))
    assert [p.key("00") for p in first] == [p.key("00") for p in second]


def test_every_rule_has_an_id_of_its_own():
    from esep.extract.lexicon import LANGUAGES, _rules

    for language in LANGUAGES:
        ids = [rule.id for rule, _ in _rules(language)]
        assert len(ids) == len(set(ids))
        assert all(identifier.startswith(language + ".") for identifier in ids)


@pytest.mark.needs_shared
def test_document_003_falls_into_its_five_texts(shared):
    text = (shared / "seeds" / "003_fc4ab8a24656034a.txt").read_bytes().decode()
    found = extract_text(text, name="003")
    assert [(p.start, p.end, p.published) for p in found.parts] == [
        (0, 376, None),
        (379, 7226, "2012-01-11"),
        (7228, 16520, "2011-12-25"),
        (16522, 21438, "2011-12-21"),
        (21440, 24908, None),
    ]
    assert {22153, 24017, 17398, 24907} <= {d.start for d in found.defects}


@pytest.mark.needs_shared
def test_document_003_gives_no_fate_to_those_who_had_none(shared):
    text = (shared / "seeds" / "003_fc4ab8a24656034a.txt").read_bytes().decode()
    fated = {p.value["name"] for p in extract_text(text, name="003").of_kind("person") if p.value["status"]}
    assert fated == {"Natalia Sokolova", "Natalia Sokolovaya", "Zhaksylyk Turban", "Zhansaule Karabalaeva"}
