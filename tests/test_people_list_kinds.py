"""Which sources are lists of a hospital, a morgue or a place of detention, by what they say they are."""

from dataclasses import dataclass

import pytest

from esep.people.list_kinds import list_kind


@dataclass
class Said:
    medium: str | None


@pytest.mark.parametrize(
    ("medium", "kind"),
    [
        ("hospital list", "hospital"), ("список больницы", "hospital"), ("аурухана тізімі", "hospital"),
        ("morgue register", "morgue"), ("журнал морга", "morgue"), ("мәйітхана", "morgue"),
        ("list of detained people", "detention"), ("список задержанных", "detention"), ("СИЗО", "detention"),
        ("newspaper", None), ("political statement, translation", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_list_is_of_the_kind_that_it_says(medium, kind):
    assert list_kind(Said(medium)) == kind
