"""The ledger appends, remembers when, and takes nothing back silently."""

from datetime import UTC, date, datetime, timedelta

import pytest

from esep.errors import LedgerError, NotFound, RefusedClaim, WrongKey, WrongUse
from esep.ledger import projections
from esep.ledger.acts import Act, seeded_entropy
from esep.ledger.claims import Draft
from esep.ledger.ledger import Ledger
from esep.ledger.proposals import same_pair
from esep.ledger.verifying import verify

DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)
KEY = bytes(range(32))


def act(days: int = 0, actor: str = "Recorder A") -> Act:
    return Act(actor, DAY + timedelta(days=days), "test")


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def ledger(tmp_path, request):
    made = Ledger.create(tmp_path / "case.db", key=request.param, case="test", entropy=seeded_entropy("t"))
    yield made
    made.close()


def named(record: str, name: str, **more) -> Draft:
    return Draft(record, "name", name, **more)


def test_a_claim_comes_back_as_it_was_written(ledger):
    draft = named("person:1", "Каримова А\u00a0Б", source="source:S", locator=({"role": "name", "start": 3, "end": 9},),
                  lang="ru", original="Каримовой")  # fmt: skip
    ledger.write([draft], act())
    (claim,) = ledger.claims()
    assert (claim.subject, claim.value, claim.source, claim.locator, claim.lang, claim.original) == (
        draft.subject, draft.value, draft.source, draft.locator, draft.lang, draft.original)  # fmt: skip


def test_zero_unknown_and_withheld_are_different(ledger):
    ledger.write([Draft("person:1", "children", 0), Draft("person:1", "age", state="unknown"),
                  Draft("person:1", "home", state="withheld")], act())  # fmt: skip
    assert [(claim.value, claim.state) for claim in ledger.claims()] == [
        (0, "stated"), (None, "unknown"), (None, "withheld")]  # fmt: skip


def test_known_on_a_day_is_everything_written_by_its_end(ledger):
    ledger.write([named("person:1", "A")], act(0))
    ledger.write([named("person:2", "B")], act(1))
    day = DAY.date()
    assert [ledger.position(day + timedelta(days=n)) for n in (-1, 0, 1)] == [0, 1, 2]
    assert [claim.value for claim in ledger.claims(known_on=day)] == ["A"]


def test_a_retracted_claim_was_still_known_before(ledger):
    ledger.write([named("person:1", "A")], act(0))
    (claim,) = ledger.claims()
    ledger.write([Draft("person:1", "name", {"reason": "misread"}, op="retract", target=claim.cid)], act(1))
    assert list(ledger.claims()) == []
    assert [found.value for found in ledger.claims(known_on=DAY.date())] == ["A"]
    assert len(list(ledger.claims(withdrawn=True))) == 2


def test_an_erased_value_is_gone_and_the_tree_still_verifies(ledger, tmp_path):
    ledger.write([named("person:1", "Тайное имя"), named("person:2", "B")], act(0))
    (claim, _) = ledger.claims()
    ledger.erase([claim.cid], act(1), reason="consent withdrawn")
    assert list(verify(ledger)) == []
    tombstone = next(ledger.claims(withdrawn=True))
    assert tombstone.erased
    assert tombstone.value is None
    assert "Тайное имя".encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_batch_with_one_bad_claim_stores_nothing(ledger):
    drafts = [named("person:1", "A"), Draft("person:1", "same", {}, target="person:9")]
    with pytest.raises(NotFound, match="person:9"):
        ledger.write(drafts, act())
    assert list(ledger.claims()) == []
    assert list(verify(ledger)) == []


@pytest.mark.parametrize(("left", "right"), [("person:1", "person:1"), ("person:1", "event:1"), ("toll:1", "toll:2")])
def test_a_judgement_is_about_two_records_of_one_kind(ledger, left, right):
    ledger.write([named(record, "A") for record in ("person:1", "event:1", "toll:1", "toll:2")], act())
    with pytest.raises(RefusedClaim):
        ledger.write([Draft(left, "same", {}, target=right)], act())


def test_a_judgement_about_an_unknown_record_is_refused(ledger):
    ledger.write([named("person:1", "A")], act())
    with pytest.raises(NotFound, match="no record person:2"):
        ledger.write([Draft("person:1", "same", {}, target="person:2")], act())


def test_claims_cannot_be_changed_or_deleted(ledger):
    ledger.write([named("person:1", "A")], act())
    for sql in ("UPDATE claim SET prop = 'x'", "DELETE FROM claim", "DELETE FROM claim_value", "DELETE FROM batch",
                "UPDATE claim_value SET value = '1'"):  # fmt: skip
        with pytest.raises(LedgerError, match=r"never|only"):
            ledger.database.run(sql)


def test_a_clock_that_went_back_loses_no_report(ledger):
    ledger.write([named("person:1", "A")], act(5))
    ledger.write([named("person:2", "B")], act(0))
    (at, note) = ledger.database.one("SELECT at, note FROM batch WHERE number = 2")
    assert at == "2026-01-06T12:00:00Z"
    assert "2026-01-01T12:00:00Z" in note


def test_a_program_run_again_proposes_nothing_new(ledger):
    ledger.write([named("person:1", "A"), named("person:2", "A")], act())
    pair = same_pair("person:2", "person:1", payload={"reasons": ["same key"]}, rule="key-1")
    assert ledger.propose([pair], act(1, "run:key-1")) is not None
    assert ledger.propose([pair, pair], act(2, "run:key-1")) is None
    assert list(ledger.proposals()) == [pair]
    assert list(ledger.proposals(known_on=DAY.date())) == []
    assert list(verify(ledger)) == []


def test_a_proposal_joins_nobody(ledger):
    ledger.write([named("person:1", "A"), named("person:2", "A")], act())
    ledger.propose([same_pair("person:1", "person:2", payload={}, rule="key-1")], act(1))
    assert len(projections.stored(ledger)["entry"]) == 2


def test_the_wrong_key_opens_nothing(tmp_path):
    Ledger.create(tmp_path / "case.db", key=KEY, case="t").close()
    with pytest.raises(WrongKey):
        Ledger.open(tmp_path / "case.db", key=bytes(32))
    with pytest.raises(WrongKey):
        Ledger.open(tmp_path / "case.db", key=None)


def test_an_encrypted_case_holds_no_plain_words(tmp_path):
    ledger = Ledger.create(tmp_path / "case.db", key=KEY, case="t")
    ledger.write([named("person:1", "Canary Қанарейка")], act())
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Canary" not in stored
    assert b"person:1" not in stored
    ledger.close()


def test_the_same_acts_give_the_same_root(tmp_path):
    roots = []
    for name in ("a", "b"):
        ledger = Ledger.create(tmp_path / name, key=None, case="t", entropy=seeded_entropy("seed"))
        roots.append(ledger.write([named("person:1", "A")], act()).root)
        ledger.close()
    assert roots[0] == roots[1]


def test_an_act_needs_an_actor_and_a_time_zone():
    with pytest.raises(WrongUse, match="actor"):
        Act(" ", DAY, "test")
    with pytest.raises(WrongUse, match="time zone"):
        Act("A", datetime(2026, 1, 1), "test")


def test_a_date_is_a_position(ledger):
    assert ledger.position(date(2030, 1, 1)) == 0


def test_half_of_a_character_is_refused_and_leaves_nothing(ledger):
    for drafts, actor in (([named("person:1", "\udcff")], "A"), ([named("person:1", "A")], "\udcff")):
        with pytest.raises(RefusedClaim, match="surrogate"):
            ledger.write(drafts, act(actor=actor))
    assert ledger.position() == 0
