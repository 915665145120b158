"""Contacts are in no listing and answer no search, whichever kind of record holds them."""

from datetime import UTC, datetime

import pytest

from esep.case import create_case

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = (
    "subject,prop,value\ndemand:1,demand,higher pay\ndemand:1,protected:phone,555 01 02\n"
    "event:1,summary,a meeting\nevent:1,protected:giver,Primerova\n"
)


@pytest.fixture
def case(tmp_path):
    (tmp_path / "claims.csv").write_text(ROWS, encoding="utf-8")
    with create_case(tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None) as made:
        made.add(tmp_path / "claims.csv", actor="A", now=NOW, form="claims")
        yield made


def test_a_contact_behind_a_demand_is_in_no_listing(case):
    assert "555" not in case.demands().json()


def test_the_giver_of_an_event_is_found_by_no_search(case):
    assert len(case.events("meeting")) == 1
    assert len(case.events("Primerova")) == 0
