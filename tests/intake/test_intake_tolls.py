"""Tables of figures: bounds, categories, speakers, passages. All people are invented."""

import pytest

from esep.counts.categories import categories
from esep.errors import NotFound
from esep.intake.mapping import read_mapping
from esep.intake.numbers import qualifiers, read_bounds, read_phrase
from esep.intake.terms import read_words

TEXT = "According to them,\u00a0at least 70 people were killed."
TOLLS = "claim_id,source_id,category,value_low,value_high,qualifier,attributed_to,place,scope,note,as_of_date,copy_of\n"


def passage(doc, start, end):
    if doc != "doc1":
        raise NotFound(f"no document {doc}")
    return TEXT[start:end]


def tolls_of(drafts):
    return [draft.value for draft in drafts if draft.prop == "toll"]


def bounds_of(drafted, low, high, qualifier):
    (toll,) = tolls_of(drafted(TOLLS + f"C1,S,killed,{low},{high},{qualifier},,,,,,\n", "tolls"))
    return toll["low"], toll["high"], toll["hedge"], toll["word"]


@pytest.mark.parametrize(
    ("row", "bounds"),
    [
        (("17", "", "exact"), (17, 17, "exact", "exact")),
        (("17", "", ""), (17, 17, "exact", "")),
        (("17", "", "at_least"), (17, None, "at_least", "at_least")),
        (("100", "", "or_more"), (100, None, "at_least", "or_more")),
        (("500", "", "more_than"), (501, None, "more_than", "more_than")),
        (("500", "", "over"), (501, None, "more_than", "over")),
        (("200", "", "up_to"), (None, 200, "up_to", "up_to")),
        (("", "200", "up_to"), (None, 200, "up_to", "up_to")),
        (("40", "", "about"), (40, 40, "about", "about")),
        (("100", "", "nearly"), (100, 100, "about", "nearly")),
        (("70", "", "reached"), (70, 70, "exact", "reached")),
        (("15", "", "only"), (15, 15, "exact", "only")),
        (("7", "20", "range"), (7, 20, "range", "range")),
        (("7", "20", ""), (7, 20, "range", "")),
        (("", "", "several"), (3, None, "several", "several")),
        (("", "", "dozens"), (20, None, "dozens", "dozens")),
        (("", "", "hundreds"), (200, None, "hundreds", "hundreds")),
        (("", "", "thousands"), (2000, None, "thousands", "thousands")),
        (("", "", "unquantified"), (None, None, "unquantified", "unquantified")),
        (("0", "", "exact"), (0, 0, "exact", "exact")),
    ],
)
def test_a_number_becomes_bounds_by_the_written_conventions(drafted, row, bounds):
    assert bounds_of(drafted, *row) == bounds


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("C1,S,killed,,,exact,,,,,,", "the qualifier exact needs a number"),
        ("C1,S,killed,20,7,range,,,,,,", "the range runs from 20 down to 7"),
        ("C1,S,killed,7,,range,,,,,,", "a range needs its lower and its upper number"),
        ("C1,S,killed,7,20,at_least,,,,,,", "two numbers and the qualifier at_least"),
        ("C1,S,killed,300,,hundreds,,,,,,", "a number beside hundreds"),
        ("C1,S,killed,7,,perhaps,,,,,,", "the qualifier is not one that esep knows"),
        ("C1,S,killed,-7,,exact,,,,,,", "column 'value_low': '-7' is not a whole number"),
        ("C1,S,killed,,,,,,,,,", "the row gives no number"),
        ("C1,S,,7,,exact,,,,,,", "the number has no category"),
        ("C1,S,unicorns,7,,exact,,,,,,", "column 'category': the category is not one that esep knows"),
        ("C1,S,killed,7,,exact,,,,,31.02.2011,", "'2011-02-31' has day 31"),
        ("C1,S,killed,7,,exact,,,,,,S", "a source cannot be a copy of itself"),
    ],
)
def test_a_faulty_toll_is_rejected_with_its_reason(reasons, row, reason):
    (found,) = reasons(TOLLS + row + "\n", "tolls")
    assert reason in found


def test_every_word_of_the_qualifier_table_can_be_read():
    for word, rule in qualifiers().items():
        numbers = {"low": 5 if rule.needs_number else None, "high": 9 if rule.hedge == "range" else None}
        bounds = read_bounds(word, **numbers)
        assert bounds.low is None or bounds.high is None or bounds.low <= bounds.high


@pytest.mark.parametrize(
    ("text", "bounds"),
    [("100+", (100, None)), (">500", (501, None)), ("до 200", (None, 200)), ("7-20", (7, 20)), ("около 40", (40, 40)),
     ("more than 1 500", (1501, None)), ("сотни", (200, None)), ("22", (22, 22)),
        ("3 человека", (3, 3))],
)  # fmt: skip
def test_one_cell_may_hold_number_and_qualifier(text, bounds):
    found = read_phrase(text, header="n")
    assert (found.low, found.high) == bounds


def test_a_toll_keeps_who_said_it_through_whom_and_of_whom(drafted):
    row = "C1,S1,hospitalized,40,,about,witness K. > press service > newspaper,Shetpe,gunshot,no released,2011-12-18,\n"
    (toll,) = tolls_of(drafted(TOLLS + row, "tolls"))
    assert toll["said_by"] == ["witness K.", "press service", "newspaper"]
    assert toll["scope"] == {"place": "Shetpe", "who": "gunshot", "note": "no released"}
    assert (toll["as_of"], toll["counts_people"], toll["casualty"]) == ("2011-12-18", True, False)


def test_r16_a_severity_narrows_who_is_counted_and_exclusions_are_a_list(drafted):
    text = "category,value,severity,excludes,extent\ninjured,около 40,severe,released; in Shetpe,subset\n"
    (toll,) = tolls_of(drafted(text, "tolls"))
    assert (toll["low"], toll["high"], toll["hedge"], toll["is_subset"]) == (40, 40, "about", True)
    assert toll["scope"] == {"who": ["severe"], "severity": "severe", "excludes": ["released", "in Shetpe"]}


def test_the_categories_agree_with_those_that_are_counted():
    ours = {
        row["status"]: (row["counts_people"] == "yes", row["casualty"] == "yes") for row in read_words("categories.csv")
    }
    counted = {name: (found.people, found.is_casualty) for name, found in categories().items()}
    assert ours == {name: counted.get(name) for name in ours}


def test_a_hand_made_claim_keeps_its_own_chain_of_speakers(drafted):
    text = "subject,prop,value,said_by\nperson:M1,name,A,witness > recorder\nperson:M1,age,11,officials\n"
    drafts = drafted(text, "claims")
    assert [draft.locator[0]["said_by"] for draft in drafts] == [["witness", "recorder"], ["officials"]]


def test_r28_other_numbers_of_people_and_of_things_are_no_casualties(drafted):
    words = ("killed", "injured", "missing", "detained", "fired", "troops_deployed", "crowd", "buildings_burned")
    rows = "".join(f"C{at},S,{word},5,,exact,,,,,,\n" for at, word in enumerate(words))
    tolls = tolls_of(drafted(TOLLS + rows, "tolls"))
    assert [toll["status"] for toll in tolls if toll["casualty"]] == ["killed", "injured", "missing", "detained"]
    assert [toll["category"] for toll in tolls if not toll["counts_people"]] == ["buildings_burned"]
    assert [toll["status"] for toll in tolls[4:6]] == ["dismissed", "troops"]


def test_two_categories_in_one_number_are_marked_not_separable(drafted):
    (toll,) = tolls_of(drafted(TOLLS + "C1,S,injured+missing,,,hundreds,,,,,,\n", "tolls"))
    assert (toll["status"], toll["separable"], toll["casualty"]) == ("injured+missing", False, True)


def test_a_mapping_may_add_a_category(drafted):
    mapping = read_mapping("[categories]\nunicorns = false\n")
    (toll,) = tolls_of(drafted(TOLLS + "C1,S,unicorns,7,,exact,,,,,,\n", "tolls", mapping=mapping))
    assert (toll["status"], toll["counts_people"]) == ("unicorns", False)


def test_a_copy_sets_the_root_of_its_source_once(drafted):
    rows = "C1,S2,killed,1,,exact,,,,,,S1\nC2,S2,killed,2,,exact,,,,,,S1\n"
    copies = [draft for draft in drafted(TOLLS + rows, "tolls") if draft.prop == "reprint_of"]
    assert [(draft.subject, draft.value, draft.source) for draft in copies] == [
        ("source:S2", "source:S1", "source:made")
    ]


def test_an_id_given_twice_is_rejected_with_the_row_that_has_it(reasons):
    rows = "C1,S,killed,1,,exact,,,,,,\nC1,S,killed,2,,exact,,,,,,\n"
    assert reasons(TOLLS + rows, "tolls") == ["toll:C1 stands already in row 1"]


QUOTING = "claim_id,category,value_low,qualifier,doc,start,end,quote\n"


def test_a_quoted_passage_is_held_against_the_document(drafted):
    at = TEXT.index("at least")
    quote = "\u00a0at least 70 people"
    drafts = drafted(QUOTING + f"C1,killed,70,at_least,doc1,{at - 1},{at + 18},{quote}\n", "tolls", passage=passage)
    (toll,) = [draft for draft in drafts if draft.prop == "toll"]
    assert toll.locator[0] == {"role": "quote", "doc": "source:doc1", "start": at - 1, "end": at + 18}
    assert toll.source == "source:doc1"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("doc1,19,37,at least 71 people", "does not read as quoted"),
        ("doc1,19,37, at least 70 peopl", "does not read as quoted"),
        ("doc2,19,37,at least 70 people", "no document doc2"),
        ("doc1,,,at least 70 people", "needs its start and end"),
        (",19,37,at least 70 people", "a passage but no document"),
    ],
)
def test_a_quotation_that_does_not_stand_there_rejects_the_row(reasons, place, reason):
    (found,) = reasons(QUOTING + f"C1,killed,70,at_least,{place}\n", "tolls", passage=passage)
    assert reason in found
