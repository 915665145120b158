"""A name is found in any spelling (R10)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from esep.ledger.acts import Act, seeded_entropy
from esep.ledger.claims import Draft
from esep.ledger.ledger import Ledger
from esep.people.listing import page, search

NAMES = ("Гүлнар Кәрімова", "Ерлан Тестов", "Natalia Sokolova", "Жанар Қасымқызы", "محمد علي")


@pytest.fixture
def ledger():
    made = Ledger.create(Path(":memory:"), key=None, case="t", entropy=seeded_entropy("s"))
    drafts = [Draft(f"person:{number}", "name", name) for number, name in enumerate(NAMES)]
    made.write(drafts, Act("A", datetime(2026, 1, 1, tzinfo=UTC), "test"))
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("каримова", NAMES[0]), ("КАРИМОВА", NAMES[0]), ("Karimova Gulnar", NAMES[0]), ("гүлнар", NAMES[0]),
        ("Sokolov", NAMES[2]), ("Соколова", NAMES[2]), ("Testow", NAMES[1]), ("Zhanar", NAMES[3]), ("Janar", NAMES[3]),
        ("Мухаммед", NAMES[4]), ("Erlan Tes", NAMES[1]),
    ],
)  # fmt: skip
def test_any_spelling_finds_the_person(ledger, query, expected):
    assert expected in [entry.name for entry in search(ledger, query)]


def test_capital_letters_find_the_same_people(ledger):
    assert search(ledger, "каримова") == search(ledger, "КАРИМОВА") != []


@pytest.mark.parametrize("query", ["", "   ", "!?", "Nobody Ofthisname"])
def test_nothing_finds_nobody(ledger, query):
    assert search(ledger, query) == []


def test_pages_follow_one_another_without_gap_or_repeat(ledger):
    seen, after = [], None
    while entries := page(ledger, after=after, limit=2):
        seen += [entry.id for entry in entries]
        after = seen[-1]
    assert len(seen) == len(set(seen)) == len(NAMES)
