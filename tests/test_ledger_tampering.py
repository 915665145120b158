"""What an intruder can change in a plain database, and what another open program keeps from being done."""

from datetime import UTC, datetime

import pytest

from esep.case import create_case
from esep.errors import Damaged, Locked
from esep.ledger.acts import Act
from esep.ledger.claims import Draft
from esep.ledger.proposals import same_pair
from esep.ledger.sqlite import SqliteDatabase

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ACT = Act("A", NOW, "test")


@pytest.fixture
def case(tmp_path):
    with create_case(tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None) as made:
        made.ledger.write([Draft("person:1", "name", "Anna Primerova"), Draft("person:2", "name", "Anna P.")], ACT)
        made.ledger.propose([same_pair("person:1", "person:2", payload={}, rule="r")], ACT)
        yield made


def tamper(case, sql):
    other = SqliteDatabase(case.path / "ledger.db", key=None)
    triggers = list(other.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name, _ in triggers:
        other.run(f"DROP TRIGGER {name}")
    other.run(sql)
    for _, text in triggers:
        other.run(text)
    other.close()


@pytest.fixture
def reader(case):
    """Another program in the middle of reading; our own waits for it only a moment."""
    case.ledger.database.run("PRAGMA busy_timeout = 10")
    other = SqliteDatabase(case.path / "ledger.db", key=None)
    other.run("BEGIN")
    other.one("SELECT count(*) FROM claim")
    yield other
    other.close()


def test_a_proposal_that_pretends_to_have_come_earlier_is_found(case):
    tamper(case, "UPDATE proposal SET batch = 1")
    (finding,) = case.verify().findings
    assert "another batch" in str(finding)


def test_a_damaged_cell_is_told_without_its_words(case):
    tamper(case, "UPDATE claim_value SET value = CAST(CAST(value AS BLOB) || x'ff' AS TEXT) WHERE seq = 3")
    with pytest.raises(Damaged) as error:
        list(case.ledger.claims())
    assert "Primerova" not in str(error.value)


def test_an_erasure_says_when_another_program_keeps_the_words_on_the_disk(case, reader):
    claim = next(iter(case.ledger.claims(props=["name"])))
    with pytest.raises(Locked, match="is recorded"):
        case.erase([claim.cid], reason="asked for", actor="A", now=NOW)
    assert case.ledger.claim(claim.cid).erased


def test_no_backup_is_made_of_half_a_case(case, reader, tmp_path):
    case.ledger.write([Draft("person:3", "name", "B")], ACT)
    with pytest.raises(Locked):
        case.backup(tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()
