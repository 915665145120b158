"""Who is on which list: a copy is no second list."""

from datetime import UTC, datetime

import pytest

from esep.case import create_case
from esep.errors import WrongUse

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def case(tmp_path):
    table = tmp_path / "persons.csv"
    table.write_text(
        "mention id,name,roles,source_id,copy_of\nZ1,Anna Primer,killed,A,\nZ2,Boris Primer,killed,B,A\n", "utf-8"
    )
    with create_case(tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None) as made:
        made.add(table, actor="A", now=NOW, form="persons")
        yield made


def test_two_lists_that_go_back_to_one_source_are_refused(case):
    with pytest.raises(WrongUse, match="a copy is no second list"):
        case.captures(lists={"first": ["source:A"], "second": ["source:B"]})


def test_a_search_without_words_finds_nobody_on_any_day(case):
    assert len(case.people("!?")) == len(case.people("!?", known_on=NOW)) == 0
