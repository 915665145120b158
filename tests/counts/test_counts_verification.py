"""The rule of verification: what lifts a level, what never does, and that the order of hearing changes nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.counts.verification import LEVELS, Finding, Voice, read_finding, verify

SIGNED = {"by": "A. Reader", "reason": "compared both"}
voice = st.builds(
    Voice,
    statement=st.uuids().map(str),
    source=st.sampled_from("pqr"),
    root=st.sampled_from("abc"),
    origin=st.sampled_from(("X", "Y", "Z", None)),
    is_held=st.booleans(),
    is_relay=st.booleans(),
)
voices = st.lists(voice, min_size=1, max_size=7)


def finding(verdict, standing="stored", **more):
    return Finding("c1", verdict, "A. Reader", "compared both", "source:E", standing, **more)


@settings(deadline=None, max_examples=60)
@given(voices)
def test_independent_voices_share_neither_root_nor_speaker_and_are_two_or_none(heard):
    found = verify(heard).independent
    assert len(found) != 1
    assert len({one.root for one in found}) == len({one.origin for one in found}) == len(found)
    assert all(one.is_held and one.origin and not one.is_relay for one in found)


@settings(deadline=None, max_examples=60)
@given(voices, st.randoms())
def test_the_order_in_which_voices_are_heard_changes_nothing(heard, random):
    shuffled = list(heard)
    random.shuffle(shuffled)
    assert verify(shuffled).independent == verify(heard).independent


@settings(deadline=None, max_examples=60)
@given(voices, voice)
def test_another_voice_never_lowers_a_level(heard, one):
    assert LEVELS.index(verify([*heard, one]).level) >= LEVELS.index(verify(heard).level)


@settings(deadline=None, max_examples=60)
@given(voices)
def test_two_fitting_voices_are_found_whenever_there_are_two(heard):
    fit = [one for one in heard if one.is_held and one.origin and not one.is_relay]
    exist = any(a.root != b.root and a.origin != b.origin for a in fit for b in fit)
    assert (verify(heard).level == "corroborated") == exist


@settings(deadline=None, max_examples=40)
@given(voices, st.sampled_from(("supports", "documents", "refutes")))
def test_what_is_cited_and_not_held_changes_no_level_and_is_listed(heard, verdict):
    found = verify(heard, [finding(verdict, "wanted", independent=True)])
    assert found.level == verify(heard).level
    assert ("c1", "source:E is cited and not held") in found.set_aside


def test_of_documented_and_refuted_the_later_holds_and_both_stay():
    alone = [Voice("t", "p", "a", None)]
    found = verify(alone, [finding("documents"), replace(finding("refutes"), claim="c2")])
    assert (found.level, len(found.grounds), len(found.against)) == ("refuted", 1, 1)
    assert verify(alone, [finding("refutes"), finding("documents")]).level == "documented"


def test_what_speaks_for_a_refuted_statement_stays_beside_the_refutation():
    heard = [Voice("t1", "p", "a", "X"), Voice("t2", "q", "b", "Y")]
    found = verify(heard, [finding("supports", independent=True), finding("refutes")])
    assert (found.level, len(found.against)) == ("refuted", 2)
    assert "but p (X) and q (Y)" in found.text()


@pytest.mark.parametrize("verdict", ["documents", "refutes"])
def test_both_sides_need_evidence_whose_file_is_held(verdict):
    assert verify([], [finding(verdict, "known")]).level == "reported"
    assert verify([], [replace(finding(verdict, "not named"), evidence=None)]).level == "reported"
    assert verify([], [finding(verdict)]).level == {"documents": "documented", "refutes": "refuted"}[verdict]


def test_a_pair_recorded_as_not_independent_no_longer_counts_as_two():
    heard = [Voice("t1", "p", "a", "X"), Voice("t2", "q", "b", "Y")]
    assert verify(heard).level == "corroborated"
    found = verify(heard, [finding("supports", statement="t2", independent=False)])
    assert found.level == "reported"
    assert ("t2", "recorded as not independent") in found.set_aside


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("yes", "no object"), ({"finding": "supports"}, "no by and no reason"), ({**SIGNED}, "not one of"),
        ({**SIGNED, "finding": "proves"}, "not one of"),
        ({**SIGNED, "finding": "supports", "independent": "yes"}, "neither true nor false"),
    ],
)  # fmt: skip
def test_what_is_no_finding_says_why(value, why):
    assert why in read_finding(value, claim="c", evidence=None, standing="not named")
