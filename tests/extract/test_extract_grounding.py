"""Grounding: whatever is answered, what is proposed stands in the text and its number is the one we read there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.extract.answers import Answer
from esep.extract.assisting import windows_of
from esep.extract.grounding import Ungrounded, ground
from esep.extract.passages import read

TEXT = (
    "At least 70 people were killed in Primersk, said Ada Testwood,\u00a0a docker. Later 12 miners and 12 "
    "sailors were wounded;  more than 1,500 people fled. Ada Testwood fears that 9 children are dead. 🕯 Ада́ was there."
)
READ = {(70, None), (12, 12), (1501, None), (9, 9)}
(WINDOW,) = windows_of(read(TEXT))
WORDS = TEXT.split()
HONEST = ("At least 70 people were killed", "12 miners", "more than 1,500 people fled", "9 children", "Ada Testwood")


def quotes():
    """Pieces of the text, at words and inside them, some with one letter or the white space changed."""
    cut = st.tuples(st.integers(0, len(TEXT)), st.integers(1, 60)).map(lambda c: TEXT[c[0] : c[0] + c[1]])
    ends = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 12))
    run = ends.map(lambda c: " ".join(WORDS[c[0] : c[0] + c[1]]))
    changed = st.tuples(run, st.sampled_from("081lX ")).map(lambda c: c[0][:3] + c[1] + c[0][4:])
    return st.one_of(st.sampled_from(HONEST), run, cut, changed, st.text(max_size=12))


def some(words):
    """Mostly not said."""
    return st.one_of(st.none(), st.none(), st.none(), words)


BOUND = st.one_of(st.none(), st.sampled_from([9, 12, 70, 80, 500, 1500, 1501]), st.integers(0, 2000))
BOUNDS = st.one_of(st.sampled_from(sorted(READ, key=str)), st.tuples(BOUND, BOUND))
fields = st.fixed_dictionaries(
    {"bounds": BOUNDS, "category": st.sampled_from(["killed", "killed", "injured", "burnt"])},
    optional={
        "name": st.one_of(st.sampled_from(["Ada Testwood", "Primersk", "Ada"]), quotes()),
        "attributed_to": some(quotes()),
        "place": some(quotes()),
        "status": some(st.just("killed")),
        "status_words": quotes(),
    },
)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(["quantity", "person", "place", "organisation", "action"]), quotes(), fields)
def test_every_span_of_a_grounded_answer_reads_as_quoted_and_every_number_as_we_read_it(kind, quote, told):
    told = {**told, "low": told["bounds"][0], "high": told["bounds"][1]}
    try:
        found = ground(Answer(kind, quote, told), WINDOW, rule="made").proposal
    except Ungrounded:
        return
    for span in (found, *found.spans):
        assert TEXT[span.start : span.end] == span.quote
    if kind == "quantity":
        assert (found.value["lower"], found.value["upper"]) == (told["low"], told["high"])
        assert (told["low"], told["high"]) in READ


FIGURES = (("At least 70 people were killed", 70, None), ("12 miners", 12, 12), ("more than 1,500 people", 1501, None))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(FIGURES), st.integers(-60, 60).filter(bool))
def test_an_honest_figure_is_grounded_and_the_same_with_another_number_never(told, change):
    quote, low, high = told
    assert ground(figure(quote, low, high), WINDOW, rule="made").proposal.quote == quote
    with pytest.raises(Ungrounded):
        ground(figure(quote, max(0, low + change), high), WINDOW, rule="made")


def figure(quote, low, high=None, **more):
    return Answer("quantity", quote, {"low": low, "high": high, "category": "killed", **more})


def test_white_space_of_a_quote_may_differ_and_nothing_else():
    found = ground(figure("12 sailors were wounded; more", 12, 12), WINDOW, rule="made").proposal
    assert found.quote == "12 sailors were wounded;  more"
    with pytest.raises(Ungrounded):
        ground(figure("12 sailors were wounded, more", 12, 12), WINDOW, rule="made")


def test_a_quote_that_stands_twice_carries_a_warning():
    grounded = ground(Answer("person", "Ada Testwood", {"name": "Ada Testwood"}), WINDOW, rule="made")
    assert "stand 2 times" in grounded.warnings[0]


def test_two_equal_numbers_in_one_quote_are_not_guessed_between():
    with pytest.raises(Ungrounded, match="grammar"):
        ground(figure("12 miners and 12 sailors", 12, 12), WINDOW, rule="made")


def test_a_feared_figure_is_feared_whatever_is_answered():
    found = ground(figure("9 children are dead", 9, 9), WINDOW, rule="made").proposal
    assert found.value["stance"] == "feared"


def test_half_of_a_grouped_number_is_no_number():
    with pytest.raises(Ungrounded):
        ground(figure("500 people fled", 500, 500), WINDOW, rule="made")


def test_a_fate_needs_the_words_that_say_it_and_carries_a_warning():
    told = {"name": "Ada Testwood", "status": "killed", "status_words": "dead"}
    with pytest.raises(Ungrounded, match="status"):
        ground(Answer("person", "Ada Testwood", told), WINDOW, rule="made")
    long = "Ada Testwood fears that 9 children are dead"
    grounded = ground(Answer("person", long, told), WINDOW, rule="made")
    assert any("proposed by a model" in warning for warning in grounded.warnings)
