"""Nobody who may not be shown is in any published byte."""

import csv
import io
import json

import pytest

from esep.ledger.claims import Draft
from esep.names.keys import search_key
from esep.people.persons import person
from esep.publish.redaction import redaction
from esep.publish.rules import RULES
from esep.publish.view import gather
from tests.publish.conftest import ACT, CANARIES, make_ledger, status


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_withheld_stands_in_any_published_byte(texts, canary):
    assert [path for path, text in texts.items() if canary.casefold() in text.casefold()] == []


def test_hidden_names_do_not_appear_as_search_keys_either(texts):
    hidden = {search_key(name) for name in ("Witnesska", "Свидетелова", "Kinova", "Hiddenov")}
    words = set(search_key(texts["assets/people-index.js"]).split())
    assert not hidden & words


def test_only_people_with_a_recorded_basis_and_a_status_have_a_page(view):
    assert sorted(one.records for one in view.people) == [("A1", "relatives-of-testova/2"), ("G1",), ("M1",)]


def test_a_witness_has_no_page_even_with_a_basis_and_a_status(ledger):
    assert RULES.why_not(person(ledger, "person:W1")).startswith("a witness")


def test_who_lacks_a_basis_is_counted_and_said_to_be_left_out(view, texts):
    assert view.not_shown["no recorded basis for showing"] == 1
    assert "no recorded basis for showing" in texts["method.html"]
    detained = next(cell for cell in view.tally.states if cell.key == ("detained",))
    assert (detained.low, len(view.shown_in(detained))) == (2, 1)


def test_an_official_status_is_never_shown():
    ledger = make_ledger()
    ledger.write([Draft("person:M1", "status", status("charged", side="official"))], ACT)
    assert "M1" not in {record for one in gather(ledger, title="t").people for record in one.records}


def test_withdrawing_the_basis_takes_the_page_away():
    ledger = make_ledger()
    basis = next(ledger.claims(subjects=["person:M1"], props=["public_basis"]))
    ledger.write([Draft("person:M1", "public_basis", {"reason": "asked for"}, op="retract", target=basis.cid)], ACT)
    assert "M1" not in {record for one in gather(ledger, title="t").people for record in one.records}


def test_an_erased_value_is_gone_and_its_place_says_so():
    ledger = make_ledger()
    claim = next(ledger.claims(subjects=["person:A1"], props=["outcome"]))
    ledger.erase([claim.cid], ACT, reason="asked for by the family")
    made = gather(ledger, title="t")
    assert all("taken to hospital" not in str(one.facts) for one in made.people)
    assert [(one.prop, one.act, one.reason) for one in made.corrections] == [
        ("outcome", "erased", "asked for by the family")
    ]


def test_a_witness_is_called_by_role_and_number(view):
    speakers = {toll.id: toll.speaker for _, toll in view.tolls.statements}
    assert speakers["toll:T1"] == speakers["toll:T3"] == "witness 1, name not shown"
    assert speakers["toll:T4"] == "Minister Ministrov"


def test_a_text_that_names_a_hidden_person_is_withheld_and_marked(view):
    shown = next(one for one in view.people if one.is_named and "A1" in one.records)
    circumstance = next(fact for fact in shown.facts if fact.prop == "circumstance")
    assert (circumstance.value, circumstance.state) == (None, "withheld")


def test_no_private_person_is_tied_to_arson(view):
    arson = next(event for event in view.events if event.types == ("arson",))
    assert (arson.actors, arson.withheld) == ((), 1)


def test_every_spelling_of_a_hidden_name_is_caught(ledger):
    guard = redaction([person(ledger, "person:W1")], [], rules=RULES)
    assert not guard.allows("сказала Сауле Свидетелова")
    assert not guard.allows("Svidetelova said")
    assert not guard.allows("Witnesska’s list")
    assert guard.allows("somebody said")


def test_an_unpublished_source_has_neither_title_nor_id(view):
    hidden = next(source for source in view.sources.values() if source.public_id.startswith("unpublished-"))
    assert (hidden.title.text, hidden.address, hidden.publisher) == (
        f"Unpublished source {hidden.public_id[-8:]}", None, None,
    )  # fmt: skip


def test_downloads_have_the_columns_of_the_allow_list_and_no_other(texts):
    for name, columns in RULES.downloads.items():
        header = next(csv.reader(io.StringIO(texts[f"data/{name}.csv"])))
        rows = json.loads(texts[f"data/{name}.json"])
        assert tuple(header) == columns
        assert {tuple(row) for row in rows} <= {columns}


def test_claims_of_people_have_only_allowed_properties(texts):
    rows = json.loads(texts["data/claims.json"])
    assert {row["what"] for row in rows} <= set(RULES.person_props)


def test_a_proposed_identity_is_never_published(ledger):
    made = make_ledger()
    made.write([Draft("person:A1", "different", {"reason": "two people"}, target="person:relatives-of-testova/2")], ACT)
    records = [one.records for one in gather(made, title="t").people]
    assert ("A1",) in records


def test_a_hidden_name_of_short_or_shared_words_is_caught_as_a_whole(ledger):
    made = make_ledger()
    names = {"H2": "Ким Ян", "H3": "Aigul Minister", "M1": "Dana Minister"}
    made.write([Draft(f"person:{record}", "name", name) for record, name in names.items()], ACT)
    people = [person(made, f"person:{record}") for record in ("A1", "H2", "H3", "M1")]
    guard = redaction(people, [], rules=RULES)
    assert not guard.allows("Ким Ян was beaten")
    assert not guard.allows("with Aigul Minister")
    assert guard.allows("with Aigul Testova")


def test_a_telephone_number_in_free_text_is_withheld():
    made = make_ledger()
    made.write([Draft("person:A1", "cause", "ask 8 701 999 88 77"), Draft("event:E1", "response", "a@b.example")], ACT)
    view = gather(made, title="t")
    assert "999 88" not in str(view.people)
    assert "a@b" not in str(view.events)


def test_a_correction_of_what_was_never_shown_is_not_listed():
    made = make_ledger()
    private = next(made.claims(subjects=["person:A1"], props=["x:private note"]))
    made.write([Draft("person:A1", private.prop, {"reason": "wrong"}, op="retract", target=private.cid)], ACT)
    assert gather(made, title="t").corrections == ()
