"""How to report an error, and what was withdrawn or erased."""

from __future__ import annotations

from collections.abc import Iterable

from esep.publish.page import Page
from esep.publish.rules import Rules
from esep.publish.view import View


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """One page."""
    people = {person.id: person for person in view.people}
    values = {"corrections": view.corrections, "people": people, "contact": view.settings.contact}
    yield Page("corrections.html", "Report an error", "corrections.html", values)
